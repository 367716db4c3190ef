"""Numbers of lists as word processors write them."""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from extractor import patterns

# Formats that write nothing: a sign in front of the item, or no sign at all.
UNNUMBERED = frozenset(("bullet", "none"))
# What is spoken by places goes up to here.
MOST_SPOKEN = 9999


class ListFormat(Struct, frozen=True, forbid_unknown_fields=True):
    """How a format writes numbers: by ``symbols``, by ``digits``, or by digits and the words of their ``places``."""

    name: str = ""
    symbols: str = ""
    digits: str = ""
    places: str = ""
    spoken: bool = False


@cache
def _load_formats() -> dict[str, ListFormat]:
    loaded = patterns.load("documents/list_numbers", ListFormat)
    return {entry.name: entry for entry in loaded.values()}


def write_number(number: int, form: str) -> str:
    """A number of a list in the format that a file names; in plain digits where the format is not known.

    >>> [write_number(12, form) for form in ("chineseCounting", "chineseLegalSimplified", "decimalZero", "upperLetter")]
    ['十二', '壹拾贰', '12', 'L']
    >>> write_number(105, "chineseCountingThousand"), write_number(3, "decimalEnclosedCircle")
    ('一百零五', '③')
    """
    if form in UNNUMBERED:
        return ""
    if form == "decimalZero":
        return f"{number:02}"
    entry = _load_formats().get(form, ListFormat())
    if 0 < number <= len(entry.symbols):
        return entry.symbols[number - 1]
    if entry.places and 0 < number <= MOST_SPOKEN:
        return _speak(number, entry)
    return "".join(entry.digits[int(digit)] for digit in str(number)) if entry.digits else str(number)


def _speak(number: int, entry: ListFormat) -> str:
    """A number with the words of its places; noughts within it are told once."""
    words = ""
    for place, digit in enumerate(reversed(str(number))):
        word = entry.places[place - 1] if place else ""
        if digit != "0":
            words = entry.digits[int(digit)] + word + words
        elif words and not words.startswith(entry.digits[0]):
            words = entry.digits[0] + words
    is_teen = entry.spoken and 10 <= number < 20
    return words[1:] if is_teen else words
