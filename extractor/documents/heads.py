"""The heads of a table whose columns stand below one another: what the lines above its numbers are over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, takewhile
from typing import NamedTuple

from msgspec import Struct

from extractor.documents import lines as words
from extractor.model import Span

# What parts two columns, as no words of a sentence are parted.
WIDE = "  "

Numbers = list[list[int]]


class Rows(Struct, frozen=True):
    """The rows of a table by the numbers of their cells, and the stretch of the text that each cell takes."""

    cells: Numbers
    spans: list[dict[int, Span]]

    def read(self, text: str, row: int, column: int) -> str:
        """What a cell holds."""
        span = self.spans[row][self.cells[row][column]]
        return text[span.start : span.end]

    def is_alone(self, row: int, column: int) -> bool:
        """Whether a cell takes one column."""
        return self.cells[row].count(self.cells[row][column]) == 1


class Settled(NamedTuple):
    """The rows of a table, the first column of its numbers, and whether its last label may go on below it."""

    rows: Rows
    numeric: int
    is_open: bool


def settle(text: str, rows: Rows, heads: int) -> Settled:
    """The rows with the first ``heads`` of them as heads: each over its columns and over the empty cells beside it.

    Heads that share a column, or that leave open which columns they are over, head none. A label that is set in lines
    above and below its numbers stands in their row, as far as it is above them.
    """
    rows = _unite(rows, heads)
    numeric = range(_find_numeric(text, rows, heads), len(rows.cells[0]))
    named = _name_rows(rows, heads, numeric)
    for column in numeric:
        if any(WIDE in rows.read(text, row, column) for row in range(heads)):
            _clear(rows, range(heads), [column])
    main = max(range(heads), key=lambda row: len(_list_filled(rows, row, numeric)), default=0)
    for row in range(main):
        _spread(rows, row, main, numeric)
    joined = _join(rows, heads)
    kept = [row for row in range(len(rows.cells)) if row not in named]
    whole = Rows([joined.cells[row] for row in kept], [joined.spans[row] for row in kept])
    return Settled(whole, numeric.start, len(rows.cells) in named)


def _name_rows(rows: Rows, heads: int, numeric: range) -> set[int]:
    """Gives rows without a label that of the line above; the lines, above and below such rows, that are but labels."""
    used: set[int] = set()
    label = numeric.start - 1
    bare = [not _list_filled(rows, row, numeric) for row in range(len(rows.cells))]
    for row in range(heads + 1, len(rows.cells)):
        cell, above = rows.cells[row][label], rows.cells[row - 1][label]
        if bare[row] or not bare[row - 1] or row - 1 in used or _is_filled(rows.spans[row][cell]):
            continue
        if _is_filled(rows.spans[row - 1][above]):
            rows.spans[row][cell] = rows.spans[row - 1][above]
            used |= {row - 1, *([row + 1] if row + 1 == len(bare) or bare[row + 1] else [])}
    return used


def _unite(rows: Rows, heads: int) -> Rows:
    """The rows with two neighbouring columns as one where each row fills one of both at most, and one has no head.

    Lines with labels of other lengths may be drawn out, so that short numbers stand beside the long ones.
    """
    at = 0
    while at + 1 < len(rows.cells[0]):
        if _are_one(rows, heads, at):
            cells = [
                [*row[:at], _choose(rows.spans[number], *row[at : at + 2]), *row[at + 2 :]]
                for number, row in enumerate(rows.cells)
            ]
            rows = Rows(cells, rows.spans)
        else:
            at += 1
    return rows


def _are_one(rows: Rows, heads: int, column: int) -> bool:
    filled = [set(_list_filled(rows, row, (column, column + 1))) for row in range(len(rows.cells))]
    if any(len(both) > 1 for both in filled):
        return False
    headed = set[int]().union(*filled[:heads])
    return len(headed) < 2 and all(map(bool, filled[heads:]))


def _choose(spans: Mapping[int, Span], one: int, two: int) -> int:
    return one if _is_filled(spans[one]) else two


def _find_numeric(text: str, rows: Rows, heads: int) -> int:
    """The first column behind those of words."""
    data = range(heads, len(rows.cells))
    held = [[rows.read(text, row, column) for row in data] for column in range(len(rows.cells[0]))]
    labels = [at for at, column in enumerate(held) if 2 * sum(map(_is_words, column)) > sum(map(bool, column))]
    return max(labels, default=0) + 1


def _is_words(printed: str) -> bool:
    return bool(printed) and not words.is_number(printed)


def _list_filled(rows: Rows, row: int, columns: Sequence[int]) -> list[int]:
    return [column for column in columns if _is_filled(rows.spans[row][rows.cells[row][column]])]


def _is_filled(span: Span) -> bool:
    return span.end > span.start


def _clear(rows: Rows, among: Sequence[int], columns: Sequence[int]) -> None:
    for row in among:
        for column in columns:
            cell = rows.cells[row][column]
            start = rows.spans[row][cell].start
            rows.spans[row][cell] = Span(start, start)


def _spread(rows: Rows, row: int, main: int, numeric: Sequence[int]) -> None:
    """One head above others is over all columns; of several that leave any free none is kept.

    One that has no other below it is the upper half of a head that is set in two lines.
    """
    filled = _list_filled(rows, row, numeric)
    below = set(_list_filled(rows, main, numeric))
    groups = {rows.cells[row][column] for column in filled if column in below}
    if len(groups) == 1 and len(below) > 1:
        _widen(rows, row, groups.pop(), numeric)
    elif groups and len(filled) < len(numeric):
        _clear(rows, [row], [column for column in filled if column in below])


def _widen(rows: Rows, row: int, head: int, numeric: Sequence[int]) -> None:
    """The cell ``head`` over all columns that nothing else takes in its row, as far as they stand side by side."""
    own = [column for column in numeric if rows.cells[row][column] == head]
    free = {column for column in numeric if not _is_filled(rows.spans[row][rows.cells[row][column]])}
    left = takewhile(free.__contains__, range(own[0] - 1, -1, -1))
    right = takewhile(free.__contains__, range(own[-1] + 1, numeric[-1] + 1))
    for column in chain(left, right):
        rows.cells[row][column] = head


def _join(rows: Rows, heads: int) -> Rows:
    """The cells, of which each in the first rows reaches over what is empty above it, the last one below it too.

    >>> number = Rows([[1], [2], [3]], [{1: Span(0, 0)}, {2: Span(3, 5)}, {3: Span(6, 8)}])
    >>> _join(number, 2).cells
    [[2], [2], [3]]
    """
    joined = Rows(list(map(list, rows.cells)), list(map(dict, rows.spans)))
    for column in range(len(rows.cells[0])):
        for at, reached in _list_reached(rows, heads, column):
            head = rows.cells[at][column]
            joined.cells[reached][column] = head
            joined.spans[reached][head] = rows.spans[at][head]
    return joined


def _list_reached(rows: Rows, heads: int, column: int) -> Iterator[tuple[int, int]]:
    """For each head of a column, and each empty cell that it reaches over, their rows."""
    alone = [row for row in range(heads) if rows.is_alone(row, column)]
    filled = [row for row in alone if _is_filled(rows.spans[row][rows.cells[row][column]])]
    free = set(alone) - set(filled)
    for at in filled:
        above = takewhile(free.__contains__, range(at - 1, -1, -1))
        below = takewhile(free.__contains__, range(at + 1, heads if at == filled[-1] else 0))
        yield from ((at, reached) for reached in chain(above, below))
