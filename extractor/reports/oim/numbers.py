"""The numbers of a claim as exact decimals, and how exactly each is told."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import MAX_PREC, Context, Decimal
from fractions import Fraction

from msgspec import Struct

from extractor.model import Claim
from extractor.quantities import units

BOUNDS = ("low", "high")
# Digits of a document are multiplied by a factor of a few digits: nothing is ever rounded.
_EXACT = Context(prec=MAX_PREC)


class Number(Struct, frozen=True):
    """``value`` in the unit of the fact; ``decimals`` as XBRL has them, None for a number that is exact.

    ``bound`` is the end of a range that it is, None for a number that stands alone.
    """

    value: str
    decimals: int | None
    bound: str | None = None


def list_numbers(claim: Claim) -> Iterator[Number]:
    """The number of a claim, or both ends of a range."""
    value = claim.base_value or claim.value
    if claim.value_high is None:
        yield Number(value, count_decimals(claim))
        return
    for bound, end, reach in zip(BOUNDS, (value, _convert(claim, claim.value_high)), claim.interval, strict=True):
        yield Number(end, find_decimals(2 * abs(Fraction(end) - Fraction(reach or end))), bound)


def _convert(claim: Claim, value: str) -> str:
    """Another value of a claim in the unit of its first."""
    factor = units.factor(claim.unit or claim.unit_implied or "") if claim.base_value else Decimal(1)
    return f"{_EXACT.multiply(Decimal(value), factor):f}"


def count_decimals(claim: Claim) -> int | None:
    """To how many decimals the number is certain by what its digits and words allow; None where it is exact.

    The bound that words set (a hundred at least) is exact: what is uncertain is the number beyond.

    -2 says that it is the true one to within 50: 165.71 in ten thousands has its last digit at the hundreds.
    """
    low, high = claim.interval
    if low is None and high is None:
        return _count_written(claim)
    if low is None or high is None or claim.base_value is None:
        return None
    number = Fraction(claim.base_value)
    return find_decimals(2 * max(number - Fraction(low), Fraction(high) - number))


def _count_written(claim: Claim) -> int:
    """The decimals of the digits alone, for words that set no bounds (约)."""
    exponent = Decimal(claim.value).as_tuple().exponent
    step = Fraction(10) ** (exponent if isinstance(exponent, int) else 0)
    return find_decimals(step * Fraction(_convert(claim, "1"))) or 0


def find_decimals(width: Fraction) -> int | None:
    """The most decimals whose last place is at least as wide; None for no width.

    >>> find_decimals(Fraction(100)), find_decimals(Fraction("0.001")), find_decimals(Fraction(667)), find_decimals(0)
    (-2, 3, -3, None)
    """
    if width <= 0:
        return None
    decimals = len(str(width.denominator)) - len(str(width.numerator // 1)) + 1
    while Fraction(10) ** -decimals < width:
        decimals -= 1
    return decimals
