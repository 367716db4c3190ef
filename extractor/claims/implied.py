"""Units that a number leaves out because the text around it has stated them."""

from __future__ import annotations

import msgspec

from extractor.model import Quantity
from extractor.quantities import numerals, units
from extractor.quantities.interval import written


def in_unit(quantity: Quantity, unit: str) -> Quantity:
    """A bare number read in ``unit`` (决算数为814.37 where the text counts in 万元); ``quantity.unit`` stays empty."""
    meaning, factor = units.meaning(unit.lstrip(units.multipliers())), units.factor(unit)
    return msgspec.structs.replace(
        quantity,
        dimension=meaning.dimension,
        base_unit=meaning.base,
        factor=factor,
        interval=written(quantity.value, factor, meaning.dimension, True),
    )


def amounts(quantities: list[Quantity]) -> list[Quantity]:
    """The numbers in 万 or 亿 alone as money, where the same text counts money (总预算1170万元，其中设备870万)."""
    if not any(quantity.dimension == "money" for quantity in quantities):
        return quantities
    yuan = units.first("money").base
    return [in_unit(quantity, quantity.unit + yuan) if _multiplied(quantity) else quantity for quantity in quantities]


def rates(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """The numbers that lost their percent sign (增长13.95。) as percentages; their ``unit`` stays empty."""
    percent = units.first("percent")
    return [in_unit(quantity, _spelled(percent)) if _lost_sign(text, quantity) else quantity for quantity in quantities]


def _spelled(reading: units.Reading) -> str:
    """The first word of a unit."""
    return units.entries()[reading.pattern].words[0]


def _lost_sign(text: str, quantity: Quantity) -> bool:
    words = tuple(numerals.table().words["rates"])
    return bare(quantity) and text[: quantity.start].endswith(words)


def lost_sign(quantity: Quantity) -> str | None:
    """The unit of a percentage that is written without one."""
    written = quantity.unit or quantity.dimension != "percent" or quantity.factor == 1
    return None if written else _spelled(units.first("percent"))


def _multiplied(quantity: Quantity) -> bool:
    """Whether a number has a multiplier for its only unit."""
    return quantity.dimension == "count" and bool(quantity.unit) and not quantity.unit.strip(units.multipliers())


def is_pure(metric: str | None) -> bool:
    """Whether numbers of this name have no unit, so that none is meant.

    >>> is_pure("项目容积率"), is_pure("支出决算数")
    (True, False)
    """
    return (metric or "").endswith(tuple(numerals.table().words["pure"]))


def bare(quantity: Quantity) -> bool:
    """Whether a number has no unit at all, so that one stated elsewhere is meant."""
    return not quantity.unit and quantity.dimension == "count"
