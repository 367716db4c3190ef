"""Columns of two tables that say the same in all rows of the same names but one: that one is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from msgspec import Struct

from extractor.amounts.layout import is_total
from extractor.checks.grids.families import RATE
from extractor.checks.grids.grid import Grid, Number
from extractor.checks.grids.repeats import SHORTEST, read_label

# So many rows that agree are a habit; fewer digits agree by chance.
HABIT, FEWEST = 8, 3
# A figure that stands in more columns is compared in the first of them.
MOST = 6


class Stem(NamedTuple):
    """A column of a table, with its numbers by the names of their rows, each of which stands in one row."""

    grid: Grid
    column: int
    numbers: Mapping[str, tuple[int, Number]]


class Misaligned(Struct, frozen=True):
    """Two cells of one name that differ, by table, row and column, and in how many rows their columns agree."""

    first: tuple[str, int, int]
    second: tuple[str, int, int]
    agreeing: int


def find_misaligned(grids: Iterable[Grid]) -> Iterator[Misaligned]:
    """The cells in which a column differs from another of which it says the same everywhere else."""
    stems = [stem for grid in grids for stem in _list_stems(grid)]
    for (one, other), count in _count_agreeing(stems).items():
        if count >= HABIT:
            yield from _find_different(stems[one], stems[other], count)


def _list_stems(grid: Grid) -> Iterator[Stem]:
    """The columns of a table that have names enough."""
    labels = [read_label(grid.table, row, numbers) for row, numbers in zip(grid.rows, grid.numbers, strict=True)]
    once = Counter(labels)
    for column in grid.columns if grid.rows else ():
        numbers = {
            label: (row, line[column])
            for label, row, line in zip(labels, grid.rows, grid.numbers, strict=True)
            if once[label] == 1 and _is_name(label) and column in line and line[column].kind != RATE
        }
        if len(numbers) >= HABIT:
            yield Stem(grid, column, numbers)


def _is_name(label: str) -> bool:
    """Whether a label names a row; a total is of what its own table has."""
    return len(label) >= SHORTEST and not is_total(label)


def _count_agreeing(stems: Sequence[Stem]) -> Counter[tuple[int, int]]:
    """In how many rows of one name any two columns of different tables have the same number."""
    places: dict[object, list[int]] = {}
    for at, stem in enumerate(stems):
        for label, (_, number) in stem.numbers.items():
            if number.digits >= FEWEST:
                places.setdefault((label, number.kind, stem.grid.read_value(number)), []).append(at)
    pairs = (pair for found in places.values() for pair in combinations(found[:MOST], 2))
    return Counter(pair for pair in pairs if stems[pair[0]].grid.table.id != stems[pair[1]].grid.table.id)


def _find_different(one: Stem, other: Stem, agreeing: int) -> Iterator[Misaligned]:
    """The one row of a name in which two columns differ; none where they do so in more of them."""
    shared = [label for label in one.numbers if label in other.numbers]
    differing = [label for label in shared if _differs(one, other, label)]
    if len(differing) == 1:
        first, second = ((stem.grid.table.id, stem.numbers[differing[0]][0], stem.column) for stem in (one, other))
        yield Misaligned(first, second, agreeing)


def _differs(one: Stem, other: Stem, label: str) -> bool:
    """Whether a row has two different numbers, as far as they are printed."""
    (_, left), (_, right) = one.numbers[label], other.numbers[label]
    first, second = one.grid.read_value(left), other.grid.read_value(right)
    slack = one.grid.read_value(Number(left.step, 0, 0, "")) + other.grid.read_value(Number(right.step, 0, 0, ""))
    return left.kind != right.kind or abs(first - second) > slack
