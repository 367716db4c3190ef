"""Rates of so many things of which each is one or the other: 26个监测断面，优良断面比例为88.5%."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import dropwhile

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.model import Claim

# Of more things than this part of the values that the digits of a rate can have, nearly every rate may be one.
DENSE = 2
# The noun at the end of a name, in characters.
HEAD = 2
RATES = ("rate", "share")

_expression = partial(patterns.fragment, "checks/rate")


class SetRate(Struct, frozen=True):
    """A rate and the number of things that it is of; ``is_told`` where such things are what such rates are of."""

    rate: Claim
    count: Claim
    is_told: bool


def find_set_rates(book: Book) -> Iterator[SetRate]:
    """Each rate behind the number of things that its clause, or the one in front, counts."""
    for rate in book.claims:
        if _is_rate(rate):
            count = _find_count(book, rate)
            if count and int(book.amount(count).exact) * DENSE <= _count_values(book, rate):
                is_told = _tells_of_set(rate, count) and not _is_of_others(book, rate, count)
                if is_told or _is_named(rate, count):
                    yield SetRate(rate, count, is_told)


def _tells_of_set(rate: Claim, count: Claim) -> bool:
    """Whether such things are counted as have such rates: of sections of rivers, how many are clean, not the woods."""
    return _is_called(count, "sets") and (rate.kind == "share" or _is_called(rate, "of_sets"))


def _is_rate(claim: Claim) -> bool:
    if claim.kind not in RATES or claim.cell or claim.role != "actual" or claim.approximation:
        return False
    return claim.dimension == "percent" and (claim.kind == "share" or _is_called(claim, "set_rate"))


def _is_called(claim: Claim, name: str) -> bool:
    return _expression(name).search(claim.metric or "") is not None


def _find_count(book: Book, rate: Claim) -> Claim | None:
    """The number of things right in front of the rates of its sentence."""
    before = list(book.find_between(rate.sentence.start, rate.start))
    last = next(dropwhile(lambda one: one.kind in RATES, reversed(before)), None)
    return last if last and _is_count(book, last) else None


def _is_count(book: Book, claim: Claim) -> bool:
    """Whether a claim is a whole number of things that is no part of another."""
    if claim.kind != "level" or claim.approximation or claim.part_of:
        return False
    amount = book.amount(claim)
    return amount.counted and amount.exact.denominator == 1


def _count_values(book: Book, rate: Claim) -> int:
    """How many values below all the digits of a rate can have."""
    decimals = -int(book.amount(rate).value.as_tuple().exponent)
    return int(10 ** (2 + max(0, decimals)))


def _is_of_others(book: Book, rate: Claim, count: Claim) -> bool:
    """Whether words between both say that a rate is of other such things than those that are counted."""
    named = set(_expression("other_sets").findall(book.text, count.end, rate.start))
    return bool(named.difference(_expression("other_sets").findall(count.metric or "")))


def _is_named(rate: Claim, count: Claim) -> bool:
    """Whether the name of a rate has the noun of what is counted."""
    noun = (count.metric or "")[-HEAD:]
    return len(noun) == HEAD and noun in (rate.metric or "")
