"""Lists whose growths say that one number has a wrong digit: with another one, levels and growths give the total's.

进口16.9亿元，增长23.1%，其中一般贸易6.2亿元，增长6.7%；加工贸易60.7亿元，增长34.9%: with 10.7 the parts are the total,
and what they were a year before is what that was.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.interval import Interval, exact, total
from extractor.amounts.misprints import list_mended
from extractor.checks.relations.groups import Group, read_amounts
from extractor.checks.relations.part_growth import PartGrowth, find_part_growth

# What the growths leave open is so many times less than what is amiss, or they say nothing.
TELLING = 20
ONE = exact(Fraction(1))


def is_borne_out(book: Book, group: Group) -> bool:
    """Whether a list with another digit in one number adds up, and so does what its numbers were before they grew."""
    growth = find_part_growth(book, group)
    if growth is None or growth.still or any(change.kind != "change_rate" for _, change in growth.parts):
        return False
    whole, parts = read_amounts(book, group)
    factors, printed = _list_factors(book, growth), [whole, *parts]
    if not _is_telling(whole, parts, factors):
        return False
    return any(_adds_up_before(_mend(printed, at, wanted), factors) for at, wanted in list_mended(whole, parts))


def _mend(printed: Sequence[Amount], at: int, wanted: Fraction) -> list[Interval]:
    """Some numbers, one of them as it would have to be."""
    amounts = [one.rounded for one in printed]
    return [*amounts[:at], amounts[at] + exact(wanted - printed[at].exact), *amounts[at + 1 :]]


def _list_factors(book: Book, growth: PartGrowth) -> list[Interval]:
    """What a total and each of its parts grew to, by their rates."""
    changes = [growth.growth, *(change for _, change in growth.parts)]
    signed = [(-1 if change.direction == "decrease" else 1, book.amount(change).rounded) for change in changes]
    return [ONE - rate if sign < 0 else ONE + rate for sign, rate in signed]


def _adds_up_before(numbers: Sequence[Interval], factors: Sequence[Interval]) -> bool:
    before = [number / factor for number, factor in zip(numbers, factors, strict=True)]
    return before[0].meets(total(before[1:]))


def _is_telling(whole: Amount, parts: Sequence[Amount], factors: Sequence[Interval]) -> bool:
    """Whether what rounded growths leave open is little beside what is amiss."""
    gap = abs(whole.exact - sum(part.exact for part in parts))
    open_ends = [_measure(one.rounded / factor) for one, factor in zip((whole, *parts), factors, strict=True)]
    return TELLING * sum(open_ends) <= gap


def _measure(interval: Interval) -> Fraction:
    """How wide an interval is; without an end it is as wide as can be told."""
    if interval.low is None or interval.high is None:
        return Fraction(10**30)
    return interval.high - interval.low
