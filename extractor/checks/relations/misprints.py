"""Slips of the pen: what one wrong stroke in one number explains when numbers do not add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from extractor.amounts.amount import Amount
from extractor.amounts.interval import about, rounded

# A slip explains a gap by chance in one case of so many; more often than that it says nothing.
RARE = 25
# What a 万 that was left out makes of a number.
MYRIAD = 10_000


def is_slip(whole: Amount, parts: Sequence[Amount]) -> bool:
    """Whether one slip in one of the numbers explains why the parts are not the total.

    A slip is a wrong digit, two neighbouring digits exchanged, a figure rounded, or a 万 left out. Among few possible
    gaps chance would find one too: the total must have so many more values than there are slips to try.
    """
    gap = whole.exact - sum((part.exact for part in parts), Fraction(0))
    if not gap:
        return False
    wanted = [(whole, whole.exact - gap), *((part, part.exact + gap) for part in parts)]
    if any(_lost_unit(amount, number) for amount, number in wanted):
        return True
    slips = sum(len(set(_misprints(_digits(amount)))) for amount, _ in wanted)
    values = abs(whole.exact) / min(amount.step for amount, _ in wanted)
    return values >= RARE * slips and any(_slips(amount, number) for amount, number in wanted)


def _lost_unit(amount: Amount, wanted: Fraction) -> bool:
    return bool(amount.exact) and wanted == amount.exact * MYRIAD


def _digits(amount: Amount) -> str:
    return f"{amount.value:f}"


def _slips(amount: Amount, wanted: Fraction) -> bool:
    """Whether ``wanted`` is the number as written but for one slip, or rounds to it."""
    number = wanted / amount.factor
    if any(Fraction(other) == number for other in _misprints(_digits(amount))):
        return True
    return amount.value != 0 and about(amount.value).may_be(number) and not rounded(amount.value).may_be(number)


def _misprints(digits: str) -> Iterator[str]:
    """The numbers that one slip makes of another.

    >>> sorted(_misprints("12"))[:5]
    ['02', '10', '11', '13', '14']
    """
    for at, digit in enumerate(digits):
        if digit.isdigit():
            yield from (digits[:at] + other + digits[at + 1 :] for other in "0123456789" if other != digit)
            after = digits[at + 1 : at + 2]
            if after.isdigit() and after != digit:
                yield digits[:at] + after + digit + digits[at + 2 :]
