"""When two annotators say the same: equal amounts, metrics that name one thing, the same heading."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from functools import cache

import regex

from extractor import patterns
from extractor.evaluation.annotation import Mention
from extractor.quantities import numerals, units

Amount = tuple[Decimal | None, str]

# Annotators cut the words of one thing differently: 发放救助金, 向困难家庭发放救助金. By characters alone these would
# differ, so a phrase that holds the other in order, ends in the same two characters and is not much longer is the same.
SAME = Fraction(7, 10)
HEAD = 2
LONGER = Fraction(4, 10)
# The beginning of a period that must be found again: a year, or what stands in its place.
PERIOD = 4


@cache
def _skipped() -> regex.Pattern[str]:
    """The characters that make no difference: marks, space and function words."""
    file = "messages/evaluation"
    return patterns.compiled(f"{file}.skipped", str(patterns.lexicon(file)["skipped"]))


def core(text: str | None) -> str:
    """The characters that make a difference.

    >>> core("（一）收入、支出的决算情况")
    '一收入支出决算情况'
    """
    return str(_skipped().sub("", text or ""))


def bare(mention: Mention) -> bool:
    """Whether it is a number alone in the cell of a table, which is table data."""
    return bool(mention.cell) and not mention.unit and not any(map(str.isalpha, mention.raw))


def amounts(mention: Mention) -> set[Amount]:
    """What the mention may amount to, in its base unit: by its own unit, and by the one stated elsewhere."""
    names = {mention.unit, mention.unit_implied or ""} - {""} or {""}
    return {amount(mention.value, name) for name in names}


@cache
def amount(value: str, unit: str) -> Amount:
    """The value in the base unit; None for what is no number.

    >>> amount("23.5", "亿元") == amount("235000", "万元"), amount("10.4", "百分之") == amount("10.4", "%")
    (True, True)
    >>> amount("5", "%") == amount("5", "个百分点"), amount("1200", "亿斤")[0] == 60_000_000_000
    (False, True)
    """
    factor, base = _base("".join(unit.split()))
    separators = {ord(mark): None for mark in numerals.table().words["separator"]}
    try:
        return Decimal(value.translate(separators)) * factor, base
    except ArithmeticError:
        return None, base


def _base(unit: str) -> tuple[Decimal, str]:
    """The factor of a unit and its base unit; multipliers in front of it belong to the factor."""
    word = unit
    while word and word not in units.readings() and word[0] in units.multipliers():
        word = word[1:]
    multiplier = numerals.multiplier(unit[: len(unit) - len(word)])
    if word in numerals.table().words["fraction"]:
        return 1 / multiplier, "1"
    meaning = units.meaning(word) if word else None
    return (multiplier * meaning.factor, meaning.base) if meaning else (multiplier, "1")


def metric(got: Mention, gold: Mention) -> Fraction:
    """How well ``got`` names what ``gold`` measures, best over the readings of ``gold``: 0 to 1."""
    return max(_phrase(got.metric, reading) for reading in (gold.metric, *gold.metric_alt))


def _phrase(got: str | None, gold: str | None) -> Fraction:
    """The F1 of the characters; at least SAME where one phrase is the other with more words before its head."""
    found, wanted = core(got), core(gold)
    common = (Counter(found) & Counter(wanted)).total()
    likeness = Fraction(2 * common, len(found) + len(wanted)) if common else Fraction(0)
    short, long = sorted((found, wanted), key=len)
    rest = iter(long)
    close = len(short) >= HEAD and len(short) >= LONGER * len(long) and short[-HEAD:] == long[-HEAD:]
    return max(likeness, SAME) if close and all(char in rest for char in short) else likeness


def section(got: Mention, gold: Mention) -> bool:
    """Whether the innermost headings agree; a run-in heading may be cut sooner or later."""
    if not gold.section or not got.section:
        return not gold.section and not got.section
    found, wanted = core(got.section[-1]), core(gold.section[-1])
    return bool(found) and (found.startswith(wanted) or wanted.startswith(found))


def period(got: Mention, gold: Mention) -> bool:
    """Whether the beginning of the period of ``gold`` stands in that of ``got``."""
    return core(gold.period)[:PERIOD] in core(got.period)
