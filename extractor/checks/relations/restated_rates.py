"""Levels that two sections tell with different numbers, each with the rate that is told of it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from extractor.amounts.book import Book
from extractor.amounts.names import measure_likeness
from extractor.amounts.once import once_a_book
from extractor.checks.relations.restatements import Pair, find_pairs
from extractor.checks.relations.told_bases import is_yearly
from extractor.model import Claim

# A rate stands right behind its level, or behind one other number.
NEAREST = 2
RATES = ("change_rate", "completion")


class RatedLevel(Struct, frozen=True):
    """A level and the rate that its sentence tells of it."""

    level: Claim
    rate: Claim


class RatedPair(Struct, frozen=True):
    """Two statements of one level, in different sections and with different numbers."""

    first: RatedLevel
    second: RatedLevel


@once_a_book
def find_rated_pairs(book: Book) -> Iterator[RatedPair]:
    """Every level told twice with different numbers and a rate behind both."""
    for pair in find_pairs(book):
        if not _is_changed(book, pair):
            continue
        first, second = _find_rate(book, pair.one), _find_rate(book, pair.two)
        if first and second:
            yield RatedPair(RatedLevel(pair.one, first), RatedLevel(pair.two, second))


def _is_changed(book: Book, pair: Pair) -> bool:
    """Whether two sections tell a level with numbers that neither rounding nor cutting makes the same."""
    if pair.one.kind != "level":
        return False
    if pair.one.section == pair.two.section:
        return False
    one, two = book.amount(pair.one), book.amount(pair.two)
    may_be_rounded = one.rounded.meets(two.rounded)
    return not may_be_rounded and not one.cut.meets(two.cut)


def _find_rate(book: Book, level: Claim) -> Claim | None:
    """The rate that is told of a level right behind it in its sentence."""
    first = book.find_index(level) + 1
    for claim in book.claims[first : first + NEAREST]:
        if claim.sentence == level.sentence and _is_rate_of(claim, level):
            return None if is_yearly(book, claim) else claim
    return None


def _is_rate_of(claim: Claim, level: Claim) -> bool:
    """Whether a claim is a rate in percent of what a level is of."""
    if claim.kind not in RATES or claim.dimension != "percent":
        return False
    return claim.metric == level.metric or measure_likeness(claim, level) > 0
