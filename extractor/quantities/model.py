"""What a number with its unit becomes."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct, field

from extractor.model import Dimension


class Quantity(Struct, frozen=True):
    """A number with its unit, at ``start..end`` of a text; ``number`` ends where the unit's words begin.

    ``value`` is the number as written, before its 万/亿 multiplier, which starts ``unit``; ``factor`` takes it to
    ``base_unit``. ``unit_implied`` is the unit of a number that writes none, where the text around it tells one.
    ``interval`` is in the base unit; None is an open end. ``dropped`` names the guard that says this is no quantity (a
    date, a number, a name); such a one is kept only for explanations.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    dimension: Dimension
    base_unit: str
    factor: Decimal
    value_high: Decimal | None = None
    approximation: str | None = None
    interval: tuple[Decimal | None, Decimal | None] = (None, None)
    evidence: tuple[str, ...] = field(default_factory=tuple)
    dropped: str | None = None
    unit_implied: str | None = None
