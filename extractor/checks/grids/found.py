"""The sums that the numbers of all tables of a document show, and which of those that fail point at one cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property

from extractor.amounts.book import Book
from extractor.checks.grids.grid import read_grids
from extractor.checks.grids.sums import Place, Sum, find_sums
from extractor.checks.grids.twins import find_twins
from extractor.model import Table


class FoundSums:
    """The sums that the numbers of all tables show."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._grids = book.view(read_grids)
        self.by_table = [(grid.table, list(find_sums(grid))) for grid in self._grids.values()]
        self.all = [(table, one) for table, sums in self.by_table for one in sums]
        holding = [(table, one) for table, one in self.all if not one.fails]
        self.held = {(table.id, *one.key) for table, one in holding}
        self.cells = {(table.id, *place) for table, one in holding for place in (one.total, *one.parts)}

    def find_twins(self) -> Iterator[tuple[Table, Sum]]:
        """The sums of rows that are called like those of others."""
        found = {table.id: sums for table, sums in self.by_table}
        return ((self._book.table[table], one) for table, one in find_twins(self._grids, found))

    @cached_property
    def _mends(self) -> Counter[tuple[str, Place, Fraction]]:
        """In how many sums that are alone in failing, down and across, each cell would have to be what."""
        mends = {
            (table.id, place, wanted, one.key[1])
            for table, one in self.all
            if one.habit and one.habit.is_lone
            for place, wanted in self._list_mends(table, one)
        }
        return Counter(mend[:3] for mend in mends)

    def _list_mends(self, table: Table, one: Sum) -> Iterator[tuple[Place, Fraction]]:
        amounts = {place: self._book.cell(table, *place) for place in (one.total, *one.parts)}
        values = {place: amount.exact for place, amount in amounts.items() if amount is not None}
        gap = 2 * values.get(one.total, Fraction(0)) - sum(values.values(), Fraction(0))
        yield one.total, values.get(one.total, Fraction(0)) - gap
        yield from ((place, values[place] + gap) for place in one.parts if place in values)

    def is_crossed(self, table: Table, one: Sum) -> bool:
        """Whether one cell is wrong in a sum down its column and in one across its row, by the same."""
        return any(self._mends[table.id, place, wanted] > 1 for place, wanted in self._list_mends(table, one))
