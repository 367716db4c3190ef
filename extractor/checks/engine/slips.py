"""Whether one slip of the pen in one number explains why a relation does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from extractor.amounts.amount import Amount
from extractor.amounts.interval import Interval, rounded
from extractor.amounts.misprints import list_misprints
from extractor.checks.engine.bounds import list_kept, read_for
from extractor.checks.engine.compute import find_range
from extractor.checks.engine.formula import Formula
from extractor.checks.engine.inverse import Rests, find_allowed
from extractor.checks.engine.judge import Case

# What is open by more than this share of it is met by almost any slip.
TIGHT = Fraction(1, 50)
# Numbers of fewer digits are explained by a slip of almost anything.
FEWEST = 3
# Of so many numbers the slips are remembered: a relation that fails is asked of a dozen.
NUMBERS = 256


def is_stated_wrong(case: Case) -> bool:
    """Whether the number in question, but for one slip, is what the others give; they give nothing where one is 0."""
    stated = case.stated
    if stated is None or not stated.raw:
        return False
    try:
        return _has_slip(stated, find_range(case.formula, _read(case, lambda amount: amount.rounded)))
    except ZeroDivisionError:
        return False


def is_other_wrong(case: Case) -> bool:
    """Whether one of the other numbers, but for one slip, gives the number in question."""
    hulls, rests = _read(case, _find_reader(case.formula)), Rests()
    target = case.stated.rounded if case.stated is not None else list_kept(case.formula.bound or "==")
    return any(
        _has_slip(amount, find_allowed(case.formula, target, (role, at), hulls, rests))
        for role, at, amount in _list_others(case)
        if role in case.formula.roles
    )


def _list_others(case: Case) -> Iterator[tuple[str, int, Amount]]:
    for role, amounts in case.others.items():
        for at, amount in enumerate(amounts):
            yield role, at, amount


def _find_reader(formula: Formula) -> Callable[[Amount], Interval]:
    bound = formula.bound
    return (lambda amount: read_for(bound, amount)) if bound else (lambda amount: amount.rounded)


def _read(case: Case, read: Callable[[Amount], Interval]) -> dict[str, list[Interval]]:
    return {role: list(map(read, amounts)) for role, amounts in case.others.items()}


def _has_slip(amount: Amount, allowed: Interval) -> bool:
    """Whether a number with one digit changed, two exchanged or its point moved lies in what is allowed."""
    if not is_tight(allowed):
        return False
    return any(rounded(number, amount.factor).meets(allowed) for number in list_slips(amount))


def is_tight(allowed: Interval) -> bool:
    """Whether an interval is so narrow that few numbers lie in it by chance."""
    low, high = allowed.low, allowed.high
    if low is None or high is None:
        return False
    return high - low <= TIGHT * max(abs(low), abs(high))


def list_slips(amount: Amount) -> tuple[Decimal, ...]:
    """The numbers of which one slip of the pen makes the printed one; none for a number of few digits."""
    return _list_slips(f"{abs(amount.value):f}", amount.value.is_signed())


@lru_cache(NUMBERS)
def _list_slips(written: str, is_negative: bool) -> tuple[Decimal, ...]:
    """The same of a number as it is written: each relation that fails asks them of its numbers anew.

    >>> len(_list_slips("165.7", False)), _list_slips("0.16", False)
    (44, ())
    """
    if len(written.replace(".", "").lstrip("0")) < FEWEST:
        return ()
    found = (*map(Decimal, list_misprints(written)), *_move_point(Decimal(written)))
    return tuple(number.copy_negate() for number in found) if is_negative else found


def _move_point(value: Decimal) -> Iterable[Decimal]:
    """A number in the units that are mistaken for one another: 元 and 万元, 万元 and 亿元, ten times as much."""
    return (value.scaleb(places) for places in (-8, -4, -1, 1, 4, 8))


def measure_gap(stated: Fraction, computed: Fraction) -> Fraction:
    """How far two numbers are apart, as a share of the larger one; 1 for numbers of opposite signs."""
    largest = max(abs(stated), abs(computed))
    if stated * computed < 0:
        return Fraction(1)
    return abs(stated - computed) / largest if largest else Fraction(0)
