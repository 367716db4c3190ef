"""A table as whole numbers by row and column, of whatever kind it is: what arithmetic alone is asked about.

All numbers of a table are written in one step, the finest of any of them, so that sums of them are sums of integers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from math import lcm

from msgspec import Struct

from extractor.amounts.amount import find_base
from extractor.amounts.book import Book
from extractor.model import Table, TableCell
from extractor.quantities import units

# 100 has so many digits.
WHOLE = 3


class Number(Struct, frozen=True):
    """A number of a table: how many steps of the table it is, how many of them its last printed digit is, its digits.

    Only numbers of one ``kind`` (the unit's base, and whether it is a rate) add up.
    """

    value: int
    step: int
    digits: int
    kind: str

    def count_significant(self) -> int:
        """How many of its digits say something: those of a round number are few."""
        return len(str(abs(self.value)).rstrip("0"))

    @property
    def is_whole(self) -> bool:
        """Whether it is written as a rate of all is: 100, 100.0."""
        return self.value > 0 and self.digits >= WHOLE and str(self.value // self.step).rstrip("0") == "1"


Row = Mapping[int, Number]


class Grid(Struct, frozen=True):
    """The rows of a table's body that hold numbers, from the top down, each with its numbers by column."""

    table: Table
    rows: tuple[int, ...]
    numbers: tuple[Row, ...]
    scale: int

    def read_value(self, number: Number) -> Fraction:
        """A number of the table in its base unit."""
        return Fraction(number.value, self.scale)

    @property
    def columns(self) -> list[int]:
        """The columns that hold numbers, from left to right."""
        return sorted(set().union(*self.numbers))


def differs(one: Grid, left: Number, other: Grid, right: Number) -> bool:
    """Whether numbers of two tables are different, as far as they are printed."""
    if left.kind != right.kind:
        return True
    slack = Fraction(left.step, one.scale) + Fraction(right.step, other.scale)
    return abs(one.read_value(left) - other.read_value(right)) > slack


def read_grids(book: Book) -> dict[str, Grid]:
    """The numbers of every table, by its id."""
    return {table.id: read_grid(table) for table in book.tables}


def read_grid(table: Table) -> Grid:
    """The numbers of a table; cells without a value are left out, spanned ones count once."""
    rows = [(index, list(_list_valued(table, index))) for index in range(table.header_rows, len(table.rows))]
    filled = [(index, cells) for index, cells in rows if cells]
    scale = _find_scale(cell for _, cells in filled for _, cell in cells)
    numbers = tuple({column: _read_number(cell, scale) for column, cell in cells} for _, cells in filled)
    return Grid(table, tuple(index for index, _ in filled), numbers, scale)


def _list_valued(table: Table, row: int) -> Iterator[tuple[int, TableCell]]:
    for column, cell in enumerate(table.rows[row]):
        if cell.value is not None:
            yield column, cell


def _find_scale(cells: Iterator[TableCell]) -> int:
    """By what all numbers have to be multiplied to be whole."""
    steps = {(cell.unit or "", _count_decimals(cell)) for cell in cells}
    return lcm(*(_find_step(unit, decimals).denominator for unit, decimals in steps))


def _count_decimals(cell: TableCell) -> int:
    return len((cell.value or "").partition(".")[2])


@cache
def _find_step(unit: str, decimals: int) -> Fraction:
    """One of the last of so many printed decimals of a number of a unit, in its base unit."""
    factor = Fraction(units.factor(unit)) if unit else Fraction(1)
    step: Fraction = factor / 10**decimals
    return step


@cache
def _find_kind(unit: str) -> str:
    return find_base(unit)


def _read_number(cell: TableCell, scale: int) -> Number:
    unit, figures = cell.unit or "", (cell.value or "0").replace(".", "")
    step = _find_step(unit, _count_decimals(cell))
    steps = step.numerator * (scale // step.denominator)
    return Number(int(figures) * steps, steps, len(figures.lstrip("-").lstrip("0")), _find_kind(unit))
