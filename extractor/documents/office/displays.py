"""Numbers of spreadsheets as they display: what is stored, in the format of its cell, exactly."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import cache

from msgspec import Struct

from extractor import patterns

GENERAL = "General"
# A spreadsheet keeps so many digits; what is stored beyond them comes from binary arithmetic.
DIGITS = 15
# Numbers that are longer than this, or further from the point, are shown as they are stored.
LONGEST = 40
# No spreadsheet takes a longer format. Each of its letters asks for a digit, or moves the point by two.
LONGEST_CODE = 255
PRECISION = 4 * LONGEST_CODE
STORED = re.compile(r"[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d{1,3})?", re.ASCII)
# The parts of a format: words in quotes or escaped, what only takes room, what stands in brackets, places of digits,
# the letters of dates, the two halves of a day in any language (AM/PM), and anything else, which is printed.
TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<digits>[0#?](?:[0#?,]*[0#?])?(?:\.[0#?]*)?|\.[0#?]+)(?P<scale>,*)|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+)"
    r"|(?P<clock>AM/PM|[^\W\d_A-Za-z]{2}/[^\W\d_A-Za-z]{2})|(?P<other>.)",
    re.DOTALL,
)
ELAPSED = re.compile(r"[hms]+", re.IGNORECASE)
# The day that spreadsheets count from; there is a 29th of February 1900 in it, so that the first months are one off.
FIRST_DAY, FIRST_DAY_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)


class Format(Struct, frozen=True, forbid_unknown_fields=True):
    """A format that files name by its number only."""

    number: int
    code: str


class Part(Struct, frozen=True):
    """A part of a format: its name in ``TOKEN``, and its characters."""

    kind: str
    text: str
    scale: int = 0


@cache
def load_usual() -> dict[str, str]:
    """The formats that are named by a number only, by that number as files write it."""
    loaded = patterns.load("documents/number_formats", Format)
    return {str(entry.number): entry.code for entry in loaded.values()}


def show_number(stored: str, code: str, from_1904: bool = False) -> str:
    r"""A stored number as it displays in the format ``code``.

    >>> show_number("0.1240", "0.0%"), show_number("1234567.891", "#,##0.00_ "), show_number("-5", "0;[Red]\\(0\\)")
    ('12.4%', '1,234,567.89', '(5)')
    >>> show_number("0.30000000000000004", "General"), show_number("45000", 'yyyy"-"m"-"d')
    ('0.3', '2023-3-15')
    """
    if len(stored) > LONGEST or len(code) > LONGEST_CODE or not STORED.fullmatch(stored):
        return stored
    value = _read_stored(stored)
    if abs(value.adjusted()) > LONGEST:
        return stored
    section, is_signed = _choose_section(split_sections(code), value)
    parts = list(split_parts(section))
    if any(part.kind == "date" for part in parts):
        return _show_date(value, parts, FIRST_DAY_1904 if from_1904 else FIRST_DAY)
    return _show_parts(value, parts, is_signed)


def _read_stored(stored: str) -> Decimal:
    """A stored number to the digits that a spreadsheet keeps."""
    with localcontext(prec=DIGITS):
        return +Decimal(stored)


@cache
def split_sections(code: str) -> tuple[str, ...]:
    """The sections of a format: for positive and negative numbers, for nought and for text."""
    sections = [""]
    for match in TOKEN.finditer(code):
        if match["other"] == ";":
            sections.append("")
        else:
            sections[-1] += match[0]
    return tuple(sections)


def _choose_section(sections: Sequence[str], value: Decimal) -> tuple[str, bool]:
    """The section that a number displays in, and whether its sign is still to be printed."""
    if value < 0:
        return (sections[1], False) if len(sections) > 1 and sections[1] else (sections[0], True)
    if not value and len(sections) > 2:
        return sections[2], False
    return sections[0], False


@cache
def split_parts(section: str) -> tuple[Part, ...]:
    """The parts of a section that display anything."""
    if section in (GENERAL, "@", ""):
        return (Part("general", ""),)
    return tuple(_list_parts(section.replace(GENERAL, "#")))


def _list_parts(section: str) -> Iterator[Part]:
    for match in TOKEN.finditer(section):
        kind = match.lastgroup
        if kind == "bracket" and ELAPSED.fullmatch(match["bracket"]):
            yield Part("date", match["bracket"])
        elif kind == "scale":
            yield Part("digits", match["digits"], len(match["scale"]))
        elif kind not in (None, "bracket", "clock"):
            yield Part(kind or "", match[kind or 0])


def _show_parts(value: Decimal, parts: Sequence[Part], is_signed: bool) -> str:
    """A number in the parts of a section; a format with several places of digits, as fractions have, is general."""
    kinds = Counter(part.kind for part in parts)
    if kinds["digits"] > 1 or kinds["general"]:
        return _show_general(value)
    if not kinds["digits"]:
        return "".join(part.text for part in parts).strip()
    places = [part for part in parts if part.kind == "digits"]
    percents = parts.count(Part("other", "%"))
    scaled = abs(value).scaleb(2 * percents - 3 * places[0].scale)
    digits = _show_digits(scaled, places[0].text)
    words = "".join(digits if part.kind == "digits" else part.text for part in parts).strip()
    return f"-{words}" if is_signed and digits.strip("0.,") else words


def _show_general(value: Decimal) -> str:
    """A number without a format of its own."""
    shown = f"{value:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _show_digits(value: Decimal, places: str) -> str:
    """A number in its places: rounded to those behind the point, in groups of three where a comma stands."""
    whole, _, behind = places.partition(".")
    with localcontext(prec=PRECISION):
        rounded = value.quantize(Decimal(1).scaleb(-len(behind)), ROUND_HALF_UP)
    shown = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    optional = len(behind) - len(behind.rstrip("#"))
    for _ in range(optional):
        shown = shown.removesuffix("0")
    shown = shown.rstrip(".")
    missing = whole.count("0") - len(shown.partition(".")[0])
    return "0" * missing + shown


def _show_date(value: Decimal, parts: Sequence[Part], first: datetime) -> str:
    """A day or a time of the calendar; as it is stored where it is none."""
    seconds = int((value * 86_400).to_integral_value(ROUND_HALF_UP))
    if not 0 <= seconds < (datetime.max - first).total_seconds():
        return _show_general(value)
    moment = first + timedelta(seconds=seconds)
    shown: list[str] = []
    last = ""
    for at, part in enumerate(parts):
        letter = part.text[0].lower() if part.kind == "date" else ""
        following = next((one.text[0].lower() for one in parts[at + 1 :] if one.kind == "date"), "")
        is_minute = letter == "m" and (last == "h" or following == "s")
        shown.append(_show_field("i" if is_minute else letter, len(part.text), moment) if letter else part.text)
        last = letter or last
    return "".join(shown).strip("; @")


def _show_field(letter: str, width: int, moment: datetime) -> str:
    """A field of a date: two digits where two letters stand for it."""
    fields = {
        "y": moment.year,
        "m": moment.month,
        "d": moment.day,
        "h": moment.hour,
        "i": moment.minute,
        "s": moment.second,
    }
    if letter == "y":
        return f"{moment.year % 100:02}" if width <= 2 else str(moment.year)
    return f"{fields[letter]:02}" if width == 2 else str(fields[letter])
