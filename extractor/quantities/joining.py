"""Numbers that stand side by side and are one: ranges (3-5万元), coins (1元2角), halves (两米半)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache

import msgspec
import regex

from extractor import patterns
from extractor.quantities import numerals, units
from extractor.quantities.compounds import join_places
from extractor.quantities.interval import written
from extractor.quantities.model import Quantity

# What is said of a number that has no unit and needs one.
NO_UNIT = "no unit"
HALF = Decimal("0.5")


def join_numbers(text: str, found: list[Quantity]) -> list[Quantity]:
    """The quantities of a text with those that are written in several numbers as one.

    >>> from extractor.quantities import find
    >>> [(str(one.value), one.unit) for one in find("罚款1元2角，宽两米半，有2/3的企业。")]
    [('1.2', '元'), ('2.5', '米'), ('2', '/3')]
    """
    joined: list[Quantity] = []
    for quantity in found:
        if joined and quantity.start < joined[-1].end:
            continue
        extended = _extend(text, quantity)
        merged = _join_pair(text, joined[-1], extended) if joined else None
        if merged:
            joined.pop()
        joined.append(merged or extended)
    return joined


def _join_pair(text: str, low: Quantity, high: Quantity) -> Quantity | None:
    """Two neighbours as one, by the first of the ways in which they can be."""
    if low.dropped not in (None, NO_UNIT):
        return None
    for join in JOINERS:
        merged = join(text, low, high)
        if merged:
            return merged
    return None


@cache
def _load_words() -> dict[str, list[str]]:
    """The lists of ``patterns/vocabulary/numerals.toml``."""
    return numerals.table().words


# ── behind the unit ──────────────────────────────────────────────────────────────────────────────────────


def _extend(text: str, quantity: Quantity) -> Quantity:
    """A quantity with the half or the tenth that stands behind its unit: 两米半, 六倍半, 七成五."""
    if quantity.dropped or not quantity.unit or quantity.value_high is not None:
        return quantity
    half = _compile("half_behind").match(text, quantity.end)
    if half:
        return _add(quantity, HALF, half.end())
    tenth = _compile("tenth_behind").match(text, quantity.end - 1)
    if tenth:
        return _add(quantity, numerals.read(tenth["digit"]) / 10, tenth.end())
    return quantity


def _add(quantity: Quantity, more: Decimal, end: int) -> Quantity:
    """A quantity with a fraction of its unit more, which ends at ``end``."""
    return _set_value(quantity, quantity.value + more, end)


def _set_value(quantity: Quantity, value: Decimal, end: int, start: int | None = None) -> Quantity:
    """A quantity of another value in its unit."""
    interval = written(value, quantity.factor, quantity.dimension, bool(units.find_prefix(quantity.unit)))
    begins = quantity.start if start is None else start
    return msgspec.structs.replace(quantity, value=value, start=begins, end=end, interval=interval, dropped=None)


@cache
def _compile(name: str) -> regex.Pattern[str]:
    """A fragment of the numerals' file."""
    return patterns.fragment(numerals.FILE, name)


# ── bare multipliers ─────────────────────────────────────────────────────────────────────────────────────


def _is_bare(quantity: Quantity) -> bool:
    """Whether the unit of a quantity is a multiplier and nothing else."""
    return bool(quantity.unit) and not quantity.unit.strip(units.multipliers())


def _join_coins(text: str, low: Quantity, high: Quantity) -> Quantity | None:
    """123元1角1分 is 123.11元."""
    coin = _find_coin(text, low)
    if low.end != high.start or high.unit not in coin:
        return None
    return _set_value(low, low.value + high.value * coin[high.unit], high.end)


def _find_coin(text: str, low: Quantity) -> dict[str, Decimal]:
    """The coins that may follow an amount, by what it ends with."""
    coins = {word: Decimal(value) for word, value in numerals.table().coins.items()}
    is_money = low.unit == units.first("money").base
    return coins if is_money and text[low.end - 1] in (low.unit, *coins) else {}


def _join_fraction(text: str, low: Quantity, high: Quantity) -> Quantity | None:
    """2/3 is two of three parts, where the words around it say that it is no date."""
    if low.dropped != NO_UNIT or not _is_denominator(text, low, high):
        return None
    end = high.end if high.dropped == NO_UNIT else high.start + len(str(high.value))
    factor = 1 / high.value
    low_end, high_end = written(low.value, factor, "percent", False)
    return msgspec.structs.replace(
        low,
        end=end,
        unit=text[low.end : end],
        dimension="percent",
        base_unit="1",
        factor=factor,
        interval=(low_end, high_end),
        dropped=None,
    )


def _is_denominator(text: str, low: Quantity, high: Quantity) -> bool:
    """Whether a slash makes a fraction of two whole numbers: words of having in front, or of such a part behind."""
    if not _compile("slash").fullmatch(text, low.end, high.start) or not 0 < low.value < high.value:
        return False
    in_front = _compile("fraction_front").search(read_in_front(text, low.start))
    return bool(in_front or _compile("fraction_behind").match(text, high.end))


# ── ranges ───────────────────────────────────────────────────────────────────────────────────────────────


def _join_range(text: str, low: Quantity, high: Quantity) -> Quantity | None:
    """The range from ``low`` to ``high`` where the text between them says so, else None."""
    if not _is_joined(text, low, high):
        return None
    top = _share_parts(low, high)
    if top.dropped or _is_moved(text, low, top):
        return None
    high_value = abs(top.value) if text[high.start] in _load_words()["minus"] and low.end == high.start else top.value
    bottom = low.value * low.factor / _find_step(low, top) if low.unit else low.value
    return _stretch(low, top, bottom, high_value) if bottom < high_value else None


def _find_step(low: Quantity, top: Quantity) -> Decimal:
    """What a step of the upper end's unit is in that of the lower one: of the same things, or of a multiplier alone."""
    return numerals.multiplier(units.find_prefix(top.unit)) if _is_bare(low) else top.factor


def _is_joined(text: str, low: Quantity, high: Quantity) -> bool:
    """Whether what stands between two numbers makes a range of them; a dash may have been read as a minus."""
    between = text[low.end : high.start]
    if not between and text[high.start] in _load_words()["minus"]:
        between = text[high.start]
    return between in _load_words()["range"]


def _share_parts(low: Quantity, high: Quantity) -> Quantity:
    """The second number of 百分之十至十二, which is of the first one's parts; any other as it is."""
    if high.dropped != NO_UNIT or not low.unit.endswith(tuple(_load_words()["fraction"])):
        return high
    return msgspec.structs.replace(low, start=high.start, end=high.end, value=high.value, dropped=None)


def _is_moved(text: str, low: Quantity, high: Quantity) -> bool:
    """Whether two numbers are the ends of a change (由150元到173元), or of different things."""
    if low.unit and not _is_bare(low) and low.base_unit != high.base_unit:
        return True
    return read_in_front(text, low.start).endswith(tuple(_load_words()["origin"]))


def _stretch(low: Quantity, high: Quantity, bottom: Decimal, top: Decimal) -> Quantity:
    """The range from ``bottom`` to ``top``, in the unit of ``high``."""
    start, _ = written(bottom, high.factor, high.dimension, False)
    _, end = written(top, high.factor, high.dimension, False)
    return msgspec.structs.replace(
        high,
        start=low.start,
        value=bottom,
        value_high=top,
        interval=(start, end),
        dropped=None,
    )


# The characters in front of a number that may name or state it: the longest words that do are of five.
NEAR = 8


def read_in_front(text: str, start: int) -> str:
    """The characters in front of a number that may name or state it."""
    return text[max(0, start - NEAR) : start]


# The ways in which two neighbours are one; the first that applies wins.
JOINERS: tuple[Callable[[str, Quantity, Quantity], Quantity | None], ...] = (
    join_places,
    _join_coins,
    _join_fraction,
    _join_range,
)
