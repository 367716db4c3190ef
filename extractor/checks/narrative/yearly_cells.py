"""The year before in a table of years: of 2025年 33.64 the 32.07 that stands beside it for 2024年."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from extractor.amounts.amount import Amount, read_in_unit
from extractor.amounts.book import Book
from extractor.checks.narrative.again import find_again
from extractor.model import Claim, Table, TableCell


def find_cells_before(book: Book, level: Claim) -> Iterator[Amount]:
    """The numbers of the year before that stand in the row, or the column, of the cell that tells a level too."""
    year = _read_year(level.period.end if level.period else None)
    for cell in book.view(_list_written).get(level.id, ()):
        operand = cell.operand
        table, row, column = book.table[operand.table or ""], operand.row or 0, operand.column or 0
        own = table.rows[row][column]
        if year is None or _find_year(own) != year:
            continue
        for at, across in _list_beside(table, row, column):
            if _find_year(table.rows[at][across]) == year - 1 and (before := book.cell(table, at, across)):
                yield before if before.unit else read_in_unit(before, cell.unit or level.unit)


def _list_written(book: Book) -> Mapping[str, list[Amount]]:
    """The cells that tell the numbers of the narrative too, by the ids of those."""
    found: dict[str, list[Amount]] = {}
    for claim, again in find_again(book):
        if again.operand.table:
            found.setdefault(claim.id, []).append(again)
    return found


def _list_beside(table: Table, row: int, column: int) -> Iterator[tuple[int, int]]:
    """The places in the row of a cell, and those in its column that are labelled alike but for the year."""
    label = table.rows[row][column].column_label
    across = ((row, at) for at in range(len(table.rows[row])))
    down = ((at, column) for at in range(table.header_rows, len(table.rows)) if column < len(table.rows[at]))
    same = ((at, other) for at, other in down if table.rows[at][other].column_label == label)
    return ((at, other) for at, other in chain(across, same) if (at, other) != (row, column))


def _find_year(cell: TableCell) -> int | None:
    """The year of a cell that has a number; where a cell has none, its table may be of one year."""
    return _read_year(cell.period.end if cell.value is not None and cell.period else None)


def _read_year(day: str | None) -> int | None:
    return int(day[:4]) if day else None
