"""Numbers that stand beside the same two in two tables, whatever they are called there, and those that should.

The numbers of one kind in a row, or in a column, are a line; it may lie in one table and stand upright in the other:
what a report says of one city in a table of cities, and year by year in a table of its own. Between two others that
are the same a number is the same; at an end of them it is if it has one name in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, combinations, starmap

from msgspec import Struct

from extractor.amounts.layout import is_total
from extractor.checks.grids.alignment import FAILING, MOST, Misaligned, round_value
from extractor.checks.grids.grid import RATE, Grid, Number, differs, is_all
from extractor.checks.grids.labels import SHORTEST, clean_label
from extractor.model import TableCell

# Two numbers of so many digits that are no zeros, so many of them each, stand beside each other for but one reason.
TELLING, SOLID = 7, 3
# Numbers that may be years.
YEARS = range(1900, 2100)
# What names of fewer characters have in common says nothing.
NAMED = 3
# Where the two beside a number stand, as steps from it: on both sides of it, in front, behind.
AROUND = ((-1, 1), (-2, -1), (1, 2))


class Cell(Struct, frozen=True):
    """A number of a table, where it stands, what it is looked up by, and what its row and its column are called."""

    grid: Grid
    place: tuple[str, int, int]
    number: Number
    key: str
    label: str
    heads: frozenset[str]

    def is_called_like(self, other: Cell) -> bool:
        """Whether both have one name; what is a row in one table may head a column of the other."""
        pairs = ((self.label, name) for name in (other.label, *other.heads))
        return any(starmap(_is_shortened, (*pairs, *((other.label, head) for head in self.heads))))

    def differs(self, other: Cell) -> bool:
        """Whether both are different numbers, as far as they are printed."""
        return differs(self.grid, self.number, other.grid, other.number)

    def name_lines(self) -> tuple[tuple[str, str, int, str], ...]:
        """The row and the column that it stands in."""
        table, row, column = self.place
        return (table, "row", row, self.number.kind), (table, "column", column, self.number.kind)

    def is_far(self, other: Cell) -> bool:
        """Whether both differ by more than one of the last digit of the coarser one, zeros left out."""
        steps = (Fraction(cell.number.last_digit, cell.grid.scale) for cell in (self, other))
        return abs(self.value - other.value) > max(steps)

    @property
    def value(self) -> Fraction:
        """The number in its base unit."""
        return Fraction(self.number.value, self.grid.scale)

    @property
    def step(self) -> Fraction:
        """One of its last printed digit in its base unit."""
        return Fraction(self.number.step, self.grid.scale)

    @property
    def digits(self) -> int:
        """How many of its digits say something."""
        return self.number.count_significant()

    def read(self) -> TableCell:
        """The number as the table has it."""
        return self.line[self.place[2]]

    @property
    def line(self) -> Sequence[TableCell]:
        """The cells of its row."""
        return self.grid.table.rows[self.place[1]]


def _is_shortened(one: str, other: str) -> bool:
    """Whether two names are one, or one has all characters of the other in their order.

    >>> _is_shortened("营业收入", "营业总收入"), _is_shortened("总资产", "资产总计"), _is_shortened("东镇", "东镇")
    (True, False, True)
    """
    short, long = sorted((one, other), key=len)
    if len(short) < NAMED:
        return bool(short) and short == long
    left = iter(long)
    return all(letter in left for letter in short)


class Window(Struct, frozen=True):
    """A number and two beside it, which stand on both sides of it where ``is_inside``."""

    cell: Cell
    sides: tuple[Cell, Cell]
    is_inside: bool

    @property
    def table(self) -> str:
        """The table that it is of."""
        return self.cell.place[0]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The number and those beside it."""
        return self.cell, *self.sides

    def is_like(self, other: Window) -> bool:
        """Whether a number of another table stands beside the same two, and may be the same."""
        is_known = self.is_inside and self.cell.number.kind != RATE
        if self.table == other.table or not (is_known or self.cell.is_called_like(other.cell)):
            return False
        return not any(one.differs(two) for one, two in zip(self.sides, other.sides, strict=True))


Line = Sequence[Cell]
Lines = Mapping[tuple[str, str, int, str], Line]
"""The numbers of each row, and of each column, by the table, which of both, its index and their kind."""
Found = dict[tuple[object, object], Misaligned]


def find_beside(grids: Iterable[Grid]) -> tuple[list[Misaligned], list[Misaligned]]:
    """The cells of two tables that stand beside the same two numbers: those that are the same, and those that differ.

    Of two tables few cells may differ beside those that are the same; else they are of other things.
    """
    lines = group_lines(cell for grid in grids for cell in list_cells(grid))
    found: dict[tuple[str, str], tuple[Found, Found]] = {}
    for one, other in _list_pairs(lines.values()):
        same, different = found.setdefault((one.table, other.table), ({}, {}))
        if not one.cell.differs(other.cell):
            same.update(_pair(*cells) for cells in zip(one.cells, other.cells, strict=True))
        elif one.cell.is_far(other.cell) and not stands_near(lines, one.cell, other.cell):
            different.update([_pair(one.cell, other.cell)])
    held = [cells for same, _ in found.values() for cells in same.values()]
    lone = (one for same, one in found.values() if len(one) * FAILING <= max(FAILING, len(same)))
    return held, [cells for different in lone for cells in different.values()]


def _pair(one: Cell, other: Cell) -> tuple[tuple[object, object], Misaligned]:
    """Two cells by their places."""
    return (one.place, other.place), Misaligned(one.place, other.place, len(AROUND[0]))


def stands_near(lines: Lines, one: Cell, other: Cell) -> bool:
    """Whether a number that is not the one of another table stands in its row or column: it is of another stage."""
    return _has_like(lines, one, other) or _has_like(lines, other, one)


def _has_like(lines: Lines, one: Cell, other: Cell) -> bool:
    """Whether the row or the column of a number has another one."""
    beside = chain.from_iterable(map(lines.__getitem__, one.name_lines()))
    return not all(map(other.differs, beside))


def _list_pairs(lines: Iterable[Line]) -> Iterator[tuple[Window, Window]]:
    """Numbers of two tables that stand beside the same two."""
    for windows in _group(lines).values():
        yield from (pair for pair in combinations(windows[:MOST], 2) if pair[0].is_like(pair[1]))


def _group(lines: Iterable[Line]) -> dict[object, list[Window]]:
    """The numbers of all tables by the two that stand beside them on some side."""
    found: dict[object, list[Window]] = {}
    for line in lines:
        for steps in AROUND:
            for window in _list_windows(line, steps):
                left, right = window.sides
                found.setdefault((steps, left.number.kind, left.key, right.key), []).append(window)
    return found


def _list_windows(line: Line, steps: tuple[int, int]) -> Iterator[Window]:
    """Each number of a line with two others that are so many steps from it, where these have digits enough."""
    first, last = max(0, -min(steps)), len(line) - max(0, *steps)
    for at in range(first, last):
        sides = line[at + steps[0]], line[at + steps[1]]
        if _is_telling(*sides):
            yield Window(line[at], sides, steps == AROUND[0])


def _is_telling(one: Cell, other: Cell) -> bool:
    digits = one.number.count_significant(), other.number.count_significant()
    return min(digits) >= SOLID and sum(digits) >= TELLING and one.key != other.key


# ── the lines of a table ─────────────────────────────────────────────────────────────────────────────────────────────


def group_lines(cells: Iterable[Cell]) -> Lines:
    """The numbers of each kind in every row, and in every column."""
    lines: dict[tuple[str, str, int, str], list[Cell]] = {}
    for cell in cells:
        for name in cell.name_lines():
            lines.setdefault(name, []).append(cell)
    return lines


def list_cells(grid: Grid) -> Iterator[Cell]:
    """The numbers of a table that are neither nothing nor all."""
    heads = _read_all_heads(grid)
    for row, numbers, label in zip(grid.rows, grid.numbers, grid.labels, strict=True):
        named = label if _is_name(label) else ""
        for column, number in numbers.items():
            if number.value and not is_all(number) and not _is_year(grid, number):
                place = grid.table.id, row, column
                yield Cell(grid, place, number, round_value(grid, number), named, heads.get(column, frozenset()))


def _is_year(grid: Grid, number: Number) -> bool:
    """Whether a number of no unit may be a year, which stands in many tables."""
    year, rest = divmod(number.value, grid.scale)
    return not number.kind and not rest and year in YEARS


def _read_all_heads(grid: Grid) -> dict[int, frozenset[str]]:
    """What stands over each column."""
    top = grid.table.rows[: grid.table.header_rows]
    paths = ((column, {clean_label(cells[column].text) for cells in top}) for column in grid.columns)
    return {column: frozenset(filter(_is_name, path)) for column, path in paths}


def _is_name(label: str) -> bool:
    """Whether a label names what stands in its line; a total is of what its own table has."""
    return len(label) >= SHORTEST and not is_total(label) and any(map(str.isalpha, label))
