"""Written numbers become decimals: Arabic and full-width digits, Chinese numerals, and mixtures of both.

The last 万 or 亿 of a numeral belongs to the unit, as it is printed: 二十三亿五千多万元 is 235000 万元, while in
一万三千五百十三台 a remainder follows and the value is 13513 台.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache, lru_cache

from msgspec import Struct

from extractor import patterns


class Numerals(Struct, frozen=True, forbid_unknown_fields=True):
    """The characters of ``patterns/vocabulary/numerals.toml``."""

    digits: dict[str, int]
    places: dict[str, int]
    groups: dict[str, int]
    tens: dict[str, str]
    coins: dict[str, str]
    currencies: dict[str, str]
    words: dict[str, list[str]]
    halves: dict[str, str]
    fragments: dict[str, str]


FILE = "vocabulary/numerals"
# The factors of so many runs of multipliers are kept: reports use a dozen.
MOST_MULTIPLIERS = 256


@cache
def table() -> Numerals:
    """The numeral characters, read once."""
    return patterns.convert(FILE, patterns.read(patterns.files(FILE)[0]), Numerals)


@cache
def translate_digits() -> dict[int, int | str | None]:
    """Translates full-width digits and points to ASCII, and drops thousands separators."""
    wide = str.maketrans("０１２３４５６７８９", "0123456789", "".join(table().words["separator"]))
    points = str.maketrans(dict.fromkeys(table().words["point"], "."))
    return wide | points


def arabic(text: str) -> Decimal:
    """A number in digits.

    >>> arabic("18,976.76"), arabic("７．４"), arabic("1 236.5")
    (Decimal('18976.76'), Decimal('7.4'), Decimal('1236.5'))
    """
    if text.isascii() and text.isdecimal():
        return Decimal(text)
    digits = text.translate(translate_digits())
    return Decimal(patterns.fragment(FILE, "gap").sub("", digits))


def read(text: str) -> Decimal:
    """A number in digits or in words.

    >>> read("12"), read("十二")
    (Decimal('12'), Decimal('12'))
    """
    return arabic(text) if text[0].isdecimal() else chinese(text)


@cache
def _translate_tens() -> dict[int, str]:
    """Translates the tens that are written in one character to two."""
    return str.maketrans(table().tens)


def read_neighbours(text: str) -> tuple[str, str] | None:
    """The two numerals that neighbouring digits stand for; None where they are one number.

    >>> read_neighbours("两三"), read_neighbours("三四百"), read_neighbours("十七八"), read_neighbours("七五")
    (('两', '三'), ('三百', '四百'), ('十七', '十八'), None)
    """
    found = patterns.fragment(FILE, "neighbours").fullmatch(text)
    if not found or table().digits[found["low"]] + 1 != table().digits[found["high"]]:
        return None
    front, rest = found["front"] or "", found["rest"]
    return front + found["low"] + rest, front + found["high"] + rest


def chinese(text: str) -> Decimal:
    """A Chinese numeral, with 点 for the decimal point; digits without places are read one by one.

    >>> chinese("一万三千五百十三"), chinese("十点四"), chinese("二〇二〇"), chinese("一千二")
    (Decimal('13513'), Decimal('10.4'), Decimal('2020'), Decimal('1200'))
    >>> chinese("廿三"), chinese("壹仟贰佰叁拾肆")
    (Decimal('23'), Decimal('1234'))
    """
    text = text.translate(_translate_tens())
    for point in table().words["spoken_point"]:
        whole, found, fraction = text.partition(point)
        if found:
            return chinese(whole) + spell_digits(fraction).scaleb(-len(fraction))
    if table().digits.keys() >= set(text):
        return spell_digits(text)
    return Decimal(add_places(text))


def spell_digits(text: str) -> Decimal:
    """Digits read one by one: 二〇二〇."""
    digits = (str(table().digits[char]) for char in text)
    return Decimal("".join(digits) or "0")


def add_places(text: str) -> int:
    """A numeral with places and groups.

    >>> add_places("一千二百万零五百"), add_places("一千二"), add_places("一千零二"), add_places("三万亿")
    (12000500, 1200, 1002, 3000000000000)
    """
    sum_ = Sum()
    for char in text:
        if char in table().groups:
            sum_.close_group(table().groups[char])
        elif char in table().places:
            sum_.add_place(table().places[char])
        else:
            sum_.digit = table().digits[char]
    return sum_.total + sum_.group + sum_.digit * find_last_place(text)


class Sum:
    """A numeral while it is added up: what 万 and 亿 closed, the group that is open, the digit that waits."""

    def __init__(self) -> None:
        self.total = self.group = self.digit = 0

    def add_place(self, place: int) -> None:
        """A digit in front of 十, 百 or 千; without one it is the place itself."""
        self.group += (self.digit or 1) * place
        self.digit = 0

    def close_group(self, factor: int) -> None:
        """万 or 亿; 万亿 multiplies what 万 closed, and 亿 after a closed group takes all that stands before it."""
        closed = self.group + self.digit
        if not closed and not self.total:
            closed = 1
        multiplied = closed * factor
        self.total = (self.total + closed) * factor if self.total < factor else self.total + multiplied
        self.group = self.digit = 0


def find_last_place(text: str) -> int:
    """What the last digit of a numeral counts: behind a place the next lower one (一千二 is 1200), else ones."""
    before = text[-2:-1]
    place = table().places.get(before) or table().groups.get(before, 10)
    return place // 10


def split_multiplier(text: str) -> tuple[str, str]:
    """What stands before the multiplier that starts the unit, and that multiplier.

    Behind a decimal point a place is a multiplier too.

    >>> split_multiplier("一千二百亿"), split_multiplier("二十三亿五千万"), split_multiplier("一万三千")
    (('一千二百', '亿'), ('二十三亿五千', '万'), ('一万三千', ''))
    >>> split_multiplier("一点五千万")
    ('一点五', '千万')
    """
    multipliers = [*table().groups, *table().places] if has_spoken_point(text) else table().groups
    head = text.rstrip("".join(multipliers))
    return head, text[len(head) :]


def has_spoken_point(text: str) -> bool:
    """Whether a numeral has a decimal point in words."""
    return not set(text).isdisjoint(table().words["spoken_point"])


@lru_cache(MOST_MULTIPLIERS)
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
    >>> relative("一万卅三"), relative("一亿卅万")
    ((Decimal('10033'), ''), (Decimal('10030'), '万'))
    """
    text = text.translate(_translate_tens())
    head, unit = split_multiplier(text)
    if not unit:
        return chinese(text), ""
    if not head:
        return Decimal(1), unit
    has_groups = not table().groups.keys().isdisjoint(head)
    if has_groups and not has_spoken_point(head):
        return Decimal(add_places(text)) / multiplier(unit), unit
    return chinese(head), unit
