"""A number as it would be printed in the place of another."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from extractor.amounts.amount import Amount
from extractor.quantities import numerals, units


def write_like(value: Decimal, amount: Amount) -> str:
    """A number, in the unit of an amount, as it would be printed in its place: a cell has the unit of its table.

    Where the number of a claim has the same digits with another multiplier, it is that: 95685万元 for 95685元.
    """
    if amount.operand.table:
        return f"{value:f}{amount.unit}"
    if not amount.raw.endswith(amount.unit):
        return f"{value:f}"
    return _move_prefix(value, amount) or f"{value:f}{amount.unit}"


def _move_prefix(value: Decimal, amount: Amount) -> str | None:
    """The same digits with the multiplier that was left out of the unit, or without the one that is too much.

    None where other digits are meant, or there is no such multiplier.
    """
    digits = amount.raw.removesuffix(amount.unit)
    prefix, ratio = units.find_prefix(amount.unit), Fraction(value) / (Fraction(amount.value) or 1)
    names = {Fraction(number): name for name, number in numerals.table().groups.items()}
    if not prefix and ratio in names:
        return digits + names[ratio] + amount.unit
    if prefix and names.get(1 / ratio if ratio else ratio) == prefix:
        return digits + amount.unit.removeprefix(prefix)
    return None
