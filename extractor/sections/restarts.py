"""Titles without a number right over headings that begin to count anew under each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from extractor.documents.model import Paragraph
from extractor.sections import markers, styles

# So many lines over the same first number are siblings; one is a name or who speaks.
FEWEST = 2


def find_titles(paragraphs: Sequence[Paragraph], taken: Collection[int]) -> set[int]:
    """The lines, by their index, right over a first number of one style, of which there are several.

    ``taken`` are the lines of numbered headings. Those of items open nothing that a title stands over.

    >>> texts = ("红榜", "（一）投资", "增长3%。", "黑榜", "（一）投资", "下降2%。")
    >>> sorted(find_titles([Paragraph(text, ((0, 0),)) for text in texts], {1, 4}))
    [0, 3]
    """
    over: dict[str, list[int]] = defaultdict(list)
    for at in taken:
        marker = markers.read_marker(paragraphs[at].text)
        if marker is None or marker.ordinal > 1 or styles.load_families()[marker.family].line != "opens":
            continue
        if at and at - 1 not in taken and paragraphs[at - 1].kind == "body":
            over[marker.family].append(at - 1)
    return {at for lines in over.values() if _are_several(paragraphs, lines) for at in lines}


def _are_several(paragraphs: Sequence[Paragraph], lines: Sequence[int]) -> bool:
    """Whether lines are siblings rather than one that comes again."""
    return len({paragraphs[at].text.strip() for at in lines}) >= FEWEST
