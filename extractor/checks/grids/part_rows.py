"""Rows that words make parts of another: those in front of 合计, those below 一、, #火力发电量 below 发电量.

They say which rows add up where the numbers of one column alone do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import Literal

from msgspec import Struct

from extractor.amounts.layout import expression, is_total
from extractor.checks.grids.grid import Grid
from extractor.checks.grids.outline import Row, read_outline
from extractor.checks.grids.sums import Place, read_name

# So many rows are added up at most where only the first is marked.
LONGEST = 8

Kind = Literal["called", "numbered", "marked"]
"""Whether the total is called one, or its number stands above rows without one, or its parts are marked as some."""
Runs = Sequence[Sequence[int]]


class PartRows(Struct, frozen=True):
    """A row, and the runs of rows of which one may be its parts."""

    kind: Kind
    total: int
    runs: tuple[tuple[int, ...], ...]

    def place(self, column: int) -> tuple[Place, list[list[Place]]]:
        """The cells of the rows in a column."""
        return (self.total, column), [[(row, column) for row in run] for run in self.runs]


def find_part_rows(grid: Grid) -> Iterator[PartRows]:
    """The rows of a table that others are parts of by their names."""
    names, outline = [read_name(grid, row) for row in grid.rows], read_outline(grid)
    yield from (_place(grid, "marked", *found) for found in _list_marked(names))
    yield from (_place(grid, "called", *found) for found in _list_called(names))
    yield from (_place(grid, "numbered", *found) for found in _list_numbered(outline, names))


def _place(grid: Grid, kind: Kind, at: int, runs: Runs) -> PartRows:
    return PartRows(kind, grid.rows[at], tuple(tuple(grid.rows[part] for part in run) for run in runs))


def _list_marked(names: Sequence[str]) -> Iterator[tuple[int, Runs]]:
    """The rows that marked ones follow."""
    is_marked = list(map(_is_marked, names))
    for at, (above, below) in enumerate(pairwise(is_marked)):
        if below and not above:
            yield at, list(_list_runs(is_marked, at + 1))


def _is_marked(name: str) -> bool:
    return bool(expression("of_which").match(name))


def _list_runs(is_marked: Sequence[bool], start: int) -> Iterator[Sequence[int]]:
    """The rows that may be the parts of the one in front: all that are marked, if several are, else those behind."""
    marked = len(list(takewhile(bool, is_marked[start:])))
    if marked > 1:
        yield range(start, start + marked)
        return
    for end in range(start + 2, min(start + LONGEST, len(is_marked)) + 1):
        if is_marked[end - 1]:
            return
        yield range(start, end)


def _list_called(names: Sequence[str]) -> Iterator[tuple[int, Runs]]:
    """The rows that are called the total, of those in front of them, or in the first row of those behind it."""
    totals = [at for at, name in enumerate(names) if is_total(name)]
    if totals[:1] == [0]:
        yield 0, [range(1, min([*totals[1:], len(names)]))]
    for before, at in pairwise([-1, *totals]):
        if at > before + 2:
            yield at, [range(before + 1, at)]


def _list_numbered(outline: Sequence[Row], names: Sequence[str]) -> Iterator[tuple[int, Runs]]:
    """The numbered rows that several without numbers, totals and marks follow."""
    is_plain = [not (row.marks or row.is_sum or _is_marked(name)) for row, name in zip(outline, names, strict=True)]
    for at, row in enumerate(outline):
        run = list(takewhile(is_plain.__getitem__, range(at + 1, len(outline)))) if row.marks else []
        if len(run) > 1:
            yield at, [run]
