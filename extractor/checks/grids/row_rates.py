"""Growth of the narrative in the column of growth of its row: 粮食产量23万吨，增长5.4%, in the table 粮食, 23, 5.4.

A rate of two digits stands in many cells by chance; it does not in the one that its row and the column name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from msgspec import Struct

from extractor import patterns
from extractor.amounts.amount import RATIO, Amount, read_in_unit
from extractor.amounts.book import Book
from extractor.checks.grids.labels import read_heads
from extractor.checks.grids.named import Rows, is_name_of
from extractor.checks.grids.told import Told, is_of_time, is_rate
from extractor.claims.vocabulary import normalize_name
from extractor.model import Claim, Table

# The narrative tells a column if so many of its rates stand there, and so many times more than do not.
HABIT, OFTEN = 3, 3

Spot = tuple[Table, int]
_expression = partial(patterns.fragment, "checks/table_rate")


class RowRate(Struct, frozen=True):
    """A growth and the one of its row; ``is_sure`` says that the narrative tells this column, all but this rate."""

    rate: Claim
    cell: Amount
    is_sure: bool


class _Asked(Struct, frozen=True):
    """A rate with the rows that it may be of; ``is_named`` says that it can be of no other."""

    rate: Claim
    rows: Sequence[Spot]
    is_named: bool


def find_row_rates(book: Book, beside: Iterable[tuple[Claim, Told]], known: Iterable[Claim]) -> Iterator[RowRate]:
    """The rates of growth that stand in the row of their level, or of their own name.

    ``beside`` are rates with their levels, ``known`` the numbers that are held against cells already.
    """
    columns = {table.id: list(_list_growing(table)) for table in book.tables}
    if not any(columns.values()):
        return
    done = {claim.id for claim in known}
    told: list[tuple[_Asked, list[Amount], bool]] = []
    for asked in _list_asked(book, beside):
        cells = [cell for row in asked.rows for cell in _list_cells(book, row, columns[row[0].id], asked.rate)]
        same = [cell for cell in cells if _is_growth_of(book, asked.rate, cell)]
        if cells and asked.rate.id not in done:
            told.append((asked, same[:1] or cells, bool(same)))
    yield from _judge(told)


def _list_growing(table: Table) -> Iterator[int]:
    """The columns of growth of a table."""
    heads = read_heads(table).items()
    return (column for column, head in heads if _expression("growth").search(normalize_name(head)))


def _list_asked(book: Book, beside: Iterable[tuple[Claim, Told]]) -> Iterator[_Asked]:
    """The rates of the narrative: in the row of its level each, else in the rows that have its name."""
    found: set[str] = set()
    for rate, level in beside:
        if level.is_same and rate.id not in found:
            found.add(rate.id)
            operand = level.cell.operand
            yield _Asked(rate, [(book.table[operand.table or ""], operand.row or 0)], True)
    for claim in book.claims:
        if is_rate(claim) and claim.id not in found:
            name = normalize_name(claim.metric or "")
            rows = book.view(Rows).find(name)
            yield _Asked(claim, rows, all(is_name_of(name, *row) for row in rows))


def _list_cells(book: Book, spot: Spot, columns: Sequence[int], claim: Claim) -> Iterator[Amount]:
    """The growth of a row in the time of a claim, as percentages."""
    table, row = spot
    for column in columns:
        cell = table.rows[row][column] if column < len(table.rows[row]) else None
        amount = book.cell(table, row, column) if cell and cell.value is not None and is_of_time(cell, claim) else None
        if amount and amount.base in ("", RATIO):
            yield amount if amount.base else read_in_unit(amount, claim.unit)


def _is_growth_of(book: Book, claim: Claim, cell: Amount) -> bool:
    """Whether a cell is a growth, or a fall with a minus sign, as far as either is printed."""
    told = book.amount(claim).rounded
    return (-told if claim.direction == "decrease" else told).meets(cell.rounded)


def _judge(told: Sequence[tuple[_Asked, list[Amount], bool]]) -> Iterator[RowRate]:
    """The rates that are in their rows; those that are not where the narrative tells the column otherwise."""
    votes = Counter((_name_column(cell), same) for _, cells, same in told for cell in cells)
    for asked, cells, same in told:
        held, missed = (votes[_name_column(cells[0]), is_same] for is_same in (True, False))
        is_habit = held >= HABIT and held >= OFTEN * missed
        if same or (is_habit and asked.is_named and len(cells) == 1):
            yield RowRate(asked.rate, cells[0], is_habit)


def _name_column(cell: Amount) -> tuple[str, int]:
    return cell.operand.table or "", cell.operand.column or 0
