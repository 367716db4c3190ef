"""Heading markers: their family and their ordinal, in any of the scripts that number headings."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import regex
from msgspec import Struct

from extractor.sections import styles

ROMAN = {"I": 1, "V": 5, "X": 10}
# The markers of so many texts are kept: a paragraph is asked for its own five times, by one search after the other.
KEPT = 1024


class Marker(Struct, frozen=True):
    """A marker at ``start..end`` of a text; ``text`` is the marker as written."""

    family: str
    ordinal: int
    start: int
    end: int
    text: str


@lru_cache(KEPT)
def read_marker(text: str) -> Marker | None:
    """The marker that ``text`` begins with, white space aside.

    >>> read_marker("（三）改进建议。")
    Marker(family='chinese_parenthesis', ordinal=3, start=0, end=3, text='（三）')
    >>> read_marker("3.5万元") is None
    True
    """
    match = styles.load_marker().match(text, len(text) - len(text.lstrip()))
    return _make_marker(match) if match else None


def find_markers(text: str) -> Iterator[Marker]:
    """Every place in ``text`` that reads as a marker, in order."""
    return (_make_marker(match) for match in styles.load_marker().finditer(text))


def _make_marker(match: regex.Match[str]) -> Marker:
    family = next(name for name in styles.load_families() if match[name] is not None)
    return Marker(family, read_ordinal(match["number"]), match.start(), match.end(), match[0].strip())


def read_ordinal(numeral: str) -> int:
    """The value of a heading's number.

    >>> [read_ordinal(number) for number in ("十二", "二十", "十 二", "１２", "⑫", "XII", "㈩")]
    [12, 20, 12, 12, 12, 12, 10]
    """
    if numeral.isdecimal():
        return int(numeral)
    if numeral[0] in ROMAN:
        return _read_roman(numeral)
    return _read_chinese(numeral)


def _read_roman(numeral: str) -> int:
    total = 0
    values = [ROMAN[letter] for letter in numeral]
    for value, after in pairwise([*values, 0]):
        # A smaller letter in front of a larger one is taken away: IX is 9.
        total += -value if value < after else value
    return total


def _read_chinese(numeral: str) -> int:
    total, digit = 0, 0
    for character in "".join(numeral.split()):
        value = int(unicodedata.numeric(character))
        if value in (10, 100):
            total, digit = total + (digit or 1) * value, 0
        else:
            digit = value
    return total + digit
