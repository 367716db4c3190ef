"""The two sides of an account (income and expenditure), as a narrative tells their figures near one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.model import Claim


class Balance(Struct, frozen=True, forbid_unknown_fields=True):
    """The metrics of the two sides, the one in question first; the legend of the file says what the fields mean."""

    left: list[str]
    right: list[str]
    unequal: Literal["fails", "unclear", "nothing"]
    unless: str


class Account(Struct, frozen=True):
    """The figures of both sides of an account, and the pattern that says they come out equal."""

    left: tuple[Claim, ...]
    right: tuple[Claim, ...]
    unequal: str
    pattern: str


@cache
def _load_balances() -> dict[str, Balance]:
    return patterns.load("checks/balance", Balance)


def find_accounts(book: Book) -> Iterator[Account]:
    """Each account of the patterns, once for every statement of its first figure in the narrative."""
    for name, balance in _load_balances().items():
        firsts = book.by_id.get(balance.left[0], ())
        for first in firsts:
            account = _find_account(book, first, name)
            if account:
                yield account


def _find_account(book: Book, first: Claim, name: str) -> Account | None:
    """The account that a figure of the narrative opens, if both of its sides are told and no words exclude it."""
    if first.cell:
        return None
    balance = _load_balances()[name]
    left = (first, *_find_figures(book, first, balance.left[1:]))
    right = _find_figures(book, first, balance.right)
    if len(left) < len(balance.left) or len(right) < len(balance.right):
        return None
    if _is_excluded(book, balance.unless, (*left, *right)):
        return None
    return Account(left, right, balance.unequal, name)


def _find_figures(book: Book, first: Claim, names: Sequence[str]) -> tuple[Claim, ...]:
    """The statement of each metric that stands nearest to the first figure, of its chapter, time and role."""
    nearest = (_find_nearest(book, first, name) for name in names)
    return tuple(filter(None, nearest))


def _find_nearest(book: Book, first: Claim, name: str) -> Claim | None:
    named = book.by_id.get(name, ())
    alike = [one for one in named if _is_alike(book, first, one)]
    return min(alike, key=lambda one: (one.section != first.section, abs(one.start - first.start)), default=None)


def _is_alike(book: Book, first: Claim, one: Claim) -> bool:
    """Whether two figures of the narrative stand in one chapter, of one role and unit and of years that agree."""
    if one.cell:
        return False
    if (one.role, one.base_unit) != (first.role, first.base_unit):
        return False
    if not _has_same_year(one, first):
        return False
    return book.find_root(one.section) == book.find_root(first.section)


def _has_same_year(one: Claim, two: Claim) -> bool:
    """Whether two claims speak of one year, as far as both tell."""
    if one.period is None or two.period is None:
        return True
    return one.period.text[:4] == two.period.text[:4]


def _is_excluded(book: Book, expression: str, claims: Sequence[Claim]) -> bool:
    """Whether an expression is found in the sections of the claims, or between the claims."""
    found = patterns.compiled("checks/balance", expression)
    start = min(claim.sentence.start for claim in claims)
    end = max(claim.sentence.end for claim in claims)
    sections = [book.section[claim.section] for claim in claims if claim.section]
    stretches = [(start, end), *((section.start, section.end) for section in sections)]
    return any(found.search(book.text, *stretch) for stretch in stretches)
