"""How the numbers of two claims of one thing relate, by what their digits allow."""

from __future__ import annotations

from fractions import Fraction

from extractor.amounts import interval as intervals
from extractor.amounts.amount import Amount, take_as_written
from extractor.amounts.interval import Interval
from extractor.model import Relation
from extractor.passages.items import Item


def relate_numbers(one: Item, two: Item) -> Relation | None:
    """Equal, equal after conversion, rounded or truncated; None for numbers that differ."""
    if not _have_same_unit(one, two):
        return None
    if _say(one) == _say(two):
        is_converted = one.amount.factor != two.amount.factor
        return "equal_converted" if is_converted else "equal"
    if one.claim.value_high or two.claim.value_high:
        return None
    coarse, fine = sorted((one.amount, two.amount), key=_rank_coarseness, reverse=True)
    if coarse.vague:
        return _relate_vague(coarse, fine)
    return _relate_written(coarse, fine)


def _have_same_unit(one: Item, two: Item) -> bool:
    """Whether numbers can be compared: things and people that are counted may be called by different words."""
    return one.claim.base_unit == two.claim.base_unit or one.claim.dimension in ("count", "person")


def _relate_written(coarse: Amount, fine: Amount) -> Relation | None:
    """How a number relates to one with more digits."""
    if coarse.step == fine.step or not coarse.exact:
        return None
    if take_as_written(coarse).rounded.may_be(fine.exact):
        return "rounded"
    cut = intervals.cut(coarse.value, coarse.factor)
    if cut.may_be(fine.exact):
        return "truncated"
    return None


def _say(item: Item) -> tuple[Fraction, Fraction | None, str | None]:
    """What a claim says: its number, the upper end of a range, and its reservation."""
    return item.exact, _find_high(item), item.claim.approximation


def _find_high(item: Item) -> Fraction | None:
    high = item.claim.value_high
    if not high:
        return None
    return Fraction(high) * item.amount.factor


def _rank_coarseness(amount: Amount) -> tuple[bool, Fraction]:
    """How little the digits say: a number given as about right less than any other."""
    return amount.vague, amount.step


def _relate_vague(coarse: Amount, fine: Amount) -> Relation | None:
    """A number said to be about right, and another that is within what it says: 20余万元 and 20.98万元."""
    if coarse.exact == fine.exact:
        return "rounded"
    near = intervals.about(coarse.value, coarse.factor)
    width = (near.high or Fraction(0)) - (near.low or Fraction(0))
    if fine.exact - coarse.exact >= width:
        return None
    low = _choose_end(coarse.rounded.low, coarse.exact - width)
    high = _choose_end(coarse.rounded.high, coarse.exact + width)
    return "rounded" if Interval(low, high).may_be(fine.exact) else None


def _choose_end(end: Fraction | None, near: Fraction) -> Fraction:
    """The end of what words allow; where they leave it open, what is about the number."""
    return near if end is None else end
