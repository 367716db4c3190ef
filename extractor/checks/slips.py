"""Slips of the pen: one wrong digit, or two neighbouring digits exchanged, explains why numbers do not add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from extractor.checks.book import Amount

# A slip is looked for where the gap is at most this share of the total: larger ones are parts left out.
NEAR = Fraction(1, 50)


def is_slip(whole: Amount, parts: Sequence[Amount]) -> bool:
    """Whether changing one digit, or exchanging two neighbouring ones, of one number makes the parts the total."""
    gap = whole.exact - sum((part.exact for part in parts), Fraction(0))
    if not gap or abs(gap) > NEAR * abs(whole.exact):
        return False
    wanted = [(whole, whole.exact - gap), *((part, part.exact + gap) for part in parts)]
    return any(_slips(amount, number) for amount, number in wanted)


def _slips(amount: Amount, wanted: Fraction) -> bool:
    """Whether ``wanted`` is the number as written but for one slip."""
    number = wanted / amount.factor
    return any(Fraction(other) == number for other in _misprints(f"{amount.value:f}"))


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
