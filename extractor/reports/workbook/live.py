"""A check computed anew by the spreadsheet: its number, what the digits allow on both sides, and the verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from itertools import chain
from math import floor, log10

from msgspec import Struct

from extractor.amounts.amount import EXTRA_DIGITS, Amount
from extractor.amounts.interval import ANY, Interval, exact
from extractor.checks.engine.bounds import LENIENT
from extractor.checks.engine.compute import find_range
from extractor.checks.engine.formula import Node, find_roles, join_sides
from extractor.reports.workbook.cases import Settled
from extractor.reports.workbook.ends import Ends, write_ends
from extractor.reports.workbook.expressions import (
    Expression,
    UnboundedError,
    combine,
    find_degree,
    write_constant,
    write_point,
)
from extractor.reports.workbook.inputs import FACTOR, Input, Key, make_key
from extractor.reports.workbook.numbers import is_lossless

# The digits that a spreadsheet's sums and quotients keep surely, and the decimals beyond which none is asked.
SURE_DIGITS, MOST_DECIMALS = 13, 12
# The longest formula that spreadsheets take, less what stands around an expression.
LONGEST = 8000

Read = Callable[[Amount], Interval]


class Between(Struct, frozen=True):
    """That one end does not lie beyond another: both as places among the ends of a check; ``is_strict``: nor on it."""

    one: int
    other: int
    is_strict: bool = False


class Live(Struct, frozen=True):
    """A check as formulas, in the unit of the number in question.

    ``stated`` and ``computed`` are that number and what it should be; of a bound its left and its right side.
    ``ends`` are the least and greatest that each of them may be under rounding, then where digits were cut. The check
    holds where all of ``rounded`` are kept, and holds truncated where all of one group of ``cut`` are.
    ``decimals`` are those of the computed number, ``sure`` those to which ends are compared.
    """

    stated: Expression
    computed: Expression
    ends: tuple[Expression | None, ...]
    rounded: tuple[Between, ...]
    cut: tuple[tuple[Between, ...], ...]
    decimals: int | None
    sure: int
    is_spread: bool
    """Whether the ends have cells of their own: where cut digits are asked for, or a verdict would be too long."""

    @property
    def places(self) -> tuple[Expression | None, ...]:
        """What ``Between`` refers to."""
        return (*self.ends, self.stated, self.computed)


# The places of the ends: what is stated, what was computed, both where digits were cut, and both as they stand.
STATED, COMPUTED, STATED_CUT, COMPUTED_CUT = (0, 1), (2, 3), (4, 5), (6, 7)
STATED_POINT, COMPUTED_POINT = 8, 9


def write_live(found: Settled, inputs: Mapping[Key, Input], is_cut: bool) -> Live | None:
    """The formulas of a check; None where a spreadsheet cannot compute them surely.

    ``is_cut`` says that it is to be told whether cut digits explain what rounded ones do not.
    """
    try:
        made = _Writer(found, inputs).write(is_cut)
    except UnboundedError:
        return None
    return made if _is_sure(made) else None


class _Writer:
    """One check being written: its numbers in the unit in which they are computed with."""

    def __init__(self, found: Settled, inputs: Mapping[Key, Input]) -> None:
        self._found, self._case, self._inputs = found, found.case, inputs
        formula = self._case.formula
        factors = [amount.factor for amounts in self._case.others.values() for amount in amounts]
        degree = find_degree(join_sides(formula.left, formula.right))
        self._is_plain = degree is not None and bool(factors) and factors.count(factors[0]) == len(factors)
        unit = self._case.stated or found.operands[0][1]
        power = factors[0] ** (degree or 0) if self._is_plain else Fraction(1)
        self._scale, self._unit = power / unit.factor, unit.factor

    def write(self, is_cut: bool) -> Live:
        stated = self._case.stated
        return self._write_bound() if stated is None else self._write_equation(stated, is_cut)

    # ── numbers ──

    def _find_input(self, amount: Amount) -> Input:
        found = self._inputs[make_key(amount.operand)]
        if not is_lossless(found.amount.value):
            raise UnboundedError
        return found

    def _convert(self, end: Expression | None, amount: Amount) -> Expression | None:
        """A written number in the unit that is computed with."""
        if end is None or self._is_plain or amount.factor == 1:
            return end
        own = self._find_input(amount)
        is_own = own.amount.factor == amount.factor
        factor = Expression(own.at(FACTOR).address, amount.factor) if is_own else write_constant(amount.factor)
        return combine("*", end, factor)

    def _point(self, amount: Amount) -> Expression:
        found = self._convert(self._write(amount), amount)
        assert found is not None
        return found

    def _write(self, amount: Amount) -> Expression:
        """A number as it is written."""
        own = self._find_input(amount)
        return own.point if amount.value is own.amount.value else own.write(Fraction(amount.value))

    def _range(self, amount: Amount, read: Read) -> Ends:
        low, high = self._find_input(amount).find_ends(read(amount), amount.factor)
        return Ends(self._convert(low, amount), self._convert(high, amount))

    def _points(self, node: Node) -> Expression:
        values = {role: [*map(self._point, amounts)] for role, amounts in self._case.others.items()}
        return self._tell(write_point(node, values))

    def _ranges(self, node: Node, read: Read) -> Ends:
        values = {
            role: [self._range(amount, read) for amount in amounts] for role, amounts in self._case.others.items()
        }
        found = write_ends(self._case.formula, node, values)
        return Ends(found.low and self._tell(found.low), found.high and self._tell(found.high))

    def _tell(self, found: Expression) -> Expression:
        """What was computed in the unit of the number in question."""
        if self._scale == 1:
            return found
        if self._scale.numerator == 1:
            return combine("/", found, write_constant(1 / self._scale))
        return combine("*", found, write_constant(self._scale))

    # ── what is asked of them ──

    def _write_equation(self, stated: Amount, is_cut: bool) -> Live:
        """A number that a formula gives."""
        node = self._case.formula.left
        point, read = self._points(node), self._ranges(node, _take_rounded)
        own = self._state(stated, stated.rounded)
        given = self._find_left_out(_take_rounded)
        ends: list[Expression | None] = [own.low, own.high, read.low, read.high]
        cut: tuple[tuple[Between, ...], ...] = ()
        if is_cut:
            own_cut, read_cut = self._state(stated, stated.cut), self._ranges(node, _take_cut)
            given_cut = self._find_left_out(_take_cut)
            ends += [own_cut.low, own_cut.high, read_cut.low, read_cut.high]
            cut = (
                _meet(STATED_CUT, stated.cut, COMPUTED, given),
                _meet(STATED_CUT, stated.cut, COMPUTED_CUT, given_cut),
                _meet(STATED, stated.rounded, COMPUTED_CUT, given_cut),
            )
        rounded = _meet(STATED, stated.rounded, COMPUTED, given)
        first = self._write(stated) if stated.raw else self._state(stated, exact(stated.exact)).low
        assert first is not None
        return _complete(first, point, ends, rounded, cut, EXTRA_DIGITS - self._found.operands[0][1].exponent)

    def _state(self, stated: Amount, interval: Interval) -> Ends:
        """The number in question in its own unit: the ends of an interval around it, or what nobody prints."""
        if not stated.raw and interval.low is not None:
            only = write_constant(interval.low / stated.factor)
            return Ends(only, only)
        return Ends(*self._find_input(stated).find_ends(interval, stated.factor))

    def _find_left_out(self, read: Read) -> Interval:
        """A range that says which of its ends are left out: none where no number leaves out one of its own."""
        values = {role: [*map(read, amounts)] for role, amounts in self._case.others.items()}
        is_open = any(one.below or one.above for one in chain.from_iterable(values.values()))
        return find_range(self._case.formula, values) if is_open else ANY

    def _write_bound(self) -> Live:
        """Two numbers of which one bounds the other."""
        formula = self._case.formula
        bound, right = formula.bound or "==", formula.right
        if right is None or set(find_roles(formula.left)) & set(find_roles(right)):
            raise UnboundedError
        one, other = self._points(formula.left), self._points(right)
        if bound not in LENIENT:
            return _complete(one, other, [None] * 4, _order(bound), (), None)
        left, limit = self._ranges(formula.left, _take_rounded), self._ranges(right, _take_rounded)
        asked = [Between(COMPUTED[0], STATED[1])] if bound == ">=" else [Between(STATED[0], COMPUTED[1])]
        if formula.is_stepped:
            asked.append(Between(*STATED))
        return _complete(one, other, [left.low, left.high, limit.low, limit.high], tuple(asked), (), None)


def _take_rounded(amount: Amount) -> Interval:
    return amount.rounded


def _take_cut(amount: Amount) -> Interval:
    return amount.cut


def _meet(one: tuple[int, int], interval: Interval, other: tuple[int, int], given: Interval) -> tuple[Between, Between]:
    """That two intervals have a number in common: neither begins behind the end of the other."""
    return (
        Between(one[0], other[1], interval.above or given.below),
        Between(other[0], one[1], given.above or interval.below),
    )


def _order(bound: str) -> tuple[Between, ...]:
    """What is asked of two numbers as they stand."""
    rising, falling = (STATED_POINT, COMPUTED_POINT), (COMPUTED_POINT, STATED_POINT)
    if bound == "==":
        return Between(*rising), Between(*falling)
    return (Between(*(rising if bound == "<" else falling), is_strict=True),)


def _complete(
    stated: Expression, computed: Expression, ends: list[Expression | None], rounded: tuple[Between, ...],
    cut: tuple[tuple[Between, ...], ...], decimals: int | None,
) -> Live:  # fmt: skip
    ends = [*ends, *[None] * (8 - len(ends))]
    known = [one.value for one in (stated, computed, *ends) if one is not None]
    is_spread = bool(cut) or sum(len(end.text) for end in ends if end) > LONGEST
    return Live(stated, computed, tuple(ends), rounded, cut, decimals, _count_sure(known), is_spread)


def _count_sure(values: list[Fraction]) -> int:
    """The decimals to which a spreadsheet tells the largest of some numbers surely."""
    largest = max(map(abs, map(float, values)), default=0)
    digits = floor(log10(largest)) + 1 if largest else 0
    return min(MOST_DECIMALS, SURE_DIGITS - digits)


def _is_sure(live: Live) -> bool:
    """Whether a spreadsheet takes the formulas, and no two numbers that it compares are nearer than it can tell."""
    written = [one for one in (live.stated, live.computed, *live.ends) if one is not None]
    if any(len(one.text) > LONGEST for one in written):
        return False
    step = _find_step(live.sure)
    return all(one == other or abs(one - other) > step for one, other in _list_compared(live))


@cache
def _find_step(decimals: int) -> Fraction:
    """One unit of the last of so many decimals."""
    return Fraction(1, 10**decimals) if decimals > 0 else Fraction(10**-decimals)


def _list_compared(live: Live) -> Iterator[tuple[Fraction, Fraction]]:
    places = live.places
    for asked in chain(live.rounded, *live.cut):
        one, other = places[asked.one], places[asked.other]
        if one is not None and other is not None:
            yield one.value, other.value
