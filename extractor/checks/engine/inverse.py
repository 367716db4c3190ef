"""A formula solved for one of its numbers: which values of it give what a number in question allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import reduce
from itertools import product

from extractor.amounts.interval import ANY, Interval, join, list_rests, total
from extractor.checks.engine.compute import BY_INTERVALS, compute, count, find_corners
from extractor.checks.engine.formula import POWER, Call, Formula, Node, Number, Operation, Role, find_roles, join_sides

Values = Mapping[str, Sequence[Interval]]
# A root is computed to so many digits, and known to so much of it; numbers are printed with fewer.
PRECISION = 40
NEARLY = Fraction(1, 10**12)
ONCE = Fraction(1)
Pair = tuple[Fraction, Fraction]
"""The numbers a and b of a x + b."""
Linear = tuple[Pair, Pair]
"""One such expression above the line, and one below it."""
ONE: Pair = (Fraction(0), Fraction(1))
UNKNOWN: Linear = ((Fraction(1), Fraction(0)), ONE)
"""The x itself."""
Rests = dict[Call, Sequence[Interval]]
"""Of each sum of a formula, what all of its terms but one add up to."""
Place = tuple[str, int]
"""A role that stands once in the formula, and which of its operands."""


def find_allowed(
    formula: Formula, target: Interval, place: Place, values: Values, rests: Rests | None = None
) -> Interval:
    """The values of the operand at ``place`` for which the formula may lie in ``target``; ANY where none is ruled out.

    Of a bound ``target`` is where the difference of its sides must lie. Who asks for many places of the same ``values``
    hands in ``rests``, an empty mapping, so that long sums are added up once.

    >>> from extractor.amounts.interval import exact
    >>> from extractor.checks.engine.formula import parse
    >>> half = exact(Fraction(1, 2))
    >>> find_allowed(parse("part / whole"), half, ("whole", 0), {"part": [exact(3)], "whole": [exact(7)]}).low
    Fraction(6, 1)
    >>> find_allowed(parse("(new - old) / old"), half, ("old", 0), {"new": [exact(3)], "old": [exact(7)]}).low
    Fraction(2, 1)
    """
    node = join_sides(formula.left, formula.right)
    if place[0] in formula.repeated:
        return _solve_repeated(node, target, place[0], values)
    if formula.repeated:
        corners = find_corners(formula, values)
        return reduce(join, (_solve(node, target, place, corner, None) for corner in corners))
    return _solve(node, target, place, values, rests)


def _solve_repeated(node: Node, target: Interval, name: str, values: Values) -> Interval:
    """The values of a role that stands more than once, from the ends of all others: see ``_read_fraction``."""
    hulls = {role: operands[0] for role, operands in values.items() if role != name}
    if any(map(_is_open, (target, *hulls.values()))):
        return ANY
    fractions = (_read_fraction(node, name, corner) for corner in _list_corners(hulls))
    return reduce(join, (_invert(fraction, target) for fraction in fractions))


def _is_open(interval: Interval) -> bool:
    return interval.low is None or interval.high is None


def _list_corners(hulls: Mapping[str, Interval]) -> Iterator[dict[str, Fraction]]:
    """Each way to set every role to one end of its interval; all ends are there."""
    ends = [(hull.low or Fraction(0), hull.high or Fraction(0)) for hull in hulls.values()]
    for corner in product(*ends):
        yield dict(zip(hulls, corner, strict=True))


def _invert(fraction: Linear, target: Interval) -> Interval:
    """Where (a x + b) / (c x + d) lies in ``target``, which has both ends; ANY where that is not one stretch."""
    (above, plus), (below, under) = fraction
    low, high = target.low or Fraction(0), target.high or Fraction(0)
    slope_at_low, slope_at_high = above - below * low, above - below * high
    if slope_at_low * slope_at_high <= 0:
        return ANY
    at_low = (under * low - plus) / slope_at_low
    at_high = (under * high - plus) / slope_at_high
    return Interval(min(at_low, at_high), max(at_low, at_high))


def _read_fraction(node: Node, name: str, values: Mapping[str, Fraction]) -> Linear:
    """An expression as (a x + b) / (c x + d), where ``x`` is the role and all others have their values.

    A formula holds no role with a power higher than one, so that nothing else is left of it.
    """
    if isinstance(node, Number):
        return (Fraction(0), node.value), ONE
    if isinstance(node, Role):
        return UNKNOWN if node.name == name else ((Fraction(0), values[node.name]), ONE)
    if isinstance(node, Call):
        return _read_fraction(node.body, name, values)
    one, under = _read_fraction(node.left, name, values)
    if node.sign == POWER and isinstance(node.right, Number):
        times = int(node.right.value)
        return reduce(_multiply, [one] * times), reduce(_multiply, [under] * times)
    two, below = _read_fraction(node.right, name, values)
    if node.sign == "/":
        return _multiply(one, below), _multiply(under, two)
    if node.sign == "*":
        return _multiply(one, two), _multiply(under, below)
    sign = 1 if node.sign == "+" else -1
    left, right = _multiply(one, below), _multiply(two, under)
    return (left[0] + sign * right[0], left[1] + sign * right[1]), _multiply(under, below)


def _multiply(one: Pair, two: Pair) -> Pair:
    """The product of a x + b and c x + d, of which one has no x."""
    return one[0] * two[1] + one[1] * two[0], one[1] * two[1]


def _solve(node: Node, target: Interval, place: Place, values: Values, rests: Rests | None) -> Interval:
    """The values of the operand for which a node that holds it lies in ``target``."""
    if isinstance(node, Call):
        share = _find_share_of(node, target, place[1], values, rests)
        return _solve(node.body, share, place, values, rests)
    if not isinstance(node, Operation):
        return target
    is_left = place[0] in find_roles(node.left)
    inside, outside = (node.left, node.right) if is_left else (node.right, node.left)
    other = compute(outside, values, BY_INTERVALS, place[1])
    try:
        wanted = _undo(node.sign, is_left, target, other)
        return _solve(inside, wanted, place, values, rests)
    except ZeroDivisionError:
        return ANY


def _find_share_of(node: Call, target: Interval, at: int, values: Values, rests: Rests | None) -> Interval:
    """What is left of a sum for one of its terms; the largest of several leaves each all that is smaller."""
    if node.function == "max":
        return Interval(None, target.high, target.below)
    places = range(count(node, values))
    if rests is None:
        return target - total(compute(node.body, values, BY_INTERVALS, each) for each in places if each != at)
    if node not in rests:
        rests[node] = list_rests([compute(node.body, values, BY_INTERVALS, each) for each in places])
    return target - rests[node][at]


def find_root(value: Fraction, times: Fraction) -> Fraction:
    """What raised to a power is a value of at least 0, to PRECISION digits.

    >>> round(find_root(Fraction(2468, 2007), Fraction(5)), 4) == Fraction("1.0422")
    True
    """
    with localcontext(prec=PRECISION):
        whole, power = (Decimal(one.numerator) / Decimal(one.denominator) for one in (value, times))
        return Fraction(whole ** (1 / power))


def _find_roots(target: Interval, times: Fraction) -> Interval:
    """What raised to a power is in ``target``, nearly; ANY where that may be less than nothing."""
    if target.low is None or target.high is None or target.low < 0:
        return ANY
    low, high = (find_root(end, times) for end in (target.low, target.high))
    return Interval(low * (1 - NEARLY), high * (1 + NEARLY))


def _undo(sign: str, is_left: bool, target: Interval, other: Interval) -> Interval:
    """What one side of an operation is where the other and its result are known."""
    if sign == "+":
        return target - other
    if sign == "-":
        return target + other if is_left else other - target
    if sign == "*":
        return target / other
    if sign == POWER:
        return _find_roots(target, other.low or ONCE)
    return target * other if is_left else other / target
