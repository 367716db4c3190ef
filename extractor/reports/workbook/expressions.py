"""Formulas of checks as a spreadsheet's: over the cells of the inputs, as exact numbers give them.

Each expression carries its exact value, so that the end of a product or a quotient is chosen as intervals choose it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

from msgspec import Struct

from extractor.checks.engine.compute import count
from extractor.checks.engine.formula import POWER, Call, Node, Number, Operation, Role

T = TypeVar("T")
# How closely operators bind; what is lower within what is higher stands in brackets.
LEVELS = {"+": 1, "-": 1, "*": 2, "/": 2, POWER: 3}
HIGHEST = 4
OPERATORS = {POWER: "^"}
# More terms than this are added up by SUM, which takes so many arguments.
FEW_TERMS, MOST_ARGUMENTS = 3, 200


class Cell(Struct, frozen=True):
    """A cell of the sheet of inputs, by its column's letter and its row as a spreadsheet counts it."""

    sheet: str
    column: str
    row: int

    @property
    def address(self) -> str:
        """The cell as other sheets refer to it: $F$12 of '取数'."""
        return f"{self.sheet}!${self.column}${self.row}"


class Expression(Struct, frozen=True):
    """An expression as text, its exact value, and how closely its loosest operator binds; ``cell`` where it is one."""

    text: str
    value: Fraction
    level: int = HIGHEST
    cell: Cell | None = None


class UnboundedError(ValueError):
    """An expression that a spreadsheet does not compute: it divides by nothing, or keeps no whole number."""


Points = Mapping[str, Sequence[Expression]]


def refer(cell: Cell, value: Fraction) -> Expression:
    """A cell that holds a value."""
    return Expression(cell.address, value, cell=cell)


def write_constant(value: Fraction) -> Expression:
    """A number in a formula: in full where it has decimals enough, else as a quotient.

    >>> write_constant(Fraction(1, 8)).text, write_constant(Fraction(2000, 3)).text, write_constant(Fraction(-5)).text
    ('0.125', '2000/3', '-5')
    """
    below = value.denominator
    places = next((places for places in range(16) if not 10**places % below), None)
    if places is None:
        return Expression(f"{value.numerator}/{below}", value, LEVELS["/"])
    digits = str(abs(value.numerator) * (10**places // below)).zfill(places + 1)
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return Expression(f"-{text}" if value < 0 else text, value, LEVELS["+"] if value < 0 else HIGHEST)


NOTHING = write_constant(Fraction(0))


def combine(sign: str, left: Expression, right: Expression) -> Expression:
    """Two expressions with an operator between them; UnboundedError where it divides by nothing.

    >>> half = combine("/", write_constant(Fraction(1)), write_constant(Fraction(2)))
    >>> combine("-", write_constant(Fraction(3)), combine("-", half, half)).text
    '3-(1/2-1/2)'
    """
    if sign in ("+", "-") and right == NOTHING:
        return left
    level = LEVELS[sign]
    inner = right.level <= level if sign in ("-", "/", POWER) else right.level < level
    left_text = f"({left.text})" if left.level < level or (sign == POWER and left.level <= level) else left.text
    right_text = f"({right.text})" if inner else right.text
    text = f"{left_text}{OPERATORS.get(sign, sign)}{right_text}"
    if sign == "/" and left.value == right.value == 0:
        return Expression(f"IFERROR({text},0)", Fraction(0))
    return Expression(text, _operate(sign, left.value, right.value), level)


def _operate(sign: str, left: Fraction, right: Fraction) -> Fraction:
    if sign == "/":
        if not right:
            raise UnboundedError
        return left / right
    if sign == POWER:
        return left ** int(right)
    return {"+": left + right, "-": left - right, "*": left * right}[sign]


def add_up(terms: Sequence[Expression]) -> Expression:
    """The sum of some expressions; many are added up by SUM, cells below each other as a range.

    >>> cells = [refer(Cell("S", "F", row), Fraction(row)) for row in (2, 3, 4, 5)]
    >>> add_up(cells).text, add_up(cells[:2]).text
    ('SUM(S!$F$2:$F$5)', 'S!$F$2+S!$F$3')
    """
    value = sum((term.value for term in terms), Fraction(0))
    if not terms:
        return write_constant(value)
    if len(terms) == 1:
        return terms[0]
    if len(terms) <= FEW_TERMS:
        return Expression("+".join(term.text for term in terms), value, LEVELS["+"])
    return Expression(_write_call("SUM", terms), value)


def find_largest(terms: Sequence[Expression]) -> Expression:
    """The largest of some expressions."""
    return Expression(_write_call("MAX", terms), max(term.value for term in terms))


def _write_call(name: str, terms: Sequence[Expression]) -> str:
    """A function of many arguments, within itself where there are too many for one."""
    parts = _join_ranges(terms)
    while len(parts) > MOST_ARGUMENTS:
        parts = [f"{name}({','.join(parts[at : at + MOST_ARGUMENTS])})" for at in range(0, len(parts), MOST_ARGUMENTS)]
    return f"{name}({','.join(parts)})"


def _join_ranges(terms: Sequence[Expression]) -> list[str]:
    """The terms, cells that stand below each other as one range."""
    runs: list[list[Expression]] = []
    for term in terms:
        if runs and _is_below(runs[-1][-1].cell, term.cell):
            runs[-1].append(term)
        else:
            runs.append([term])
    return [_write_range(run) for run in runs]


def _is_below(one: Cell | None, other: Cell | None) -> bool:
    if one is None or other is None:
        return False
    return (one.column, one.row + 1) == (other.column, other.row)


def _write_range(run: Sequence[Expression]) -> str:
    first, last = run[0], run[-1].cell
    return first.text if len(run) == 1 or last is None else f"{first.text}:${last.column}${last.row}"


# ── points ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def write_point(node: Node, values: Points, at: int = 0) -> Expression:
    """An expression over exact numbers. Raises ``UnboundedError``."""
    if isinstance(node, Role):
        return take_operand(values[node.name], at)
    if isinstance(node, Number):
        return write_constant(node.value)
    if isinstance(node, Call) and node.function == "whole":
        body = write_point(node.body, values, at)
        return Expression(f"ROUND({body.text},0)", Fraction(round(body.value)))
    if isinstance(node, Call):
        terms = [write_point(node.body, values, each) for each in range(count(node, values))]
        return add_up(terms) if node.function == "sum" else find_largest(terms)
    return combine(node.sign, write_point(node.left, values, at), write_point(node.right, values, at))


def take_operand(found: Sequence[T], at: int) -> T:
    """The operand at a place within a sum; the only one of a role stands for every place."""
    return found[at if len(found) > 1 else 0]


def find_degree(node: Node) -> int | None:
    """By what power of it a number of another unit changes an expression; None where its terms differ in that.

    >>> from extractor.checks.engine.formula import parse
    >>> find_degree(parse("current / base - 1").left), find_degree(parse("sum(part)").left)
    (0, 1)
    >>> find_degree(parse("base + 1").left) is None
    True
    """
    if isinstance(node, Operation):
        return _combine_degrees(node)
    if isinstance(node, Call):
        return find_degree(node.body)
    return 1 if isinstance(node, Role) else 0


def _combine_degrees(node: Operation) -> int | None:
    left, right = find_degree(node.left), find_degree(node.right)
    if left is None or right is None:
        return None
    if node.sign == POWER and isinstance(node.right, Number):
        return left * int(node.right.value)
    if node.sign in ("+", "-"):
        return left if left == right else None
    return left + right if node.sign == "*" else left - right
