"""An Amount: a number that takes part in computations, whether a claim states it or a cell holds it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property

import msgspec
from msgspec import Struct

from extractor.amounts.interval import Interval, convert, cut, exact, join, make_fraction, rounded
from extractor.model import Operand
from extractor.quantities import units
from extractor.quantities.scan import lists

# A computed number is shown with so many digits more than the stated one has: enough to tell rounding from cutting.
EXTRA_DIGITS = 2
# The base unit of shares and rates, and the signs of their parts.
RATIO, PERCENT = "1", Fraction(1, 100)
PARTS = {PERCENT: "%", Fraction(1, 1000): "‰"}


class Amount(Struct, frozen=True, dict=True):
    """A number that takes part in checks: a claim's, or a cell's of a table.

    ``value`` is the number as written, in ``unit``; ``factor`` takes it to ``base``. ``rounded`` and ``cut`` are what
    its digits allow in the base unit. ``page`` and ``heading`` say where it stands; ``label`` what it is of. ``vague``
    numbers are given as approximate ones, ``counted`` ones are of things that come in ones. ``doubtful`` ones were
    recognised from a picture, and not surely: a digit of theirs may be another. ``scope`` has the facets that make it
    another thing.
    """

    operand: Operand
    start: int
    end: int
    raw: str
    value: Decimal
    unit: str
    base: str
    factor: Fraction
    rounded: Interval
    cut: Interval
    label: str
    page: int | None
    heading: str
    vague: bool = False
    counted: bool = False
    doubtful: bool = False
    scope: frozenset[tuple[str, str]] = frozenset()

    @cached_property
    def exact(self) -> Fraction:
        """The number itself in the base unit."""
        return convert(self.value, self.factor)

    @cached_property
    def reach(self) -> Interval:
        """What the number may be, rounded or cut."""
        return join(self.rounded, self.cut)

    @cached_property
    def sign(self) -> str:
        """The unit of numbers computed beside it: its own, or % where its words are a fraction, as in 四分之一."""
        if self.base != RATIO:
            return self.unit
        is_fraction = self.unit.endswith(tuple(lists()["fraction"]))
        return PARTS.get(self.factor) or (PARTS[PERCENT] if is_fraction else self.unit)

    @cached_property
    def scale(self) -> Fraction:
        """What takes a number of its unit to its ``sign``: 25 for quarters told in percent."""
        return next((self.factor / part for part, sign in PARTS.items() if sign == self.sign), Fraction(1))

    @cached_property
    def figures(self) -> tuple[str, str]:
        """The digits in front of the point and behind it, without a sign."""
        whole, _, decimals = f"{abs(self.value):f}".partition(".")
        return whole, decimals

    @property
    def exponent(self) -> int:
        """The power of ten of the last printed digit: -2 for 165.71."""
        exponent = self.value.as_tuple().exponent
        return exponent if isinstance(exponent, int) else 0

    @cached_property
    def step(self) -> Fraction:
        """One unit of the last printed digit, in the base unit; of a whole number that is one."""
        above, below = self.factor.as_integer_ratio()
        return make_fraction(above, below * 10 ** max(0, -self.exponent))


def read_in_unit(amount: Amount, unit: str) -> Amount:
    """An amount without a unit, read in ``unit``."""
    factor = Fraction(units.factor(unit))
    return msgspec.structs.replace(
        amount,
        unit=unit,
        base=find_base(unit),
        factor=factor,
        rounded=rounded(amount.value, factor),
        cut=cut(amount.value, factor),
    )


def negate(amount: Amount) -> Amount:
    """A number with the other sign."""
    return msgspec.structs.replace(amount, value=-amount.value, rounded=-amount.rounded, cut=-amount.cut)


def share_unit(amounts: Sequence[Amount]) -> list[Amount]:
    """Some amounts, those without a unit in that of the others."""
    unit = next((amount.unit for amount in amounts if amount.unit), None)
    return [read_in_unit(amount, unit) if unit and not amount.unit else amount for amount in amounts]


@cache
def find_base(unit: str) -> str:
    """The base unit of a unit, multipliers in front of it left aside: 元 of 万元; nothing for no unit."""
    return units.meaning(unit.lstrip(units.multipliers())).base if unit else ""


def take_as_written(amount: Amount) -> Amount:
    """An amount by its digits alone, whatever its words allow: 8万元 of 8万元以内."""
    value, factor = amount.value, amount.factor
    return msgspec.structs.replace(amount, rounded=rounded(value, factor), cut=cut(value, factor), vague=False)


def take_exactly(amount: Amount) -> Amount:
    """An amount whose digits stand for nothing but themselves."""
    if amount.raw and amount.rounded.low == amount.rounded.high:
        return amount
    only = exact(amount.exact)
    return msgspec.structs.replace(amount, rounded=only, cut=only)


def write_number(number: Fraction, decimals: int) -> str:
    """A number of any width with at most so many decimals, half of the last one rounded up, without zeros behind them.

    >>> write_number(Fraction(1, 3), 4), write_number(Fraction(1000), 2), write_number(Fraction(-1, 1000), 2)
    ('0.3333', '1000', '0')
    >>> write_number(Fraction(10**40, 3), 1)
    '3333333333333333333333333333333333333333.3'
    """
    return _write_quotient(*number.as_integer_ratio(), decimals)


def _write_quotient(above: int, below: int, decimals: int) -> str:
    """The same of a number that is given as a fraction, which need not be in lowest terms."""
    scale: int = 10 ** abs(decimals)
    size = abs(above)
    size, below = (size * scale, below) if decimals > 0 else (size, below * scale)
    units = (2 * size + below) // (2 * below)
    sign = "-" if above < 0 and units else ""
    if decimals <= 0:
        return f"{sign}{units * 10**-decimals}"
    digits = str(units).zfill(decimals + 1)
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}".rstrip("0").rstrip(".")


def write_in_unit(number: Fraction, amount: Amount) -> str:
    """A number of the base unit as it would be written in the unit of ``amount``."""
    above, below = number.as_integer_ratio()
    factor_above, factor_below = amount.factor.as_integer_ratio()
    return _write_quotient(above * factor_below, below * factor_above, EXTRA_DIGITS - amount.exponent)


def tell_in_sign(number: str, amount: Amount) -> str:
    """A number computed beside an amount, written in its unit, as a reader is told it: in its ``sign``."""
    return number if amount.scale == 1 else write_number(Fraction(number) * amount.scale, EXTRA_DIGITS)
