"""The rows and the columns of a table as lines, in which sums and rates are looked for."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import msgspec

from extractor.amounts.amount import find_base
from extractor.checks.grids.grid import RATE, Grid, Number
from extractor.checks.grids.growing import Line
from extractor.quantities import units


def list_rows(grid: Grid) -> list[Line]:
    """The rows of a table as lines, its columns being their lanes."""
    return list(grid.numbers)


def list_columns(grid: Grid) -> list[Line]:
    """The columns of a table as lines, its rows being their lanes; those without a unit have that of one before them.

    The head of what is supplied states in what, those of what comes from rivers and from the ground do not.
    """
    lent = dict(_lend_units(grid))
    return [_list_column(grid, column, lent.get(column, "")) for column in grid.columns]


def _list_column(grid: Grid, column: int, unit: str) -> Line:
    line = {at: row[column] for at, row in enumerate(grid.numbers) if column in row}
    return {at: _read_in(number, unit) for at, number in line.items()} if unit else line


def _lend_units(grid: Grid) -> Iterator[tuple[int, str]]:
    """The columns without a unit, each with that of the nearest column in front that has one."""
    unit = ""
    for column in grid.columns:
        stated, kinds = _list_stated(grid, column), {row[column].kind for row in grid.numbers if column in row}
        if kinds == {""} and unit:
            yield column, unit
        elif RATE not in kinds:
            unit = stated.pop() if len(stated) == 1 else ""


def _list_stated(grid: Grid, column: int) -> set[str]:
    return {grid.table.rows[row][column].unit or "" for row in grid.rows if grid.table.rows[row][column].value}


def _read_in(number: Number, unit: str) -> Number:
    """A number without a unit as one of a unit that is no fraction of its base."""
    factor = Fraction(units.factor(unit))
    if factor.denominator > 1:
        return number
    return msgspec.structs.replace(
        number, value=number.value * factor.numerator, step=number.step * factor.numerator, kind=find_base(unit)
    )
