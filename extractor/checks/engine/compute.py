"""Formulas computed: over intervals, over exact numbers, and what divides by nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from itertools import product
from math import ceil, floor
from operator import add, mul, sub
from typing import Any, Generic, TypeVar

from msgspec import Struct

from extractor.amounts.interval import ANY, Interval, add_up, exact, join, total
from extractor.checks.engine.formula import POWER, Call, Formula, Node, Number, Role, find_roles, join_sides

T = TypeVar("T")
# The operations that are the same for numbers of every kind.
OPERATIONS: Mapping[str, Callable[[Any, Any], Any]] = {"+": add, "-": sub, "*": mul}


class Arithmetic(Struct, Generic[T], frozen=True):
    """How numbers of one kind are computed with: what a plain number is, sums, quotients, whole numbers."""

    lift: Callable[[Fraction], T]
    add_up: Callable[[Sequence[T]], T]
    divide: Callable[[T, T], T]
    keep_whole: Callable[[T], T]
    find_largest: Callable[[Sequence[T]], T]
    multiply_itself: Callable[[T, int], T]


def _divide_exactly(one: Fraction, other: Fraction) -> Fraction:
    """The quotient; nothing of nothing is nothing. ZeroDivisionError for anything else of nothing."""
    if one == other == 0:
        return Fraction(0)
    return one / other


def _divide_intervals(one: Interval, other: Interval) -> Interval:
    """The quotient; anything at all where the divisor may be 0, nothing by nothing itself."""
    if _is_nothing(other):
        zero = Fraction(0)
        ends = {_divide_exactly(end, zero) for end in _list_closed((one.low, one.high))}
        return exact(ends.pop())
    return one / other


def _is_nothing(interval: Interval) -> bool:
    """Whether an interval is 0 alone."""
    low = interval.low
    return low is not None and not low.numerator and low == interval.high


def _list_closed(ends: Iterable[Fraction | None]) -> list[Fraction]:
    """The ends of intervals that are not open."""
    return [end for end in ends if end is not None]


def _keep_whole(interval: Interval) -> Interval:
    """The whole numbers of an interval; ZeroDivisionError where it holds none."""
    low = _round_end(ceil, interval.low)
    high = _round_end(floor, interval.high)
    if _is_empty(low, high):
        raise ZeroDivisionError
    return Interval(low, high)


def _round_end(rounding: Callable[[Fraction], int], end: Fraction | None) -> Fraction | None:
    """The end of an interval as a whole number; an open one stays open."""
    if end is None:
        return None
    return Fraction(rounding(end))


def _is_empty(low: Fraction | None, high: Fraction | None) -> bool:
    """Whether nothing lies between two ends."""
    if low is None or high is None:
        return False
    return low > high


def _find_largest(intervals: Sequence[Interval]) -> Interval:
    """What the largest of several numbers may be."""
    lows = _list_closed(one.low for one in intervals)
    highs = _list_closed(one.high for one in intervals)
    low = max(lows, default=None)
    if len(highs) < len(intervals):
        return Interval(low, None)
    return Interval(low, max(highs))


def _raise_interval(one: Interval, times: int) -> Interval:
    """All that the numbers of an interval give, each multiplied by itself so many times."""
    if one.low is None or one.high is None:
        return ANY
    ends = sorted((one.low**times, one.high**times))
    if times % 2 == 0 and one.low < 0 < one.high:
        return Interval(Fraction(0), ends[1])
    return Interval(ends[0], ends[1])


EXACTLY: Arithmetic[Fraction] = Arithmetic(
    Fraction, add_up, _divide_exactly, lambda one: Fraction(round(one)), max, lambda one, times: one**times
)
BY_INTERVALS: Arithmetic[Interval] = Arithmetic(
    exact, total, _divide_intervals, _keep_whole, _find_largest, _raise_interval
)


def compute(node: Node, values: Mapping[str, Sequence[T]], arithmetic: Arithmetic[T], at: int = 0) -> T:
    """The value of an expression where the roles have ``values``; ``at`` is the place within a sum.

    ZeroDivisionError where something is divided by nothing.

    >>> from extractor.checks.engine.formula import parse
    >>> compute(parse("current / base - 1").left, {"current": [Fraction(6)], "base": [Fraction(4)]}, EXACTLY)
    Fraction(1, 2)
    """
    if isinstance(node, Role):
        return _take_operand(values[node.name], at)
    if isinstance(node, Number):
        return arithmetic.lift(node.value)
    if isinstance(node, Call):
        return _call(node, values, arithmetic, at)
    left = compute(node.left, values, arithmetic, at)
    if node.sign == POWER and isinstance(node.right, Number):
        return arithmetic.multiply_itself(left, int(node.right.value))
    right = compute(node.right, values, arithmetic, at)
    if node.sign == "/":
        return arithmetic.divide(left, right)
    result: T = OPERATIONS[node.sign](left, right)
    return result


def _take_operand(operands: Sequence[T], at: int) -> T:
    """The operand at a place within a sum; the only one of a role stands for every place."""
    if len(operands) > 1:
        return operands[at]
    return operands[0]


def _call(node: Call, values: Mapping[str, Sequence[T]], arithmetic: Arithmetic[T], at: int) -> T:
    if node.function == "whole":
        return arithmetic.keep_whole(compute(node.body, values, arithmetic, at))
    combine = arithmetic.add_up if node.function == "sum" else arithmetic.find_largest
    if isinstance(node.body, Role):
        return combine(values.get(node.body.name, ()))
    terms = [compute(node.body, values, arithmetic, each) for each in range(count(node, values))]
    return combine(terms)


def count(node: Call, values: Mapping[str, Sequence[Any]]) -> int:
    """How many operands a sum adds up."""
    roles = set(find_roles(node.body))
    return max(len(values.get(role, ())) for role in roles)


def find_range(formula: Formula, values: Mapping[str, Sequence[Interval]]) -> Interval:
    """All values of a formula (of a bound: by how much its left side is greater) where the roles lie in intervals.

    A role that stands once widens nothing. One that stands more often has its extremes at the ends of its interval
    while no divisor may be 0, since no formula holds it with a power higher than one; so it is tried at both ends.

    >>> from extractor.checks.engine.formula import parse
    >>> one, two = Interval(Fraction(1), Fraction(2)), Interval(Fraction(8), Fraction(9))
    >>> find_range(parse("change / (current - change)"), {"change": [one], "current": [two]})
    Interval(low=Fraction(1, 8), high=Fraction(1, 3), below=False, above=False)
    """
    node = join_sides(formula.left, formula.right)
    plain = compute(node, values, BY_INTERVALS)
    if not formula.repeated or plain == ANY:
        return plain
    corners = find_corners(formula, values)
    return reduce(join, (compute(node, corner, BY_INTERVALS) for corner in corners))


def find_corners(
    formula: Formula, values: Mapping[str, Sequence[Interval]]
) -> Iterator[Mapping[str, Sequence[Interval]]]:
    """The values with each role that stands more than once at either end of its interval."""
    ends = [_find_ends(values[name][0]) for name in formula.repeated]
    for corner in product(*ends):
        fixed = {name: [end] for name, end in zip(formula.repeated, corner, strict=True)}
        yield {**values, **fixed}


def _find_ends(interval: Interval) -> list[Interval]:
    """Both ends of an interval, each as a value of its own; the interval itself where one is open."""
    if interval.low is None or interval.high is None:
        return [interval]
    ends = dict.fromkeys((interval.low, interval.high))
    return list(map(exact, ends))


def find_point(formula: Formula, values: Mapping[str, Sequence[Fraction]]) -> Fraction | None:
    """The value of a formula at exact numbers, of a bound the difference; None where it divides by nothing."""
    node = join_sides(formula.left, formula.right)
    try:
        return compute(node, values, EXACTLY)
    except ZeroDivisionError:
        return None
