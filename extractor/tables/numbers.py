"""The number in a cell: exact digits, sign and unit, or what the cell holds in its place."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

import regex

from extractor.documents.spacing import INVISIBLE
from extractor.kept import compile_expression
from extractor.tables import lexicon

# A longer cell is no number: of 38,471 in the tables at hand the longest takes 37 characters.
LONGEST = 40
DIGIT = compile_expression("[0-9]")
# Digits of full width are digits; what shows nothing is none.
DIGITS = str.maketrans("０１２３４５６７８９", "0123456789", INVISIBLE)
# The percent sign in its other forms.
PERCENT = {"％": "%", "﹪": "%"}

What = Literal["number", "empty", "words", "malformed"]


class Reading(NamedTuple):
    """What a cell holds; ``value`` and ``unit`` only for a number, ``unit`` empty where the cell names none."""

    what: What
    value: str | None = None
    unit: str = ""


EMPTY, WORDS, MALFORMED = Reading("empty"), Reading("words"), Reading("malformed")


@lru_cache(lexicon.CELLS)
def read_cell(text: str) -> Reading:
    """What a cell of a table holds.

    >>> read_cell("9,746.50"), read_cell("（12.5）")[1:], read_cell("99.86%")[1:]
    (Reading(what='number', value='9746.50', unit=''), ('-12.5', ''), ('99.86', '%'))
    >>> read_cell("1,23.4").what, read_cell("不少于3次").what, read_cell("—").what
    ('malformed', 'words', 'empty')
    """
    text = text.strip().translate(DIGITS)
    if len(text) > LONGEST:
        return WORDS
    if not DIGIT.search(text):
        return WORDS if text and not lexicon.is_match("numbers", "empty", text) else EMPTY
    if lexicon.is_match("numbers", "other", text):
        return WORDS
    number = _read_number(text)
    if number:
        return number
    return MALFORMED if lexicon.is_match("numbers", "malformed", text) else WORDS


def _read_number(text: str) -> Reading | None:
    """The number that takes the whole of a cell, with its unit."""
    plain = lexicon.match_whole("numbers", "number", text)
    found = plain or lexicon.match_whole("numbers", "bracketed", text)
    if not found:
        return None
    unit = found["unit"] or ""
    if unit and not lexicon.is_unit(unit):
        return None
    return Reading("number", _spell_value(found), PERCENT.get(unit, unit))


def _spell_value(found: regex.Match[str]) -> str:
    """The digits as a plain decimal: ``-0.5`` for （.5）."""
    digits = lexicon.strip_space(found["digits"]).replace(",", "")
    if digits.startswith("."):
        digits = "0" + digits
    return "-" + digits if found["minus"] else digits
