"""Numbers of the narrative that stand in a table of any kind: in the row that has their name.

A section tells the numbers of one column one after another. Where it does so again and again, a number that has the
name of a row of that table and is not what the column holds there is told beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.layout import is_total
from extractor.amounts.names import is_disjoint
from extractor.checks.grids.labels import clean_label, read_words
from extractor.claims.vocabulary import normalize_name
from extractor.model import Claim, Period, Table, TableCell

# Fewer characters of a label say nothing of what a number is.
SHORTEST = 3
# A heading that has so much of a label names its row.
NAMED = 6
# Fewer digits are the same by chance.
FEWEST = 3
# A section tells a column if so many of its numbers stand there, and of those that could so many times more than not.
HABIT, OFTEN = 3, 3
# The digits of the year that a day begins with.
YEAR = 4
# A label that stands in so many rows says nothing.
MOST_ROWS = 40


class Column(Struct, frozen=True):
    """What a section tells: the numbers of one column, of one stage and year."""

    section: str | None
    role: str
    year: str
    table: str
    column: int


class Told(Struct, frozen=True):
    """A number of the narrative and the cell of its name; ``is_same`` says whether they agree."""

    claim: Claim
    cell: Amount
    is_same: bool


Rows = Mapping[str, list[tuple[Table, int]]]


def find_told(book: Book) -> list[Told]:
    """The numbers of the narrative that stand in a row of their name, and those that do not though the others do."""
    rows = _index_rows(book)
    found: list[tuple[Claim, list[Amount], list[Amount]]] = []
    for claim in book.claims:
        cells = list(_list_cells(book, rows, claim)) if is_asked(claim) else []
        same = [cell for cell in cells if _agrees(book.amount(claim), cell)]
        if cells:
            found.append((claim, same[:1], [] if same else cells))
    votes = Counter(_name_column(claim, cell) for claim, same, _ in found for cell in same)
    missed = Counter({_name_column(claim, cell) for claim, _, other in found for cell in other})
    habits = {column for column, count in votes.items() if count >= HABIT and count >= OFTEN * missed[column]}
    return [*_list_same(found), *_list_other(book, found, habits)]


def _list_same(found: list[tuple[Claim, list[Amount], list[Amount]]]) -> Iterator[Told]:
    for claim, same, _ in found:
        yield from (Told(claim, cell, True) for cell in same)


def _list_other(
    book: Book, found: list[tuple[Claim, list[Amount], list[Amount]]], habits: set[Column]
) -> Iterator[Told]:
    """The numbers that are not in the one cell that the habit of their section names."""
    for claim, _, other in found:
        named = [cell for cell in other if _name_column(claim, cell) in habits]
        if len(named) == 1 and not _is_with_another(book, claim, named[0]):
            yield Told(claim, named[0], False)


def _is_with_another(book: Book, claim: Claim, cell: Amount) -> bool:
    """Whether a number is its row together with another one that the heading over the number names too."""
    heading, (table, row, column) = claim.path[-1] if claim.path else "", _find_place(cell)
    for at, cells in enumerate(book.table[table].rows):
        label = _read_label(book.table[table], at)[:NAMED]
        if at == row or len(label) < NAMED or label not in heading or cells[column].value is None:
            continue
        other = book.cell(book.table[table], at, column)
        if other and (cell.rounded + other.rounded).meets(book.amount(claim).rounded):
            return True
    return False


def _find_place(cell: Amount) -> tuple[str, int, int]:
    return cell.operand.table or "", cell.operand.row or 0, cell.operand.column or 0


def is_asked(claim: Claim) -> bool:
    """Whether a claim of the narrative is one number of a name, of enough digits."""
    if claim.cell is not None or not claim.metric or claim.kind in ("change_amount", "completion"):
        return False
    digits = claim.value.lstrip("-").replace(".", "").strip("0")
    return len(digits) >= FEWEST and not claim.approximation and claim.value_high is None


def is_rate(claim: Claim) -> bool:
    """Whether a claim of the narrative says by what percentage a thing with a name changed."""
    return claim.kind == "change_rate" and claim.dimension == "percent" and claim.is_one_told and bool(claim.metric)


def is_of_time(cell: TableCell, claim: Claim) -> bool:
    """Whether a cell is of the time of a claim, as far as both are known; the end of a year is that of the year.

    A span of years over a table (近三年) does not say of which a column is.
    """
    own, told = _read_span(cell.period or None), _read_span(claim.period)
    if not own or not told or own[0][:YEAR] != own[1][:YEAR]:
        return True
    return own == told or (own[1] == told[1] and any(start == end for start, end in (own, told)))


def _read_span(period: Period | None) -> tuple[str, str] | None:
    return (period.start, period.end) if period and period.start and period.end else None


def _name_column(claim: Claim, cell: Amount) -> Column:
    year = (claim.period.start or "")[:4] if claim.period else ""
    return Column(claim.section, claim.role, year, cell.operand.table or "", cell.operand.column or 0)


def _agrees(claim: Amount, cell: Amount) -> bool:
    """Whether a number is a cell's, as far as either is printed."""
    return claim.rounded.meets(cell.rounded) and not is_disjoint(claim.scope, cell.scope)


# ── rows by their names ──────────────────────────────────────────────────────────────────────────────────────────────


def _index_rows(book: Book) -> Rows:
    """The rows of all tables that hold numbers, by their labels."""
    rows: dict[str, list[tuple[Table, int]]] = {}
    for table in book.tables:
        for row in range(table.header_rows, len(table.rows)):
            label = _read_label(table, row)
            if len(label) >= SHORTEST and not is_total(label):
                rows.setdefault(label, []).append((table, row))
    return rows


def _read_label(table: Table, row: int) -> str:
    """The first words of a row, as labels are compared."""
    return clean_label(read_words(cell for cell in table.rows[row] if cell.value is None))


def _list_cells(book: Book, rows: Rows, claim: Claim) -> Iterator[Amount]:
    """The cells of the rows that a claim's metric ends in the name of, the longest name alone."""
    unit = book.amount(claim).base
    for table, row in _find_rows(rows, normalize_name(claim.metric or "")):
        for column, cell in enumerate(table.rows[row]):
            amount = book.cell(table, row, column) if cell.value is not None else None
            if amount and amount.base == unit:
                yield amount


def _find_rows(rows: Rows, name: str) -> list[tuple[Table, int]]:
    for start in range(len(name) - SHORTEST + 1):
        found = rows.get(name[start:])
        if found:
            return found if len(found) <= MOST_ROWS else []
    return []
