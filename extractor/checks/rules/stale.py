"""Rates that stayed while the amounts that they are told of changed from one section to the other."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.amounts.book import Book
from extractor.checks.engine.rule import Relation
from extractor.checks.relations.restated_rates import RatedPair, find_rated_pairs
from extractor.checks.relations.told_bases import is_yearly

RULE = "stale"


def find(book: Book) -> Iterator[Relation]:
    """A level told twice with different numbers and the very same rate behind both."""
    for pair in find_rated_pairs(book):
        if _has_same_rate(pair) and not any(is_yearly(book, one.rate) for one in (pair.first, pair.second)):
            claims = (pair.second.rate, pair.second.level, pair.first.rate, pair.first.level)
            roles = ("rate", "stated") * 2
            operands = tuple((role, book.amount(claim)) for role, claim in zip(roles, claims, strict=True))
            yield Relation(RULE, "same_rate", operands)


def _has_same_rate(pair: RatedPair) -> bool:
    """Whether both rates are written the same and go the same way."""
    one, two = pair.first.rate, pair.second.rate
    return (one.kind, one.direction, one.raw) == (two.kind, two.direction, two.raw)
