"""Lines of a text that number its pages: marked as such, and counting up, they are no part of what they part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.documents.furniture import load_expression
from extractor.documents.tabular import Line

# A mark of a page is no longer.
LONGEST = 16


def find_page_lines(text: str, lines: Sequence[Line]) -> set[int]:
    r"""The lines, by their index, that hold the number of a page between dashes or as a page's (第3页 共20页).

    They count up one by one, in each document of several; what does not is of something else.

    >>> text = "收入\n— 1 —\n8亿元\n— 2 —\n增长"
    >>> lines = [Line(start, end, 8, False, False) for start, end in ((0, 2), (3, 8), (9, 12), (13, 18), (19, 21))]
    >>> sorted(find_page_lines(text, lines))
    [1, 3]
    >>> find_page_lines("第5页\n第2页", [Line(0, 3, 5, False, False), Line(4, 7, 5, False, False)])
    set()
    """
    marks = list(_list_marks(text, lines))
    counted = all(after in (1, before + 1) for (_, before), (_, after) in pairwise(marks))
    return {at for at, _ in marks} if counted else set()


def _list_marks(text: str, lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """The lines that hold a page's mark, and its number."""
    for at, line in enumerate(lines):
        if 0 < line.end - line.start <= LONGEST:
            mark = load_expression("page_mark").fullmatch(text, line.start, line.end)
            if mark:
                yield at, int(mark["number"])
