"""Bounds between two numbers: which of them are kept by a difference that lies in an interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from operator import ge, gt, le, lt

from extractor.amounts.amount import Amount
from extractor.amounts.interval import Interval, exact

# Bounds that hold as far as digits tell: the numbers may be equal within what they allow. ``<``, ``>`` and ``==`` are
# said of the numbers as they stand.
LENIENT = (">=", "<=")
# How the end of a difference that decides stands to 0 where a bound is kept.
KEEPING: Mapping[str, Callable[[Fraction, int], bool]] = {">=": ge, "<=": le, ">": gt, "<": lt}


def is_kept(bound: str, gap: Interval) -> bool:
    """Whether a bound is kept by two numbers whose difference (left less right) lies in an interval.

    >>> is_kept("<=", Interval(Fraction(-1), Fraction(2))), is_kept("<", Interval(Fraction(0), Fraction(0)))
    (True, False)
    """
    if bound == "==":
        return gap.may_be(0)
    end = find_gap(bound, gap)
    if end is None:
        return True
    return KEEPING[bound](end, 0)


def read_for(bound: str, amount: Amount) -> Interval:
    """A number as a bound reads it: as far as its digits tell, or as it stands."""
    if bound in LENIENT:
        return amount.rounded
    return exact(amount.exact)


def find_gap(bound: str, gap: Interval) -> Fraction | None:
    """The end of a difference that decides whether a bound is kept; None where it is open."""
    if bound[0] in ">=":
        return gap.high
    return gap.low


def list_kept(bound: str) -> Interval:
    """The differences (left less right) that keep a bound.

    >>> list_kept("<=").high, list_kept(">").above
    (Fraction(0, 1), True)
    """
    zero, strict = Fraction(0), bound not in LENIENT
    if bound == "==":
        return Interval(zero, zero)
    if bound[0] == ">":
        return Interval(zero, None, above=strict)
    return Interval(None, zero, below=strict)
