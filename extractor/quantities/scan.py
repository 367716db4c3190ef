"""Finds every quantity of a text in one pass of one grammar, then joins ranges and asks the guards."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import msgspec
import regex
from msgspec import Struct

from extractor import patterns, words
from extractor.model import Dimension
from extractor.needed import say_first
from extractor.quantities import numerals, units
from extractor.quantities.guards import Masks
from extractor.quantities.interval import Allows, allowed, written
from extractor.quantities.joining import HALF, NO_UNIT, join_numbers, read_in_front
from extractor.quantities.model import Quantity
from extractor.quantities.sharing import share_units

# Digits of either width in groups of three or in one, and what stands behind the point.
ARABIC = (
    r"(?:[0-9０-９]{1,3}(?:(?!(?<={currency}[0-9０-９]{1,3})，){separator}[0-9０-９]{3})+(?![0-9０-９])|[0-9０-９]{1,3}(?:{gap}[0-9０-９]{3})+(?![0-9０-９])|[0-9０-９]+)"
    r"(?:(?:{blank}?{point}|(?<=\p{Han}[0-9０-９]{1,8}){point}{blank})[0-9０-９]+)?"
)


# Parts of speech of jieba that a numeral with its unit has: numbers, measure words, times, and none.
NUMERIC_TAGS = frozenset({"m", "mq", "q", "t", "x"})
# A word of so many characters inside of a numeral and its unit is a number, whatever jieba takes it for (两百人).
SURE = 3
# The name of what moved stands within so many characters in front of where it moved to, and where from between them.
MOVED = 24
# What no multiplier holds.
NO_WORD = "\0"
ONE = Decimal(1)
# Of how many parts a number is that is no fraction.
WHOLE_NUMBER = Decimal(0)
# The fragments that the grammar is written with.
FRAGMENTS = ("blank", "gap", "round", "tael", "kilo", "in_so_many")
# The groups of the grammar at which a number begins, in their order.
BEGINNINGS = ("currency", "denominator", "minus", "arabic", "half", "chinese")


class Approximator(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that make the number beside them less than exact.

    ``behind`` are characters that they end a word with, ``ahead`` those that they begin one with.
    """

    place: str
    allows: Allows
    words: list[str]
    behind: dict[str, str] = {}
    ahead: dict[str, str] = {}


@cache
def approximators() -> dict[str, dict[str, tuple[str, Allows]]]:
    """Per place, every approximating word with its pattern and what it allows."""
    found: dict[str, dict[str, tuple[str, Allows]]] = {"before": {}, "inside": {}, "after": {}, "multiple": {}}
    for key, entry in patterns.load("approximators", Approximator).items():
        for word in entry.words:
            found[entry.place][word] = (key, entry.allows)
    return found


@cache
def find_before() -> str:
    """An expression of the words in front of a number that make it less than exact, where they end no other word."""
    plain = "{before}"
    for entry in patterns.load("approximators", Approximator).values():
        for word, behind in entry.behind.items():
            plain = f"(?!(?<=[{behind}]){word}){plain}"
    # Asked first, as no character in between begins one: what stands behind each would else be looked at.
    begins = "".join(sorted({regex.escape(word[0]) for word in lists()["before"]}))
    return f"(?=[{begins}]){plain}"


@cache
def find_after() -> str:
    """An expression of such words behind a number, where they begin no other word (15份多边协议)."""
    plain = "{after}"
    for entry in patterns.load("approximators", Approximator).values():
        for word, ahead in entry.ahead.items():
            plain = f"(?!{word}[{ahead}]){plain}"
    return plain


@cache
def compile_before() -> regex.Pattern[str]:
    """Such words at the end of a phrase, which are no verbs there (不少于20余份)."""
    return patterns.compiled("approximators.before", f"(?:{find_before()})$", lists())


@cache
def lists() -> dict[str, list[str]]:
    """The named lists that the grammar is written in."""
    table = numerals.table()
    places = {place: list(known) for place, known in approximators().items()}
    return table.words | places | {
        "digit": list(table.digits),
        "numeral": [*table.digits, *table.places, *table.groups, *table.tens],
        "multiplier": [*table.places, *table.groups],
        "group": list(table.groups),
        "half": list(table.halves),
        "currency": list(table.currencies),
    }  # fmt: skip


@cache
def grammar() -> regex.Pattern[str]:
    """One quantity: approximator, number, multiplier, unit, approximator."""
    space = r"[ \u3000\xa0]?"
    tail = (
        rf"{space}(?P<inside>{{inside}})?(?:{{article}}(?={{group}})(?!{{round}}))?(?P<multiplier>{{multiplier}}%s"
        r"(?:(?P<inside>{inside}){group}+)?(?!{fraction}))"
    )
    # The fewest multipliers go in front of a unit: 千瓦 and 百分点 are words of their own.
    shortest, longest = tail % "+?", tail % "+"
    compound = rf"{units.expression()}(?:{{per}}{{multiplier}}?(?:{units.expression()}|{{each}}))*"
    unit = rf"{space}(?:(?P<halved>{{halved}})(?P<unit>{compound}|{{each}})|(?P<unit>{compound}))"
    minus = r"(?P<minus>(?<![0-9０-９.％%A-Za-z）)}]|{burdened}){minus}|(?<={stated}){long_minus}(?=[0-9０-９]))?"
    digits = rf"(?P<arabic>(?<![.．0-9０-９]){ARABIC}(?!{{point}}?[0-9０-９]))"
    numeral = r"(?P<chinese>(?:(?!{percentile}|{tael}|{kilo}){numeral})+(?:{spoken_point}{digit}+)?)"
    # A fraction is of its own denominator, and has no other unit.
    fraction = rf"(?P<denominator>{{numeral}}+{{fraction}}){minus}(?:{digits}|{numeral})"
    number = rf"{minus}(?:{digits}(?P<ratio>(?:{{ratio}}{ARABIC})+|{{in_so_many}})?|(?P<half>{{half}})|{numeral})"
    counted = rf"(?:(?:{shortest})??(?P<inside>{{inside}})?{unit}|{longest}(?P<inside>{{inside}})?)?"
    names = {name: patterns.fragment(numerals.FILE, name).pattern for name in FRAGMENTS}
    expression = (
        rf"(?:(?P<before>{find_before()}|{{multiple}}(?={{group}})){{blank}}?)?"
        r"(?P<currency>(?<![A-Za-z]){currency}\s?(?=[0-9０-９]))?"
        rf"(?:{fraction}|{number}{counted})"
        rf"(?P<after>{find_after()})?"
    )
    return patterns.compiled("quantities", say_first(patterns.expand_once(expression, {**lists(), **names})))


def scan(text: str) -> list[Quantity]:
    r"""Every number of ``text`` in order, those that a guard or a missing unit rules out too (``dropped``).

    >>> [(q.value, q.unit, q.approximation) for q in scan("发放救助金20余万元") if not q.dropped]
    [(Decimal('20'), '万元', '余')]
    >>> [[q.value for q in scan(f"12{blank}.5%")] for blank in (" ", "\u2009", "\t", "\u2028")]
    [[Decimal('12.5')], [Decimal('12.5')], [Decimal('12')], [Decimal('12')]]
    """
    matches = list(grammar().finditer(text))
    masks = Masks(text if matches else "")
    found = [read_quantity(match, masks) for match in matches]
    return share_units(text, drop_parts_of_words(text, join_numbers(text, found)))


def find(text: str) -> list[Quantity]:
    """The quantities of ``text``, at ``text[start:end]``.

    >>> [(q.value, q.value_high, q.unit) for q in find("奖励3-5万元")]
    [(Decimal('3'), Decimal('5'), '万元')]
    """
    return [quantity for quantity in scan(text) if not quantity.dropped]


class Number(Struct, frozen=True):
    """The number of a match: its value, the start of its unit (a multiplier, a denominator, a ratio), its factor.

    ``high`` is the upper one of two neighbouring digits (两三个).
    """

    start: int
    value: Decimal
    prefix: str
    factor: Decimal
    dimension: Dimension | None = None
    high: Decimal | None = None


def read_number(match: regex.Match[str]) -> Number:
    """Reads the number of a match; the sign belongs to it."""
    start = min(begin for begin, end in map(match.span, BEGINNINGS) if begin < end)
    if match["half"]:
        return Number(start, Decimal(numerals.table().halves[match["half"]]), "", Decimal(1), "percent")
    value, prefix = read_digits(match)
    parts = read_denominator(match["denominator"])
    if parts:
        return Number(start, value, match["denominator"], 1 / parts, "percent")
    if match["ratio"]:
        return Number(start, abs(value), prefix, ONE, "other")
    return Number(start, value, prefix, numerals.multiplier(prefix), high=read_high(match))


def read_high(match: regex.Match[str]) -> Decimal | None:
    """The upper one of two neighbouring digits, in the multiplier of the numeral."""
    both = numerals.read_neighbours(match["chinese"]) if match["chinese"] else None
    if not both:
        return None
    value, _ = numerals.relative(both[1] + (match["multiplier"] or ""))
    return value


def read_digits(match: regex.Match[str]) -> tuple[Decimal, str]:
    """The value of a match with its sign, and what of the number belongs to its unit."""
    # 1千余万元 is more than a thousand 万元: the word stands between what is multiplied.
    written_multiplier = (match["multiplier"] or "").replace(match["inside"] or NO_WORD, "")
    if match["chinese"]:
        low, _ = numerals.read_neighbours(match["chinese"]) or (match["chinese"], "")
        value, prefix = numerals.relative(low + written_multiplier)
    else:
        value, prefix = numerals.arabic(match["arabic"]), match["ratio"] or written_multiplier
    if match["halved"]:
        value += HALF
    return value.copy_negate() if match["minus"] else value, prefix


def read_denominator(denominator: str | None) -> Decimal:
    """Of how many parts a fraction is: 100 of 百分之; 0 where none is written."""
    if denominator is None:
        return WHOLE_NUMBER
    return numerals.chinese(denominator.removesuffix(lists()["fraction"][0]))


def read_quantity(match: regex.Match[str], masks: Masks) -> Quantity:
    """The quantity that one match of the grammar states."""
    number, spelled = read_number(match), read_unit(match)
    reading = units.meaning(spelled) if spelled else read_without_unit(match, number)
    if match["chinese"] and spelled in lists()["tenths"]:
        number = msgspec.structs.replace(number, value=shift_tenths(match["chinese"], number.value))
    factor = number.factor * reading.factor
    word, key, allows = read_approximation(match)
    dimension = number.dimension or reading.dimension
    low, high = written(number.value, factor, dimension, bool(number.prefix))
    if number.high:
        _, high = written(number.high, factor, dimension, bool(number.prefix))
    return Quantity(
        start=number.start,
        end=match.end(),
        value=number.value,
        value_high=number.high,
        unit=number.prefix + spelled,
        dimension=dimension,
        base_unit="1" if dimension == "percent" else reading.base,
        factor=factor,
        approximation=word,
        interval=allowed(low, high, number.value * factor, allows),
        evidence=tuple(filter(None, (reading.pattern, key))),
        dropped=masks.at(number.start) or find_missing_unit(match, number),
    )


def read_unit(match: regex.Match[str]) -> str:
    """The unit as it is read: behind 个半 with its 个 (两个半月), of a currency's sign the unit that it stands for."""
    spelled = match["unit"] or ""
    whole = match["halved"][0] + spelled if match["halved"] else spelled
    if whole != spelled and whole in units.readings():
        return whole
    sign = (match["currency"] or "").strip()
    return numerals.table().currencies[sign] if sign and not spelled else spelled


def shift_tenths(numeral: str, value: Decimal) -> Decimal:
    """Two digits of a discount are tenths: 七五折 is 7.5折, 八折 is 8折."""
    return value / 10 if len(numeral) > 1 and numerals.table().digits.keys() >= set(numeral) else value


def read_without_unit(match: regex.Match[str], number: Number) -> units.Reading:
    """What a number without a unit's word counts.

    A bare 万 counts people where a word for them follows, money where an amount is named in front; all else is things.
    """
    things = units.Reading(number.dimension or "count", "", Decimal(1), "")
    if not number.prefix or number.prefix.strip(units.multipliers()):
        return things
    if units.people().match(match.string, match.end()):
        return units.first("person")
    is_amount = read_in_front(match.string, number.start).endswith(units.amounts())
    return units.first("money") if is_amount else things


def read_approximation(match: regex.Match[str]) -> tuple[str | None, str | None, Allows | None]:
    """The approximating word of a match, its pattern and what it allows; one inside or behind goes first."""
    for place in ("inside", "after", "before"):
        word = match[place]
        if word:
            key, allows = approximators()[place].get(word) or approximators()["multiple"][word]
            return word, key, allows
    return None, None, None


def find_missing_unit(match: regex.Match[str], number: Number) -> str | None:
    """``no unit`` for a number that has none and needs one; decimals and indices may be stated so (为814.37，)."""
    if number.prefix or match["unit"] or match["half"] or match["currency"]:
        return None
    is_decimal = not set(match["arabic"] or "").isdisjoint(lists()["point"] + lists()["separator"])
    if is_decimal and is_stated(match, "moves") and not match.string.startswith(tuple(lists()["series"]), match.end()):
        return None
    if is_decimal and is_moved(match):
        return None
    return None if is_stated(match, "states" if is_decimal else "indexed") else NO_UNIT


def is_moved(match: regex.Match[str]) -> bool:
    """Whether a number is what an index or a ratio moved from or to: 收入比值由3.27缩小到2.93."""
    if not match["arabic"]:
        return False
    start = match.start("arabic")
    front = match.string[max(0, start - MOVED) : start]
    if patterns.fragment(numerals.FILE, "moved_from").search(front):
        return patterns.fragment(numerals.FILE, "moves_on").match(match.string, match.end()) is not None
    return patterns.fragment(numerals.FILE, "moved_to").search(front) is not None


def is_stated(match: regex.Match[str], words: str) -> bool:
    """Whether a number stands alone behind one of the ``words`` that state it, with a stop or nothing behind it."""
    text: str = match.string
    if not match["arabic"]:
        return False
    front = patterns.fragment(numerals.FILE, "called").sub("", read_in_front(text, match.start("arabic")))
    if not front.endswith(tuple(lists()[words])):
        return False
    return match.end() == len(text) or text.startswith(tuple(lists()["stops"]), match.end())


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
    if quantity.dropped or quantity.approximation or text[quantity.start] not in numeral_characters():
        return False
    if set(text[quantity.start : quantity.start + 2]) <= set(lists()["formal"] + lists()["group"]):
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
    return word.tag not in NUMERIC_TAGS and word.end - word.start < SURE
