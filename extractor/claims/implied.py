"""Units that a number leaves out because the text around it has stated them."""

from __future__ import annotations

import msgspec

from extractor.model import Quantity
from extractor.quantities import units
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


def bare(quantity: Quantity) -> bool:
    """Whether a number has no unit at all, so that one stated elsewhere is meant."""
    return not quantity.unit and quantity.dimension == "count"
