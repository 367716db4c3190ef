"""Numbers in digits that are written by their places: 1亿2345万6789元, 3万5千元."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from extractor.quantities import numerals, units
from extractor.quantities.interval import Interval, count_decimals
from extractor.quantities.model import Quantity

# A single digit behind 万 may be a number of its own.
DIGITS = 2


def join_places(text: str, high: Quantity, low: Quantity) -> Quantity | None:
    """The number of which ``high`` is the part in front and ``low`` what is left, else None."""
    if high.dropped or low.dropped or not _is_continued(text, high, low):
        return None
    prefix = units.find_prefix(low.unit)
    group, place = numerals.multiplier(high.unit), numerals.multiplier(prefix)
    is_single = not prefix and low.value < 10 ** (DIGITS - 1)
    if is_single or low.value * place >= group:
        return None
    return _add(high, low, high.value * group / place)


def _is_continued(text: str, high: Quantity, low: Quantity) -> bool:
    """Whether a whole number in digits ends with 万 or 亿 where another one begins, in digits or in words."""
    if high.end != low.start or low.value < 0:
        return False
    return text[high.start].isdecimal() and _is_group(text[high.start : high.end], high)


def _is_group(words: str, high: Quantity) -> bool:
    """Whether a number ends with 万 or 亿 and has neither a fraction nor a word that makes it less exact there."""
    if not high.unit or not words.endswith(high.unit) or count_decimals(high.value):
        return False
    return numerals.table().groups.keys() >= set(high.unit)


def _add(high: Quantity, low: Quantity, more: Decimal) -> Quantity:
    """``low`` with ``more`` of its unit in front of it."""
    return msgspec.structs.replace(
        low,
        start=high.start,
        value=low.value + more,
        interval=_find_interval(high, low, more * low.factor),
        approximation=low.approximation or high.approximation,
    )


def _find_interval(high: Quantity, low: Quantity, more: Decimal) -> Interval:
    """What ``low`` allows with ``more`` in front of it; an end that is open to ``high`` is open."""
    exact = low.value * low.factor
    start, end = low.interval
    if None in high.interval:
        start, end = (None if end is None else exact for end in high.interval)
    return (None if start is None else start + more, None if end is None else end + more)
