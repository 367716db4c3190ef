"""Intervals of exact numbers: what printed digits allow, and what follows for sums, quotients and conversions.

A number printed with so many decimals stands for everything that rounds to it (``rounded``) or, where digits were
cut off, for everything that begins with it (``cut``). Numbers are fractions, so nothing is lost on the way; no
tolerance stands anywhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

Number = Fraction | Decimal | int


class Interval(Struct, frozen=True):
    """All numbers from ``low`` to ``high``; None is an open end, ``below`` says that ``high`` itself is left out.

    >>> rounded(Decimal("165.71"), Fraction(10000))
    Interval(low=Fraction(1657050, 1), high=Fraction(1657150, 1), below=False, above=False)
    """

    low: Fraction | None
    high: Fraction | None
    below: bool = False
    above: bool = False
    """Whether ``low`` itself is left out: a negative number whose digits were cut."""

    def __add__(self, other: Interval) -> Interval:
        low = _add_ends(self.low, other.low)
        high = _add_ends(self.high, other.high)
        return Interval(low, high, self.below or other.below, self.above or other.above)

    def __neg__(self) -> Interval:
        return Interval(_negate_end(self.high), _negate_end(self.low), self.above, self.below)

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        """The product; an open end of either leaves both ends open unless both are known not to be negative."""
        mine, others = self._ends(), other._ends()
        if None in (*mine, *others):
            return self._open_product(other)
        products = [one * two for one in mine for two in others]  # type: ignore[operator]
        return Interval(min(products), max(products))

    def _ends(self) -> tuple[Fraction | None, Fraction | None]:
        return self.low, self.high

    def _open_product(self, other: Interval) -> Interval:
        low, others = self.low, other.low
        if low is None or others is None:
            return ANY
        if min(low, others) < 0:
            return ANY
        return Interval(low * others, _multiply_ends(self.high, other.high))

    def __truediv__(self, other: Interval) -> Interval:
        """The quotient; anything at all if the divisor may be 0."""
        return ANY if other.may_be(0) else self * other._reciprocal()

    def _reciprocal(self) -> Interval:
        """One divided by an interval that does not hold 0; an open end becomes 0."""
        low = Fraction(0) if self.high is None else 1 / self.high
        high = Fraction(0) if self.low is None else 1 / self.low
        return Interval(low, high)

    def may_be(self, number: Number) -> bool:
        """Whether ``number`` lies in the interval."""
        return self.meets(exact(number))

    def meets(self, other: Interval) -> bool:
        """Whether the two have a number in common.

        >>> rounded(Decimal("3.84")).meets(exact(Decimal("3.846"))), cut(Decimal("3.84")).meets(exact(Decimal("3.846")))
        (False, True)
        """
        return _reaches(self, other) and _reaches(other, self)


def _reaches(one: Interval, two: Interval) -> bool:
    """Whether ``one`` begins no later than ``two`` ends."""
    if one.low is None or two.high is None:
        return True
    if one.low == two.high:
        return not (one.above or two.below)
    return one.low < two.high


def _add_ends(one: Fraction | None, two: Fraction | None) -> Fraction | None:
    """The sum of two ends; open where either is."""
    if one is None or two is None:
        return None
    return one + two


def _multiply_ends(one: Fraction | None, two: Fraction | None) -> Fraction | None:
    """The product of two ends; open where either is."""
    if one is None or two is None:
        return None
    return one * two


def _negate_end(end: Fraction | None) -> Fraction | None:
    return None if end is None else -end


ANY = Interval(None, None)


def exact(number: Number) -> Interval:
    """The interval of one number alone."""
    return Interval(Fraction(number), Fraction(number))


def rounded(value: Decimal, factor: Number = 1) -> Interval:
    """What the digits of ``value`` allow under rounding, times ``factor``."""
    half, factor = Fraction(_step(value)) / 2, Fraction(factor)
    return Interval((Fraction(value) - half) * factor, (Fraction(value) + half) * factor)


def cut(value: Decimal, factor: Number = 1) -> Interval:
    """What the digits of ``value`` allow if others were cut off behind them, times ``factor``.

    >>> cut(Decimal("-3.8"))
    Interval(low=Fraction(-39, 10), high=Fraction(-19, 5), below=False, above=True)
    """
    step, factor = Fraction(_step(value)), Fraction(factor)
    if value < 0:
        return Interval((Fraction(value) - step) * factor, Fraction(value) * factor, above=True)
    return Interval(Fraction(value) * factor, (Fraction(value) + step) * factor, below=True)


def about(value: Decimal, factor: Number = 1) -> Interval:
    """What a number says that is only about right: as much as rounding to its last digit other than 0 allows.

    >>> about(Decimal("1200")), about(Decimal("13459")).may_be(Decimal("13460"))
    (Interval(low=Fraction(1150, 1), high=Fraction(1250, 1), below=False, above=False), False)
    """
    return rounded(value.normalize(), factor)


def total(parts: Iterable[Interval]) -> Interval:
    """The sum of several intervals."""
    whole = exact(0)
    for part in parts:
        whole = whole + part
    return whole


def _step(value: Decimal) -> Decimal:
    """One unit of the last printed digit.

    >>> _step(Decimal("165.70")), _step(Decimal("1035"))
    (Decimal('0.01'), Decimal('1'))
    """
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
