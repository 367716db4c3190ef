"""Tables that say the same in all rows and columns of the same names but in a cell: that one is told.

Columns of two tables are set side by side where they agree in rows of one name; together they are a habit. So are whole
tables by the names of their rows and columns, where they have but few rows in common.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from msgspec import Struct

from extractor.amounts.layout import is_total
from extractor.checks.grids.grid import Grid, Number, differs
from extractor.checks.grids.labels import SHORTEST, read_code, read_heads

# So many cells of two tables that agree are a habit, so many of them in each column; fewer digits agree by chance.
HABIT, OWN, FEWEST = 8, 2, 3
# A figure that stands in more columns is compared in the first of them.
MOST = 6
# Of so many cells that agree one may differ.
FAILING = 16


class Spot(NamedTuple):
    """A number of a table, and where it stands."""

    row: int
    column: int
    number: Number


class Stem(Struct, frozen=True):
    """A column of a table, or all of it, with its numbers by their names, each of which one number has."""

    grid: Grid
    numbers: Mapping[str, Spot]

    @property
    def table(self) -> str:
        """The table that it is of."""
        return self.grid.table.id


class Misaligned(Struct, frozen=True):
    """Two cells of one name that differ, by table, row and column, and in how many cells their tables agree."""

    first: tuple[str, int, int]
    second: tuple[str, int, int]
    agreeing: int


Pair = tuple[int, int]
Cells = tuple[tuple[str, int, int], tuple[str, int, int]]
Difference = tuple[Cells, bool]
"""Two cells, and whether more than their last digit differs."""


def find_misaligned(grids: Iterable[Grid]) -> list[Misaligned]:
    """The cells in which a table differs from another that says the same everywhere else, each two of them once."""
    sheets = list(grids)
    columns = [stem for grid in sheets for stem in _list_stems(grid)]
    whole = [Stem(grid, dict(_name_cells(grid))) for grid in sheets if grid.rows]
    found = (one for stems in (columns, whole) for one in _find_in(stems))
    return list({(one.first, one.second): one for one in found}.values())


def _find_in(stems: Sequence[Stem]) -> Iterator[Misaligned]:
    tables: dict[tuple[str, str], list[tuple[int, list[Difference]]]] = {}
    for (one, other), agreeing in _align(stems, _count_agreeing(stems)):
        different = list(_list_different(stems[one], stems[other]))
        if agreeing >= OWN * len(different):
            tables.setdefault((stems[one].table, stems[other].table), []).append((agreeing, different))
    for columns in tables.values():
        yield from _find_lone(columns)


def _find_lone(columns: Sequence[tuple[int, list[Difference]]]) -> Iterator[Misaligned]:
    """The cells that differ in the columns of two tables, where so many others agree that they are alone in it.

    Those of which only the last digit differs are asked where no others do: the tables are rounded each by itself.
    """
    agreeing = sum(count for count, _ in columns)
    found = [difference for _, differences in columns for difference in differences]
    different = [cells for cells, is_far in found if is_far] or [cells for cells, _ in found]
    if agreeing >= HABIT and len(different) * FAILING <= max(FAILING, agreeing):
        yield from (Misaligned(first, second, agreeing) for first, second in different)


def _align(stems: Sequence[Stem], votes: Counter[Pair]) -> Iterator[tuple[Pair, int]]:
    """The columns of two tables that agree most with each other, and in how many rows; each stands beside one."""
    taken: set[tuple[int, str]] = set()
    for (one, other), count in votes.most_common():
        sides = {(one, stems[other].table), (other, stems[one].table)}
        if count >= OWN and taken.isdisjoint(sides):
            taken |= sides
            yield (one, other), count


def _list_stems(grid: Grid) -> Iterator[Stem]:
    """The columns of a table that have names enough."""
    labels = list(_list_labels(grid))
    once = Counter(labels)
    for column in grid.columns if grid.rows else ():
        numbers = {
            label: Spot(row, column, line[column])
            for label, row, line in zip(labels, grid.rows, grid.numbers, strict=True)
            if once[label] == 1 and _is_name(label) and column in line
        }
        if len(numbers) >= OWN:
            yield Stem(grid, numbers)


def _name_cells(grid: Grid) -> Iterator[tuple[str, Spot]]:
    """The numbers of a table by the names of their rows and columns, each of which but one has."""
    labels, heads = list(_list_labels(grid)), read_heads(grid.table)
    rows, columns = Counter(labels), Counter(heads.values())
    for row, label, line in zip(grid.rows, labels, grid.numbers, strict=True):
        for column, number in line.items() if rows[label] == 1 and _is_name(label) else ():
            head = heads.get(column, "")
            if columns[head] == 1 and _is_name(head):
                yield f"{label}/{head}", Spot(row, column, number)


def _list_labels(grid: Grid) -> Iterator[str]:
    """What the rows with numbers are called: those of one name by their codes."""
    lines = list(zip(grid.rows, grid.numbers, strict=True))
    often = {label for label, count in Counter(grid.labels).items() if count > 1}
    for line, label in zip(lines, grid.labels, strict=True):
        yield (read_code(grid.table, *line) or label) if label in often else label


def _is_name(label: str) -> bool:
    """Whether a label names a row; a total is of what its own table has."""
    return len(label) >= SHORTEST and not is_total(label)


def _count_agreeing(stems: Sequence[Stem]) -> Counter[Pair]:
    """In how many rows of one name any two columns of different tables have the same number."""
    places: dict[tuple[str, str, str], list[int]] = {}
    for at, stem in enumerate(stems):
        for label, spot in stem.numbers.items():
            if spot.number.digits >= FEWEST:
                key = label, spot.number.kind, round_value(stem.grid, spot.number)
                places.setdefault(key, []).append(at)
    pairs = ((*pair, label) for (label, *_), found in places.items() for pair in combinations(found[:MOST], 2))
    return Counter((one, other) for one, other, label in pairs if _agrees(stems[one], stems[other], label))


def round_value(grid: Grid, number: Number) -> str:
    """A number of a table to its first digits, as one is looked up that another table has in another unit."""
    return f"{number.value / grid.scale:.{FEWEST - 1}e}"


def _agrees(one: Stem, other: Stem, label: str) -> bool:
    """Whether columns of two tables have the same in a row."""
    return one.table != other.table and not _differs(one, other, label)


def _list_different(one: Stem, other: Stem) -> Iterator[Difference]:
    """The cells of the rows of one name in which two columns differ."""
    for label in one.numbers:
        if label in other.numbers and _differs(one, other, label):
            first, second = ((stem.table, *stem.numbers[label][:2]) for stem in (one, other))
            yield (first, second), _is_far(one, other, label)


def _is_far(one: Stem, other: Stem, label: str) -> bool:
    """Whether two numbers differ by more than one of their last digits, zeros behind these left out."""
    numbers = [(stem.grid, stem.numbers[label].number) for stem in (one, other)]
    left, right = (Fraction(*grid.reduce(number)) for grid, number in numbers)
    return abs(left - right) > min(Fraction(number.last_digit, grid.scale) for grid, number in numbers)


def _differs(one: Stem, other: Stem, label: str) -> bool:
    """Whether a row has two different numbers, as far as they are printed."""
    return differs(one.grid, one.numbers[label].number, other.grid, other.numbers[label].number)
