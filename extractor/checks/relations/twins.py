"""Amounts that are as a rule the same: the funds of projects with goals are the spending on projects."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.names import find_scope
from extractor.model import Claim


class Twins(Struct, frozen=True, forbid_unknown_fields=True):
    """Two expressions: over the words of a sentence in front of a number, and over a metric."""

    one: str
    two: str


class TwinAmounts(Struct, frozen=True):
    """An amount, and those elsewhere that are as a rule the same, in document order."""

    one: Claim
    others: tuple[Claim, ...]
    pattern: str


@cache
def _load_twins() -> dict[str, Twins]:
    return patterns.load("checks/repeat", Twins)


def find_twins(book: Book) -> Iterator[TwinAmounts]:
    """Each amount of the narrative that the words in front of it make one of a pair."""
    money = list(filter(_is_money, book.claims))
    for name, twins in _load_twins().items():
        is_one = patterns.compiled(name, twins.one).search
        is_two = patterns.compiled(name, twins.two).search
        twos = [claim for claim in money if is_two(claim.metric or "")]
        if not twos:
            continue
        for one in money:
            if is_one(book.text, one.sentence.start, one.start):
                comparable = filter(partial(_is_comparable, one), twos)
                yield TwinAmounts(one, tuple(comparable), name)


def _is_money(claim: Claim) -> bool:
    """Whether a claim of the narrative is an amount of money."""
    if claim.kind != "level" or claim.cell:
        return False
    return claim.dimension == "money"


def _is_comparable(one: Claim, two: Claim) -> bool:
    """Whether two amounts of different sentences are both done or both not, and of one scope."""
    if one.sentence == two.sentence:
        return False
    if (one.role == "actual") != (two.role == "actual"):
        return False
    return find_scope(one) == find_scope(two)
