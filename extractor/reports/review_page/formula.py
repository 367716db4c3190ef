"""The computation of a check written out: 678.46 ÷ 814.37 = 83.311%, stated 82.83%.

A check says what it computed, not how. The ways that its rule may compute are tried in turn, and the first that gives
the number is shown; where none does, the number stands alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from extractor.amounts.amount import Amount
from extractor.messages import POINTS, Lang, gap
from extractor.model import Check
from extractor.reports.review_page.words import shown

Token = str | list[str]
"""An operator, or a number with the name of what it is: ``number``, ``result``, ``stated``, ``due``, ``gap``."""
Line = list[Token]


class Way(NamedTuple):
    """One way to compute: what is written, and what it gives."""

    written: list[Token]
    value: Fraction


SUMS = {"sum", "table_sum", "share_total", "contribution", "repeat", "score", "balance"}
EQUALS = {"repeat", "balance", "table", "table_repeat", "unit", "stale"}


def written(check: Check, amounts: Sequence[Amount], lang: Lang) -> list[Line] | None:
    """The lines of the computation; None where the check computed nothing."""
    if check.computed is None or check.stated is None:
        return _compared(check, amounts)
    subject, others = amounts[0], list(amounts[1:])
    unit, computed = subject.unit, Decimal(check.computed)
    if len(others) == 1 and check.rule in EQUALS | {"target"}:
        sign = None if check.rule == "target" else _sign(check)
        return [_facing(subject, others[0], sign), *_gap(check, unit, lang)]
    together = check.rule in ("share_total", "score") and _all_alike(check)
    whole = list(amounts) if together else others
    # What parts must add up to is stated nowhere.
    stated: Token = ["due" if together else "stated", _told(check.stated, unit)]
    factor = subject.factor
    way = next((one for one in _ways(check.rule, whole) if _is(one.value, computed, factor)), None)
    result: Token = ["result", _told(check.computed, unit)]
    if way is None or len(way.written) == 1:
        return [[stated, _sign(check), result], *_gap(check, unit, lang)]
    return [[*way.written, "=", result], [_sign(check), stated], *_gap(check, unit, lang)]


def _all_alike(check: Check) -> bool:
    return len({operand.role for operand in check.operands}) == 1


def _told(number: str, unit: str) -> str:
    return shown(f"{number}{unit}" if unit in POINTS else f"{number} {unit}".strip())


def _sign(check: Check) -> str:
    if check.status == "fails":
        return "≠"
    return "=" if check.difference is None or not Decimal(check.difference) else "≈"


def _gap(check: Check, unit: str, lang: Lang) -> list[Line]:
    if check.difference is None or not Decimal(check.difference):
        return []
    number = check.difference.lstrip("-")
    return [["Δ", ["gap", gap(number, unit, lang) if unit in POINTS else _told(number, unit)]]]


def _is(value: Fraction, computed: Decimal, factor: Fraction) -> bool:
    """Whether a value in the base unit is the number that was computed, as far as that is written out."""
    exponent = computed.as_tuple().exponent
    step = Fraction(Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0))
    found, wanted = abs(value / factor), abs(Fraction(computed))
    return abs(found - wanted) <= step or abs(found - wanted) * 100_000 < wanted


# ── the ways ─────────────────────────────────────────────────────────────────────────────────────────────


def _ways(rule: str, others: Sequence[Amount]) -> Iterator[Way]:
    makers: list[Callable[[Sequence[Amount]], Iterator[Way]]] = [_sums, _pairs, _rates]
    for maker in makers if rule in SUMS else [_pairs, _rates, _sums]:
        yield from maker(others)


def _sums(others: Sequence[Amount]) -> Iterator[Way]:
    numbers = _numbers(others)
    values = [one.exact for one in others]
    plain: list[Token] = []
    for number in numbers:
        plain += ["+", number]
    yield Way(plain[1:], sum(values, Fraction(0)))
    if len(others) <= 6:
        for signs in range(1, 1 << (len(others) - 1)):
            chosen = [-1 if signs >> at & 1 else 1 for at in range(len(others) - 1)]
            line: list[Token] = [numbers[0]]
            for sign, number in zip(chosen, numbers[1:], strict=True):
                line += ["−" if sign < 0 else "+", number]
            yield Way(line, values[0] + sum(s * v for s, v in zip(chosen, values[1:], strict=True)))


def _pairs(others: Sequence[Amount]) -> Iterator[Way]:
    if len(others) != 2:
        return
    (one, other), (first, second) = _numbers(others), (others[0].exact, others[1].exact)
    # The amount of the change with the level after it, or the level with the one before.
    for level, base in ((["(", other, "−", one, ")"], second - first), (["(", other, "+", one, ")"], second + first)):
        if base:
            yield Way([one, "÷", *level], first / base)
    if second:
        yield Way([one, "÷", other], first / second)
        yield Way([one, "÷", other, "−", ["number", "1"]], first / second - 1)
    if first:
        yield Way([other, "÷", one], second / first)
    yield Way([one, "×", other], first * second)
    yield Way([one, "−", other], first - second)
    if second not in (-1, 0):
        yield Way(["(", "1", "+", one, ")", "÷", other, "−", "1"], (1 + first) / second - 1)
        yield Way(["(", "1", "+", one, ")", "÷", "(", "1", "+", other, ")", "−", "1"], (1 + first) / (1 + second) - 1)


def _rates(others: Sequence[Amount]) -> Iterator[Way]:
    """What has one number: an index of prices, an amount a day."""
    if len(others) != 1:
        return
    number, value = _numbers(others)[0], others[0].exact
    if others[0].unit == "%":
        yield Way([number, "−", "100%"], value - 1)
    for days in (365, 366, 12):
        yield Way([number, "÷", str(days)], value / days)


def _numbers(amounts: Sequence[Amount]) -> list[Token]:
    """The numbers as written; without their unit where all have the same."""
    units = {amount.unit for amount in amounts}
    bare = len(units) == 1 and not units & POINTS.keys()
    return [["number", _number(amount, bare)] for amount in amounts]


def _number(amount: Amount, bare: bool) -> str:
    raw, unit = amount.raw, amount.unit
    if bare and raw.endswith(unit) and raw[:1].isdigit():
        return shown(raw[: len(raw) - len(unit)] if unit else raw)
    return shown(raw if bare or raw.endswith(unit) else raw + unit)


# ── what is only compared ────────────────────────────────────────────────────────────────────────────────


def _facing(one: Amount, other: Amount, sign: str | None = None) -> Line:
    told = "=" if one.exact == other.exact else "<" if one.exact < other.exact else ">"
    (left, right) = (["number", _number(amount, False)] for amount in (one, other))
    return [left, sign or told, right]


def _compared(check: Check, amounts: Sequence[Amount]) -> list[Line] | None:
    """Two numbers that face each other; rates of the same thing with the amounts that they are rates of."""
    if check.status == "unclear":
        return None
    roles = [operand.role for operand in check.operands]
    if check.rule == "completion" and roles == ["rate", "actual"] * 2:
        return [_implied(rate, actual) for rate, actual in zip(amounts[::2], amounts[1::2], strict=True)]
    if check.rule == "stale" and len(amounts) == 4:
        return [_facing(amounts[0], amounts[2], "="), _facing(amounts[1], amounts[3], "≠")]
    if len(amounts) == 2 and amounts[0].base == amounts[1].base:
        return [_facing(amounts[0], amounts[1])]
    return None


def _implied(rate: Amount, actual: Amount) -> Line:
    value = Decimal(int(actual.exact / rate.exact / actual.factor * 100)) / 100 if rate.exact else Decimal(0)
    done, share = (["number", _number(amount, False)] for amount in (actual, rate))
    return [done, "÷", share, "=", ["result", _told(str(value), actual.unit)]]
