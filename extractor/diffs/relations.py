"""How the numbers of two claims of one thing relate, by what their digits allow."""

from __future__ import annotations

from fractions import Fraction

from extractor.amounts import interval as intervals
from extractor.amounts.amount import Amount, take_as_written
from extractor.amounts.interval import Interval
from extractor.diffs.halves import Item
from extractor.diffs.similarity import same_period
from extractor.model import Relation


def relation(one: Item, two: Item) -> Relation:
    """The relation of two claims: the numbers first, then whether their periods explain that they differ."""
    a, b = one.claim, two.claim
    opposed = {a.direction, b.direction} == {"increase", "decrease"} and (one.exact or two.exact)
    numbers = None if opposed else of_numbers(one, two)
    if numbers:
        return numbers
    return "different" if same_period(one, two) else "different_period"


def of_numbers(one: Item, two: Item) -> Relation | None:
    """Equal, equal after conversion, rounded or truncated; None for numbers that differ."""
    if one.claim.base_unit != two.claim.base_unit and one.claim.dimension not in ("count", "person"):
        return None
    if _equal(one, two):
        return "equal" if one.amount.factor == two.amount.factor else "equal_converted"
    if one.claim.value_high or two.claim.value_high:
        return None
    coarse, fine = sorted((one.amount, two.amount), key=_coarseness, reverse=True)
    if coarse.vague or fine.vague:
        return _vague(coarse, fine)
    if coarse.step == fine.step or not coarse.exact:
        return None
    if _rounded(coarse).may_be(fine.exact):
        return "rounded"
    return "truncated" if intervals.cut(coarse.value, coarse.factor).may_be(fine.exact) else None


def _equal(one: Item, two: Item) -> bool:
    """Whether two claims say the very same number, with the same reservation."""
    same = one.exact == two.exact and one.claim.approximation == two.claim.approximation
    return same and _high(one) == _high(two)


def _high(item: Item) -> Fraction | None:
    high = item.claim.value_high
    return Fraction(high) * item.amount.factor if high else None


def _coarseness(amount: Amount) -> tuple[bool, Fraction]:
    """How little the digits say: a number given as about right less than any other."""
    return amount.vague, amount.step


def _rounded(amount: Amount) -> Interval:
    """What the digits allow, of counts too: 4.5万人 may be 45123人."""
    return take_as_written(amount).rounded


def _vague(coarse: Amount, fine: Amount) -> Relation | None:
    """A number said to be about right, and another that is within what it says: 20余万元 and 20.98万元."""
    if coarse.exact == fine.exact:
        return "rounded"
    allowed = coarse.rounded
    near = intervals.about(coarse.value, coarse.factor)
    width = (near.high or Fraction(0)) - (near.low or Fraction(0))
    low = allowed.low if allowed.low is not None else coarse.exact - width
    high = allowed.high if allowed.high is not None else coarse.exact + width
    fits = fine.exact - coarse.exact < width and Interval(low, high).may_be(fine.exact)
    return "rounded" if fits else None
