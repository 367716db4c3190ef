"""Titles without a number right over headings that begin to count anew under each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from extractor.documents.model import Paragraph
from extractor.sections import markers, styles
from extractor.sections.markers import Marker

# So many lines over the same first number are siblings; one is a name or who speaks.
FEWEST = 2
# Their lengths differ by no more characters.
UNEVEN = 2


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
        if marker is None or marker.ordinal > 1 or not _may_stand_under(marker):
            continue
        if at and at - 1 not in taken and _may_be_title(paragraphs[at - 1]):
            over[marker.family].append(at - 1)
    return {at for lines in over.values() if _are_several(paragraphs, lines) for at in lines}


def _may_stand_under(marker: Marker) -> bool:
    """Whether a number is none of an item nor of a part whose name ranks it, which stands under no title."""
    family = styles.load_families()[marker.family]
    return family.line == "opens" and family.rank is None


def _may_be_title(line: Paragraph) -> bool:
    """Whether a line may be a title in a document, which that of a report is not."""
    genre = styles.load_expression("headings/document", "genre")
    return line.kind == "body" and genre.fullmatch(line.text.strip()) is None


def _are_several(paragraphs: Sequence[Paragraph], lines: Sequence[int]) -> bool:
    """Whether lines are siblings, about as long as each other, rather than one that comes again."""
    printed = {paragraphs[at].text.strip() for at in lines}
    lengths = sorted(map(len, printed))
    return len(printed) >= FEWEST and lengths[-1] - lengths[0] <= UNEVEN
