"""The sums of every table: rows and columns that others add up to, as the places of their cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import Struct

from extractor.checks.grids.families import FAILING, Family, find_families, list_columns, list_rows
from extractor.checks.grids.grid import Grid, read_grid
from extractor.model import Table

Place = tuple[int, int]


class Sum(Struct, frozen=True):
    """A cell and the cells that add up to it, each by row and column.

    Of a sum that fails, ``is_lone`` says that the same rows or columns add up nearly everywhere else.
    """

    total: Place
    parts: tuple[Place, ...]
    fails: bool
    is_lone: bool


def find_sums(table: Table) -> Iterator[Sum]:
    """The sums that the numbers of a table show, by rows and by columns."""
    grid = read_grid(table)
    if len(grid.rows) > 1:
        for family in find_families(list_rows(grid)):
            yield from _read_sums(family, grid, partial(_place_in_column, grid))
    if len(grid.columns) > 1:
        columns = grid.columns
        for family in find_families(list_columns(grid)):
            yield from _read_sums(family, grid, partial(_place_in_row, grid, columns))


def _place_in_column(grid: Grid, row: int, lane: int) -> Place:
    return grid.rows[row], lane


def _place_in_row(grid: Grid, columns: Sequence[int], column: int, lane: int) -> Place:
    return grid.rows[lane], columns[column]


def _read_sums(family: Family, grid: Grid, place: partial[Place]) -> Iterator[Sum]:
    """A family in each of its lanes, the parts that have a number there."""
    is_lone = len(family.failed) * FAILING <= max(FAILING, len(family.telling))
    failed = set(family.failed)
    for lane in (*family.held, *family.failed):
        parts = [place(part, lane) for part in sorted(family.parts)]
        filled = tuple(part for part in parts if _has_number(grid.table, part))
        if filled:
            yield Sum(place(family.total, lane), filled, lane in failed, is_lone)


def _has_number(table: Table, place: Place) -> bool:
    return table.rows[place[0]][place[1]].value is not None
