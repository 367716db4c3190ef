"""What time a number of a text may be of: 去年 is told by the day of writing, which few texts tell."""

from __future__ import annotations

from functools import cache

import msgspec
import regex

from extractor import patterns
from extractor.cite.numbers import Told
from extractor.model import Period
from extractor.passages.items import Item

YEAR = 4


@cache
def _compile(name: str) -> regex.Pattern[str]:
    """An expression of ``patterns/cite/times.toml``."""
    return patterns.fragment("cite/times", name)


def is_by_writing(item: Item) -> bool:
    """Whether the time of a number is told by the day of writing."""
    period = item.claim.period
    return bool(period and period.start and _compile("by_writing").search(period.text))


def is_below(item: Item, year: int | None) -> bool:
    """Whether the time of a number names no year, and has another than its text, from words above it."""
    period = item.claim.period
    if not (period and period.start) or _compile("dated").search(period.text):
        return False
    return period.start[:YEAR] != str(year)


def read_later(item: Item) -> Item:
    """A number as one of the year after: its text, which took the year of its report for its own, was written then."""
    period = item.claim.period
    assert period is not None, "only what is told by the day of writing is read again"
    later = Period(period.text, _move(period.start), _move(period.end))
    return msgspec.structs.replace(item, claim=msgspec.structs.replace(item.claim, period=later))


def _move(day: str | None) -> str | None:
    """The same day of the year after.

    >>> _move("2023-12-31")
    '2024-12-31'
    """
    return day and f"{int(day[:YEAR]) + 1}{day[YEAR:]}"


def list_readings(item: Item, year: int | None, of_report: int | None) -> tuple[Item, ...]:
    """A number as it is read, and a year later where its text may have been written the year after its report's.

    ``year`` is what the text was read by. Where it is not ``of_report``, the text tells of itself when it was written.
    """
    if year != of_report or not (is_by_writing(item) or is_below(item, year)):
        return (item,)
    return item, read_later(item)


def is_told_alike(told: Told) -> bool:
    """Whether a report tells a number by the day of writing too: then a text that does means the same year."""
    return is_by_writing(told.item)
