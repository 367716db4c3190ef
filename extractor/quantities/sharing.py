"""Units that a number leaves out because its neighbour has them: 分别为320、350万元."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import msgspec
import regex

from extractor import patterns
from extractor.quantities import numerals, units
from extractor.quantities.interval import written
from extractor.quantities.joining import NO_UNIT, read_in_front
from extractor.quantities.model import Quantity


def read_in_unit(quantity: Quantity, unit: str) -> Quantity:
    """A number read in ``unit``, which it leaves out: ``quantity.unit`` stays what is written."""
    meaning, factor = units.meaning(unit.lstrip(units.multipliers())), units.factor(unit)
    return msgspec.structs.replace(
        quantity,
        unit_implied=None if quantity.unit else unit,
        dimension=meaning.dimension,
        base_unit=meaning.base,
        factor=factor,
        interval=written(quantity.value, factor, meaning.dimension, True),
    )


def share_units(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """The quantities of a text, those of a series in the unit that its last number alone has.

    >>> from extractor.quantities import find
    >>> [(str(one.value), one.unit, one.unit_implied) for one in find("两年分别投入320、350万元，检查3、4号楼。")]
    [('320', '', '万元'), ('350', '万元', None)]
    >>> [one.unit_implied for one in find("拉动增长0.3、2.1个百分点。")]
    ['个百分点', None]
    """
    shared = list(found)
    for last, quantity in enumerate(found):
        first = _find_first(text, found, last)
        if first < last and (_is_measured(found[first]) or _is_in_turn(text, found[first])):
            shared[first:last] = [_read_in_turn(one, quantity) for one in found[first:last]]
    return _state_series(text, shared)


def _state_series(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """The quantities of a text, where the first number of a series is stated without a unit the others too.

    >>> from extractor.quantities import find
    >>> [str(one.value) for one in find("流动比率分别为1.33、1.03和0.99，详见4.2、5.1。") if not one.dropped]
    ['1.33', '1.03', '0.99']
    """
    stated: list[Quantity] = []
    for one in found:
        before = stated[-1] if stated else None
        goes_on = before and _is_stated(before) and one.dropped == NO_UNIT and _is_beside(text, before, one)
        stated.append(msgspec.structs.replace(one, dropped=None, evidence=()) if goes_on else one)
    return stated


def _is_stated(quantity: Quantity) -> bool:
    """Whether a number without a unit is a quantity, and none of another's unit."""
    return not quantity.dropped and not quantity.unit and not quantity.unit_implied


def _is_beside(text: str, one: Quantity, two: Quantity) -> bool:
    """Whether nothing but a mark of a series parts two numbers with as many decimals."""
    is_like = one.value.as_tuple().exponent == two.value.as_tuple().exponent
    return is_like and text[one.end : two.start].strip() in numerals.table().words["series"]


def _find_first(text: str, found: Sequence[Quantity], last: int) -> int:
    """Where the series begins that a number with a unit ends; its own place where it ends none."""
    first = last
    if found[last].dropped or not found[last].unit:
        return first
    while first and _is_joined(text, found[first - 1], found[first]):
        first -= 1
    return first


def _is_joined(text: str, one: Quantity, two: Quantity) -> bool:
    """Whether a number without a unit stands beside another one of its series."""
    return one.dropped == NO_UNIT and text[one.end : two.start].strip() in numerals.table().words["series"]


def _is_measured(first: Quantity) -> bool:
    """Whether a number is no ordinal: it has decimals."""
    return first.value % 1 != 0


def _is_in_turn(text: str, first: Quantity) -> bool:
    """Whether words in front of a series say that its numbers are of one kind."""
    return bool(_compile_turn().search(read_in_front(text, first.start)))


def _read_in_turn(quantity: Quantity, last: Quantity) -> Quantity:
    """A number of a series in the unit of its last one."""
    read = read_in_unit(quantity, last.unit)
    return msgspec.structs.replace(read, dropped=None, evidence=last.evidence[:1])


@cache
def _compile_turn() -> regex.Pattern[str]:
    """The words that hand out the numbers of a series."""
    return patterns.fragment(numerals.FILE, "in_turn")
