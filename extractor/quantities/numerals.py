"""Written numbers become decimals: Arabic and full-width digits, Chinese numerals, and mixtures of both.

The last 万 or 亿 of a numeral belongs to the unit, as it is printed: 二十三亿五千多万元 is 235000 万元, while in
一万三千五百十三台 a remainder follows and the value is 13513 台.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from msgspec import Struct

from extractor import patterns


class Numerals(Struct, frozen=True, forbid_unknown_fields=True):
    """The characters of ``patterns/vocabulary/numerals.toml``."""

    digits: dict[str, int]
    places: dict[str, int]
    groups: dict[str, int]
    words: dict[str, list[str]]
    halves: dict[str, str]
    fragments: dict[str, str]


FILE = "vocabulary/numerals"


@cache
def table() -> Numerals:
    """The numeral characters, read once."""
    return patterns.convert(FILE, patterns.read(patterns.files(FILE)[0]), Numerals)


@cache
def _halfwidth() -> dict[int, str | None]:
    """Translates full-width digits and points to ASCII, and drops thousands separators."""
    wide = {ord("０") + digit: str(digit) for digit in range(10)}
    points = {ord(point): "." for point in table().words["point"]}
    return wide | points | {ord(mark): None for mark in table().words["separator"]}


def arabic(text: str) -> Decimal:
    """A number in digits.

    >>> arabic("18,976.76"), arabic("７．４")
    (Decimal('18976.76'), Decimal('7.4'))
    """
    return Decimal(text.translate(_halfwidth()))


def chinese(text: str) -> Decimal:
    """A Chinese numeral, with 点 for the decimal point; digits without places are read one by one.

    >>> chinese("一万三千五百十三"), chinese("十点四"), chinese("二〇二〇"), chinese("一千二")
    (Decimal('13513'), Decimal('10.4'), Decimal('2020'), Decimal('1200'))
    """
    for point in table().words["spoken_point"]:
        whole, found, fraction = text.partition(point)
        if found:
            return chinese(whole) + _spelled(fraction).scaleb(-len(fraction))
    if not any(char in table().places or char in table().groups for char in text):
        return _spelled(text)
    return Decimal(_placed(text))


def _spelled(text: str) -> Decimal:
    """Digits read one by one: 二〇二〇."""
    return Decimal("".join(str(table().digits[char]) for char in text) or "0")


def _placed(text: str) -> int:
    """A numeral with places and groups: 一千二百万零五百."""
    total = group = digit = last = 0
    for char in text:
        if char in table().groups:
            # 万亿 multiplies what 万 closed; 亿 after a closed group takes all that stands before it.
            closed = group + digit or (0 if total else 1)
            factor = table().groups[char]
            total = (total + closed) * factor if total < factor else total + closed * factor
            group = digit = 0
            last = factor
        elif char in table().places:
            group += (digit or 1) * table().places[char]
            last, digit = table().places[char], 0
        else:
            digit = table().digits[char]
            last = 1 if digit == 0 else last
    # 一千二 means 1200: a bare digit behind a place stands for the next lower place.
    return total + group + digit * (last // 10 if last > 10 and digit and not _zero_before_last(text) else 1)


def _zero_before_last(text: str) -> bool:
    """Whether a zero says that the last digit is really a unit: 一千零二."""
    return len(text) > 1 and table().digits.get(text[-2]) == 0


def split_multiplier(text: str) -> tuple[str, str]:
    """What stands before the multiplier that starts the unit, and that multiplier.

    Behind a decimal point a place is a multiplier too.

    >>> split_multiplier("一千二百亿"), split_multiplier("二十三亿五千万"), split_multiplier("一万三千")
    (('一千二百', '亿'), ('二十三亿五千', '万'), ('一万三千', ''))
    >>> split_multiplier("一点五千万")
    ('一点五', '千万')
    """
    cut, multipliers = len(text), {**table().groups, **(table().places if _pointed(text) else {})}
    while cut and text[cut - 1] in multipliers:
        cut -= 1
    return text[:cut], text[cut:]


def _pointed(text: str) -> bool:
    """Whether a numeral has a decimal point in words."""
    return any(point in text for point in table().words["spoken_point"])


def multiplier(text: str) -> Decimal:
    """The factor of a run of multipliers: 百亿亿 is 10 to the 18th."""
    factor = 1
    for char in text:
        factor *= table().places.get(char) or table().groups[char]
    return Decimal(factor)


def relative(text: str) -> tuple[Decimal, str]:
    """The value of a Chinese numeral in its own last multiplier, and that multiplier.

    >>> relative("二十三亿五千万"), relative("千亿"), relative("万亿"), relative("一万三千五百十三")
    ((Decimal('235000'), '万'), (Decimal('1000'), '亿'), (Decimal('1'), '万亿'), (Decimal('13513'), ''))
    """
    head, unit = split_multiplier(text)
    if not unit:
        return chinese(text), ""
    if not head:
        return Decimal(1), unit
    if any(char in table().groups for char in head) and not _pointed(head):
        return Decimal(_placed(text)) / multiplier(unit), unit
    return chinese(head), unit
