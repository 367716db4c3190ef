"""Totals that two tables divide into columns of the same names: the two together are the same, and each is not.

基本支出 3300 and 项目支出 5700 in one statement are 3030 and 5970 in another one of the same 9000.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from msgspec import Struct

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.layout import Panel, is_total
from extractor.amounts.misprints import count_digits
from extractor.model import Table

# Fewer digits make the same sum by chance.
FEWEST = 4
# A total that is divided into more columns is divided by more than one thing.
MOST = 12

Names = tuple[str, str]


class Split(Struct, frozen=True):
    """Two columns of a total row, by their names."""

    names: Names
    amounts: tuple[Amount, Amount]

    @property
    def key(self) -> tuple[Names, str, Fraction]:
        """What two divisions of one total have in common."""
        return self.names, self.amounts[0].base, self.amounts[0].exact + self.amounts[1].exact


def find_other_splits(book: Book) -> Iterator[tuple[Amount, Amount]]:
    """The cells of two tables that divide one total into columns of the same names, and differ."""
    first: dict[tuple[Names, str, Fraction], Split] = {}
    for table in book.tables:
        for split in _list_splits(book, table):
            known = first.setdefault(split.key, split)
            if known.amounts[0].operand.table != table.id and known.amounts[0].exact != split.amounts[0].exact:
                yield from zip(known.amounts, split.amounts, strict=True)


def _list_splits(book: Book, table: Table) -> Iterator[Split]:
    """Each two columns of each total row of a table."""
    for panel in book.layout(table).panels:
        for line in panel.lines:
            if is_total(line.name) and not line.code:
                cells = sorted(_list_cells(book, table, panel, line.row).items())
                yield from filter(_is_telling, (_pair(*two) for two in combinations(cells[:MOST], 2)))


def _pair(one: tuple[str, Amount], other: tuple[str, Amount]) -> Split:
    return Split((one[0], other[0]), (one[1], other[1]))


def _is_telling(split: Split) -> bool:
    """Whether two numbers of one unit are of digits enough not to give a sum by chance, none of them nothing."""
    one, other = split.amounts
    if one.base != other.base or not one.value or not other.value:
        return False
    return len(str(abs(one.value + other.value)).replace(".", "")) >= FEWEST and count_digits(f"{one.value:f}") > 1


def _list_cells(book: Book, table: Table, panel: Panel, row: int) -> dict[str, Amount]:
    """The numbers of a row by the names of their columns, which no other column has and which are none of a total."""
    found: dict[str, list[int]] = {}
    for column in panel.columns:
        name = "/".join(filter(None, (column.name, column.stage, column.year)))
        if column.name and not is_total(column.name) and not column.compared:
            found.setdefault(name, []).append(column.index)
    lone = {name: book.cell(table, row, places[0]) for name, places in found.items() if len(places) == 1}
    return {name: amount for name, amount in lone.items() if amount is not None}
