"""Finds every quantity of a text in one pass of one grammar, then joins ranges and asks the guards."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import msgspec
import regex
from msgspec import Struct

from extractor import patterns, words
from extractor.model import Dimension, Quantity
from extractor.quantities import numerals, units
from extractor.quantities.compounds import join_places
from extractor.quantities.guards import Masks
from extractor.quantities.interval import Allows, allowed, written

# Digits of either width in groups of three or in one, and what stands behind the point.
ARABIC = r"(?:[0-9０-９]{1,3}(?:{separator}[0-9０-９]{3})+(?![0-9０-９])|[0-9０-９]+)(?:{point}[0-9０-９]+)?"


# The characters in front of a number that may name or state it: the longest words that do are of five.
NEAR = 8
# Parts of speech of jieba that a numeral with its unit has: numbers, measure words, times, and none.
NUMERIC_TAGS = frozenset({"m", "mq", "q", "t", "x"})
# The groups of the grammar at which a number begins, in their order.
BEGINNINGS = ("denominator", "minus", "arabic", "half", "chinese")


# What is said of a number that has no unit and needs one.
NO_UNIT = "no unit"


class Approximator(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that make the number beside them less than exact."""

    place: str
    allows: Allows
    words: list[str]


@cache
def approximators() -> dict[str, dict[str, tuple[str, Allows]]]:
    """Per place, every approximating word with its pattern and what it allows."""
    found: dict[str, dict[str, tuple[str, Allows]]] = {"before": {}, "inside": {}, "after": {}}
    for key, entry in patterns.load("approximators", Approximator).items():
        for word in entry.words:
            found[entry.place][word] = (key, entry.allows)
    return found


@cache
def lists() -> dict[str, list[str]]:
    """The named lists that the grammar is written in."""
    table = numerals.table()
    places = {place: list(known) for place, known in approximators().items()}
    return table.words | places | {
        "digit": list(table.digits),
        "numeral": [*table.digits, *table.places, *table.groups],
        "multiplier": [*table.places, *table.groups],
        "group": list(table.groups),
        "half": list(table.halves),
    }  # fmt: skip


@cache
def grammar() -> regex.Pattern[str]:
    """One quantity: approximator, number, multiplier, unit, approximator."""
    space = r"[ \u3000\xa0]?"
    tail = rf"{space}(?P<inside>{{inside}})?(?P<multiplier>{{multiplier}}%s(?!{{fraction}}))"
    # The fewest multipliers go in front of a unit: 千瓦 and 百分点 are words of their own.
    shortest, longest = tail % "+?", tail % "+"
    unit = rf"{space}(?P<unit>{units.expression()}(?:{{per}}(?:{units.expression()}|{{each}}))*)"
    return patterns.compiled(
        "quantities",
        r"(?P<before>{before})?"
        r"(?P<denominator>{numeral}+{fraction})?"
        r"(?P<minus>(?<![0-9０-９.％%A-Za-z）)}]){minus})?"
        rf"(?:(?P<arabic>(?<![.．0-9０-９]){ARABIC}(?!{{point}}?[0-9０-９]))(?P<ratio>(?:{{ratio}}{ARABIC})+)?"
        r"|(?P<half>{half})|(?P<chinese>{numeral}+(?:{spoken_point}{digit}+)?))"
        rf"(?:(?:{shortest})??(?P<inside>{{inside}})?{unit}|{longest}(?P<inside>{{inside}})?)?"
        r"(?P<after>{after})?",
        dict(lists()),
    )


def scan(text: str) -> list[Quantity]:
    """Every number of ``text`` in order, those that a guard or a missing unit rules out too (``dropped``).

    >>> [(q.value, q.unit, q.approximation) for q in scan("发放救助金20余万元") if not q.dropped]
    [(Decimal('20'), '万元', '余')]
    """
    matches = list(grammar().finditer(text))
    masks = Masks(text if matches else "")
    found = [read_quantity(match, masks) for match in matches]
    return drop_parts_of_words(text, join_ranges(text, join_places(text, found)))


def find(text: str) -> list[Quantity]:
    """The quantities of ``text``, at ``text[start:end]``.

    >>> [(q.value, q.value_high, q.unit) for q in find("奖励3-5万元")]
    [(Decimal('3'), Decimal('5'), '万元')]
    """
    return [quantity for quantity in scan(text) if not quantity.dropped]


class Number(Struct, frozen=True):
    """The number of a match: its value, the start of its unit (a multiplier, a denominator, a ratio), its factor."""

    start: int
    value: Decimal
    prefix: str
    factor: Decimal
    dimension: Dimension | None = None


def read_number(match: regex.Match[str]) -> Number:
    """Reads the number of a match; the sign belongs to it."""
    start = min(match.start(name) for name in BEGINNINGS if match[name])
    if match["half"]:
        return Number(start, Decimal(numerals.table().halves[match["half"]]), "", Decimal(1), "percent")
    value, prefix = read_digits(match)
    parts = read_denominator(match["denominator"])
    if parts:
        return Number(start, value, match["denominator"], 1 / parts, "percent")
    if match["ratio"]:
        return Number(start, abs(value), prefix, Decimal(1), "other")
    return Number(start, value, prefix, numerals.multiplier(prefix))


def read_digits(match: regex.Match[str]) -> tuple[Decimal, str]:
    """The value of a match with its sign, and what of the number belongs to its unit."""
    written_multiplier = match["multiplier"] or ""
    if match["chinese"]:
        value, prefix = numerals.relative(match["chinese"] + written_multiplier)
    else:
        value, prefix = numerals.arabic(match["arabic"]), match["ratio"] or written_multiplier
    return value.copy_negate() if match["minus"] else value, prefix


def read_denominator(denominator: str | None) -> Decimal:
    """Of how many parts a fraction is: 100 of 百分之; 0 where none is written."""
    if denominator is None:
        return Decimal(0)
    return numerals.chinese(denominator.removesuffix(lists()["fraction"][0]))


def read_quantity(match: regex.Match[str], masks: Masks) -> Quantity:
    """The quantity that one match of the grammar states."""
    number = read_number(match)
    spelled = match["unit"] or ""
    reading = units.meaning(spelled) if spelled else read_without_unit(match, number)
    factor = number.factor * reading.factor
    word, key, allows = read_approximation(match)
    dimension = number.dimension or reading.dimension
    low, high = written(number.value, factor, dimension, bool(number.prefix))
    return Quantity(
        start=number.start,
        end=match.end(),
        value=number.value,
        unit=number.prefix + spelled,
        dimension=dimension,
        base_unit="1" if dimension == "percent" else reading.base,
        factor=factor,
        approximation=word,
        interval=allowed(low, high, number.value * factor, allows),
        evidence=tuple(filter(None, (reading.pattern, key))),
        dropped=masks.at(number.start) or find_missing_unit(match, number),
    )


def read_without_unit(match: regex.Match[str], number: Number) -> units.Reading:
    """What a number without a unit's word counts.

    A bare 万 counts people where a word for them follows, money where an amount is named in front; all else is things.
    """
    things = units.Reading(number.dimension or "count", "", Decimal(1), "")
    if not match["multiplier"]:
        return things
    if units.people().match(match.string, match.end()):
        return units.first("person")
    is_amount = read_in_front(match.string, number.start).endswith(units.amounts())
    return units.first("money") if is_amount else things


def read_in_front(text: str, start: int) -> str:
    """The characters in front of a number that may name or state it."""
    return text[max(0, start - NEAR) : start]


def read_approximation(match: regex.Match[str]) -> tuple[str | None, str | None, Allows | None]:
    """The approximating word of a match, its pattern and what it allows; one inside or behind goes first."""
    for place in ("inside", "after", "before"):
        if match[place]:
            key, allows = approximators()[place][match[place]]
            return match[place], key, allows
    return None, None, None


def find_missing_unit(match: regex.Match[str], number: Number) -> str | None:
    """``no unit`` for a number that has none and needs one; a decimal may be stated as such (决算数为814.37，)."""
    if number.prefix or match["unit"] or match["half"]:
        return None
    is_decimal = not set(match["arabic"] or "").isdisjoint(lists()["point"] + lists()["separator"])
    return None if is_decimal and is_stated(match) else NO_UNIT


def is_stated(match: regex.Match[str]) -> bool:
    """Whether a number stands alone behind a word that states it, with a stop or nothing behind it."""
    text: str = match.string
    if not read_in_front(text, match.start("arabic")).endswith(tuple(lists()["states"])):
        return False
    return match.end() == len(text) or text.startswith(tuple(lists()["stops"]), match.end())


def join_ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """Joins the two ends of a range (3-5万元) into one quantity."""
    joined: list[Quantity] = []
    for quantity in found:
        merged = join_range(text, joined[-1], quantity) if joined else None
        if merged:
            joined.pop()
        joined.append(merged or quantity)
    return joined


def join_range(text: str, low: Quantity, high: Quantity) -> Quantity | None:
    """The range from ``low`` to ``high`` where the text between them says so, else None."""
    if low.dropped not in (None, NO_UNIT) or not is_joined(text, low, high):
        return None
    top = share_parts(low, high)
    if top.dropped or is_moved(text, low, top):
        return None
    high_value = abs(top.value) if text[high.start] in lists()["minus"] and low.end == high.start else top.value
    bottom = low.value * low.factor / top.factor if low.unit else low.value
    return stretch(low, top, bottom, high_value) if bottom < high_value else None


def is_joined(text: str, low: Quantity, high: Quantity) -> bool:
    """Whether what stands between two numbers makes a range of them; a dash may have been read as a minus."""
    between = text[low.end : high.start]
    if not between and text[high.start] in lists()["minus"]:
        between = text[high.start]
    return between in lists()["range"]


def share_parts(low: Quantity, high: Quantity) -> Quantity:
    """The second number of 百分之十至十二, which is of the first one's parts; any other as it is."""
    if high.dropped != NO_UNIT or not low.unit.endswith(tuple(lists()["fraction"])):
        return high
    return msgspec.structs.replace(low, start=high.start, end=high.end, value=high.value, dropped=None)


def is_moved(text: str, low: Quantity, high: Quantity) -> bool:
    """Whether two numbers are the ends of a change (由150元到173元), or of different things."""
    if low.unit and low.base_unit != high.base_unit:
        return True
    return read_in_front(text, low.start).endswith(tuple(lists()["origin"]))


def stretch(low: Quantity, high: Quantity, bottom: Decimal, top: Decimal) -> Quantity:
    """The range from ``bottom`` to ``top``, in the unit of ``high``."""
    start, _ = written(bottom, high.factor, high.dimension, False)
    _, end = written(top, high.factor, high.dimension, False)
    return msgspec.structs.replace(
        high,
        start=low.start,
        value=bottom,
        value_high=top,
        interval=(start, end),
        dropped=None,
    )


def drop_parts_of_words(text: str, found: list[Quantity]) -> list[Quantity]:
    """Drops Chinese numerals that are part of a longer word (统一, 万里) as jieba cuts the text."""
    kept = list(found)
    cut: list[words.Word] = []
    for index, quantity in enumerate(found):
        if is_doubtful(text, quantity):
            cut = cut or words.cut(text)
            if is_part_of_word(words.find_word(cut, quantity.start), quantity):
                kept[index] = msgspec.structs.replace(quantity, dropped="words")
    return kept


def is_doubtful(text: str, quantity: Quantity) -> bool:
    """Whether a number is a numeral that may be part of a word; parts of a hundred and doublings are none."""
    if quantity.dropped or text[quantity.start] not in numeral_characters():
        return False
    return quantity.dimension != "percent" and quantity.unit not in lists()["with_verb"]


@cache
def numeral_characters() -> frozenset[str]:
    """The characters of numerals in words."""
    return frozenset(lists()["numeral"])


def is_part_of_word(word: words.Word, quantity: Quantity) -> bool:
    """Whether ``word`` is more than the numeral and its unit, or no numeral to jieba."""
    if word.start < quantity.start or word.end > quantity.end:
        return True
    return word.tag not in NUMERIC_TAGS
