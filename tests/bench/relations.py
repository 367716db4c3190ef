"""Whether a relation of gold holds, from its printed digits alone: nothing of the tool is used here.

A number printed with d decimals is one of [v - 0.5, v + 0.5] units of its last place; whole counts of things are exact.
Relations are computed with such intervals in fractions, and hold when what is stated and what is computed meet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from typing import Any, Literal, NamedTuple

Holds = bool | Literal["rounded", "truncated"]
Mode = Literal["exact", "rounded", "truncated"]
MODES: tuple[tuple[Mode, Holds], ...] = (("exact", True), ("rounded", "rounded"), ("truncated", "truncated"))

ARABIC = re.compile(r"[-−负]?\d+(?:\.\d+)?")
CHINESE = re.compile(r"负?[零〇一二三四五六七八九两十百千万亿点]+")
CHINESE_DIGITS = {**dict(zip("零一二三四五六七八九", range(10), strict=True)), "〇": 0, "两": 2}
TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}
HEDGES = re.compile(r"^(?:余|多|来)")
MULTIPLIER = re.compile(r"^(?:(?:[十百千]?[万亿]|万亿)(?=\D|$)|千(?=公顷|吨))")
# What is measured, not counted: such a number may have been rounded even when it is whole.
MEASURED = re.compile(
    r"^(?:元|欧元|美元|[公千毫]?[米里克斤]|吨|平方|立方|亩|公顷|[%％‰]|担|匹|度|千瓦|小时|分|岁|倍|个百分点|:)"
)
# Factors into the unit that the relations of the gold compare in.
FACTORS = {"‰": Fraction(1, 10), "担": Fraction(100)}


class Interval(NamedTuple):
    """All values from ``low`` to ``high``; None is an open end."""

    low: Fraction
    high: Fraction

    def __add__(self, other: Interval) -> Interval:  # type: ignore[override]
        return Interval(self.low + other.low, self.high + other.high)

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:  # type: ignore[override]
        ends = [one * two for one in self for two in other]
        return Interval(min(ends), max(ends))

    def __truediv__(self, other: Interval) -> Interval:
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError
        return self * Interval(1 / other.high, 1 / other.low)

    def __abs__(self) -> Interval:
        return self if self.low >= 0 else -self if self.high <= 0 else Interval(Fraction(0), max(-self.low, self.high))


def point(value: int | Fraction) -> Interval:
    """The interval of one value."""
    return Interval(Fraction(value), Fraction(value))


HUNDRED = point(100)
ONE = point(1)


class Number(NamedTuple):
    """A printed number in the unit its relation compares in, the place of its last digit, and its unit's factor."""

    value: Fraction
    step: Fraction
    factor: Fraction

    def interval(self, mode: Mode) -> Interval:
        """What the printed digits allow."""
        if mode == "exact":
            return point(self.value)
        if mode == "rounded":
            return Interval(self.value - self.step / 2, self.value + self.step / 2)
        return Interval(self.value, self.value + self.step) if self.value >= 0 else point(self.value)


def read(raw: str, unit: str = "") -> Number:
    """The number printed as ``raw``; ``unit`` is what a bare one is counted in.

    >>> read("3.92亿元").value, read("1,874件").step, read("百分之二十八点三").step
    (Fraction(392000000, 1), Fraction(0, 1), Fraction(1, 10))
    """
    text = re.sub(r"[\s,]", "", raw)
    if text.startswith("百分之"):
        text = text.removeprefix("百分之") + "%"
    if text == "一半":
        text = "50%"
    digits, chinese = ARABIC.match(text), CHINESE.match(text)
    if digits:
        return scaled(*arabic(digits[0]), text[digits.end() :] or unit)
    if chinese:
        return scaled(*numeral(chinese[0]), text[chinese.end() :] or unit)
    raise ValueError(f"no number in {raw!r}")


def arabic(digits: str) -> tuple[Fraction, Fraction]:
    """Value and last place of a number in Arabic digits."""
    value = Decimal(re.sub("[−负]", "-", digits))
    return Fraction(value), Fraction(Decimal(1).scaleb(int(value.as_tuple().exponent)))


def numeral(word: str) -> tuple[Fraction, Fraction]:
    """Value and last written place of a Chinese numeral: 八亿四千三百万 is 843000000, written to the millions."""
    sign, word = (-1, word[1:]) if word.startswith("负") else (1, word)
    whole, _, decimals = word.partition("点")
    value, place = integer(whole)
    for at, character in enumerate(decimals, 1):
        place = Fraction(1, 10**at)
        value += CHINESE_DIGITS[character] * place
    return sign * value, place


def integer(word: str) -> tuple[Fraction, Fraction]:
    """Value and last written place of a whole Chinese numeral."""
    total = section = digit = 0
    place = 1
    for character in word:
        if character in CHINESE_DIGITS:
            digit, place = CHINESE_DIGITS[character], 1
        elif character in TENS:
            section, place = section + (digit or 1) * TENS[character], TENS[character]
            digit = 0
        else:
            section += digit
            total = total + section * MYRIADS[character] if MYRIADS[character] == 10**4 or not total else total * 10**8
            section, digit, place = 0, 0, place * MYRIADS[character]
    return Fraction(total + section + digit), Fraction(place)


def scaled(value: Fraction, step: Fraction, unit: str) -> Number:
    """The number in its base unit; a whole count, and nought without decimals, has no step to be rounded by."""
    unit = HEDGES.sub("", unit)
    multiplier = MULTIPLIER.match(unit)
    factor = Fraction(1)
    if multiplier:
        factor = Fraction(reduce(lambda one, two: one * two, ({**TENS, **MYRIADS}[sign] for sign in multiplier[0])))
        unit = unit[multiplier.end() :]
    if unit[:1] in "%％":
        step = min(step, Fraction(1))
    counted = factor == 1 and unit and not MEASURED.match(unit)
    if step.denominator == 1 and (counted or not value):
        step = Fraction(0)
    factor *= FACTORS.get(unit[:1], Fraction(1))
    return Number(value * factor, step * factor, factor)


Operands = list[tuple[str, Interval]]
# (what is stated, what is computed, how they must stand to each other)
Sides = tuple[Interval, Interval, Literal["=", ">=", "<=", ">", "<"]]


def role(operands: Operands, *names: str) -> Interval | None:
    """The operand of a role; None where the relation has none."""
    return next((value for name, value in operands if name in names), None)


def given(operands: Operands, *names: str) -> Interval:
    """The operand that a relation must have."""
    found = role(operands, *names)
    if found is None:
        raise ValueError(f"no operand {' or '.join(names)}")
    return found


def total(values: Iterable[Interval]) -> Interval:
    """The sum of intervals."""
    return reduce(Interval.__add__, values, point(0))


def signed(operands: Operands, up: str, down: str) -> Interval | None:
    """The operand of role ``up``, or that of role ``down`` with its sign turned."""
    rise, fall = role(operands, up), role(operands, down)
    return rise if rise is not None else None if fall is None else -fall


def parts(operands: Operands, name: str = "part") -> Interval:
    """The sum of the parts, less what is to be subtracted."""
    return total(value for role, value in operands if role == name) - total(
        v for role, v in operands if role == "minus"
    )


def sum_(operands: Operands) -> Sides:
    """A total and its parts."""
    return given(operands, "total"), parts(operands), "="


def share(operands: Operands) -> Sides:
    """A part, its base and the share in percent (or the least it is said to be)."""
    computed = given(operands, "part") * HUNDRED / given(operands, "base")
    least = role(operands, "floor")
    return (given(operands, "share"), computed, "=") if least is None else (least, computed, "<=")


def share_total(operands: Operands) -> Sides:
    """Shares that make up the whole."""
    return HUNDRED, parts(operands, "share"), "="


def change(operands: Operands) -> Sides:
    """A rate of change against the current amount and the change, or against the amounts before and after."""
    current, base = given(operands, "current"), role(operands, "base")
    if base is not None:
        return given(operands, "rate"), abs(current / base - ONE) * HUNDRED, "="
    step = signed(operands, "increase", "decrease")
    if step is None:
        raise ValueError("no change")
    return given(operands, "rate"), abs(HUNDRED / (current / step - ONE)), "="


def difference(operands: Operands) -> Sides:
    """Two amounts and how far they are apart."""
    step = signed(operands, "increase", "decrease")
    if step is None:
        raise ValueError("no change")
    return step, given(operands, "current") - given(operands, "base"), "="


def completion(operands: Operands) -> Sides:
    """What was done in percent of what was planned."""
    return given(operands, "completion"), given(operands, "actual") * HUNDRED / given(operands, "budget"), "="


def direction(operands: Operands) -> Sides:
    """Two amounts, the second of which is said to be higher or lower."""
    higher = role(operands, "higher")
    return given(operands, "higher", "lower"), given(operands, "base"), ">" if higher is not None else "<"


def same(operands: Operands) -> Sides:
    """The same amount in two places."""
    return operands[0][1], operands[1][1], "="


def per_unit(operands: Operands) -> Sides:
    """An amount for each, or for so many at a time."""
    number = given(operands, "number") / (role(operands, "each") or ONE)
    return given(operands, "per_unit"), given(operands, "amount") / number, "="


def target(operands: Operands) -> Sides:
    """What was reached against the least or the most that was aimed at."""
    least = role(operands, "floor")
    return (least, given(operands, "actual"), "<=") if least is not None else upper(operands)


def upper(operands: Operands) -> Sides:
    """What was reached against the most that was allowed."""
    return given(operands, "ceiling"), given(operands, "actual"), ">="


def deflated_growth(operands: Operands) -> Sides:
    """Growth in prices of the day, growth of prices, and growth without it."""
    nominal, price = (given(operands, name) / HUNDRED + ONE for name in ("nominal", "price"))
    return given(operands, "real"), (nominal / price - ONE) * HUNDRED, "="


def growth_of_total(operands: Operands) -> Sides:
    """The growth of a total against its parts, each with its growth (or its change) behind it."""
    before: list[Interval] = []
    for (name, part), (kind, value) in pairwise(operands):
        if name == "part":
            before.append(earlier(part, kind, value))
    return given(operands, "rate"), (given(operands, "total") / total(before) - ONE) * HUNDRED, "="


def earlier(part: Interval, kind: str, value: Interval) -> Interval:
    """What a part was before it grew, fell or changed."""
    if kind in ("increase", "decrease"):
        return part - value if kind == "increase" else part + value
    return part / (ONE + (value if kind == "growth" else -value) / HUNDRED)


RULES: dict[str, Callable[[Operands], Sides]] = {
    "sum": sum_,
    "table_sum": sum_,
    "share": share,
    "share_total": share_total,
    "change": change,
    "difference": difference,
    "completion": completion,
    "direction": direction,
    "repeat": same,
    "table": same,
    "per_unit": per_unit,
    "target": target,
    "deflated_growth": deflated_growth,
    "growth_of_total_from_parts": growth_of_total,
}


def meets(stated: Interval, computed: Interval, relation: str) -> bool:
    """Whether the two sides can stand to each other as they should."""
    if relation == "=":
        return stated.low <= computed.high and computed.low <= stated.high
    if relation in ("<", "<="):
        return stated.low < computed.high or (relation == "<=" and stated.low == computed.high)
    return stated.high > computed.low or (relation == ">=" and stated.high == computed.low)


BOUNDS = ("floor", "ceiling")


def is_partial(relation: dict[str, Any]) -> bool:
    """Whether the parts need not exhaust their total."""
    return str(relation["note"]).startswith("PARTIAL")


def operand(one: dict[str, Any], mode: Mode) -> Interval:
    """What an operand may be; bounds, and numbers that are not printed at all, are meant as they are written."""
    exact = one["role"] in BOUNDS or one["span"] is None
    return read(one["raw"], one.get("unit", "")).interval("exact" if exact else mode)


def sides(relation: dict[str, Any], mode: Mode) -> Sides:
    """What a relation states and what follows from its operands."""
    operands = [(one["role"], operand(one, mode)) for one in relation["operands"]]
    stated, computed, how = RULES[relation["rule"]](operands)
    return stated, computed, ">=" if is_partial(relation) else how


def verdict(relation: dict[str, Any]) -> Holds:
    """True when exactly right, else the first reading of the printed digits that makes it right, else False."""
    for mode, holds in MODES:
        try:
            stated, computed, how = sides(relation, mode)
        except ZeroDivisionError:
            continue
        if meets(stated, computed, how) and (how == "=" or mode != "truncated"):
            return holds
    return False
