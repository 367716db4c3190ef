"""Cells that the words of a table make the sum of others in their column, where they are, or are but for one digit.

What is marked may leave something out, and a total may be consolidated: one digit says the less the fewer other
columns of the row, or lists of the document, add up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property

from msgspec import Struct

from extractor.amounts.amount import RATIO, Amount
from extractor.amounts.book import Book
from extractor.amounts.interval import add_up, total
from extractor.amounts.misprints import RARE, is_one_too_many, is_padded, is_stroke
from extractor.checks.grids.grid import read_grids
from extractor.checks.grids.part_rows import PartRows, find_part_rows
from extractor.model import Table

# Where nothing else adds up, chance has to explain a sum by a misprint this much more seldom than where something does.
ALONE = 20
# A part that is missing is one digit and so many more zeros than the others have once in a hundred times.
ROUNDER = 2


class ColumnSum(Struct, frozen=True, dict=True):
    """A cell and those that are its parts; where these are not all of it, one digit explains why."""

    whole: Amount
    parts: tuple[Amount, ...]

    @cached_property
    def rest(self) -> Fraction:
        """What the parts leave of the whole."""
        return self.whole.exact - add_up(part.exact for part in self.parts)

    @cached_property
    def is_held(self) -> bool:
        """Whether the parts are the whole, rounding left aside."""
        return self.whole.rounded.meets(total(part.rounded for part in self.parts))

    @property
    def is_rounded(self) -> bool:
        """Whether the parts miss the whole by no more than one of the last digit each, as sums of rounded ones do."""
        return abs(self.rest) <= len(self.parts) * self.whole.step

    @property
    def may_leave_out(self) -> bool:
        """Whether one more part may be missing: what is left is hardly rounder than the parts are."""
        rest, *parts = (round(one / self.whole.step) for one in (self.rest, *(part.exact for part in self.parts)))
        return rest > 0 and _count_zeros(rest) < ROUNDER + max(map(_count_zeros, filter(None, parts)), default=0)

    def is_misprinted(self, rare: int) -> bool:
        """Whether one wrong digit explains why the parts are not the whole, and nothing that is no mistake does."""
        if (
            self.is_rounded
            or is_padded(self.whole, self.parts)
            or is_one_too_many(self.whole, self.parts, len(self.parts))
        ):
            return False
        return is_stroke(self.whole, self.parts, rare)


def _count_zeros(number: int) -> int:
    return len(str(number)) - len(str(number).rstrip("0"))


Columns = list[list[ColumnSum]]
"""For each column of a list what the whole may be the sum of."""


def find_column_sums(book: Book) -> Iterator[ColumnSum]:
    """The sums that the words of all tables name: those that hold, and those that one digit says should."""
    lists = [
        (rows, _read_columns(book, grid.table, rows))
        for grid in book.view(read_grids).values()
        for rows in find_part_rows(grid)
    ]
    usual = {rows.kind for rows, columns in lists if _list_held(columns)} - {"called"}
    for rows, columns in lists:
        held = _list_held(columns)
        yield from held
        rare = RARE if held or rows.kind in usual else RARE * ALONE
        for one in _list_misprinted(columns, rare):
            is_rate_alone = one.whole.base == RATIO and not held
            if not (is_rate_alone or (rows.kind == "marked" and one.may_leave_out)):
                yield one


def _list_held(columns: Columns) -> list[ColumnSum]:
    """The first sum of each column that holds."""
    found = [next((one for one in sums if one.is_held), None) for sums in columns]
    return [one for one in found if one]


def _list_misprinted(columns: Columns, rare: int) -> Iterator[ColumnSum]:
    """The one sum of a column in which none holds that a misprint explains."""
    for sums in columns:
        is_held = any(one.is_held for one in sums)
        likely = [] if is_held else [one for one in sums if one.is_misprinted(rare * len(sums))]
        if len(likely) == 1:
            yield likely[0]


def _read_columns(book: Book, table: Table, rows: PartRows) -> Columns:
    """The sums of a list in every column in which it has numbers of one unit."""
    placed = (rows.place(column) for column in range(len(table.rows[0])))
    return [list(_read_sums(book, table, *places)) for places in placed]


def _read_sums(
    book: Book, table: Table, place: tuple[int, int], runs: Sequence[Sequence[tuple[int, int]]]
) -> Iterator[ColumnSum]:
    whole = book.cell(table, *place)
    for run in runs if whole is not None else ():
        parts = tuple(filter(None, (book.cell(table, *part) for part in run)))
        if whole and whole.value and len(parts) > 1 and {part.base for part in parts} == {whole.base}:
            yield ColumnSum(whole, parts)
