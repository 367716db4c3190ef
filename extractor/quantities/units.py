"""The units of ``patterns/units`` and how a compound of them is read."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import regex
from msgspec import Struct, field

from extractor import patterns
from extractor.alternatives import alternation
from extractor.model import Dimension
from extractor.quantities import numerals


class Unit(Struct, frozen=True, forbid_unknown_fields=True):
    """One entry: spellings of units with the same base unit and factor.

    ``base`` empty means that each word is its own base unit. ``except`` gives, per word, what must not follow it.
    ``noun_follows`` says that what is counted stands behind. ``alone``, ``dated`` and ``nouns`` are words of the
    entry that lists of the vocabulary leave out or take.
    """

    words: list[str]
    dimension: Dimension
    base: str
    factor: Decimal = Decimal(1)
    exceptions: dict[str, str] = field(default_factory=dict, name="except")
    noun_follows: bool = False
    alone: list[str] = []
    dated: list[str] = []
    nouns: list[str] = []


class Reading(Struct, frozen=True):
    """What a unit's word means: its dimension, base unit, factor and the pattern that knows it."""

    dimension: Dimension
    base: str
    factor: Decimal
    pattern: str


@cache
def entries() -> dict[str, Unit]:
    """Every unit pattern by its full name."""
    return patterns.load("units", Unit)


@cache
def readings() -> dict[str, Reading]:
    """Every unit word and what it means."""
    found: dict[str, Reading] = {}
    for key, unit in entries().items():
        for word in unit.words:
            found[word] = Reading(unit.dimension, unit.base or word, unit.factor, key)
    return found


@cache
def expression() -> str:
    """An expression that matches one unit word, the longest first, unless its exception follows."""
    words: list[str] = []
    unless: dict[str, str] = {}
    for unit in entries().values():
        words += unit.words
        unless |= unit.exceptions
    return alternation(words, unless)


@cache
def multipliers() -> str:
    """The characters that may stand as a multiplier in front of a unit's word."""
    return "".join([*numerals.table().places, *numerals.table().groups])


@cache
def amounts() -> tuple[str, ...]:
    """The words in front of a bare 万 that make it money (接待支出0.39万)."""
    return tuple(patterns.lexicon("units/money")["amounts"])


@cache
def people() -> regex.Pattern[str]:
    """The words behind a bare 万 that make it people (71.3万监测对象)."""
    names = patterns.lexicon("units/people")
    return patterns.compiled("units/people.followed", str(names["followed"]), names)


@cache
def first(dimension: Dimension) -> Reading:
    """The first unit of a dimension, as written in the pattern files."""
    alike = (reading for reading in readings().values() if reading.dimension == dimension)
    return next(alike)


def find_prefix(unit: str) -> str:
    """The multiplier in front of a unit; none where it is a part of its word.

    >>> find_prefix("万元"), find_prefix("千瓦"), find_prefix("万千瓦")
    ('万', '', '万')
    """
    if unit in readings():
        return ""
    prefix = unit.removesuffix(unit.lstrip(multipliers()))
    return next((prefix[:size] for size in range(len(prefix)) if unit[size:] in readings()), prefix)


def factor(unit: str) -> Decimal:
    """What takes a number in ``unit`` to its base unit: 10000 for 万元."""
    word = unit.lstrip(multipliers())
    multiplier = numerals.multiplier(unit.removesuffix(word))
    return multiplier * meaning(word).factor if word else multiplier


def meaning(unit: str) -> Reading:
    """What a unit means; a compound (元/人·月) keeps the dimension of its first part and itself as base unit.

    >>> meaning("平方公里").factor, meaning("元/平方米").base
    (Decimal('1000000'), '元/平方米')
    """
    known = readings().get(unit)
    if known:
        return known
    part = read_first_part(unit)
    return Reading(part.dimension, unit, Decimal(1), part.pattern)


def read_first_part(unit: str) -> Reading:
    """What the longest known word at the front of a compound means; a ratio of numbers has none (102.5:100)."""
    for cut in range(len(unit) - 1, 0, -1):
        if unit[:cut] in readings():
            return readings()[unit[:cut]]
    return Reading("other", "", Decimal(1), "units/ratio")
