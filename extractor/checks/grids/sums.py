"""The sums of every table: rows and columns that others add up to, as the places of their cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from extractor.amounts.layout import expression, is_total
from extractor.checks.grids.families import FAILING, ROUNDED, find_families, measure_gap
from extractor.checks.grids.grid import Grid, is_all
from extractor.checks.grids.growing import Family, Guide, Line
from extractor.checks.grids.labels import read_heads, read_words
from extractor.checks.grids.lines import list_columns, list_rows
from extractor.checks.grids.mended import find_mended
from extractor.checks.grids.outline import limit_rows, read_outline
from extractor.claims.vocabulary import normalize_name
from extractor.model import Table

Place = tuple[int, int]
# A number of so many digits that are no zeros behind it says that a line is a sum.
SOLID = 3


class Habit(Struct, frozen=True):
    """What says that some rows or columns add up to another where they do not.

    ``is_lone``: they do nearly everywhere else; ``is_even``: in as many other places at least; ``is_labelled``: the
    other is called a total; ``is_whole``: it is that of all that stands on one side of it; ``telling``: in how many
    other places they add up; ``solid``: in how many of those by a number that is neither small nor round; ``is_slip``:
    they do but for one digit.
    """

    is_lone: bool
    is_labelled: bool
    is_whole: bool
    telling: int
    solid: int
    is_even: bool = True
    is_slip: bool = False


# Lines that add up to another but for a digit, and with it are a part of a further sum, do as if they did elsewhere.
SLIP = Habit(is_lone=True, is_labelled=False, is_whole=False, telling=SOLID, solid=SOLID, is_slip=True)


class Sum(Struct, frozen=True):
    """A cell and the cells that add up to it, each by row and column.

    Where they do not, ``habit`` says why they should, ``is_far`` whether they are of another order than it.
    """

    total: Place
    parts: tuple[Place, ...]
    habit: Habit | None = None
    is_far: bool = False

    @property
    def fails(self) -> bool:
        """Whether the parts are not the total."""
        return self.habit is not None

    @property
    def key(self) -> tuple[Place, bool]:
        """What is summed: the cell, and whether down its column or across its row."""
        return self.total, self.parts[0][1] == self.total[1]


def find_sums(grid: Grid) -> Iterator[Sum]:
    """The sums that the numbers of a table show, by rows and by columns."""
    if len(grid.rows) > 1:
        yield from _find_in_columns(grid)
    if len(grid.columns) > 1:
        columns, lines = grid.columns, list_columns(grid)
        guide = Guide(totals=set(_list_total_columns(grid)), last=len(columns) - 1)
        for family in find_families(lines, guide):
            yield from _read_sums(family, lines, grid, partial(_place_in_row, grid, columns), guide)


def _find_in_columns(grid: Grid) -> Iterator[Sum]:
    """The sums of rows; those of each half of a table whose halves have rows of their own before those of both."""
    halves = divide(grid)
    guide = Guide(totals=set(_list_totals(grid)), last=len(grid.rows) - 1, breaks=set(_list_breaks(grid)))
    own = [one for half in halves for one in _find_in_rows(grid, [_cut(row, half) for row in grid.numbers], guide)]
    known = {one.total for one in own if not one.fails}
    limited = guide if halves else replace(guide, limits=limit_rows(read_outline(grid)))
    yield from own
    yield from (one for one in _find_in_rows(grid, list_rows(grid), limited) if one.total not in known)


def _list_totals(grid: Grid) -> Iterator[int]:
    """The lines whose row is called a total, of something or of all, or has a row of its parts below it."""
    names = [read_name(grid, row) for row in grid.rows]
    is_named, is_part = expression("total_of").search, expression("of_which").match
    return (at for at, (name, below) in enumerate(pairwise([*names, ""])) if is_named(name) or is_part(below))


def _list_breaks(grid: Grid) -> Iterator[int]:
    """The lines whose row stands behind one without numbers."""
    return (at for at, (above, row) in enumerate(pairwise(grid.rows), 1) if row - above > 1)


def _list_total_columns(grid: Grid) -> Iterator[int]:
    """The columns whose lowest label is that of a total."""
    heads = read_heads(grid.table)
    return (at for at, column in enumerate(grid.columns) if is_total(heads.get(column, "")))


def _find_in_rows(grid: Grid, rows: Sequence[Line], guide: Guide) -> Iterator[Sum]:
    families = find_families(rows, guide)
    for family in families:
        yield from _read_sums(family, rows, grid, partial(_place_in_column, grid), guide)
    for family in find_mended(rows, families, guide):
        lane = family.failed[0]
        filled = (line for line in (family.total, *family.parts) if lane in rows[line])
        total, *parts = (_place_in_column(grid, line, lane) for line in filled)
        yield Sum(total, tuple(parts), SLIP)


def divide(grid: Grid) -> list[list[int]]:
    """The columns of the halves of a table, parted by a column of words; none where there is but one half."""
    halves, numbered = [list[int]()], set(grid.columns)
    for column in range(len(grid.table.rows[0])):
        if column in numbered:
            halves[-1].append(column)
        elif halves[-1] and _is_worded(grid, column):
            halves.append([])
    return halves if len(halves) > 1 and halves[-1] else []


def _is_worded(grid: Grid, column: int) -> bool:
    """Whether most of the rows have words in a column."""
    worded = sum(bool(grid.table.rows[row][column].text) for row in grid.rows)
    return 2 * worded > len(grid.rows)


def _cut(row: Line, columns: Sequence[int]) -> Line:
    """The numbers of a row in some columns."""
    return {column: row[column] for column in columns if column in row}


def _place_in_column(grid: Grid, row: int, lane: int) -> Place:
    return grid.rows[row], lane


def _place_in_row(grid: Grid, columns: Sequence[int], column: int, lane: int) -> Place:
    return grid.rows[lane], columns[column]


def _read_sums(family: Family, lines: Sequence[Line], grid: Grid, place: partial[Place], guide: Guide) -> Iterator[Sum]:
    """A family in each of its lanes, the parts that have a number there."""
    habits = _read_habits(family, lines, _is_labelled(grid, place(family.total, family.held[0])), guide)
    for lane in (*family.held, *family.failed, *family.far):
        parts = [place(part, lane) for part in sorted(family.parts)]
        filled = tuple(part for part in parts if _has_number(grid.table, part))
        if filled:
            yield Sum(place(family.total, lane), filled, habits.get(lane), lane in family.far)


def _read_habits(family: Family, lines: Sequence[Line], is_labelled: bool, guide: Guide) -> dict[int, Habit]:
    """For each lane in which a family does not hold what says that it should.

    Those that are nearly right may be rounded: they do not speak against one that is wrong.
    """
    wrong = family.failed or family.far
    plain = [lane for lane in wrong if abs(measure_gap(lines, family, lane)) > ROUNDED * lines[family.total][lane].step]
    read = partial(_read_habit, family, lines, is_labelled, guide)
    return {lane: read(len(plain if lane in plain else wrong)) for lane in (*family.failed, *family.far)}


def _read_habit(family: Family, lines: Sequence[Line], is_labelled: bool, guide: Guide, failing: int) -> Habit:
    """What the lanes in which a family holds, and its label, say of those in which it does not."""
    totals = [lines[family.total][lane] for lane in family.telling]
    return Habit(
        is_lone=failing * FAILING <= max(FAILING, len(family.telling)),
        is_even=failing <= len(family.telling),
        is_labelled=is_labelled,
        is_whole=is_labelled and guide.has_all(family.parts),
        telling=len(family.telling),
        solid=sum(number.count_significant() >= SOLID for number in set(totals)) + sum(map(is_all, totals)),
    )


def _is_labelled(grid: Grid, place: Place) -> bool:
    """Whether the row of a cell, or its column, has the label of a total."""
    row, column = place
    heads = (normalize_name(cells[column].text) for cells in grid.table.rows[: grid.table.header_rows])
    return any(map(is_total, (read_name(grid, row), *heads)))


def read_name(grid: Grid, row: int) -> str:
    """What a row is called, with what stands in front of its name."""
    return normalize_name(read_words(cell for cell in grid.table.rows[row] if cell.value is None))


def _has_number(table: Table, place: Place) -> bool:
    return table.rows[place[0]][place[1]].value is not None
