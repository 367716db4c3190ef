"""Columns of one table that say the same in all rows but one, where they are one stroke apart.

A balance sheet has the end of a year and the first day of the next in two columns; what a change of rules moves stands
in a third one, and where nothing does both are the same all the way down.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from extractor.amounts.misprints import is_misprint
from extractor.checks.grids.alignment import Misaligned
from extractor.checks.grids.grid import RATE, Grid, Number, Row

# In so many other rows, each by so many digits that are no zeros, columns that are the same are so by no chance.
HABIT, FEWEST = 3, 4
# Of a table with more columns those that stand further apart are not compared.
NEAR = 6

Place = tuple[str, int, int]


def find_same_columns(grids: Iterable[Grid], held: Container[Place]) -> Iterator[Misaligned]:
    """The cells in which a column differs from another; those ``held`` by a sum are what they should be."""
    for grid in grids:
        for one, other in combinations(grid.columns, 2):
            if other - one <= NEAR:
                yield from _compare(grid, (one, other), held)


def _compare(grid: Grid, columns: tuple[int, int], held: Container[Place]) -> Iterator[Misaligned]:
    """The one row in which two columns differ, if all others are the same."""
    same, different = set[int](), list[int]()
    for at, numbers in enumerate(grid.numbers):
        pair = [numbers[column] for column in columns if column in numbers]
        if len({number.value for number in pair}) == len(columns):
            different.append(at)
        elif _is_telling(pair):
            same.add(pair[0].value)
        if len(different) > 1:
            return
    for at in different if len(same) >= HABIT else ():
        places = [(grid.table.id, grid.rows[at], column) for column in columns]
        if _is_slip(grid.numbers[at], columns) and not all(place in held for place in places):
            yield Misaligned(places[0], places[1], len(same))


def _is_telling(pair: Sequence[Number]) -> bool:
    """Whether a row has two numbers of enough digits, not rates."""
    return len(pair) > 1 and all(one.count_significant() >= FEWEST and one.kind != RATE for one in pair)


def _is_slip(row: Row, columns: tuple[int, int]) -> bool:
    """Whether one number of a row is the other but for a stroke, and no third one is what they differ by."""
    one, other = (row[column] for column in columns)
    gap = abs(one.value - other.value)
    if not _is_telling((one, other)) or one.step != other.step or gap <= one.last_digit:
        return False
    is_adjusted = any(abs(number.value) == gap for number in row.values())
    return not is_adjusted and is_misprint(str(one.value // one.step), Fraction(other.value, other.step))
