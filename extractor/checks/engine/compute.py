"""Formulas computed: over intervals, over exact numbers, and what divides by nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from itertools import product
from math import ceil, floor
from operator import add, mul, sub
from typing import Any, Generic, NamedTuple, TypeVar

from extractor.amounts.interval import ANY, Interval, exact, total
from extractor.checks.engine.formula import Call, Formula, Node, Number, Operation, Role, find_roles

T = TypeVar("T")


class Arithmetic(NamedTuple, Generic[T]):
    """How numbers of one kind are computed with: what a plain number is, sums, quotients, whole numbers."""

    lift: Callable[[Fraction], T]
    add_up: Callable[[Sequence[T]], T]
    divide: Callable[[T, T], T]
    keep_whole: Callable[[T], T]
    find_largest: Callable[[Sequence[T]], T]


def _divide_exactly(one: Fraction, other: Fraction) -> Fraction:
    """The quotient; nothing of nothing is nothing. ZeroDivisionError for anything else of nothing."""
    return Fraction(0) if one == other == 0 else one / other


def _divide_intervals(one: Interval, other: Interval) -> Interval:
    """The quotient; anything at all where the divisor may be 0, nothing by nothing itself."""
    if other.low == other.high == 0:
        ends = {_divide_exactly(end, Fraction(0)) for end in (one.low, one.high) if end is not None}
        return exact(ends.pop())
    return one / other


def _keep_whole(interval: Interval) -> Interval:
    """The whole numbers of an interval; ZeroDivisionError where it holds none."""
    low = None if interval.low is None else Fraction(ceil(interval.low))
    high = None if interval.high is None else Fraction(floor(interval.high))
    if low is not None and high is not None and low > high:
        raise ZeroDivisionError
    return Interval(low, high)


def _add_exactly(numbers: Sequence[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0))


def _find_largest(intervals: Sequence[Interval]) -> Interval:
    """What the largest of several numbers may be."""
    lows = [one.low for one in intervals if one.low is not None]
    highs = [one.high for one in intervals if one.high is not None]
    return Interval(max(lows, default=None), max(highs) if len(highs) == len(intervals) else None)


EXACTLY: Arithmetic[Fraction] = Arithmetic(
    Fraction, _add_exactly, _divide_exactly, lambda one: Fraction(round(one)), max
)
BY_INTERVALS: Arithmetic[Interval] = Arithmetic(exact, total, _divide_intervals, _keep_whole, _find_largest)


def compute(node: Node, values: Mapping[str, Sequence[T]], arithmetic: Arithmetic[T], at: int = 0) -> T:
    """The value of an expression where the roles have ``values``; ``at`` is the place within a sum.

    ZeroDivisionError where something is divided by nothing.

    >>> from extractor.checks.engine.formula import parse
    >>> compute(parse("current / base - 1").left, {"current": [Fraction(6)], "base": [Fraction(4)]}, EXACTLY)
    Fraction(1, 2)
    """
    if isinstance(node, Role):
        found = values[node.name]
        return found[at if len(found) > 1 else 0]
    if isinstance(node, Number):
        return arithmetic.lift(node.value)
    if isinstance(node, Call):
        return _call(node, values, arithmetic, at)
    left, right = (compute(side, values, arithmetic, at) for side in (node.left, node.right))
    if node.sign == "/":
        return arithmetic.divide(left, right)
    operate: Callable[[T, T], T] = {"+": add, "-": sub, "*": mul}[node.sign]
    return operate(left, right)


def _call(node: Call, values: Mapping[str, Sequence[T]], arithmetic: Arithmetic[T], at: int) -> T:
    if node.function == "whole":
        return arithmetic.keep_whole(compute(node.body, values, arithmetic, at))
    combine = arithmetic.add_up if node.function == "sum" else arithmetic.find_largest
    if isinstance(node.body, Role):
        return combine(values.get(node.body.name, ()))
    return combine([compute(node.body, values, arithmetic, each) for each in range(count(node, values))])


def count(node: Call, values: Mapping[str, Sequence[Any]]) -> int:
    """How many operands a sum adds up."""
    return max(len(values.get(name, ())) for name in find_roles(node.body))


def find_range(formula: Formula, values: Mapping[str, Sequence[Interval]]) -> Interval:
    """All values of a formula (of a bound: by how much its left side is greater) where the roles lie in intervals.

    A role that stands once widens nothing. One that stands more often has its extremes at the ends of its interval
    while no divisor may be 0, since no formula holds it with a power higher than one; so it is tried at both ends.

    >>> from extractor.checks.engine.formula import parse
    >>> one, two = Interval(Fraction(1), Fraction(2)), Interval(Fraction(8), Fraction(9))
    >>> find_range(parse("change / (current - change)"), {"change": [one], "current": [two]})
    Interval(low=Fraction(1, 8), high=Fraction(1, 3), below=False, above=False)
    """
    node = formula.left if formula.right is None else Operation("-", formula.left, formula.right)
    plain = compute(node, values, BY_INTERVALS)
    if not formula.repeated or plain == ANY:
        return plain
    return reduce(join, (compute(node, corner, BY_INTERVALS) for corner in find_corners(formula, values)))


def find_corners(
    formula: Formula, values: Mapping[str, Sequence[Interval]]
) -> Iterator[Mapping[str, Sequence[Interval]]]:
    """The values with each role that stands more than once at either end of its interval."""
    ends = [_find_ends(values[name][0]) for name in formula.repeated]
    for corner in product(*ends):
        yield {**values, **{name: [end] for name, end in zip(formula.repeated, corner, strict=True)}}


def _find_ends(interval: Interval) -> list[Interval]:
    """Both ends of an interval, each as a value of its own; the interval itself where one is open."""
    if interval.low is None or interval.high is None:
        return [interval]
    return [exact(end) for end in dict.fromkeys((interval.low, interval.high))]


def join(one: Interval, other: Interval) -> Interval:
    """The smallest interval that holds both.

    >>> join(exact(1), Interval(Fraction(3), None))
    Interval(low=Fraction(1, 1), high=None, below=False, above=False)
    """
    if one is other:
        return one
    low = None if one.low is None or other.low is None else min(one.low, other.low)
    high = None if one.high is None or other.high is None else max(one.high, other.high)
    below = all(each.below for each in (one, other) if each.high == high)
    above = all(each.above for each in (one, other) if each.low == low)
    return Interval(low, high, below, above)


def find_point(formula: Formula, values: Mapping[str, Sequence[Fraction]]) -> Fraction | None:
    """The value of a formula at exact numbers, of a bound the difference; None where it divides by nothing."""
    node = formula.left if formula.right is None else Operation("-", formula.left, formula.right)
    try:
        return compute(node, values, EXACTLY)
    except ZeroDivisionError:
        return None
