"""Formulas over the roles of a check's numbers: parsed once, evaluated over intervals or exact numbers, written out.

A formula is text: ``part / whole``, ``current / base - 1``, ``sum(part) - sum(minus)``, or a bound, ``part <= total``.
A name is a role; ``sum`` adds up its expression over all operands of the roles in it, taken in their order, ``max``
takes the largest; ``whole`` keeps the whole numbers of an interval. Nothing else stands in a formula but whole numbers,
``+ - * /``, brackets, and ``**`` in front of a whole number.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from msgspec import Struct

# Operators as they are written in a formula, by the names that Python's own parser gives them.
SIGNS = {"Add": "+", "Sub": "-", "Mult": "*", "Div": "/", "Pow": "**"}
POWER = "**"
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
    """Two expressions with ``+``, ``-``, ``*`` or ``/`` between them; with ``**`` the right one is a whole number."""

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
    if isinstance(tree, ast.BinOp) and _is_operation(tree):
        sign = SIGNS[type(tree.op).__name__]
        return Operation(sign, _read(tree.left, text), _read(tree.right, text))
    if _is_call(tree):
        return Call(tree.func.id, _read(tree.args[0], text))
    raise FormulaError(
        f"{text!r}: only roles, whole numbers, + - * /, ** in front of a whole number, brackets, "
        f"{', '.join(FUNCTIONS)} stand in a formula"
    )


def _is_operation(tree: ast.BinOp) -> bool:
    """Whether an operator may stand in a formula; what is raised to a power is raised to a whole number of times."""
    sign = SIGNS.get(type(tree.op).__name__)
    is_power = isinstance(tree.right, ast.Constant) and type(tree.right.value) is int and tree.right.value > 0
    return is_power if sign == POWER else sign is not None


def _is_call(tree: Any) -> bool:
    """Whether a tree calls one of the functions with one argument."""
    match tree:
        case ast.Call(func=ast.Name(id=name), args=[_], keywords=[]):
            return name in FUNCTIONS
    return False


def _complete(text: str, left: Node, bound: str | None, right: Node | None) -> Formula:
    """A formula with all that is known of it before it is computed."""
    whole = join_sides(left, right)
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
        divides=any(map(_is_quotient, nodes)),
        is_stepped=any(map(_is_step, nodes)),
    )


def join_sides(left: Node, right: Node | None) -> Node:
    """An expression as it is computed: of a bound by how much its left side is greater."""
    if right is None:
        return left
    return Operation("-", left, right)


def _is_quotient(node: Node) -> bool:
    return isinstance(node, Operation) and node.sign == "/"


def _is_step(node: Node) -> bool:
    """Whether a node keeps whole numbers, so that its value goes in steps."""
    return isinstance(node, Call) and node.function == "whole"


def _walk(node: Node) -> Iterator[Node]:
    """A node and all nodes in it."""
    yield node
    if isinstance(node, Call):
        yield from _walk(node.body)
    elif isinstance(node, Operation):
        yield from _walk(node.left)
        yield from _walk(node.right)


@cache
def find_roles(node: Node) -> tuple[str, ...]:
    """The roles of an expression, each as often as it stands there."""
    return tuple(one.name for one in _walk(node) if isinstance(one, Role))


def _refuse_unsound(text: str, node: Node, repeated: Sequence[str]) -> None:
    """Refuses a formula whose extremes the ends of the intervals do not tell."""
    if _find_summed(node) & set(repeated):
        raise FormulaError(f"{text!r}: a role within a sum stands once")
    for name in repeated:
        if max(_find_degrees(node, name)) > HIGHEST_DEGREE:
            raise FormulaError(f"{text!r}: {name} stands in it with a power higher than one")


def find_summed(formula: Formula) -> set[str]:
    """The roles of a formula that stand for as many numbers as there are.

    >>> find_summed(parse("sum(part) / base"))
    {'part'}
    """
    return _find_summed(join_sides(formula.left, formula.right))


def _find_summed(node: Node) -> set[str]:
    """The roles that stand within a sum, or among those of which the largest is taken."""
    summed: set[str] = set()
    for one in _walk(node):
        if isinstance(one, Call) and not _is_step(one):
            summed.update(find_roles(one.body))
    return summed


def _find_degrees(node: Node, name: str) -> tuple[int, int]:
    """The highest powers of a role above and below the line, the expression written as one fraction."""
    if isinstance(node, Operation):
        above, below = _find_degrees(node.left, name)
        if isinstance(node.right, Number) and node.sign == POWER:
            return above * int(node.right.value), below * int(node.right.value)
        over, under = _find_degrees(node.right, name)
        if node.sign == "*":
            return above + over, below + under
        if node.sign == "/":
            return above + under, below + over
        return max(above + under, over + below), below + under
    if isinstance(node, Call):
        return _find_degrees(node.body, name)
    if node == Role(name):
        return 1, 0
    return 0, 0


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
    left, right = _find_coefficients(node.left), node.right
    if left is None or not isinstance(right, Number) or node.sign == POWER:
        return None
    if not right.value:
        return None
    factor = right.value if node.sign == "*" else 1 / right.value
    return {name: number * factor for name, number in left.items()}


def is_plain(formula: Formula) -> bool:
    """Whether a formula is one number, or the sum of those of one role.

    >>> is_plain(parse("sum(part)")), is_plain(parse("part / base"))
    (True, False)
    """
    node = formula.left
    inner = node.body if isinstance(node, Call) and node.function == "sum" else node
    return formula.bound is None and isinstance(inner, Role)
