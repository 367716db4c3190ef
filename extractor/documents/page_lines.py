"""Lines of a text that number its pages: marked as such, and counting up, they are no part of what they part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise

from extractor.documents.furniture import list_outer, load_expression
from extractor.documents.tabular import Line

# A mark of a page is no longer, nor is what runs along the pages with it.
LONGEST, WIDEST = 16, 60
# The number of a page has so many digits, and what stands over its text, white space and all, so many characters.
# It stands so few lines above that.
DIGITS, LONGEST_HEADER, NEAR = 3, 160, 3
# So many lines that count up and say the same are what runs along pages.
FEWEST = 2


def find_page_lines(text: str, lines: Sequence[Line]) -> set[int]:
    r"""The lines, by their index, that hold the number of a page between dashes or as a page's (第3页 共20页).

    They count up one by one, in each document of several; what does not is of something else.

    >>> text = "收入\n— 1 —\n8亿元\n— 2 —\n增长"
    >>> lines = [Line(start, end, 8, False, False) for start, end in ((0, 2), (3, 8), (9, 12), (13, 18), (19, 21))]
    >>> sorted(find_page_lines(text, lines))
    [1, 3]
    >>> find_page_lines("第5页\n第2页", [Line(0, 3, 5, False, False), Line(4, 7, 5, False, False)])
    set()
    >>> text = "收入\n5\n某公司 募集说明书\n8亿元\n6\n某公司 募集说明书\n增长"
    >>> spans = ((0, 2), (3, 4), (5, 14), (15, 18), (19, 20), (21, 30), (31, 33))
    >>> sorted(find_page_lines(text, [Line(*span, 8, False, False) for span in spans]))
    [1, 2, 4, 5]
    >>> text = "某县财政局 第1页\n收入8亿元\n某县财政局 第2页"
    >>> sorted(find_page_lines(text, [Line(*span, 8, False, False) for span in ((0, 9), (10, 15), (16, 25))]))
    [0, 2]
    """
    short = [(at, line) for at, line in enumerate(lines) if 0 < line.end - line.start <= WIDEST]
    marks = list(_list_marks(text, short))
    found = {at for at, _ in marks} if _counts_up(marks) else set[int]()
    found.update(_find_headers(text, lines, dict(_list_numbers(text, short))))
    for heads in _list_running(text, short).values():
        if len(heads) >= FEWEST and _counts_up(heads):
            found.update(at for at, _ in heads)
    return found


def _find_headers(text: str, lines: Sequence[Line], known: Mapping[int, int]) -> Iterator[int]:
    """The lines that say the same under the ``known`` number of each page, and these, where they count up."""
    found: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    numbers: list[tuple[int, int]] = []
    for at in sorted({at for one in known for at in range(one, min(one + NEAR + 1, len(lines)))}):
        if at in known:
            numbers.append((at, known[at]))
        elif numbers and at - numbers[-1][0] <= NEAR and _is_header(text, lines[at]):
            words = text[lines[at].start : lines[at].end]
            found["".join(words.split())].append((at, *numbers.pop()))
    for heads in found.values():
        if len(heads) >= FEWEST and _counts_up([(above, number) for _, above, number in heads]):
            yield from chain.from_iterable((at, above) for at, above, _ in heads)


def _list_numbers(text: str, lines: Iterable[tuple[int, Line]]) -> Iterator[tuple[int, int]]:
    """The lines that are a number of few digits, and that number."""
    for at, line in lines:
        if line.end - line.start <= DIGITS and text[line.start : line.end].isdecimal():
            yield at, int(text[line.start : line.end])


def _is_header(text: str, line: Line) -> bool:
    """Whether a line may be what stands over the text of each page: words that end no sentence."""
    is_short = line.end - line.start <= LONGEST_HEADER
    return is_short and load_expression("header").fullmatch(text, line.start, line.end) is not None


def _counts_up(marks: Sequence[tuple[int, int]]) -> bool:
    """Whether the numbers of lines follow each other, anew in each of several documents."""
    return all(after in (1, before + 1) for (_, before), (_, after) in pairwise(marks))


def _list_running(text: str, lines: Iterable[tuple[int, Line]]) -> dict[str, list[tuple[int, int]]]:
    """The lines that may run along pages, by their index and with the number of each, under their words."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    edges, _ = list_outer("running_edge")
    for at, line in lines:
        # A line begins or ends as one with the number of a page does, which is asked before it is read.
        if not edges or text[line.start] in edges or text[line.end - 1] in edges:
            head = load_expression("running_head").fullmatch(text, line.start, line.end)
            if head:
                found["".join(head["words"].split())].append((at, int(head["number"])))
    return found


def _list_marks(text: str, lines: Iterable[tuple[int, Line]]) -> Iterator[tuple[int, int]]:
    """The lines that hold a page's mark, and its number."""
    expression, (first, _) = load_expression("page_mark"), list_outer("page_mark")
    for at, line in lines:
        if line.end - line.start <= LONGEST and (not first or text[line.start] in first):
            mark = expression.fullmatch(text, line.start, line.end)
            if mark:
                yield at, int(mark["number"])
