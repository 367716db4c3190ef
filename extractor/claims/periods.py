"""Periods: the time a claim speaks of, handed down from clause, paragraph, heading and document."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from functools import cache
from typing import Literal

import msgspec
import regex
from msgspec import Struct

from extractor import patterns
from extractor.model import Period
from extractor.quantities import numerals

Resolve = Literal[
    "year",
    "span",
    "months",
    "until",
    "half",
    "quarter",
    "day",
    "since",
    "plan",
    "this",
    "last",
    "end",
    "past",
    "to_date",
    "now",
    "open",
]

# The plan periods are counted from the first, 1953 to 1957; since the third (1966) each takes five years.
PLAN_ANCHOR, PLAN_LENGTH, FIRST_COUNTED = 2021, 5, 14


# Periods that name no calendar time: they rule in their own sentence only.
SPOKEN: tuple[Resolve, ...] = ("open", "to_date", "now")


class PeriodPattern(Struct, frozen=True, forbid_unknown_fields=True):
    """How a period is written, and how its words become dates."""

    text: str
    resolve: Resolve


class Found(Struct, frozen=True):
    """A period in a text: its place, its words and dates.

    ``calendar`` says that it names calendar time, ``year`` that it is a whole year, ``past`` that it had ended when the
    document's own year began.
    """

    start: int
    end: int
    period: Period
    calendar: bool
    year: bool
    past: bool
    pattern: str
    resolve: Resolve


@cache
def compile_periods() -> tuple[regex.Pattern[str], dict[str, tuple[str, Resolve]]]:
    """All periods as one expression, the earlier pattern first, and what each of its groups stands for."""
    names = patterns.lexicon("claims/periods")
    entries = patterns.load("claims/periods", PeriodPattern)
    groups = {f"p{index}": (key, entry.resolve) for index, (key, entry) in enumerate(entries.items())}
    parts = [f"(?P<p{index}>{entry.text})" for index, entry in enumerate(entries.values())]
    return patterns.compiled("claims/periods", "|".join(parts), names), groups


def find_periods(text: str, year: int | None, published: str | None = None) -> list[Found]:
    """The periods that ``text`` names, in order; ``year`` is the document's own, ``published`` its ISO day.

    >>> [(found.period.text, found.period.start, found.period.end) for found in find_periods("1—9月完成产值", 2020)]
    [('1—9月', '2020-01-01', '2020-09-30')]
    """
    return [_date_published(found, published) for found in _scan(text, year)]


def _date_published(found: Found, published: str | None) -> Found:
    """A period that lasts to the day of publication, with that day."""
    if not published or found.resolve not in ("to_date", "now"):
        return found
    start = f"{published[:4]}-01-01" if found.resolve == "to_date" else None
    return msgspec.structs.replace(found, period=Period(found.period.text, start, published))


def measure_leading(text: str) -> int:
    """The length of the calendar period at the start of ``text``; 0 where there is none.

    >>> measure_leading("2020年度收入总计"), measure_leading("春节期间慰问")
    (6, 0)
    """
    expression, groups = compile_periods()
    match = expression.match(text)
    return match.end() if match and groups[next(name for name in groups if match[name])][1] not in SPOKEN else 0


def find_opening(text: str, start: int, within: int, year: int | None) -> Period | None:
    """The whole year that a text names in the first ``within`` characters behind ``start``, or None."""
    found = next(_scan(text, year, start, start + within), None)
    return found.period if found and found.year else None


def _scan(text: str, year: int | None, start: int = 0, end: int | None = None) -> Iterator[Found]:
    expression, groups = compile_periods()
    for match in expression.finditer(text, start, len(text) if end is None else end):
        key, resolve = groups[next(name for name in groups if match[name])]
        first, last = _resolve(match, resolve, year)
        yield Found(
            match.start(),
            match.end(),
            Period(match[0].strip(), first, last),
            resolve not in SPOKEN,
            resolve == "year",
            resolve == "past" or bool(last and year and last < f"{year:04}"),
            key,
            resolve,
        )


def _resolve(match: regex.Match[str], resolve: Resolve, year: int | None) -> tuple[str | None, str | None]:
    """First and last day of a period, as far as the words and the document's year tell."""
    parts = {name: int(numerals.chinese(text)) if not text.isdecimal() else int(text)
             for name, text in match.groupdict().items()
             if text and name in ("year", "month", "day", "from", "to", "quarter", "first", "plan")}  # fmt: skip
    if resolve == "plan":
        first = PLAN_ANCHOR + PLAN_LENGTH * (10 + parts["plan"] - FIRST_COUNTED)
        return f"{first}-01-01", f"{first + PLAN_LENGTH - 1}-12-31"
    own = parts.get("year", year)
    if resolve in (*SPOKEN, "past") or own is None:
        return None, None
    return _resolve_in(
        resolve, own, parts, match.groupdict().get("half") == patterns.lexicon("claims/periods")["second"]
    )


def _resolve_in(resolve: Resolve, year: int, parts: dict[str, int], second: bool) -> tuple[str | None, str | None]:
    """The dates of a period whose year is known."""
    day = _day(year, parts.get("month", 12), parts.get("day"))
    quarter = parts.get("quarter") or 1
    return {
        "year": (f"{year}-01-01", f"{year}-12-31"),
        "this": (f"{year}-01-01", f"{year}-12-31"),
        "last": (f"{year - 1}-01-01", f"{year - 1}-12-31"),
        "span": (f"{year}-01-01", f"{parts.get('to', year)}-12-31"),
        "months": (_day(year, parts.get("from", 1), 1), _day(year, parts.get("to", parts.get("from", 12)), None)),
        "until": (None, day),
        "day": (day, day),
        "end": (f"{year}-12-31", f"{year}-12-31"),
        "since": (f"{year}-01-01", None),
        "half": (f"{year}-07-01", f"{year}-12-31") if second else (f"{year}-01-01", f"{year}-06-30"),
        "quarter": (f"{year}-01-01", _day(year, 3 * parts["first"], None)) if "first" in parts
        else (_day(year, 3 * quarter - 2, 1), _day(year, 3 * quarter, None)),
    }[resolve]  # fmt: skip


def _day(year: int, month: int, day: int | None) -> str | None:
    """An ISO date, the month's last day where none is named; None for what no calendar knows."""
    if not (1 <= month <= 12 and 1 <= year <= 9999):
        return None
    last = monthrange(year, month)[1]
    return f"{year:04}-{month:02}-{min(day or last, last):02}"
