"""Heading markers: their family and their ordinal, in any of the scripts that number headings."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

import regex

from extractor.sections import styles

ROMAN = {"I": 1, "V": 5, "X": 10}


class Marker(NamedTuple):
    """A marker at ``start..end`` of a text; ``text`` is the marker as written."""

    family: str
    ordinal: int
    start: int
    end: int
    text: str


def at_start(text: str) -> Marker | None:
    """The marker that ``text`` begins with, white space aside.

    >>> at_start("（三）改进建议。")
    Marker(family='chinese_parenthesis', ordinal=3, start=0, end=3, text='（三）')
    >>> at_start("3.5万元") is None
    True
    """
    match = styles.marker().match(text, len(text) - len(text.lstrip()))
    return _marker(match) if match else None


def inside(text: str) -> Iterator[Marker]:
    """Every place in ``text`` that reads as a marker, in order."""
    return (_marker(match) for match in styles.marker().finditer(text))


def _marker(match: regex.Match[str]) -> Marker:
    family = next(name for name in styles.families() if match[name] is not None)
    return Marker(family, ordinal(match["number"]), match.start(), match.end(), match[0].strip())


def ordinal(numeral: str) -> int:
    """The value of a heading's number.

    >>> [ordinal(number) for number in ("十二", "二十", "12", "１２", "⑫", "XII", "㈩")]
    [12, 20, 12, 12, 12, 12, 10]
    """
    if numeral.isdecimal():
        return int(numeral)
    if numeral[0] in ROMAN:
        return _roman(numeral)
    return _chinese(numeral)


def _roman(numeral: str) -> int:
    values = [ROMAN[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def _chinese(numeral: str) -> int:
    total, digit = 0, 0
    for character in numeral:
        value = int(unicodedata.numeric(character))
        if value in (10, 100):
            total, digit = total + (digit or 1) * value, 0
        else:
            digit = value
    return total + digit
