"""The year before in a table of years: of 2025年 33.64 the 32.07 that stands beside it for 2024年."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from extractor.amounts.amount import Amount, read_in_unit
from extractor.amounts.book import Book
from extractor.checks.narrative.again import find_again
from extractor.checks.relations.times import read_dates
from extractor.model import Claim, Table, TableCell

# The digits of the year that a day begins with.
YEAR = 4


def find_cells_before(book: Book, level: Claim) -> Iterator[Amount]:
    """The numbers of the year before that stand in the row, or the column, of the cell that tells a level too."""
    end = read_dates(level)[1]
    if not end:
        return
    before = f"{int(end[:YEAR]) - 1}{end[YEAR:]}"
    for cell in book.view(_list_written).get(level.id, ()):
        operand = cell.operand
        table, row, column = book.table[operand.table or ""], operand.row or 0, operand.column or 0
        if _read_end(table.rows[row][column]) == end:
            places = (
                place
                for place in _list_beside(table, row, column)
                if _read_end(table.rows[place[0]][place[1]]) == before
            )
            found = filter(None, (book.cell(table, *place) for place in places))
            yield from (one if one.unit else read_in_unit(one, cell.unit or level.unit) for one in found)


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


def _read_end(cell: TableCell) -> str | None:
    """The last day of what a number of a table is of."""
    return cell.period.end if cell.value is not None and cell.period else None
