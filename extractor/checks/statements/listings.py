"""The items (项) that a narrative lists under one heading, as far as the list leaves none out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from extractor.amounts.book import Book
from extractor.checks.statements.ledgers import CLASS, GROUP, ITEM, LEVELS, Account, Accounts, Ledger
from extractor.model import Claim


class Listing(Struct, frozen=True):
    """Items of one scope that stand under the same headings."""

    scope: str
    path: tuple[str, ...]
    items: tuple[Account, ...]

    def under(self, code: str) -> list[Account]:
        """The items of a 类 or a 款."""
        return [item for item in self.items if (item.top if len(code) == CLASS else item.code).startswith(code)]

    def of(self, name: str) -> list[Account]:
        """The items whose 类 has this name."""
        return [item for item in self.items if item.names[0] == name]


class Items:
    """The listings of a document, and which of their parts are complete."""

    def __init__(self, book: Book) -> None:
        self._accounts = book.view(Accounts)
        self._book = book

    @cached_property
    def listings(self) -> tuple[Listing, ...]:
        """The listings in document order; one that names an item twice is none."""
        found: dict[tuple[str, tuple[str, ...]], list[Account]] = defaultdict(list)
        for account in self._accounts.told:
            if len(account.names) == LEVELS:
                found[account.scope, self._above(account)].append(account)
        return tuple(
            Listing(scope, path, tuple(items))
            for (scope, path), items in found.items()
            if len({item.names for item in items}) == len(items)
        )

    def _above(self, account: Account) -> tuple[str, ...]:
        """The headings over an item, without a heading of its own."""
        path = account.claim.path
        return path[:-1] if path and account.claim.section in self._single else path

    @cached_property
    def _single(self) -> set[str | None]:
        """The sections that hold a single item."""
        count: dict[str | None, int] = defaultdict(int)
        for account in self._accounts.told:
            count[account.claim.section] += 1
        return {section for section, number in count.items() if number == 1}

    def classes(self, listing: Listing) -> list[Account]:
        """What the narrative says of whole classes in the scope of a listing."""
        return [one for one in self._accounts.told if len(one.names) == 1 and one.scope == listing.scope]

    def complete(self, listing: Listing, code: str = "") -> bool:
        """Whether a listing leaves out no item of a 类 or 款 (or of all) that a statement of its scope has.

        Of a 类 it is enough that there are as many of them: some may go by another name.
        """
        told = listing.under(code)
        asked = self._itemised(listing)
        listed = {one for ledger in asked for one in ledger.rows if len(one) == ITEM and one.startswith(code)}
        wanted = {one for one in listed if not self._is_nothing(listing, one)}
        whole = wanted <= {item.code for item in told} or (len(code) <= CLASS and len(wanted) == len(told))
        return bool(wanted) and whole

    def _itemised(self, listing: Listing) -> list[Ledger]:
        """The ledgers of the scope of a listing that list items."""
        ledgers = self._accounts.within(listing.scope)
        return [ledger for ledger in ledgers if any(len(code) == ITEM for code in ledger.rows)]

    def whole(self, listing: Listing, code: str = "") -> bool:
        """Whether a listing leaves nothing out: as a statement has it, else as the narrative's own classes show."""
        return self.complete(listing, code) if self._itemised(listing) else self.covered(listing)

    def _is_nothing(self, listing: Listing, code: str) -> bool:
        """Whether an item is 0 or empty wherever it is listed."""
        spots = [ledger.spot(code) for ledger in self._accounts.within(listing.scope)]
        return not any(spot and spot.amount and spot.amount.value for spot in spots)

    def covered(self, listing: Listing) -> bool:
        """Whether every class that the narrative gives an amount for has an item, and there are such classes."""
        amounts = [one for one in self.classes(listing) if self._book.amount(one.claim).value]
        return len(amounts) > 1 and all(listing.of(one.names[0]) for one in amounts)

    def totals(self, listing: Listing) -> list[Claim]:
        """The totals of the scope that stand nearest to a listing."""
        metrics = self._accounts.totals(listing.scope)
        claims = [claim for claim in self._accounts.own if claim.metric_id in metrics]
        shared = [_shared(claim.path, listing.path) for claim in claims]
        return [claim for claim, depth in zip(claims, shared, strict=True) if depth == max(shared)]


def groups(listing: Listing) -> Iterator[tuple[str, list[Account]]]:
    """The 类 and 款 of a listing by code, each with its items."""
    codes = {item.code[:GROUP] for item in listing.items} | {item.top for item in listing.items}
    for code in sorted(codes - {""}):
        yield code, listing.under(code)


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many headings two paths share."""
    return next(
        (at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right),
        min(len(one), len(other)),
    )
