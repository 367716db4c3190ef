"""A formula written out with its numbers put in: 678.46 ÷ 814.37, for pages, messages and workbooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from extractor.checks.engine.compute import count
from extractor.checks.engine.formula import Call, Formula, Node, Number, Operation, Role

# Operators as readers know them.
SYMBOLS = {"+": "+", "-": "−", "*": "×", "/": "÷", "**": "^", ">=": "≥", "<=": "≤", ">": ">", "<": "<", "==": "="}
# How closely operators bind; what is lower within what is higher stands in brackets.
LEVELS = {"+": 1, "-": 1, "*": 2, "/": 2, "**": 3}
HIGHEST = 3

Piece = Any
"""An operator, bracket or number of the formula as text, or an operand itself."""


class Stretch(Struct, frozen=True):
    """A written expression and how closely its loosest operator binds."""

    pieces: list[Piece]
    level: int


def write_out(formula: Formula, operands: Mapping[str, Sequence[Any]]) -> list[Piece]:
    """A formula as operators (text) and operands (as given), in the order in which they are read.

    >>> from extractor.checks.engine.formula import parse
    >>> write_out(parse("change / (current - change)"), {"change": [5], "current": [41]})
    [5, '÷', '(', 41, '−', 5, ')']
    >>> write_out(parse("sum(part) - sum(minus)"), {"part": [1, 2], "minus": []})
    [1, '+', 2]
    """
    left = _write(formula.left, operands, 0).pieces
    if formula.right is None or formula.bound is None:
        return left
    return [*left, SYMBOLS[formula.bound], *_write(formula.right, operands, 0).pieces]


def _write(node: Node, operands: Mapping[str, Sequence[Any]], at: int) -> Stretch:
    if isinstance(node, Number):
        return Stretch([str(node.value)], HIGHEST)
    if isinstance(node, Role):
        found = operands[node.name]
        return Stretch([found[at if len(found) > 1 else 0]], HIGHEST)
    if isinstance(node, Call):
        return _write_call(node, operands, at)
    return _write_operation(node, operands, at)


def _write_call(node: Call, operands: Mapping[str, Sequence[Any]], at: int) -> Stretch:
    """A sum with all its terms; the whole part of an expression between the signs for it."""
    if node.function == "whole":
        return Stretch(["[", *_write(node.body, operands, at).pieces, "]"], HIGHEST)
    terms = [_write(node.body, operands, each) for each in range(count(node, operands))]
    if node.function == "max":
        return Stretch(["max(", *_join([term.pieces for term in terms]), ")"], HIGHEST)
    pieces = [piece for term in terms for piece in ("+", *term.pieces)]
    return Stretch(pieces[1:], LEVELS["+"] if len(terms) > 1 else terms[0].level if terms else HIGHEST)


def _join(terms: Sequence[list[Piece]]) -> list[Piece]:
    """The terms of a list with commas between them."""
    return [piece for term in terms for piece in (",", *term)][1:]


def _write_operation(node: Operation, operands: Mapping[str, Sequence[Any]], at: int) -> Stretch:
    """Both sides with their operator; a side without terms is left out."""
    left, right = (_write(side, operands, at) for side in (node.left, node.right))
    if not right.pieces or not left.pieces:
        return left if left.pieces else right
    level = LEVELS[node.sign]
    # What is taken away or divided by stands in brackets even where it binds as closely.
    closest = level if node.sign in ("-", "/") else level - 1
    pieces = [*_enclose(left, level - 1), SYMBOLS[node.sign], *_enclose(right, closest)]
    return Stretch(pieces, level)


def _enclose(stretch: Stretch, level: int) -> list[Piece]:
    """A stretch, in brackets where its operator binds no closer than ``level``."""
    return ["(", *stretch.pieces, ")"] if stretch.level <= level else stretch.pieces
