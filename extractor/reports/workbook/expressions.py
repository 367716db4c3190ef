"""Formulas of checks as a spreadsheet's: over the cells of the inputs, as a point and as the ends of what may be.

Each expression carries its exact value, so that the end of a product or a quotient is chosen as intervals choose it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import TypeVar

from msgspec import Struct

from extractor.checks.engine.compute import count
from extractor.checks.engine.formula import POWER, Call, Formula, Node, Number, Operation, Role

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


class Ends(Struct, frozen=True):
    """The least and the greatest that an expression may be; None where there is no such end."""

    low: Expression | None
    high: Expression | None


class UnboundedError(ValueError):
    """An expression that a spreadsheet does not compute: it divides by nothing, or keeps no whole number."""


Points = Mapping[str, Sequence[Expression]]
Ranges = Mapping[str, Sequence[Ends]]


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
        return _take(values[node.name], at)
    if isinstance(node, Number):
        return write_constant(node.value)
    if isinstance(node, Call) and node.function == "whole":
        body = write_point(node.body, values, at)
        return Expression(f"ROUND({body.text},0)", Fraction(round(body.value)))
    if isinstance(node, Call):
        terms = [write_point(node.body, values, each) for each in range(count(node, values))]
        return add_up(terms) if node.function == "sum" else find_largest(terms)
    return combine(node.sign, write_point(node.left, values, at), write_point(node.right, values, at))


def _take(found: Sequence[T], at: int) -> T:
    """The operand at a place within a sum; the only one of a role stands for every place."""
    return found[at if len(found) > 1 else 0]


# ── ends ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


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
        return _take(values[node.name], at)
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
