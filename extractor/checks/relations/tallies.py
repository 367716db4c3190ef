"""How many of several rates rose and fell, as words say of them: 价格呈“七涨一降”态势，其中：食品类上涨1.9%，…."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import regex
from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.model import Claim
from extractor.quantities import numerals

WAYS = {"rise": "increase", "fall": "decrease"}
# What is told of so few may be told of others.
FEWEST = 3

_expression = partial(patterns.fragment, "checks/direction")


class Tally(Struct, frozen=True):
    """The rates that words count by their direction, the words, and whether as many rose and fell as they say."""

    rates: tuple[Claim, ...]
    words: str
    is_right: bool


def find_tallies(book: Book) -> Iterator[Tally]:
    """Every count of what rose and fell that has just as many rates behind it, in its sentence or in the next one."""
    for match in _expression("tally").finditer(book.text):
        wanted = {way: _read_count(match, name) for name, way in WAYS.items()}
        rates = _list_rates(book, match)
        if len(rates) >= FEWEST and len(rates) == sum(wanted.values()):
            found = {way: sum(rate.direction == way for rate in rates) for way in wanted}
            yield Tally(rates, match[0], found == wanted)


def _read_count(match: regex.Match[str], name: str) -> int:
    return int(numerals.read(match[name])) if match[name] else 0


def _list_rates(book: Book, match: regex.Match[str]) -> tuple[Claim, ...]:
    """The rates of growth and fall behind some words, of their sentence or of one that goes on with what it tells."""
    following = book.claims[book.count_before(match.end()) :][:1]
    if not following or book.has_border(match.end(), following[0].start):
        return ()
    sentence = following[0].sentence
    if sentence.start > match.start() and not _expression("goes_on").match(book.text, sentence.start):
        return ()
    told = book.find_between(match.end(), sentence.end)
    return tuple(one for one in told if one.kind == "change_rate" and one.dimension == "percent")
