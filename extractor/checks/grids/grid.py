"""A table as whole numbers by row and column, of whatever kind it is: what arithmetic alone is asked about.

All numbers of a table are written in one step, the finest of any of them, so that sums of them are sums of integers.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache, cached_property
from math import gcd, lcm

from msgspec import Struct

from extractor import patterns
from extractor.amounts.amount import PARTS, PERCENT, find_base
from extractor.amounts.book import Book
from extractor.checks.grids.labels import clean_label, read_heads, read_label
from extractor.model import Table
from extractor.quantities import units
from extractor.tables.labels import JOIN

# The unit of rates, which add up to nothing but 100 %.
RATE = "1"
# What closes brackets around a unit that is none of those known.
CLOSING = (")", "）")
# 100 has so many digits.
WHOLE = 3
# So many numbers of a row that all end in zeros behind the point are whole numbers that were printed like others.
MANY = 6


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
    def last_digit(self) -> int:
        """One of its last digit that is no zero: what it may be off where it was rounded before."""
        zeros = len(str(self.value)) - len(str(self.value).rstrip("0"))
        return int("1" + zeros * "0")

    @property
    def is_whole(self) -> bool:
        """Whether it is written as a rate of all is: 100, 100.0."""
        return self.value > 0 and self.digits >= WHOLE and str(self.value // self.step).rstrip("0") == "1"


def is_all(number: Number) -> bool:
    """Whether a number is the rate of all."""
    return number.kind == RATE and number.is_whole


Row = Mapping[int, Number]


class Grid(Struct, frozen=True, dict=True):
    """The rows of a table's body that hold numbers, from the top down, each with its numbers by column."""

    table: Table
    rows: tuple[int, ...]
    numbers: tuple[Row, ...]
    scale: int

    def reduce(self, number: Number) -> tuple[int, int]:
        """A number of the table in its base unit, as a fraction in lowest terms."""
        common = gcd(number.value, self.scale)
        return number.value // common, self.scale // common

    @cached_property
    def columns(self) -> Sequence[int]:
        """The columns that hold numbers, from left to right."""
        return sorted(set().union(*self.numbers))

    @cached_property
    def labels(self) -> Sequence[str]:
        """What each of the rows is called: most that is looked for in a table asks for it."""
        return [read_label(self.table, *line) for line in zip(self.rows, self.numbers, strict=True)]


def differs(one: Grid, left: Number, other: Grid, right: Number) -> bool:
    """Whether numbers of two tables are different, as far as they are printed."""
    if left.kind != right.kind:
        return True
    slack = left.step * other.scale + right.step * one.scale
    return abs(left.value * other.scale - right.value * one.scale) > slack


def read_grids(book: Book) -> dict[str, Grid]:
    """The numbers of every table, by its id."""
    return {table.id: read_grid(table) for table in book.tables}


def read_grid(table: Table) -> Grid:
    """The numbers of a table; cells without a value are left out, spanned ones count once."""
    above = dict[int, str]() if table.header_rows else dict.fromkeys(range(len(table.rows[0]) if table.rows else 0), "")
    bare = set(_list_bare_rates(table))
    body = range(table.header_rows, len(table.rows))
    rows = [(index, list(_list_printed(table, index, above, bare))) for index in body]
    filled = [(index, printed) for index, printed in rows if printed]
    scale = _find_scale(one for _, printed in filled for one in printed)
    numbers = tuple(_read_row(printed, scale) for _, printed in filled)
    return Grid(table, tuple(index for index, _ in filled), numbers, scale)


def _list_bare_rates(table: Table) -> Iterator[int]:
    """The columns that are called rates and have no unit but that of their rows."""
    is_rate = patterns.fragment("checks/table_rate", "bare").search
    columns = [column for column, head in read_heads(table).items() if is_rate(head)]
    if not columns:
        return
    own = {(row, cell.text) for row, cells in enumerate(table.rows) for cell in cells if cell.value is None}
    for column in columns:
        units_of = ((at, cells[column].unit) for at, cells in enumerate(table.rows))
        if all(unit is None or (at, unit) in own for at, unit in units_of):
            yield column


class Printed(Struct, frozen=True):
    """A number of a row as it is printed, by its column."""

    column: int
    unit: str
    value: str


def _list_printed(table: Table, row: int, above: dict[int, str], bare: Container[int]) -> Iterator[Printed]:
    """The numbers of a row; those without a unit have that of the amount above, which ``above`` keeps by columns.

    In a column whose first number has none the rows are of no unit that others state; nor are those of a label that
    ends in brackets. A unit that a row names in a cell of its own is that of all its numbers, but for ``bare`` rates.
    """
    cells = table.rows[row]
    words = {cell.text for cell in cells if cell.value is None}
    named = next((cell.unit for cell in cells if cell.value is not None and cell.unit in words), None)
    is_bare = not any(word.endswith(CLOSING) for word in words)
    for column, cell in enumerate(cells):
        if cell.value is None:
            continue
        stated = PARTS[PERCENT] if column in bare else cell.unit or named or ""
        if column not in above or (stated and above[column]):
            above[column] = "" if _find_kind(stated) == RATE else stated
        yield Printed(column, stated or (above[column] if is_bare else ""), cell.value)


def _find_scale(printed: Iterator[Printed]) -> int:
    """By what all numbers have to be multiplied to be whole."""
    steps = {(one.unit, _count_decimals(one.value)) for one in printed}
    return lcm(*(_find_step(unit, decimals).denominator for unit, decimals in steps))


def _count_decimals(value: str) -> int:
    return len(value.partition(".")[2])


@cache
def _find_step(unit: str, decimals: int) -> Fraction:
    """One of the last of so many printed decimals of a number of a unit, in its base unit."""
    factor = Fraction(units.factor(unit)) if unit else Fraction(1)
    step: Fraction = factor / 10**decimals
    return step


@cache
def _find_kind(unit: str) -> str:
    return find_base(unit)


def _read_row(printed: Sequence[Printed], scale: int) -> Row:
    """The numbers of a row; where all of many have zeros behind the point these are none of their digits."""
    is_padded = len(printed) >= MANY and all(map(_is_padded, printed))
    return {one.column: _read_number(one, scale, is_padded) for one in printed}


def _is_padded(printed: Printed) -> bool:
    decimals = printed.value.partition(".")[2]
    return bool(decimals) and not decimals.strip("0")


def _read_number(printed: Printed, scale: int, is_padded: bool) -> Number:
    figures = printed.value.replace(".", "")
    step = _find_step(printed.unit, _count_decimals(printed.value))
    steps = step.numerator * (scale // step.denominator)
    digits = (printed.value.partition(".")[0] if is_padded else figures).lstrip("-").lstrip("0")
    return Number(int(figures) * steps, steps, len(digits), _find_kind(printed.unit))


def read_column(grid: Grid, column: int) -> list[str]:
    """The labels over a column from the top down, as they are compared."""
    rows = (row for row, line in zip(grid.rows, grid.numbers, strict=True) if column in line)
    return list(map(clean_label, str(grid.table.rows[next(rows)][column].column_label or "").split(JOIN)))
