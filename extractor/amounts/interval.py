"""Intervals of exact numbers: what printed digits allow, and what follows for sums, quotients and conversions.

A number printed with so many decimals stands for everything that rounds to it (``rounded``) or, where digits were
cut off, for everything that begins with it (``cut``). Numbers are fractions, so nothing is lost on the way; no
tolerance stands anywhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from math import gcd

from msgspec import Struct

Number = Fraction | Decimal | int
End = tuple[Fraction | None, bool]
"""An end of an interval, and whether it is left out itself."""


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
        low = _subtract_ends(self.low, other.high)
        high = _subtract_ends(self.high, other.low)
        return Interval(low, high, self.below or other.above, self.above or other.below)

    def __mul__(self, other: Interval) -> Interval:
        """The product; an open end of either leaves both ends open unless both are known not to be negative."""
        if _is_positive(self.low) and _is_positive(other.low):
            return Interval(_multiply_ends(self.low, other.low), _multiply_ends(self.high, other.high))
        mine, others = (self.low, self.high), (other.low, other.high)
        if None in (*mine, *others):
            return ANY
        products = [one * two for one in mine for two in others]  # type: ignore[operator]
        return Interval(min(products), max(products))

    def __truediv__(self, other: Interval) -> Interval:
        """The quotient; anything at all if the divisor may be 0."""
        if _is_positive(self.low) and other.low is not None and other.low.numerator > 0:
            return Interval(_divide_ends(self.low, other.high), _divide_ends(self.high, other.low))
        return ANY if other.may_be(0) else self * other._reciprocal()

    def _reciprocal(self) -> Interval:
        """One divided by an interval that does not hold 0; an open end becomes 0, and an end at 0 an open one.

        >>> exact(1) / Interval(Fraction(0), Fraction(1, 2), above=True)
        Interval(low=Fraction(2, 1), high=None, below=False, above=False)
        """
        return Interval(_invert_end(self.high), _invert_end(self.low))

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
    gap = _compare_ends(one.low, two.high)
    if not gap:
        return not (one.above or two.below)
    return gap < 0


def _compare_ends(one: Fraction, two: Fraction) -> int:
    """Less than, equal to or more than 0 as the first is than the second.

    Whole numbers: a Fraction asks at each comparison what it is compared with, and most time of checking went there.

    >>> _compare_ends(Fraction(1, 3), Fraction(1, 2)), _compare_ends(Fraction(2, 4), Fraction(1, 2))
    (-1, 0)
    """
    above, below = one.as_integer_ratio()
    other_above, other_below = two.as_integer_ratio()
    return above * other_below - other_above * below


def make_fraction(above: int, below: int) -> Fraction:
    """``above / below``, of whole numbers of which the second is more than 0.

    ``Fraction`` itself asks at each of the thousands that checking makes what it is made of, which takes most of its
    time; a test holds this to the same.

    >>> make_fraction(-4, 6), make_fraction(0, 5)
    (Fraction(-2, 3), Fraction(0, 1))
    """
    divisor = gcd(above, below)
    made = object.__new__(Fraction)
    made._numerator, made._denominator = above // divisor, below // divisor  # type: ignore[attr-defined]
    return made


def _add_ends(one: Fraction | None, two: Fraction | None) -> Fraction | None:
    """The sum of two ends; open where either is."""
    if one is None or two is None:
        return None
    above, below = one.as_integer_ratio()
    other_above, other_below = two.as_integer_ratio()
    return make_fraction(above * other_below + other_above * below, below * other_below)


def _subtract_ends(one: Fraction | None, two: Fraction | None) -> Fraction | None:
    """The difference of two ends; open where either is."""
    if one is None or two is None:
        return None
    above, below = one.as_integer_ratio()
    other_above, other_below = two.as_integer_ratio()
    return make_fraction(above * other_below - other_above * below, below * other_below)


def _is_positive(end: Fraction | None) -> bool:
    """Whether an interval that begins here has nothing below 0."""
    return end is not None and end.numerator >= 0


def _multiply_ends(one: Fraction | None, two: Fraction | None) -> Fraction | None:
    """The product of two ends; open where either is."""
    if one is None or two is None:
        return None
    return make_fraction(one.numerator * two.numerator, one.denominator * two.denominator)


def _divide_ends(one: Fraction | None, two: Fraction | None) -> Fraction | None:
    """The quotient of two ends, of which the second is more than 0; nothing by an open one, which has no limit."""
    if one is None:
        return None
    if two is None:
        return Fraction(0)
    return make_fraction(one.numerator * two.denominator, one.denominator * two.numerator)


def _negate_end(end: Fraction | None) -> Fraction | None:
    return None if end is None else -end


def _invert_end(end: Fraction | None) -> Fraction | None:
    """One divided by an end; what lies behind an end at 0, which is left out itself, has none."""
    if end is None:
        return Fraction(0)
    return 1 / end if end else None


ANY = Interval(None, None)


def exact(number: Number) -> Interval:
    """The interval of one number alone."""
    only = number if isinstance(number, Fraction) else Fraction(number)
    return Interval(only, only)


def rounded(value: Decimal, factor: Number = 1) -> Interval:
    """What the digits of ``value`` allow under rounding, times ``factor``."""
    steps, above, below = _count_steps(value, factor)
    return Interval(
        make_fraction((2 * steps - 1) * above, 2 * below), make_fraction((2 * steps + 1) * above, 2 * below)
    )


def cut(value: Decimal, factor: Number = 1) -> Interval:
    """What the digits of ``value`` allow if others were cut off behind them, times ``factor``.

    >>> cut(Decimal("-3.8"))
    Interval(low=Fraction(-39, 10), high=Fraction(-19, 5), below=False, above=True)
    """
    steps, above, below = _count_steps(value, factor)
    if value < 0:
        return Interval(make_fraction((steps - 1) * above, below), make_fraction(steps * above, below), above=True)
    return Interval(make_fraction(steps * above, below), make_fraction((steps + 1) * above, below), below=True)


def about(value: Decimal, factor: Number = 1) -> Interval:
    """What a number says that is only about right: as much as rounding to its last digit other than 0 allows.

    >>> about(Decimal("1200")), about(Decimal("13459")).may_be(Decimal("13460"))
    (Interval(low=Fraction(1150, 1), high=Fraction(1250, 1), below=False, above=False), False)
    """
    return rounded(value.normalize(), factor)


def over(value: Decimal, factor: Number = 1) -> Interval:
    """What a number says that is a little less than what is meant: by less than one of its last digit other than 0.

    >>> over(Decimal("1200")), over(Decimal("20")).may_be(30)
    (Interval(low=Fraction(1200, 1), high=Fraction(1300, 1), below=True, above=False), False)
    """
    return cut(value.normalize(), factor)


def join(one: Interval, other: Interval) -> Interval:
    """The smallest interval that holds both.

    >>> join(exact(1), Interval(Fraction(3), None))
    Interval(low=Fraction(1, 1), high=None, below=False, above=False)
    """
    if one is other:
        return one
    low, above = _choose_outer((one.low, one.above), (other.low, other.above), -1)
    high, below = _choose_outer((one.high, one.below), (other.high, other.below), 1)
    return Interval(low, high, below, above)


def _choose_outer(one: End, other: End, sign: int) -> End:
    """The outer one of two ends: the larger if ``sign`` is 1, the smaller if it is -1; an open one lies outside of all.

    Where they are one, it belongs to what they bound if either does.
    """
    if one[0] is None and other[0] is None:
        gap = 0
    elif one[0] is None or other[0] is None:
        return one if one[0] is None else other
    else:
        gap = sign * _compare_ends(one[0], other[0])
    if not gap:
        return one[0], one[1] and other[1]
    return one if gap > 0 else other


def total(parts: Iterable[Interval]) -> Interval:
    """The sum of several intervals."""
    summed = list(parts)
    low, high = _sum_ends(part.low for part in summed), _sum_ends(part.high for part in summed)
    return Interval(low, high, any(part.below for part in summed), any(part.above for part in summed))


def list_rests(parts: Sequence[Interval]) -> list[Interval]:
    """For each of several intervals the sum of all others, in time that grows with their number.

    >>> [rest.low for rest in list_rests([exact(1), exact(2), Interval(None, Fraction(5))])]
    [None, None, Fraction(3, 1)]
    """
    lows, highs = _sum_others([part.low for part in parts]), _sum_others([part.high for part in parts])
    below, above = sum(part.below for part in parts), sum(part.above for part in parts)
    return [
        Interval(low, high, below > part.below, above > part.above)
        for part, low, high in zip(parts, lows, highs, strict=True)
    ]


def _sum_others(ends: Sequence[Fraction | None]) -> list[Fraction | None]:
    """For each of several ends the sum of the others; open where one of these is."""
    closed, opened = add_up(end for end in ends if end is not None), ends.count(None)
    return [None if opened > (end is None) else _subtract_ends(closed, end or Fraction(0)) for end in ends]


def _sum_ends(ends: Iterable[Fraction | None]) -> Fraction | None:
    """The sum of several ends; open where one is."""
    closed: list[Fraction] = []
    for end in ends:
        if end is None:
            return None
        closed.append(end)
    return add_up(closed)


def add_up(numbers: Iterable[Fraction]) -> Fraction:
    """The sum of several numbers; those with one denominator are added up as whole numbers.

    >>> add_up([Fraction(1, 2), Fraction(1, 3), Fraction(3, 2)]), add_up([])
    (Fraction(7, 3), Fraction(0, 1))
    """
    sums: dict[int, int] = {}
    for number in numbers:
        above, below = number.as_integer_ratio()
        sums[below] = sums.get(below, 0) + above
    if len(sums) == 1:
        ((below, above),) = sums.items()
        return make_fraction(above, below)
    return sum((make_fraction(above, below) for below, above in sums.items()), Fraction(0))


def convert(value: Decimal, factor: Fraction) -> Fraction:
    """A written number times what takes it to its base unit.

    >>> convert(Decimal("1.5"), Fraction(10000)), convert(Decimal("-5"), Fraction(1, 100))
    (Fraction(15000, 1), Fraction(-1, 20))
    """
    above, below = value.as_integer_ratio()
    return make_fraction(above * factor.numerator, below * factor.denominator)


def _count_steps(value: Decimal, factor: Number) -> tuple[int, int, int]:
    """How many units of its last printed digit a number is, and what that unit is times ``factor``, as a fraction.

    Whole numbers all the way: every number of a report is read so.

    >>> _count_steps(Decimal("165.70"), 1), _count_steps(Decimal("1.2E+3"), Fraction(1, 3))
    ((16570, 1, 100), (12, 100, 3))
    """
    exponent = value.as_tuple().exponent
    places = exponent if isinstance(exponent, int) else 0
    number, divisor = value.as_integer_ratio()
    above, below = (factor if isinstance(factor, Fraction) else Fraction(factor)).as_integer_ratio()
    if places < 0:
        scale: int = 10**-places
        return number * scale // divisor, above, below * scale
    return number // 10**places, above * 10**places, below
