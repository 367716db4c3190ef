"""The number in a cell: exact digits, sign and unit, or what the cell holds in its place."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

import regex

from extractor.tables import lexicon

# A longer cell is no number.
LONGEST = 40
DIGIT = regex.compile("[0-9]")
DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
PERCENT = {"％": "%", "﹪": "%"}

What = Literal["number", "empty", "words", "malformed"]


class Reading(NamedTuple):
    """What a cell holds; ``value`` and ``unit`` only for a number, ``unit`` empty where the cell names none."""

    what: What
    value: str | None = None
    unit: str = ""


EMPTY, WORDS, MALFORMED = Reading("empty"), Reading("words"), Reading("malformed")


@cache
def _expressions() -> tuple[regex.Pattern[str], ...]:
    return tuple(lexicon.expression("numbers", name) for name in ("number", "bracketed", "empty", "other", "malformed"))


def read(text: str) -> Reading:
    """What a cell of a table holds.

    >>> read("9,746.50"), read("（12.5）")[1:], read("99.86%")[1:]
    (Reading(what='number', value='9746.50', unit=''), ('-12.5', ''), ('99.86', '%'))
    >>> read("1,23.4").what, read("不少于3次").what, read("—").what
    ('malformed', 'words', 'empty')
    """
    text = text.strip().translate(DIGITS)
    if not text:
        return EMPTY
    if len(text) > LONGEST:
        return WORDS
    number, bracketed, empty, other, malformed = _expressions()
    if not DIGIT.search(text):
        return EMPTY if empty.fullmatch(text) else WORDS
    if other.fullmatch(text):
        return WORDS
    found = number.fullmatch(text) or bracketed.fullmatch(text)
    if found and (not found["unit"] or lexicon.is_unit(found["unit"])):
        return Reading("number", _value(found), PERCENT.get(found["unit"], found["unit"] or ""))
    return MALFORMED if malformed.fullmatch(text) else WORDS


def _value(found: regex.Match[str]) -> str:
    digits = lexicon.bare(found["digits"]).replace(",", "")
    return ("-" if found["minus"] else "") + ("0" if digits.startswith(".") else "") + digits
