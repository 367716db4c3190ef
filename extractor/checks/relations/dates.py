"""Dates that there are not (2月30日, 第五季度), and spans that end before they begin, in the sentence of a number."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from functools import partial

import regex
from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.model import Claim

# A year in which every month has all days that it ever has.
LEAP = 2000
MONTHS = range(1, 13)
DATED = ("dated_day", "month", "day")

_expression = partial(patterns.fragment, "checks/date")


class Misdated(Struct, frozen=True):
    """A number, the words of its sentence that are no date or no span, and which of both."""

    claim: Claim
    form: str
    words: str


def find_misdated(book: Book) -> Iterator[Misdated]:
    """Every date that is none, and every span that is turned, in the sentence of a number."""
    for match in _list_wrong(book.text):
        claim = _find_claim(book, match)
        if claim:
            yield Misdated(claim, "none", match[0])
    for match in filter(_is_turned, _expression("span").finditer(book.text)):
        claim = _find_claim(book, match)
        if claim:
            yield Misdated(claim, "turned", match[0])


def _list_wrong(text: str) -> Iterator[regex.Match[str]]:
    """The dates and quarters that there are not, each told once."""
    yield from _expression("quarter").finditer(text)
    ends: set[int] = set()
    for name in DATED:
        for match in filter(_is_none, _expression(name).finditer(text)):
            if match.start("month") not in ends:
                ends.add(match.start("month"))
                yield match


def _is_none(match: regex.Match[str]) -> bool:
    """Whether no month has the number, or no day of the month."""
    told = match.groupdict()
    month = int(told["month"])
    if month not in MONTHS:
        return True
    last = monthrange(int(told.get("year") or LEAP), month)[1]
    return told.get("day") is not None and not 1 <= int(told["day"]) <= last


def _is_turned(match: regex.Match[str]) -> bool:
    """Whether the second date is in front of the first, as far as both are told."""
    names = ["year", "month", "day"] if match["day"] and match["last_day"] else ["year", "month"]
    return [int(match[f"last_{name}"]) for name in names] < [int(match[name]) for name in names]


def _find_claim(book: Book, match: regex.Match[str]) -> Claim | None:
    """The number of the narrative that is told in the sentence of a date, the next one behind it before others."""
    at = book.count_before(match.end())
    around = (*book.claims[at : at + 1], *book.claims[max(0, at - 1) : at])
    inside = (one for one in around if one.sentence.start <= match.start() < one.sentence.end)
    return next((one for one in inside if not one.cell), None)
