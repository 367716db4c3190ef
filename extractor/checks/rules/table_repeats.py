"""Figures that two statements state."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.interval import total
from extractor.checks.drafts import Draft, equal, judged
from extractor.checks.statements.classification import list_mirrors
from extractor.checks.statements.ledgers import Accounts, Ledger
from extractor.checks.statements.statements import Statements
from extractor.claims import vocabulary

RULE = "table_repeat"


def find(book: Book) -> Iterator[Draft]:
    """Metrics that stand in several statements, then accounts that several list, then basic expenditure."""
    statements = book.view(Statements)
    for identifier in vocabulary.load_metrics():
        found = [
            (spots[0].amount, stand.mirror)
            for stand, spots in statements.find_stated(identifier)
            if len(spots) == 1 and spots[0].amount
        ]
        for amount, mirror in found[1:]:
            draft = _repeated(found[0][0], amount, f"metrics/{identifier}")
            if draft and not (mirror and draft.status == "fails"):
                yield draft
    yield from _accounts(book.view(Accounts))
    yield from _mirrored(book, book.view(Accounts))


def _accounts(accounts: Accounts) -> Iterator[Draft]:
    """The accounts of each ledger in the first one of the same money that lists codes; what differs in a row once."""
    bases = [ledger for ledger in accounts.ledgers if ledger.panel.codes]
    told: set[tuple[str | None, int | None, str]] = set()
    for ledger in accounts.ledgers:
        near = [base for base in bases if base.scope == ledger.scope]
        same = [base for base in (*near, *bases) if accounts.is_same_money(base.scope, ledger.scope)]
        other = [base for base in same if base.statement.table.id != ledger.statement.table.id]
        if other:
            for draft in _listed(other[0], ledger):
                row = (draft.operands[1][1].operand.table, draft.operands[1][1].operand.row, draft.operands[0][1].raw)
                if draft.status != "fails" or row not in told:
                    yield draft
                told.update({row} if draft.status == "fails" else ())


def _listed(one: Ledger, other: Ledger) -> Iterator[Draft]:
    """The accounts that both ledgers list."""
    for code in one.rows:
        left, right = one.read_spot(code), other.read_spot(code)
        if left and right and left.amount and right.amount:
            draft = _repeated(left.amount, right.amount, f"accounts/{code}")
            if draft:
                yield draft


def _repeated(one: Amount, other: Amount, evidence: str) -> Draft | None:
    """Two cells as one figure; None where their units are of different kinds or both are 0."""
    if one.base != other.base or one.operand.table == other.operand.table or not (one.value or other.value):
        return None
    return equal(RULE, ("repeat", one), ("repeat", other), message="table", evidence=(evidence,))


def _mirrored(book: Book, accounts: Accounts) -> Iterator[Draft]:
    """Items of basic expenditure and the accounts that are the same money, as far as they agree."""
    ledger = next((ledger for ledger in accounts.ledgers if ledger.scope == "general" and ledger.panel.codes), None)
    for mirror in list_mirrors() if ledger else ():
        spots = [ledger.read_spot(code) for code in mirror.accounts] if ledger else []
        parts = [spot.amount for spot in spots if spot and spot.amount]
        for cell in book.view(Statements).read_items(mirror.items):
            draft = _summed(cell, parts)
            if draft and draft.status != "fails":
                yield draft


def _summed(cell: Amount, parts: list[Amount]) -> Draft | None:
    """A cell as another one, or as the sum of several."""
    if len(parts) == 1:
        return _repeated(cell, parts[0], "accounts/mirrors")
    return judged("table_sum", [("total", cell), *(("part", part) for part in parts)], total) if parts else None
