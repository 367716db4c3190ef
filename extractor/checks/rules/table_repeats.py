"""Figures that two statements state."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.checks.accounts import Accounts, Ledger
from extractor.checks.book import Amount, Book
from extractor.checks.drafts import Draft, equal
from extractor.checks.statements import Statements
from extractor.claims import vocabulary

RULE = "table_repeat"


def find(book: Book) -> Iterator[Draft]:
    """Metrics that stand in several statements, then accounts that several list."""
    statements = book.view(Statements)
    for identifier in vocabulary.entries():
        found = [
            (spots[0].amount, stand.mirror)
            for stand, spots in statements.stated(identifier)
            if len(spots) == 1 and spots[0].amount
        ]
        for amount, mirror in found[1:]:
            draft = _repeated(found[0][0], amount, f"metrics/{identifier}")
            if draft and not (mirror and draft.status == "fails"):
                yield draft
    yield from _accounts(book.view(Accounts))


def _accounts(accounts: Accounts) -> Iterator[Draft]:
    """The accounts of each ledger in the next one of the same money."""
    compared: set[tuple[str, str]] = set()
    for scope in dict.fromkeys(ledger.scope for ledger in accounts.ledgers):
        ledgers = sorted(accounts.within(scope), key=lambda ledger: -len(ledger.rows))
        for ledger in ledgers[1:]:
            pair = (ledgers[0].statement.table.id, ledger.statement.table.id)
            if pair not in compared and pair[::-1] not in compared:
                compared.add(pair)
                yield from _listed(ledgers[0], ledger)


def _listed(one: Ledger, other: Ledger) -> Iterator[Draft]:
    """The accounts that both ledgers list."""
    for code in one.rows:
        left, right = one.spot(code), other.spot(code)
        if left and right and left.amount and right.amount:
            draft = _repeated(left.amount, right.amount, f"accounts/{code}")
            if draft:
                yield draft


def _repeated(one: Amount, other: Amount, evidence: str) -> Draft | None:
    """Two cells as one figure; None where their units are of different kinds."""
    if one.base != other.base or one.operand.table == other.operand.table:
        return None
    return equal(RULE, ("repeat", one), ("repeat", other), message="table", evidence=(evidence,))
