"""Totals of the items that a narrative lists, in the narrative itself and in the statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain

from msgspec import Struct

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.checks.statements.classification import CLASS
from extractor.checks.statements.coding import Account
from extractor.checks.statements.ledgers import Accounts, Ledger
from extractor.checks.statements.listings import Listing, Listings, list_groups


class ListedTotal(Struct, frozen=True):
    """A total and the items that make it up; ``told`` is the account whose amount the total is, where it is one."""

    total: Amount
    items: tuple[Account, ...]
    told: Account | None = None

    @property
    def is_cell(self) -> bool:
        """Whether a statement has the total, and not the narrative."""
        return self.total.operand.table is not None


def find_listed_totals(book: Book) -> tuple[ListedTotal, ...]:
    """Every listing against the totals of its classes, against the total of all, and against the statements."""
    return book.view(_find_totals)


def _find_totals(book: Book) -> tuple[ListedTotal, ...]:
    listings = book.view(Listings)
    find_totals_of = partial(_find_totals_of, book, listings)
    return tuple(chain.from_iterable(map(find_totals_of, listings.all)))


def _find_totals_of(book: Book, listings: Listings, listing: Listing) -> Iterator[ListedTotal]:
    """The totals of one listing, as far as it leaves nothing of them out."""
    for one in listings.list_classes(listing):
        items = listing.list_named(one.names[0])
        if items and listings.is_whole(listing, one.code):
            yield ListedTotal(book.amount(one.claim), tuple(items), one)
    if len(listing.items) > 1 and listings.is_whole(listing):
        for claim in listings.find_totals(listing):
            yield ListedTotal(book.amount(claim), listing.items)
    for code, items in list_groups(listing):
        if listings.is_whole(listing, code):
            for cell in _find_cells(book, listing, code, items):
                yield ListedTotal(cell, tuple(items))


def _find_cells(book: Book, listing: Listing, code: str, items: Sequence[Account]) -> Iterator[Amount]:
    """The cells of a 类 in the statements without items, and those of a 款 of several items in the others."""
    for ledger in book.view(Accounts).find_ledgers(listing.scope):
        amount = ledger.read_amount(code)
        if amount and _is_total_of(ledger, code, items):
            yield amount


def _is_total_of(ledger: Ledger, code: str, items: Sequence[Account]) -> bool:
    """Whether a row is a total of items: of several where rows have codes, else a whole 类."""
    if ledger.panel.codes:
        return len(items) > 1
    return len(code) == CLASS


def mend_told(book: Book, listed: ListedTotal, amounts: Sequence[Amount]) -> list[Amount]:
    """The amounts of a total and its items; those that a cell of their account contradicts are as the cell has them."""
    accounts = list(listed.items)
    if listed.told:
        accounts.append(listed.told)
    true = {one.claim.id: _find_contradiction(book, one) for one in accounts}
    return [true.get(amount.operand.claim or "") or amount for amount in amounts]


def _find_contradiction(book: Book, account: Account) -> Amount | None:
    """The cell of an account that contradicts what is told of it; None where none does."""
    told = book.amount(account.claim).rounded
    for amount in book.view(Accounts).read_amounts(account.scope, account.code):
        if not amount.rounded.meets(told):
            return amount
    return None
