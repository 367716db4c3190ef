"""Tables in text files: a row a line with tabs between its cells, or a cell a line, be it behind a tab or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from extractor.documents import lines as words
from extractor.kept import compile_expression
from extractor.model import Notice

# A flattened table has at least this many cells, most of them short or cut off without a full stop.
CELLS = 4
PROSE = 0.5
# A line with tabs between longer pieces than this is a document that lost its line breaks; where it holds most of
# the text, shorter ones tell that, for a table has more than one row.
LONGEST_CELL, LONGEST_ALONE = 1000, 150
MOST = 0.5

# Cells without tabs are short lines, from so many numbers among them on, no more than so many others between two.
SHORT = 40
NUMBERS = 5
BETWEEN = 2
# A row of a table without lines or blank lines has at most so many cells, and there are at least so many rows.
WIDEST, ROWS = 20, 3
# Above a label and its number stand two heads; one label of so many may have no number.
PAIR, FEW_LONE = 2, 3
# What stands above the heads of a table with two sides: its title, its number, who made it, its unit, the two sides.
CAPTION = 6

MOST_TOLD = 10
"""So many malformed numbers of one table, and so many tables that cannot be laid out, are told; the rest is counted."""
PIECE = compile_expression(r"\S+")
"""What stands between spaces in a line."""

Kind = Literal["body", "row", "cell"]


class Line(Struct, frozen=True):
    """The printed part of one line: its offsets without the white space around it, and its width."""

    start: int
    end: int
    width: int
    tab: bool
    indented: bool


END = Line(0, 0, SHORT + 1, False, False)
"""What stands behind the last line: it is no cell."""


def sort_lines(text: str, lines: Sequence[Line]) -> list[Kind]:
    """What each line is: narrative, a row of a table, or of a table that was flattened into cells."""
    found: list[Kind] = ["body"] * len(lines)
    for start, end in _find_rows(text, lines):
        found[start:end] = ["row"] * (end - start)
    for start, end in _find_cells(text, lines, found):
        found[start:end] = ["cell"] * (end - start)
    for start, end in _find_columns(text, lines, found):
        found[start:end] = ["cell"] * (end - start)
    return found


# ── a row a line ─────────────────────────────────────────────────────────────────────────────────────────


def _find_rows(text: str, lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Stretches of lines with tabs between cells, unless all of them are the entries of a table of contents."""
    if "\t" not in text:
        return
    start = 0
    rows = [_split_cells(text, line) for line in lines]
    for end, row in enumerate([*rows, []]):
        if row and _is_in_row(text, lines[end], row, end > start):
            continue
        if any(map(_is_row, rows[start:end])):
            yield start, end
        start = end + 1


def _split_cells(text: str, line: Line) -> list[str]:
    """The cells of a line that hold anything."""
    return list(filter(str.strip, text[line.start : line.end].split("\t")))


def _is_in_row(text: str, line: Line, cells: list[str], is_inside: bool) -> bool:
    """Whether a line has several cells, or one and tabs behind it below such a line."""
    if len(cells) == 1:
        return is_inside and text.startswith("\t", line.end)
    longest = max(map(len, cells))
    is_most = line.end - line.start > MOST * len(text)
    return longest <= (LONGEST_ALONE if is_most else LONGEST_CELL) and not words.is_marker(cells[0])


def _is_row(cells: list[str]) -> bool:
    """Whether a line has cells: a title and the number of its page are none."""
    if len(cells) == 2:
        return not words.is_page_number(cells[1])
    return len(cells) > 2


def widen_row(text: str, line: Line) -> Line:
    """The line with the tabs at its ends, which stand for empty cells."""
    start, end = line.start, line.end
    while start and text.startswith("\t", start - 1):
        start -= 1
    while text.startswith("\t", end):
        end += 1
    return replace(line, start=start, end=end)


# ── a cell a line ────────────────────────────────────────────────────────────────────────────────────────


def _find_cells(text: str, lines: Sequence[Line], found: Sequence[Kind]) -> Iterator[tuple[int, int]]:
    """Runs of lines that start with a tab and read like cells."""
    if "\t" not in text:
        return
    for start, end in _find_tabs(text, lines, found):
        cells = [text[line.start : line.end] for line in lines[start:end] if line.tab]
        prose = sum(map(words.ends_sentence, cells))
        if len(cells) >= CELLS and prose < PROSE * len(cells):
            yield start, end


def _find_tabs(text: str, lines: Sequence[Line], found: Sequence[Kind]) -> Iterator[tuple[int, int]]:
    """Stretches of lines with a tab, the lines that go on with their cells, and blank lines between."""
    start: int | None = None
    end = 0
    for at, line in enumerate(lines):
        if line.tab and found[at] == "body":
            start = at if start is None else start
            end = at + 1
        elif start is None or not line.width:
            continue
        elif end == at and _continues_cell(text, line, found[at], "body"):
            end = at + 1
        else:
            yield start, end
            start = None
    if start is not None:
        yield start, end


def _find_columns(text: str, lines: Sequence[Line], found: Sequence[Kind]) -> Iterator[tuple[int, int]]:
    """Runs of short lines without tabs in which every label, or two of them, has a number on the next line."""
    start, last, numbers = 0, -1, 0
    for at, line in enumerate([*lines, END]):
        if not line.width:
            continue
        may_be_cell, printed = line.width <= SHORT and found[at] == "body", text[line.start : line.end]
        if may_be_cell and words.is_number(printed):
            start, last, numbers = (start, at, numbers + 1) if numbers else (at, at, 1)
        elif not numbers:
            continue
        elif not may_be_cell or words.ends_sentence(printed) or _count_printed(lines, last + 1, at + 1) > BETWEEN:
            if numbers >= NUMBERS:
                yield _find_head(text, lines, found, start, last), last + 1
            numbers = 0


def _find_head(text: str, lines: Sequence[Line], found: Sequence[Kind], first: int, last: int) -> int:
    """Where a table begins whose first number is line ``first``: above its rows stand as many labels as each has cells.

    Where no such labels make all lines up to ``last`` even rows, it begins with the heads that stand there twice, for
    the two sides of a table, and its caption; else with that number, or with the two heads above it and its label.
    """
    printed = [text[line.start : line.end] for line in lines[first : last + 1] if line.width]
    numbers = [words.is_number(cell) for cell in printed]
    above = list(islice(_list_labels(text, lines, found, first), 2 * WIDEST))
    for width in range(2, WIDEST + 1):
        labels = _count_labels(numbers, width)
        if labels and labels + width <= len(above):
            return above[labels + width - 1]
    twice = find_twice([text[lines[at].start : lines[at].end] for at in reversed(above)])
    if twice:
        return above[len(above) - 1 - max(0, twice.start - CAPTION)]
    return above[PAIR] if len(above) > PAIR and is_paired(numbers) else first


def find_twice(labels: Sequence[str]) -> range | None:
    """Which labels are the heads of a table with two sides: the same ones twice, one behind the other.

    >>> find_twice(["收入", "支出", "项目", "金额", "项目", "金额", "栏次"])
    range(2, 6)
    """
    for size in range(min(len(labels) // 2, WIDEST), 1, -1):
        for start in range(len(labels) - 2 * size, -1, -1):
            if labels[start : start + size] == labels[start + size : start + 2 * size]:
                return range(start, start + 2 * size)
    return None


def is_paired(numbers: Sequence[bool]) -> bool:
    """Whether numbers stand one behind a label each, from the second place on, though some labels have none.

    >>> is_paired([True, False, True, False, False, True]), is_paired([True, False, False, False, True])
    (True, False)
    """
    lone = numbers.count(False) + 1 - numbers.count(True)
    has_neighbours = any(left and right for left, right in pairwise(numbers))
    return not has_neighbours and lone * FEW_LONE <= numbers.count(True)


def _list_labels(text: str, lines: Sequence[Line], found: Sequence[Kind], at: int) -> Iterator[int]:
    """The short lines in front of one, the nearest first, up to one that is a sentence or opens a paragraph.

    The nearest ones may be numbered, as labels are: that of a row, or the one in front of its unit.
    """
    labels = 0
    for before in range(at - 1, -1, -1):
        line = lines[before]
        if not line.width:
            continue
        printed = text[line.start : line.end]
        if found[before] != "body" or not _is_short(text, line):
            return
        if labels >= BETWEEN and words.opens_paragraph(printed):
            return
        yield before
        labels += 1


def _count_labels(numbers: Sequence[bool], width: int) -> int:
    """How many cells of words a row of so many cells begins with, the first one cut off in front of its number; else 0.

    >>> _count_labels([True, True, False, True, True, False, True, True], 3)
    1
    >>> _count_labels([True, True, False, True, False, False, True, True], 3)
    0
    """
    labels = -len(numbers) % width
    cells = [*[False] * labels, *numbers]
    is_even = len(cells) >= ROWS * width and all(len(set(cells[at::width])) == 1 for at in range(width))
    return labels if is_even else 0


def _is_short(text: str, line: Line) -> bool:
    return line.width <= SHORT and not words.ends_sentence(text[line.start : line.end])


def _count_printed(lines: Sequence[Line], start: int, end: int) -> int:
    return sum(line.width > 0 for line in lines[start:end])


def find_last_of_cell(text: str, lines: Sequence[Line], found: Sequence[Kind], at: int) -> int:
    """The index of the last line of the cell that starts at line ``at``."""
    if not lines[at].width or not lines[at].tab:
        return at
    for following in range(at + 1, len(lines)):
        line = lines[following]
        if line.tab or not _continues_cell(text, line, found[following], "cell"):
            return following - 1
    return len(lines) - 1


def _continues_cell(text: str, line: Line, kind: Kind, wanted: Kind) -> bool:
    """Whether a line of the ``wanted`` kind holds words that open no paragraph."""
    if not line.width or kind != wanted:
        return False
    return not words.opens_paragraph(text[line.start : line.end])


def limit(warnings: Sequence[Notice], name: str) -> Iterator[Notice]:
    """The first warnings of tables that cannot be laid out, and how many more the file ``name`` has."""
    yield from warnings[:MOST_TOLD]
    if len(warnings) > MOST_TOLD:
        yield Notice("tables.more_not_laid_out", {"name": name, "count": len(warnings) - MOST_TOLD})
