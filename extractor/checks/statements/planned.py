"""What the statements of accounts plan for a figure that the narrative tells."""

from __future__ import annotations

from itertools import chain

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.checks.statements.statements import Statements, is_own, read_planned
from extractor.model import Claim


def find_planned_cells(book: Book, done: Claim) -> list[tuple[str, Amount]]:
    """What the statements plan for a figure of the accounts that they state as told, with what they call the plan."""
    if not done.metric_id or not is_own(book, done) or not _is_stated(book, done):
        return []
    spots = [spot for _, found in book.view(read_planned).find_stated(done.metric_id) for spot in found]
    return [(book.layout(spot.table).places[spot.column][1].stage, spot.amount) for spot in spots if spot.amount]


def _is_stated(book: Book, done: Claim) -> bool:
    """Whether a statement has a claim's number as what was done."""
    spots = chain.from_iterable(found for _, found in book.view(Statements).find_stated(done.metric_id or ""))
    amounts = filter(None, (spot.amount for spot in spots))
    return any(book.amount(done).rounded.meets(amount.rounded) for amount in amounts)
