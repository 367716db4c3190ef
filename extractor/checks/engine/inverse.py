"""A formula solved for one of its numbers: which values of it give what a number in question allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

from extractor.amounts.interval import ANY, Interval, total
from extractor.checks.engine.formula import (
    BY_INTERVALS,
    Call,
    Formula,
    Node,
    Operation,
    compute,
    count,
    find_corners,
    find_roles,
    join,
)

Values = Mapping[str, Sequence[Interval]]
Place = tuple[str, int]
"""A role that stands once in the formula, and which of its operands."""


def find_allowed(formula: Formula, target: Interval, place: Place, values: Values) -> Interval:
    """The values of the operand at ``place`` for which the formula may lie in ``target``; ANY where none is ruled out.

    >>> from fractions import Fraction
    >>> from extractor.amounts.interval import exact
    >>> from extractor.checks.engine.formula import parse
    >>> half = exact(Fraction(1, 2))
    >>> find_allowed(parse("part / whole"), half, ("whole", 0), {"part": [exact(3)], "whole": [exact(7)]}).low
    Fraction(6, 1)
    """
    return reduce(join, (_solve(formula.left, target, place, corner) for corner in find_corners(formula, values)))


def _solve(node: Node, target: Interval, place: Place, values: Values) -> Interval:
    """The values of the operand for which a node that holds it lies in ``target``."""
    if isinstance(node, Call):
        return _solve(node.body, _take_others_away(node, target, place[1], values), place, values)
    if not isinstance(node, Operation):
        return target
    inside, outside = (node.left, node.right) if place[0] in find_roles(node.left) else (node.right, node.left)
    other = compute(outside, values, BY_INTERVALS, place[1])
    try:
        return _solve(inside, _undo(node.sign, inside is node.left, target, other), place, values)
    except ZeroDivisionError:
        return ANY


def _take_others_away(node: Call, target: Interval, at: int, values: Values) -> Interval:
    """What is left of a sum for one of its terms."""
    others = [compute(node.body, values, BY_INTERVALS, each) for each in range(count(node, values)) if each != at]
    return target - total(others)


def _undo(sign: str, is_left: bool, target: Interval, other: Interval) -> Interval:
    """What one side of an operation is where the other and its result are known."""
    if sign == "+":
        return target - other
    if sign == "-":
        return target + other if is_left else other - target
    if sign == "*":
        return BY_INTERVALS.divide(target, other)
    return target * other if is_left else BY_INTERVALS.divide(other, target)
