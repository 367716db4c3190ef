"""Headings that nothing but their look tells: short lines set larger or bolder than the text, each over a body.

A look that recurs is a style of headings. One of larger characters stands over one of smaller ones, numbered or not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from extractor.documents.model import Document, Paragraph
from extractor.sections import styles

# Size in points, and whether bold.
Look = tuple[float, bool]

# So many lines of one look are headings; one is a name or what is left of a picture.
FEWEST = 2
# A line that is printed more often runs along the pages.
MOST = 3
# Sizes that differ by less are one.
SAME = 0.6
# A body of so many characters is a text; one that is shorter may be of a figure.
BODY = 40
# One of so many is a sentence, where nothing is left of figures.
SENTENCE = 12


def find_lines(paragraphs: Sequence[Paragraph], taken: set[int], is_title: Callable[[str], bool]) -> dict[int, int]:
    """The headings by their look: how many lines each takes, by the index of the first.

    ``taken`` are numbered headings and title lines.

    >>> body = "全年售出3亿元，增长5%。" * 4
    >>> looks = (("业务风险", 14.0), ("电力业务", 12.0), (body, 9.0), ("房地产业务", 12.0), (body, 9.0))
    >>> made = [Paragraph(text, ((0, 0),), "body", size > 10, False, (size, False)) for text, size in looks]
    >>> find_lines(made, set(), lambda text: True)
    {1: 1, 3: 1}
    """
    found = dict(_find_over_bodies(paragraphs, taken, is_title))
    printed = Counter(paragraphs[at].text.strip() for at in found)
    styled = Counter(_round(paragraphs[at]) for at in [*found, *taken])
    captions = Counter(_round(paragraphs[at]) for at, below in found.items() if not _is_text(below))
    known = {style for style, count in styled.items() if count >= FEWEST and captions[style] * 2 <= count}
    lines = [at for at in found if _round(paragraphs[at]) in known and printed[paragraphs[at].text.strip()] <= MOST]
    return dict(_find_first(paragraphs, at) for at in sorted(lines))


def find_headlines(paragraphs: Sequence[Paragraph], taken: set[int]) -> set[int]:
    """The lines in bold, by their index, that are titles of several clauses or ask: one of several, each over a body.

    Of a file that says which lines are bold and not how large the characters are: a page, a text with marks.

    >>> body = "全年售出3亿元，增长5%，比上年加快2个百分点，其中第四季度增长较快，达到7%，完成全年计划。"
    >>> texts = ("项目密集开工，投资增长加快", body, "钱从哪里来？", body, "他说，这不是目的。", body)
    >>> made = [Paragraph(text, ((0, 0),), "body", text != body) for text in texts]
    >>> sorted(find_headlines(made, set()))
    [0, 2]
    """
    headline = styles.load_expression("headings/boundaries", "headline")
    bold = [
        at
        for at, (line, below) in enumerate(pairwise(paragraphs))
        if at not in taken and line.large and line.look is None and _is_body(below)
    ]
    found = {at for at in bold if headline.fullmatch(paragraphs[at].text.strip())}
    return found if len(found) >= FEWEST else set()


def find_breaks(document: Document) -> list[int]:
    """The lines set apart, by their index, with which a page begins."""
    starts = {page.start for page in document.pages}
    return [at for at, one in enumerate(document.paragraphs) if one.start in starts and _is_set_apart(one)]


def is_over(outer: Look | None, inner: Look | None, is_numbered: bool) -> bool:
    """Whether a section of one look may hold one of another; ``is_numbered`` is the outer one.

    >>> is_over((14.0, False), (12.0, True), False), is_over((12.0, False), (12.0, False), True)
    (True, False)
    """
    if outer is None or inner is None:
        return True
    if abs(outer[0] - inner[0]) >= SAME:
        return outer[0] > inner[0]
    return outer[1] != inner[1] and (is_numbered or outer[1])


def _find_over_bodies(
    paragraphs: Sequence[Paragraph], taken: set[int], is_title: Callable[[str], bool]
) -> Iterator[tuple[int, Paragraph]]:
    """The lines set apart with what stands under them: a body, or a heading of a smaller look."""
    below: Paragraph | None = None
    for at in reversed(range(len(paragraphs))):
        paragraph = paragraphs[at]
        if at in taken or not _is_set_apart(paragraph):
            below = paragraph
        elif below and _is_under(below, paragraph) and _is_heading(paragraph, is_title):
            yield at, below
            below = paragraph
        elif below is None or paragraph.look != below.look:
            below = None


def _find_first(paragraphs: Sequence[Paragraph], last: int) -> tuple[int, int]:
    """The first line of a heading that ends in line ``last``, and how many it has: two where a phrase goes on."""
    first, second = paragraphs[max(0, last - 1)], paragraphs[last]
    if first.look != second.look or not _is_set_apart(first):
        return last, 1
    is_open = styles.load_expression("headings/boundaries", "no_end").search(first.text)
    goes_on = styles.load_expression("headings/boundaries", "no_begin").match(second.text)
    return (last - 1, 2) if is_open or goes_on else (last, 1)


def _is_set_apart(paragraph: Paragraph) -> bool:
    return paragraph.kind == "body" and paragraph.large and paragraph.look is not None


def _is_under(below: Paragraph, paragraph: Paragraph) -> bool:
    """Whether what stands under a line is set smaller than it: its body, or a heading in its section."""
    if not _is_set_apart(below):
        return not is_signed(paragraph, below)
    return is_over(paragraph.look, below.look, is_numbered=False)


def is_signed(paragraph: Paragraph, below: Paragraph) -> bool:
    """Whether a line is the name of who signs, over the date."""
    signer = styles.load_expression("headings/boundaries", "signer").fullmatch(paragraph.text.strip())
    date = styles.load_expression("headings/plain", "signature")
    return signer is not None and date.fullmatch(below.text.strip()) is not None


def _is_text(below: Paragraph) -> bool:
    """Whether what stands under a heading is text or another heading, not a table or a figure."""
    return _is_set_apart(below) or (below.kind == "body" and len(below.text) >= BODY)


def _is_body(below: Paragraph) -> bool:
    """Whether what stands under a line in bold is a sentence."""
    is_ended = styles.load_expression("headings/boundaries", "ended").search(below.text) is not None
    return below.kind == "body" and len(below.text) >= SENTENCE and is_ended


def _is_heading(paragraph: Paragraph, is_title: Callable[[str], bool]) -> bool:
    return is_title(paragraph.text) and may_stand_apart(paragraph.text)


def may_stand_apart(line: str) -> bool:
    """Whether a line can be a heading that nothing but its look tells.

    >>> may_stand_apart("业务风险"), may_stand_apart("项目名称 担保余额"), may_stand_apart("35.2%")
    (True, False, False)
    """
    return styles.load_expression("headings/boundaries", "set_apart").fullmatch(line.strip()) is not None


def _round(paragraph: Paragraph) -> Look | None:
    """A look as it is counted, without what differs from line to line."""
    return paragraph.look and (round(paragraph.look[0]), paragraph.look[1])
