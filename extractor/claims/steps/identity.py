"""The canonical metric that a level is of, where the vocabulary knows it."""

from __future__ import annotations

from extractor.claims import vocabulary
from extractor.claims.context import Context
from extractor.claims.readings import Reading, Settled
from extractor.claims.steps.unit import is_bare
from extractor.model import Dimension

# What a number without a unit may be: an amount of money whose unit is stated elsewhere, or a ratio.
BARE: tuple[Dimension, ...] = ("money", "other")


def settle_identity(reading: Reading, context: Context) -> Settled[str | None]:
    """The id of the metric that a level measures, or that a change, a share or a rate is of.

    A number without a unit may be one of money, or a ratio.

    >>> from extractor.claims.trial import read_last
    >>> read_last("一般公共预算财政拨款收入总计52万元。").metric_id
    >>> read_last("财政拨款“三公”经费支出决算52万元。").metric_id
    'fiscal.three_public.total'
    >>> read_last("全市生产总值520亿元，增长5.6%。").metric_id
    'economy.gdp.total'
    """
    name, path = reading.name.metric, context.headings.path
    asked = (vocabulary.identify_metric(name, path, one) for one in _list_dimensions(reading))
    found = next(filter(None, asked), None)
    if not found:
        return Settled(None)
    return Settled(found, f"{vocabulary.FOLDER}/{found}")


def _list_dimensions(reading: Reading) -> tuple[Dimension | None, ...]:
    """In what the metric of a number may be measured; a change, a share or a rate tells nothing of it."""
    if reading.frame.kind != "level":
        return (None,)
    return BARE if is_bare(reading.quantity) else (reading.quantity.dimension,)
