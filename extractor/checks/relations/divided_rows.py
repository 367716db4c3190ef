"""Rows of any table that are the sides of one division (城镇, 乡村), with the rows in front of them as their totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.checks.relations.complements import Words, find_sides, name_complement
from extractor.model import Table

# A total stands among so many rows in front of its first side: behind it the table may be divided by other names first.
NEAREST = 8


class DividedCells(Struct, frozen=True):
    """The sides of a division in one column, the numbers in front that may be their total, and its pattern."""

    wholes: tuple[Amount, ...]
    parts: tuple[Amount, ...]
    pattern: str


def find_divided_cells(book: Book) -> Iterator[DividedCells]:
    """The sides of every division that rows of a table without a layout of its own are called by, column by column."""
    for table in book.tables:
        names = [] if table.kind else [_name_row(table, row) for row in range(len(table.rows))]
        for first, words in _find_divisions(names):
            before = _list_wholes(table, names, first, words)
            for column in range(len(table.rows[first])) if before else ():
                sides = range(first, first + len(words))
                yield from _read_column(book, table, before, sides, column, name_complement(words))


def _name_row(table: Table, row: int) -> str:
    """The label of a row without what it stands under."""
    labels = [cell.row_label for cell in table.rows[row] if cell.row_label]
    return labels[0].rpartition("/")[2] if labels else ""


def _find_divisions(names: Sequence[str]) -> Iterator[tuple[int, Words]]:
    """Where rows begin that have a dividing word each."""
    for first, name in enumerate(names):
        for words in find_sides(name):
            sides = {find_sides(one).get(words) for one in names[first : first + len(words)]}
            if len(sides - {None}) == len(words):
                yield first, words


def _list_wholes(table: Table, names: Sequence[str], first: int, words: Words) -> list[int]:
    """The rows in front of the first side that may be divided, the nearest first: none that is a side as well."""
    before = range(first - 1, max(table.header_rows, first - NEAREST) - 1, -1)
    return [row for row in before if words not in find_sides(names[row])]


def _read_column(
    book: Book, table: Table, before: Sequence[int], rows: range, column: int, pattern: str
) -> Iterator[DividedCells]:
    """The sides in one column, where each of them and a row in front have a number of one unit there."""
    parts = list(filter(None, (book.cell(table, row, column) for row in rows)))
    if len(parts) < len(rows) or not all(part.exact > 0 and part.base == parts[0].base for part in parts):
        return
    wholes = filter(None, (book.cell(table, row, column) for row in before))
    likely = tuple(one for one in wholes if one.base == parts[0].base and one.exact > max(part.exact for part in parts))
    if likely:
        yield DividedCells(likely, tuple(parts), pattern)
