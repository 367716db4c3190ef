"""Formulas over the roles of a check's numbers: parsed once, evaluated over intervals or exact numbers, written out.

A formula is text: ``part / whole``, ``current / base - 1``, ``sum(part) - sum(minus)``, or a bound, ``part <= total``.
A name is a role; ``sum`` adds up its expression over all operands of the roles in it, taken in their order, ``max``
takes the largest; ``whole`` keeps the whole numbers of an interval. Nothing else stands in a formula but whole numbers,
``+ - * /`` and brackets.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache, reduce
from itertools import chain, product
from math import ceil, floor
from operator import add, mul, sub
from typing import Any, Generic, NamedTuple, TypeVar

from msgspec import Struct

from extractor.amounts.interval import ANY, Interval, exact, total

T = TypeVar("T")
# Operators as they are written in a formula, by the names that Python's own parser gives them.
SIGNS = {"Add": "+", "Sub": "-", "Mult": "*", "Div": "/"}
BOUNDS = {"GtE": ">=", "LtE": "<=", "Gt": ">", "Lt": "<", "Eq": "=="}
FUNCTIONS = ("sum", "max", "whole")
# Of a name that stands twice the extremes lie at the ends of its interval only while no power of it is higher.
HIGHEST_DEGREE = 1


class FormulaError(ValueError):
    """A formula that cannot be read, or not be computed without error; the message says what is accepted."""


class Number(Struct, frozen=True):
    """A whole number that the formula itself holds."""

    value: Fraction


class Role(Struct, frozen=True):
    """The operand of a role, or each of them within a sum."""

    name: str


class Call(Struct, frozen=True):
    """``sum``, ``max`` or ``whole`` of an expression."""

    function: str
    body: Node


class Operation(Struct, frozen=True):
    """Two expressions with ``+``, ``-``, ``*`` or ``/`` between them."""

    sign: str
    left: Node
    right: Node


Node = Number | Role | Call | Operation


class Formula(Struct, frozen=True):
    """A parsed formula; a bound has an expression on its right side, everything else gives a number.

    ``coefficients`` say by what each role is multiplied where the formula is linear, else None. ``repeated`` are the
    roles that stand more than once, so that intervals must be taken apart for them.
    """

    text: str
    left: Node
    bound: str | None
    right: Node | None
    roles: frozenset[str]
    repeated: tuple[str, ...]
    coefficients: dict[str, Fraction] | None
    divides: bool
    is_stepped: bool


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def parse(text: str) -> Formula:
    """A formula from its text; FormulaError where it is none.

    >>> parse("current / base - 1").roles == {"current", "base"}, parse("part <= total").bound
    (True, '<=')
    """
    try:
        tree: Any = ast.parse(text, mode="eval").body
    except SyntaxError as error:
        raise FormulaError(f"{text!r} is no formula: {error.msg}") from error
    if isinstance(tree, ast.Compare) and len(tree.ops) == 1:
        left, right = _read(tree.left, text), _read(tree.comparators[0], text)
        bound = BOUNDS.get(type(tree.ops[0]).__name__)
        return _complete(text, left, bound, right)
    return _complete(text, _read(tree, text), None, None)


def _read(tree: Any, text: str) -> Node:
    """One expression of Python's tree as a Node."""
    if isinstance(tree, ast.Constant) and type(tree.value) is int:
        return Number(Fraction(tree.value))
    if isinstance(tree, ast.Name):
        return Role(tree.id)
    if isinstance(tree, ast.BinOp) and type(tree.op).__name__ in SIGNS:
        return Operation(SIGNS[type(tree.op).__name__], _read(tree.left, text), _read(tree.right, text))
    if _is_call(tree):
        return Call(tree.func.id, _read(tree.args[0], text))
    raise FormulaError(
        f"{text!r}: only roles, whole numbers, + - * /, brackets, {', '.join(FUNCTIONS)} stand in a formula"
    )


def _is_call(tree: Any) -> bool:
    """Whether a tree calls one of the functions with one argument."""
    if not isinstance(tree, ast.Call) or not isinstance(tree.func, ast.Name):
        return False
    return tree.func.id in FUNCTIONS and len(tree.args) == 1 and not tree.keywords


def _complete(text: str, left: Node, bound: str | None, right: Node | None) -> Formula:
    """A formula with all that is known of it before it is computed."""
    whole = left if right is None else Operation("-", left, right)
    counts = Counter(find_roles(whole))
    repeated = tuple(sorted(name for name, count in counts.items() if count > 1))
    _refuse_unsound(text, whole, repeated)
    nodes = list(_walk(whole))
    return Formula(
        text,
        left,
        bound,
        right,
        frozenset(counts),
        repeated,
        _find_coefficients(whole),
        divides=any(isinstance(node, Operation) and node.sign == "/" for node in nodes),
        is_stepped=any(isinstance(node, Call) and node.function == "whole" for node in nodes),
    )


def _walk(node: Node) -> Iterator[Node]:
    """A node and all nodes in it."""
    yield node
    if isinstance(node, Call):
        yield from _walk(node.body)
    elif isinstance(node, Operation):
        yield from _walk(node.left)
        yield from _walk(node.right)


def find_roles(node: Node) -> Iterator[str]:
    """The roles of an expression, each as often as it stands there."""
    return (one.name for one in _walk(node) if isinstance(one, Role))


def _refuse_unsound(text: str, node: Node, repeated: Sequence[str]) -> None:
    """Refuses a formula whose extremes the ends of the intervals do not tell."""
    sums = (one for one in _walk(node) if isinstance(one, Call) and one.function != "whole")
    summed = set(chain.from_iterable(find_roles(one.body) for one in sums))
    if summed & set(repeated):
        raise FormulaError(f"{text!r}: a role within a sum stands once")
    for name in repeated:
        if max(_find_degrees(node, name)) > HIGHEST_DEGREE:
            raise FormulaError(f"{text!r}: {name} stands in it with a power higher than one")


def _find_degrees(node: Node, name: str) -> tuple[int, int]:
    """The highest powers of a role above and below the line, the expression written as one fraction."""
    if isinstance(node, Operation):
        (above, below), (over, under) = (_find_degrees(side, name) for side in (node.left, node.right))
        if node.sign == "*":
            return above + over, below + under
        if node.sign == "/":
            return above + under, below + over
        return max(above + under, over + below), below + under
    if isinstance(node, Call):
        return _find_degrees(node.body, name)
    return (1, 0) if node == Role(name) else (0, 0)


def _find_coefficients(node: Node) -> dict[str, Fraction] | None:
    """By what each role is multiplied in a linear expression; None where it is not linear."""
    if isinstance(node, Number):
        return {}
    if isinstance(node, Role):
        return {node.name: Fraction(1)}
    if isinstance(node, Call):
        return _find_coefficients(node.body) if node.function == "sum" else None
    if node.sign in ("+", "-"):
        return _merge_coefficients(node)
    return _scale_coefficients(node)


def _merge_coefficients(node: Operation) -> dict[str, Fraction] | None:
    left, right = _find_coefficients(node.left), _find_coefficients(node.right)
    if left is None or right is None:
        return None
    sign = 1 if node.sign == "+" else -1
    return {name: left.get(name, Fraction(0)) + sign * right.get(name, Fraction(0)) for name in left | right}


def _scale_coefficients(node: Operation) -> dict[str, Fraction] | None:
    """Those of a product or quotient with a whole number on its right."""
    left = _find_coefficients(node.left)
    if left is None or not isinstance(node.right, Number) or not node.right.value:
        return None
    factor = node.right.value if node.sign == "*" else 1 / node.right.value
    return {name: number * factor for name, number in left.items()}


# ── computing ────────────────────────────────────────────────────────────────────────────────────────────────────────


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
