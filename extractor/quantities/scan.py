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
from extractor.quantities.guards import Masks
from extractor.quantities.interval import Allows, allowed, written

ARABIC = r"(?:[0-9０-９]{1,3}(?:{separator}[0-9０-９]{3})+(?![0-9０-９])|[0-9０-９]+)(?:{point}[0-9０-９]+)?"


# The characters in front of a number that may name or state it.
NEAR = 8


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
    found = [_quantity(match, masks) for match in matches]
    return _whole_words(text, _ranges(text, found))


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


def _number(match: regex.Match[str]) -> Number:
    """Reads the number of a match; the sign belongs to it."""
    start = next(match.start(name) for name in ("denominator", "minus", "arabic", "half", "chinese") if match[name])
    sign = -1 if match["minus"] else 1
    written_multiplier = match["multiplier"] or ""
    if match["half"]:
        return Number(start, Decimal(numerals.table().halves[match["half"]]), "", Decimal(1), "percent")
    if match["chinese"]:
        value, prefix = numerals.relative(match["chinese"] + written_multiplier)
    else:
        value, prefix = numerals.arabic(match["arabic"]), match["ratio"] or written_multiplier
    parts = _parts(match["denominator"])
    if parts:
        return Number(start, sign * value, match["denominator"], 1 / parts, "percent")
    if match["ratio"]:
        return Number(start, value, prefix, Decimal(1), "other")
    return Number(start, sign * value, prefix, numerals.multiplier(prefix))


def _parts(denominator: str | None) -> Decimal:
    """Of how many parts a fraction is; 0 where none is written."""
    return numerals.chinese(denominator[: -len(lists()["fraction"][0])]) if denominator else Decimal(0)


def _quantity(match: regex.Match[str], masks: Masks) -> Quantity:
    """The quantity that one match of the grammar states."""
    number = _number(match)
    spelled = match["unit"] or ""
    unit = number.prefix + spelled
    reading = units.meaning(spelled) if spelled else _unspelled(match, number)
    factor = number.factor * reading.factor
    word, key, allows = _approximation(match)
    dimension = number.dimension or reading.dimension
    low, high = written(number.value, factor, dimension, bool(number.prefix))
    return Quantity(
        start=number.start,
        end=match.end(),
        value=number.value,
        unit=unit,
        dimension=dimension,
        base_unit="1" if dimension == "percent" else reading.base,
        factor=factor,
        approximation=word,
        interval=allowed(low, high, number.value * factor, allows),
        evidence=tuple(filter(None, (reading.pattern, key))),
        dropped=masks.at(number.start) or ("" if unit or match["half"] else _unitless(match)) or None,
    )


def _unspelled(match: regex.Match[str], number: Number) -> units.Reading:
    """What a number without a unit's word counts.

    A bare 万 counts people where a word for them follows, money where an amount is named in front; all else is things.
    """
    text = match.string
    if match["multiplier"] and units.people().match(text, match.end()):
        return units.first("person")
    if match["multiplier"] and text[max(0, number.start - NEAR) : number.start].endswith(units.amounts()):
        return units.first("money")
    return units.Reading(number.dimension or "count", "", Decimal(1), "")


def _approximation(match: regex.Match[str]) -> tuple[str | None, str | None, Allows | None]:
    """The approximating word of a match, its pattern and what it allows; one inside or behind goes first."""
    for place in ("inside", "after", "before"):
        if match[place]:
            key, allows = approximators()[place][match[place]]
            return match[place], key, allows
    return None, None, None


def _unitless(match: regex.Match[str]) -> str | None:
    """A number without a unit is dropped, but for a decimal that is stated as such (决算数为814.37，)."""
    text, number = match.string, match["arabic"]
    stated = text[max(0, match.start("arabic") - NEAR) : match.start("arabic")].endswith(tuple(lists()["states"]))
    stopped = match.end() == len(text) or text.startswith(tuple(lists()["stops"]), match.end())
    fractional = bool(number) and any(mark in number for mark in lists()["point"] + lists()["separator"])
    return None if stated and stopped and fractional else NO_UNIT


def _ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """Joins the two ends of a range (3-5万元) into one quantity."""
    joined: list[Quantity] = []
    for quantity in found:
        merged = _range(text, joined[-1], quantity) if joined else None
        if merged:
            joined.pop()
        joined.append(merged or quantity)
    return joined


def _range(text: str, low: Quantity, high: Quantity) -> Quantity | None:
    """The range from ``low`` to ``high`` where the text between them says so, else None."""
    minus = text[high.start] in lists()["minus"] and low.end == high.start
    connector = text[high.start] if minus else text[low.end : high.start]
    top = abs(high.value) if minus else high.value
    if connector not in lists()["range"] or low.dropped not in (None, NO_UNIT):
        return None
    if high.dropped == NO_UNIT and low.unit.endswith(tuple(lists()["fraction"])):
        # 百分之十至十二: the second number is of the first one's parts.
        high = msgspec.structs.replace(low, start=high.start, end=high.end, value=high.value, dropped=None)
    if high.dropped:
        return None
    moved = text[max(0, low.start - NEAR) : low.start].endswith(tuple(lists()["origin"]))
    if moved or (low.unit and low.base_unit != high.base_unit):
        return None
    bottom = low.value * low.factor / high.factor if low.unit else low.value
    if bottom >= top:
        return None
    ends = (written(value, high.factor, high.dimension, False) for value in (bottom, top))
    (start, _), (_, end) = ends
    return msgspec.structs.replace(
        high,
        start=low.start,
        value=bottom,
        value_high=top,
        interval=(start, end),
        dropped=low.dropped and high.dropped,
    )


def _whole_words(text: str, found: list[Quantity]) -> list[Quantity]:
    """Drops Chinese numerals that are part of a longer word (统一, 万里) as jieba cuts the text."""
    doubtful = [q for q in found if not q.dropped and text[q.start] in lists()["numeral"] and _by_itself(q)]
    if not doubtful:
        return found
    cut = words.cut(text)
    inside = {id(q) for q in doubtful if _inside_word(words.find_word(cut, q.start), q)}
    return [msgspec.structs.replace(q, dropped="words") if id(q) in inside else q for q in found]


def _by_itself(quantity: Quantity) -> bool:
    """Whether a numeral is a word to jieba; parts of a hundred and doublings are not."""
    return quantity.dimension != "percent" and quantity.unit not in lists()["with_verb"]


def _inside_word(word: words.Word, quantity: Quantity) -> bool:
    """Whether ``word`` is more than the numeral and its unit, or no numeral to jieba."""
    return word.start < quantity.start or word.end > quantity.end or word.tag not in ("m", "mq", "q", "t", "x")
