"""The items of accounts that a narrative lists: against the totals that it states, and those of the statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.interval import total
from extractor.checks.drafts import Draft, equal, judged, verdict
from extractor.checks.statements.classification import CLASS
from extractor.checks.statements.coding import Account
from extractor.checks.statements.ledgers import Accounts
from extractor.checks.statements.listings import Listing, Listings, list_groups


def find(book: Book) -> Iterator[Draft]:
    """Every listing against the totals of its classes, against the total of all, and against the statements."""
    items = book.view(Listings)
    for listing in items.all:
        for draft, accounts in _sums(book, items, listing):
            yield _remark(book, draft, accounts)


def _sums(book: Book, items: Listings, listing: Listing) -> Iterator[tuple[Draft, Sequence[Account]]]:
    """The sums of a listing, each with the accounts that take part."""
    for one in items.list_classes(listing):
        parts = listing.list_named(one.names[0])
        if parts and items.is_whole(listing, one.code):
            yield _sum(book, "sum", book.amount(one.claim), parts), [one, *parts]
    if len(listing.items) > 1 and items.is_whole(listing):
        for claim in items.find_totals(listing):
            yield _sum(book, "sum", book.amount(claim), listing.items), listing.items
    for code, parts in list_groups(listing):
        if items.is_whole(listing, code):
            for cell in _cells(book, listing, code, parts):
                yield _sum(book, "table_sum", cell, parts), parts


def _cells(book: Book, listing: Listing, code: str, parts: Sequence[Account]) -> Iterator[Amount]:
    """The cells of a 类 in the statements without items, and those of a 款 of several items in the others."""
    for ledger in book.view(Accounts).find_ledgers(listing.scope):
        spot = ledger.read_spot(code)
        wanted = len(parts) > 1 if ledger.panel.codes else len(code) == CLASS
        if spot and spot.amount and wanted:
            yield spot.amount


def _sum(book: Book, rule: str, whole: Amount, parts: Sequence[Account]) -> Draft:
    """A total against the items; a single item is compared with it."""
    amounts = [book.amount(part.claim) for part in parts]
    if len(amounts) == 1 and whole.operand.table:
        return equal("table", ("narrative", amounts[0]), ("cell", whole))
    return judged(rule, [("total", whole), *(("part", amount) for amount in amounts)], total)


def _remark(book: Book, draft: Draft, accounts: Sequence[Account]) -> Draft:
    """A sum that only fails for a claim that its own cell contradicts is a mere remark: the claim is told of there."""
    if draft.status != "fails":
        return draft
    true = {one.claim.id: _stated(book, one) for one in accounts}
    mended = [true.get(amount.operand.claim or "") or amount for _, amount in draft.operands]
    holds = verdict(mended[0], mended[1:], total) != "fails"
    changed = any(one is not other for one, (_, other) in zip(mended, draft.operands, strict=True))
    if not (holds and changed):
        return draft
    message = draft.message if draft.message == "table" else f"{draft.message}-follows"
    return msgspec.structs.replace(draft, severity="info", message=message)


def _stated(book: Book, account: Account) -> Amount | None:
    """The cell of an account that contradicts what is told of it; None where none does."""
    told = book.amount(account.claim)
    spots = (ledger.read_spot(account.code) for ledger in book.view(Accounts).find_ledgers(account.scope))
    amounts = (spot.amount for spot in spots if spot and spot.amount)
    return next((amount for amount in amounts if not amount.rounded.meets(told.rounded)), None)
