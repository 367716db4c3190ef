"""Totals that the review of a department as a whole tells again, which is attached to its accounts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.names import find_scope, is_disjoint
from extractor.checks.relations.times import has_same_time
from extractor.model import Claim
from extractor.passages.words import find_total, strip_metric

# A total stands in as many places of the accounts: in the overview, with its parts, and with its growth.
PLACES = 3
# A side alone says not that it is all of it: 收入, 支出.
TELLING = 3
_review = partial(patterns.fragment, "checks/repeat", "review")

Totals = dict[str, list[Claim]]
"""The totals of a document by what they are of."""


def find_reviewed(book: Book) -> Iterator[tuple[Claim, Claim]]:
    """Each total of the accounts with the one that the review tells; only those that are told alike where some are."""
    accounts, reviews = book.view(_list_totals)
    for name, told in reviews.items():
        for one in told:
            known = [total for total in accounts.get(name, ()) if _is_of_one_body(total, one)]
            alike = [total for total in known if book.amount(total).rounded.meets(book.amount(one).rounded)]
            yield from ((total, one) for total in (alike or known)[:PLACES])


def _list_totals(book: Book) -> tuple[Totals, Totals]:
    """The totals of the accounts, and those of a review of the whole."""
    accounts: Totals = {}
    reviews: Totals = {}
    for claim in filter(_is_asked, book.claims):
        name = find_total(strip_metric(claim.metric or ""))
        if name:
            side = reviews if _is_reviewed(claim) else accounts
            side.setdefault(name, []).append(claim)
    return accounts, reviews


def _is_asked(claim: Claim) -> bool:
    """Whether a claim of the narrative is an amount of money that was received, or spent, with a telling name."""
    if len(claim.metric or "") < TELLING:
        return False
    return claim.is_one_told and claim.dimension == "money" and (claim.kind, claim.role) == ("level", "actual")


def _is_reviewed(claim: Claim) -> bool:
    return any(map(_review().search, claim.path))


def _is_of_one_body(one: Claim, other: Claim) -> bool:
    """Whether two totals are of one time and may be of one scope."""
    return has_same_time(one, other) and not is_disjoint(find_scope(one), find_scope(other))
