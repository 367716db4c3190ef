"""The sums inside statements: rows to their totals, columns to theirs, both halves of a balance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.interval import total
from extractor.checks.drafts import Draft, judged, verdict
from extractor.checks.statements.statements import Spot, Statement, Statements
from extractor.checks.statements.sums import Place, Sum, find_balance, find_column_sums, find_row_sums
from extractor.claims import vocabulary
from extractor.claims.vocabulary import Entry
from extractor.model import TableCell

RULE = "table_sum"
# In a table of more rows than this, sums that hold to the last digit are not listed one by one.
LONG = 2000


def find(book: Book) -> Iterator[Draft]:
    """Every sum that the layout of a statement promises."""
    for statement in book.view(Statements).all:
        mended: dict[Place, Amount] = {}
        for sums in (*find_column_sums(statement), list(find_row_sums(statement)), list(find_balance(statement))):
            yield from _judged(statement, sums, mended)
    for entry in vocabulary.load_metrics().values():
        yield from _composed(book, entry)


def _composed(book: Book, entry: Entry) -> Iterator[Draft]:
    """A metric in one statement against its parts in another that has a place for each."""
    statements = book.view(Statements)
    places = [dict(_by_table(statements, part)) for part in entry.parts]
    shared = [table for table in places[0] if all(table in place for place in places)] if places else []
    for table in shared:
        parts = [place[table].amount for place in places if place[table].amount]
        for name, spot in _by_table(statements, entry.id):
            if name != table and spot.amount and parts:
                yield judged(RULE, [("total", spot.amount), *(("part", part) for part in parts if part)], total)


def _by_table(statements: Statements, identifier: str) -> Iterator[tuple[str, Spot]]:
    """The first place of a metric in each table that has one."""
    found: dict[str, list[Spot]] = {}
    for stand, spots in statements.find_stated(identifier):
        for spot in () if stand.mirror else spots:
            found.setdefault(spot.table.id, []).append(spot)
    return ((name, spots[0]) for name, spots in found.items())


def _judged(statement: Statement, sums: Sequence[Sum], mended: dict[Place, Amount]) -> Iterator[Draft]:
    """Sums in the order of their levels; one that only fails for a cell found wrong before is a mere remark.

    ``mended`` are the totals that their parts contradict, as the parts have them.
    """
    for one in sums:
        draft = _draft(statement, one)
        if draft is not None and draft.status == "fails":
            if _follows(statement, one, draft, mended):
                draft = msgspec.structs.replace(draft, severity="info", message=f"{RULE}-follows")
            else:
                mended[one.total] = _mended(draft)
        if draft is not None:
            yield draft


def _follows(statement: Statement, one: Sum, draft: Draft, mended: dict[Place, Amount]) -> bool:
    """Whether a sum holds with the cells that were found wrong put right."""
    if not any(place in mended for place in (one.total, *one.parts)):
        return False
    parts = [mended.get(place, amount) for place, amount in _amounts(statement, one.parts)]
    return verdict(mended.get(one.total, draft.subject), parts, total) != "fails"


def _draft(statement: Statement, one: Sum) -> Draft | None:
    """The check of one sum; None where the total or all parts are missing."""
    if len(statement.table.rows) > LONG and _adds_up(statement.table.rows, one):
        return None
    whole = statement.read_spot(*one.total).amount
    parts = [amount for _, amount in _amounts(statement, one.parts)]
    if whole is None or not parts:
        return None
    if any(amount.base != whole.base for amount in parts):
        return None
    return judged(RULE, [("total", whole), *(("part", part) for part in parts)], total)


def _adds_up(rows: Sequence[Sequence[TableCell]], one: Sum) -> bool:
    """Whether the digits of the parts add up to those of the total."""
    cells = [rows[row][column] for row, column in (one.total, *one.parts)]
    values = [Decimal(cell.value or 0) for cell in cells]
    return len({cell.unit for cell in cells if cell.value}) <= 1 and values[0] == sum(values[1:])


def _amounts(statement: Statement, places: Sequence[Place]) -> list[tuple[Place, Amount]]:
    """The cells that hold numbers; an empty one is 0."""
    found = ((place, statement.read_spot(*place).amount) for place in places)
    return [(place, amount) for place, amount in found if amount is not None]


def _mended(draft: Draft) -> Amount:
    """A total as its parts have it."""
    allowed = total([amount.rounded for _, amount in draft.operands[1:]])
    return msgspec.structs.replace(draft.subject, rounded=allowed, cut=allowed)
