"""What a formula of a check may give at least and at most, as a spreadsheet's expressions over what the digits allow.

The ends are chosen as intervals choose them, by the exact values of the expressions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import product

from msgspec import Struct

from extractor.checks.engine.compute import count
from extractor.checks.engine.formula import POWER, Call, Formula, Node, Number, Role
from extractor.reports.workbook.expressions import (
    Expression,
    UnboundedError,
    add_up,
    combine,
    find_largest,
    take_operand,
    write_constant,
)


class Ends(Struct, frozen=True):
    """The least and the greatest that an expression may be; None where there is no such end."""

    low: Expression | None
    high: Expression | None


Ranges = Mapping[str, Sequence[Ends]]


def write_ends(formula: Formula, node: Node, values: Ranges) -> Ends:
    """The ends of an expression of a formula; a role that stands twice in it is tried at both of its ends.

    Raises ``UnboundedError``.
    """
    plain = _write_ends(node, values)
    if not formula.repeated or plain == Ends(None, None):
        return plain
    corners = [_write_ends(node, corner) for corner in _list_corners(formula, values)]
    return Ends(_choose(min, [one.low for one in corners]), _choose(max, [one.high for one in corners]))


def _list_corners(formula: Formula, values: Ranges) -> Iterable[Ranges]:
    ends = [_list_ends(values[name][0]) for name in formula.repeated]
    for corner in product(*ends):
        yield {**values, **{name: [end] for name, end in zip(formula.repeated, corner, strict=True)}}


def _list_ends(one: Ends) -> list[Ends]:
    if one.low is None or one.high is None:
        return [one]
    return [Ends(end, end) for end in dict.fromkeys((one.low, one.high))]


def _choose(pick: Callable[..., Expression], ends: Sequence[Expression | None]) -> Expression | None:
    """The outermost of some ends; none where one is open."""
    closed = [end for end in ends if end is not None]
    return pick(closed, key=lambda end: end.value) if len(closed) == len(ends) else None


def _write_ends(node: Node, values: Ranges, at: int = 0) -> Ends:
    if isinstance(node, Role):
        return take_operand(values[node.name], at)
    if isinstance(node, Number):
        only = write_constant(node.value)
        return Ends(only, only)
    if isinstance(node, Call):
        return _call_ends(node, values, at)
    return _combine_ends(node.sign, _write_ends(node.left, values, at), _write_ends(node.right, values, at))


def _call_ends(node: Call, values: Ranges, at: int) -> Ends:
    if node.function == "whole":
        return _keep_whole(_write_ends(node.body, values, at))
    terms = [_write_ends(node.body, values, each) for each in range(count(node, values))]
    lows = [term.low for term in terms if term.low is not None]
    highs = [term.high for term in terms if term.high is not None]
    if node.function == "sum":
        low, high = (add_up(ends) if len(ends) == len(terms) else None for ends in (lows, highs))
    else:
        low = find_largest(lows) if lows else None
        high = find_largest(highs) if len(highs) == len(terms) else None
    return Ends(low, high)


def _keep_whole(body: Ends) -> Ends:
    """The whole numbers between two ends. Raises ``UnboundedError`` where one is below 0."""
    if any(end is not None and end.value < 0 for end in (body.low, body.high)):
        raise UnboundedError
    low = body.low and Expression(f"ROUNDUP({body.low.text},0)", Fraction(-(-body.low.value // 1)))
    high = body.high and Expression(f"ROUNDDOWN({body.high.text},0)", Fraction(body.high.value // 1))
    return Ends(low, high)


def _combine_ends(sign: str, left: Ends, right: Ends) -> Ends:
    if sign == "+":
        return Ends(_pair(sign, left.low, right.low), _pair(sign, left.high, right.high))
    if sign == "-":
        return Ends(_pair(sign, left.low, right.high), _pair(sign, left.high, right.low))
    if sign == "*":
        return _multiply(left, right)
    if sign == "/":
        return _divide(left, right)
    return _raise(left, right)


def _pair(sign: str, one: Expression | None, other: Expression | None) -> Expression | None:
    return None if one is None or other is None else combine(sign, one, other)


def _multiply(left: Ends, right: Ends) -> Ends:
    if _is_positive(left.low) and _is_positive(right.low):
        return Ends(_pair("*", left.low, right.low), _pair("*", left.high, right.high))
    return _pick_ends("*", left, right)


def _divide(left: Ends, right: Ends) -> Ends:
    """The quotient; without ends where the divisor may be 0."""
    if _is_nothing(right):
        return Ends(_pair("/", left.low, right.low), _pair("/", left.high, right.high))
    if _is_positive(left.low) and right.low is not None and right.low.value > 0:
        low = write_constant(Fraction(0)) if right.high is None else _pair("/", left.low, right.high)
        return Ends(low, _pair("/", left.high, right.low))
    if _may_be_nothing(right):
        return Ends(None, None)
    return _pick_ends("/", left, right)


def _pick_ends(sign: str, left: Ends, right: Ends) -> Ends:
    """The least and the greatest of what the ends give; without ends where one of them is open."""
    ends = [left.low, left.high, right.low, right.high]
    if None in ends:
        return Ends(None, None)
    found = [_pair(sign, one, other) for one in ends[:2] for other in ends[2:]]
    return Ends(_choose(min, found), _choose(max, found))


def _raise(left: Ends, right: Ends) -> Ends:
    low, high = _pair(POWER, left.low, right.low), _pair(POWER, left.high, right.low)
    if left.low is None or left.high is None or low is None or high is None:
        return Ends(None, None)
    if left.low.value < 0 < left.high.value:
        raise UnboundedError
    return Ends(low, high) if low.value <= high.value else Ends(high, low)


def _is_positive(end: Expression | None) -> bool:
    return end is not None and end.value >= 0


def _is_nothing(ends: Ends) -> bool:
    return all(end is not None and not end.value for end in (ends.low, ends.high))


def _may_be_nothing(ends: Ends) -> bool:
    low, high = ends.low, ends.high
    return (low is None or low.value <= 0) and (high is None or high.value >= 0)
