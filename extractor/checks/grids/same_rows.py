"""Rows of two tables that say the same in all columns but one, whatever they are called there: that one is told.

The columns of two tables belong together where they agree in several rows, and so do rows where they agree in several
of these columns: 资产总计 of a statement is 总资产 of a summary if it has the same numbers year by year.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from msgspec import Struct

from extractor.checks.grids.alignment import FAILING, FEWEST, MOST, OWN, Misaligned, round_value
from extractor.checks.grids.grid import Grid, Number, differs

# So many cells of two tables that agree, several in each of their rows and columns, are no chance.
HABIT = 6
# A number of fewer digits that are no zeros stands in many places.
SOLID = 2


class Cell(Struct, frozen=True):
    """A number of a table by its table, its row among those with numbers, and its column."""

    grid: int
    row: int
    column: int


Pair = tuple[Cell, Cell]
Lines = tuple[int, int]


def find_same_rows(grids: Iterable[Grid]) -> Iterator[Misaligned]:
    """The cells in which a row differs from one of another table that says the same in all other columns."""
    sheets = list(grids)
    for (one, other), pairs in _list_agreeing(sheets).items():
        if len(pairs) >= HABIT:
            yield from _find_lone(sheets[one], sheets[other], pairs)


def _list_agreeing(grids: Sequence[Grid]) -> Mapping[Lines, list[Pair]]:
    """The cells of two tables that have the same number, by their tables."""
    agreeing: dict[Lines, list[Pair]] = {}
    for found in _group(grids).values():
        for one, other in combinations(found[:MOST], 2):
            if one.grid != other.grid and not _differs(grids, one, other):
                agreeing.setdefault((one.grid, other.grid), []).append((one, other))
    return agreeing


def _group(grids: Sequence[Grid]) -> dict[tuple[str, str], list[Cell]]:
    """The numbers of all tables that have enough digits, by their kind and first digits."""
    found: dict[tuple[str, str], list[Cell]] = {}
    for at, grid in enumerate(grids):
        for row, numbers in enumerate(grid.numbers):
            for column, number in numbers.items():
                if number.digits >= FEWEST and number.count_significant() >= SOLID:
                    key = number.kind, round_value(grid, number)
                    found.setdefault(key, []).append(Cell(at, row, column))
    return found


def _differs(grids: Sequence[Grid], one: Cell, other: Cell) -> bool:
    left, right = (_read_number(grids[cell.grid], cell.row, cell.column) for cell in (one, other))
    return differs(grids[one.grid], left, grids[other.grid], right)


def _read_number(grid: Grid, row: int, column: int) -> Number:
    return grid.numbers[row][column]


def _find_lone(one: Grid, other: Grid, pairs: Sequence[Pair]) -> Iterator[Misaligned]:
    """The cells that differ in rows of two tables, where so many others agree that they are alone in it."""
    columns = _add_neighbours(Counter((left.column, right.column) for left, right in pairs))
    agreeing = Counter((left.row, right.row) for left, right in pairs if (left.column, right.column) in columns)
    rows = _match(agreeing)
    different = [found for row in rows for found in _find_different(one, other, row, columns, agreeing[row])]
    count = sum(agreeing[row] for row in rows)
    if count >= HABIT and len(different) * FAILING <= max(FAILING, count):
        yield from (Misaligned(*_place(one, other, *cells), count) for cells in different)


def _add_neighbours(votes: Counter[Lines]) -> set[Lines]:
    """Which columns belong together: those that agree most, and beside two of these two others that agree at all."""
    matched = _match(votes)
    taken: tuple[set[int], set[int]] = {left for left, _ in matched}, {right for _, right in matched}
    beside = {(left + step, right + step) for left, right in matched for step in (-1, 1)}
    return matched | {
        (left, right) for left, right in beside & set(votes) if left not in taken[0] and right not in taken[1]
    }


def _match(votes: Counter[Lines]) -> set[Lines]:
    """Which lines of two tables belong together, those that agree most before others; each to one."""
    matched: set[Lines] = set()
    taken: tuple[set[int], set[int]] = set(), set()
    for (left, right), count in votes.most_common():
        if count >= OWN and left not in taken[0] and right not in taken[1]:
            matched.add((left, right))
            taken[0].add(left)
            taken[1].add(right)
    return matched


def _find_different(
    one: Grid, other: Grid, row: Lines, columns: set[Lines], agreeing: int
) -> Iterator[tuple[Lines, Lines]]:
    """The column in which a row of two tables differs, one among several that agree."""
    left, right = one.numbers[row[0]], other.numbers[row[1]]
    shared = ((a, b) for a, b in columns if a in left and b in right)
    different = [(a, b) for a, b in shared if differs(one, left[a], other, right[b])]
    if agreeing >= OWN * len(different):
        yield from ((row, pair) for pair in different)


def _place(one: Grid, other: Grid, row: Lines, columns: Lines) -> tuple[tuple[str, int, int], tuple[str, int, int]]:
    return (one.table.id, one.rows[row[0]], columns[0]), (other.table.id, other.rows[row[1]], columns[1])
