"""What the written digits and the words beside them allow, exactly."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from extractor.model import Dimension

Interval = tuple[Decimal | None, Decimal | None]
Allows = Literal["from", "to", "about"]

# Things that come in ones: a whole number of them is exact. A measured or a rounded number is not.
WHOLE: frozenset[Dimension] = frozenset({"person", "household", "count", "age", "duration"})


def written(value: Decimal, factor: Decimal, dimension: Dimension, multiplied: bool) -> tuple[Decimal, Decimal]:
    """The interval that the digits allow under rounding, in the base unit.

    >>> written(Decimal("165.71"), Decimal(10000), "money", True)
    (Decimal('1657050.000'), Decimal('1657150.000'))
    >>> written(Decimal(4), Decimal(1), "count", False)
    (Decimal('4'), Decimal('4'))
    """
    decimals = count_decimals(value)
    is_counted = dimension in WHOLE and decimals == 0
    if is_counted and not multiplied:
        return value * factor, value * factor
    half = Decimal(5).scaleb(-decimals - 1)
    return (value - half) * factor, (value + half) * factor


def count_decimals(value: Decimal) -> int:
    """How many digits are written behind the decimal point.

    >>> count_decimals(Decimal("165.70")), count_decimals(Decimal("4"))
    (2, 0)
    """
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def allowed(low: Decimal, high: Decimal, exact: Decimal, words: Allows | None) -> Interval:
    """The interval ``low..high`` as far as the approximating words leave it closed; ``exact`` is the number itself."""
    if words is None:
        return low, high
    opened: dict[Allows, Interval] = {"from": (exact, None), "to": (None, exact), "about": (None, None)}
    return opened[words]
