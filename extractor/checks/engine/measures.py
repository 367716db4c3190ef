"""The units of what a formula gives, as exponents of base units; one that adds what is not alike has none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from functools import cache

import msgspec
from msgspec import Struct

from extractor.amounts.amount import RATIO, Amount
from extractor.amounts.interval import exact
from extractor.checks.engine.formula import Call, Formula, Node, Number, Operation, join_sides
from extractor.quantities import units

BY = "/"
Measure = frozenset[tuple[str, int]]
NONE: Measure = frozenset()


class UnlikeError(ValueError):
    """Numbers of different units are added or compared."""


class Compound(Struct, frozen=True):
    """What takes a number of a compound unit to its base units, and what these are called together."""

    factor: Fraction
    base: str


@cache
def read_compound(unit: str) -> Compound | None:
    """A compound of two units that are known, in their base units; None for any other.

    >>> read_compound("吨/万元"), read_compound("元/人·月"), read_compound("万元")
    (Compound(factor=Fraction(1, 10), base='千克/元'), None, None)
    """
    above, sign, below = unit.partition(BY)
    if not sign or not (_is_known(above) and _is_known(below)):
        return None
    factor = Fraction(units.factor(above)) / Fraction(units.factor(below))
    return Compound(factor, f"{_find_base(above)}{BY}{_find_base(below)}")


def _is_known(unit: str) -> bool:
    return unit.lstrip(units.multipliers()) in units.readings()


def _find_base(unit: str) -> str:
    return units.meaning(unit.lstrip(units.multipliers())).base


def take_to_base(amount: Amount) -> Amount:
    """A number of a compound unit in the base units of its parts; any other as it is."""
    found = read_compound(amount.unit)
    if found is None or amount.base == found.base:
        return amount
    times = found.factor / amount.factor
    return msgspec.structs.replace(
        amount,
        base=found.base,
        factor=found.factor,
        rounded=amount.rounded * exact(times),
        cut=amount.cut * exact(times),
    )


def measure_base(base: str) -> Measure:
    """A base unit as exponents: nothing for a pure number.

    >>> sorted(measure_base("千克/元")), measure_base("1")
    ([('元', -1), ('千克', 1)], frozenset())
    """
    above, _, below = base.partition(BY)
    counted = Counter(dict.fromkeys(filter(None, (above,)), 1))
    counted.subtract(filter(None, (below,)))
    return _keep(counted)


def _keep(counted: Mapping[str, int]) -> Measure:
    return frozenset((unit, power) for unit, power in counted.items() if power and unit != RATIO)


def is_alike(formula: Formula, stated: Measure | None, measures: Mapping[str, Measure]) -> bool:
    """Whether a formula over roles of these measures gives what is stated; of a bound, whether its sides are alike."""
    try:
        found = _measure(join_sides(formula.left, formula.right), measures)
    except UnlikeError:
        return False
    return stated is None or found in (stated, None)


def _measure(node: Node, measures: Mapping[str, Measure]) -> Measure | None:
    """The measure of an expression; None for a number of the formula itself, which is of any in a sum."""
    if isinstance(node, Number):
        return None
    if isinstance(node, Call):
        return _measure(node.body, measures)
    if isinstance(node, Operation):
        return _combine(node, _measure(node.left, measures), _measure(node.right, measures))
    return measures[node.name]


def _combine(node: Operation, left: Measure | None, right: Measure | None) -> Measure | None:
    if node.sign in ("+", "-"):
        return _join_alike(left, right)
    if node.sign == "**":
        raise UnlikeError("a power has no unit that is told")
    counted = Counter(dict(left or NONE))
    for unit, power in right or NONE:
        counted[unit] += power if node.sign == "*" else -power
    return _keep(counted)


def _join_alike(left: Measure | None, right: Measure | None) -> Measure | None:
    """The measure of two numbers that are added: a number of the formula itself is of that of the other, or a ratio."""
    if left is None or right is None:
        return left if right is None else right
    if left != right:
        raise UnlikeError("numbers of different units are added")
    return left
