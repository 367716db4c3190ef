"""The items (项) that a narrative lists under one heading, as far as the list leaves none out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property, partial
from itertools import chain, filterfalse, takewhile
from operator import attrgetter, methodcaller

from msgspec import Struct

from extractor.amounts.book import Book
from extractor.checks.statements.classification import CLASS, GROUP, ITEM, LEVELS
from extractor.checks.statements.coding import Account
from extractor.checks.statements.ledgers import Accounts, Ledger
from extractor.model import Claim


class Listing(Struct, frozen=True):
    """Items of one scope that stand under the same headings."""

    scope: str
    path: tuple[str, ...]
    items: tuple[Account, ...]

    def list_under(self, code: str) -> list[Account]:
        """The items of a 类 or a 款."""
        return list(filter(partial(_has_code, code), self.items))

    def list_named(self, name: str) -> list[Account]:
        """The items whose 类 has this name."""
        return list(filter(partial(_is_of_class, name), self.items))


def _is_of_class(name: str, item: Account) -> bool:
    return item.names[0] == name


def _has_code(code: str, item: Account) -> bool:
    """Whether an item lies under the code of a 类 or a 款; of its 类 it is known even where its own code is not."""
    if len(code) == CLASS:
        return item.top.startswith(code)
    return item.code.startswith(code)


class Listings:
    """The listings of a document, and which of their parts are complete."""

    def __init__(self, book: Book) -> None:
        self._accounts = book.view(Accounts)
        self._book = book

    @cached_property
    def all(self) -> tuple[Listing, ...]:
        """The listings in document order; one that names an item twice is none."""
        found: dict[tuple[str, tuple[str, ...]], list[Account]] = defaultdict(list)
        for account in self._accounts.told:
            if len(account.names) == LEVELS:
                found[account.scope, self._find_path(account)].append(account)
        listings = (Listing(scope, path, tuple(items)) for (scope, path), items in found.items())
        return tuple(filter(_is_distinct, listings))

    def _find_path(self, account: Account) -> tuple[str, ...]:
        """The headings over an item, without a heading of its own."""
        path = account.claim.path
        return path[:-1] if account.claim.section in self._single else path

    @cached_property
    def _single(self) -> set[str | None]:
        """The sections that hold a single item."""
        count = Counter(account.claim.section for account in self._accounts.told)
        return {section for section, number in count.items() if number == 1}

    def list_classes(self, listing: Listing) -> list[Account]:
        """What the narrative says of whole classes in the scope of a listing."""
        classes = filter(_is_class, self._accounts.told)
        return [account for account in classes if account.scope == listing.scope]

    def is_complete(self, listing: Listing, code: str = "") -> bool:
        """Whether a listing leaves out no item of a 类 or 款 (or of all) that a statement of its scope has.

        Of a 类 it is enough that there are as many of them: some may go by another name.
        """
        told = listing.list_under(code)
        is_nothing = partial(self._is_nothing, listing)
        wanted = set(filterfalse(is_nothing, self._list_items(listing, code)))
        if len(code) <= CLASS and len(wanted) == len(told):
            return bool(wanted)
        return bool(wanted) and wanted <= set(map(attrgetter("code"), told))

    def _list_items(self, listing: Listing, code: str) -> set[str]:
        """The codes of the items under a code in the ledgers of the scope of a listing that list items."""
        rows = map(attrgetter("rows"), self._list_itemised(listing))
        items = filter(_is_item_code, chain.from_iterable(rows))
        return set(filter(methodcaller("startswith", code), items))

    def _list_itemised(self, listing: Listing) -> list[Ledger]:
        """The ledgers of the scope of a listing that list items."""
        return list(filter(_has_items, self._accounts.find_ledgers(listing.scope)))

    def is_whole(self, listing: Listing, code: str = "") -> bool:
        """Whether a listing leaves nothing out: as a statement has it, else as the narrative's own classes show."""
        return self.is_complete(listing, code) if self._list_itemised(listing) else self.is_covered(listing)

    def _is_nothing(self, listing: Listing, code: str) -> bool:
        """Whether an item is 0 or empty wherever it is listed."""
        amounts = self._accounts.read_amounts(listing.scope, code)
        return not any(map(attrgetter("value"), amounts))

    def is_covered(self, listing: Listing) -> bool:
        """Whether every class that the narrative gives an amount for has an item, and there are such classes."""
        classes = list(filter(self._is_something, self.list_classes(listing)))
        names = [one.names[0] for one in classes]
        return len(names) > 1 and all(map(listing.list_named, names))

    def _is_something(self, account: Account) -> bool:
        """Whether the narrative gives an account an amount other than 0."""
        return self._book.amount(account.claim).value != 0

    def find_totals(self, listing: Listing) -> list[Claim]:
        """The totals of the scope that stand nearest to a listing: under the most headings that are its own too."""
        metrics = self._accounts.find_totals(listing.scope)
        claims = [claim for claim in self._accounts.own if claim.metric_id in metrics]
        depths = [_count_shared(claim.path, listing.path) for claim in claims]
        deepest = max(depths, default=0)
        return [claim for claim, depth in zip(claims, depths, strict=True) if depth == deepest]


def list_groups(listing: Listing) -> Iterator[tuple[str, list[Account]]]:
    """The 类 and 款 of a listing by code, each with its items."""
    groups = {item.code[:GROUP] for item in listing.items}
    tops = {item.top for item in listing.items}
    for code in sorted((groups | tops) - {""}):
        yield code, listing.list_under(code)


def _is_class(account: Account) -> bool:
    return len(account.names) == 1


def _is_item_code(code: str) -> bool:
    return len(code) == ITEM


def _is_distinct(listing: Listing) -> bool:
    """Whether a listing names no item twice."""
    return len({item.names for item in listing.items}) == len(listing.items)


def _has_items(ledger: Ledger) -> bool:
    return any(map(_is_item_code, ledger.rows))


def _count_shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many headings two paths share, from the top down."""
    same = (left == right for left, right in zip(one, other, strict=False))
    return len(list(takewhile(bool, same)))
