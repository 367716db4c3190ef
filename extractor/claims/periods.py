"""Periods: the time a claim speaks of, handed down from clause, paragraph, heading and document."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
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

# 十四五, the fourteenth plan period, began in 2021; since the third (1966) each takes five years. Only those after the
# tenth are named so, by what stands behind 十.
PLAN_ANCHOR, PLAN_LENGTH, FIRST_COUNTED, TENTH = 2021, 5, 14, 10


# Periods that name no calendar time: they rule in their own sentence only.
SPOKEN: tuple[Resolve, ...] = ("open", "to_date", "now")
# Of these, what lasts to the day of publication.
UP_TO_NOW: tuple[Resolve, ...] = ("to_date", "now")
# The groups of the expressions that hold a number.
NUMBERED = ("year", "month", "day", "from", "to", "quarter", "first", "plan")
# The months of a quarter.
QUARTER = 3
Parts = Mapping[str, int]
# The first and the last day, None where a period has no such end.
Days = tuple[str | None, str | None]


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


class Entry(Struct, frozen=True):
    """A pattern of a period: its full name, and how its words become dates."""

    key: str
    resolve: Resolve


@cache
def compile_periods() -> tuple[regex.Pattern[str], Mapping[str, Entry]]:
    """All periods as one expression, the earlier pattern first, and what each of its groups stands for."""
    names = patterns.lexicon("claims/periods")
    found = patterns.load("claims/periods", PeriodPattern)
    entries = {f"p{index}": Entry(key, pattern.resolve) for index, (key, pattern) in enumerate(found.items())}
    parts = [f"(?P<{group}>{pattern.text})" for group, pattern in zip(entries, found.values(), strict=True)]
    return patterns.compiled("claims/periods", "|".join(parts), names), entries


def find_periods(text: str, year: int | None, published: str | None = None) -> list[Found]:
    """The periods that ``text`` names, in order; ``year`` is the document's own, ``published`` its ISO day.

    >>> [(found.period.text, found.period.start, found.period.end) for found in find_periods("1—9月完成产值", 2020)]
    [('1—9月', '2020-01-01', '2020-09-30')]
    >>> [(found.period.start, found.period.end) for found in find_periods("2019-2020年，前三季度，十四五末", 2020)]
    [('2019-01-01', '2020-12-31'), ('2020-01-01', '2020-09-30'), ('2021-01-01', '2025-12-31')]
    """
    expression, _ = compile_periods()
    return [_date_published(_read_period(match, year), published) for match in expression.finditer(text)]


def measure_leading(text: str) -> int:
    """The length of the calendar period at the start of ``text``; 0 where there is none.

    >>> measure_leading("2020年度收入总计"), measure_leading("春节期间慰问")
    (6, 0)
    """
    expression, entries = compile_periods()
    match = expression.match(text)
    if not match or _find_entry(match, entries).resolve in SPOKEN:
        return 0
    return int(match.end())


def find_opening(text: str, start: int, within: int, year: int | None) -> Period | None:
    """The whole year that a text names in the first ``within`` characters behind ``start``, or None.

    >>> find_opening("2020年，全区收入52万元。", 0, 12, None).start
    '2020-01-01'
    """
    expression, _ = compile_periods()
    match = expression.search(text, start, start + within)
    found = _read_period(match, year) if match else None
    return found.period if found and found.year else None


def _read_period(match: regex.Match[str], year: int | None) -> Found:
    """The period of one match; ``year`` is the document's own."""
    entry = _find_entry(match, compile_periods()[1])
    first, last = _resolve(match, entry.resolve, year)
    return Found(
        start=match.start(),
        end=match.end(),
        period=Period(match[0].strip(), first, last),
        calendar=entry.resolve not in SPOKEN,
        year=entry.resolve == "year",
        past=entry.resolve == "past" or _is_behind(last, year),
        pattern=entry.key,
        resolve=entry.resolve,
    )


def _find_entry(match: regex.Match[str], entries: Mapping[str, Entry]) -> Entry:
    """The pattern that a match of all periods is of."""
    for group, entry in entries.items():
        if match[group]:
            return entry
    raise AssertionError("every alternative of the expression is a group")


def _is_behind(last: str | None, year: int | None) -> bool:
    """Whether a day lies before a year begins."""
    if not last or not year:
        return False
    return last < f"{year:04}"


def _date_published(found: Found, published: str | None) -> Found:
    """A period that lasts to the day of publication, with that day."""
    if not published or found.resolve not in UP_TO_NOW:
        return found
    start = f"{published[:4]}-01-01" if found.resolve == "to_date" else None
    return msgspec.structs.replace(found, period=Period(found.period.text, start, published))


def _resolve(match: regex.Match[str], resolve: Resolve, year: int | None) -> Days:
    """First and last day of a period, as far as the words and the document's year tell."""
    parts = _read_parts(match)
    if resolve == "plan":
        first = PLAN_ANCHOR + PLAN_LENGTH * (TENTH + parts["plan"] - FIRST_COUNTED)
        return f"{first}-01-01", f"{first + PLAN_LENGTH - 1}-12-31"
    own = parts.get("year", year)
    if own is None or resolve not in RESOLVERS:
        return None, None
    return RESOLVERS[resolve](own, parts)


def _read_parts(match: regex.Match[str]) -> dict[str, int]:
    """The numbers that a match names; a second half is 2, any other 1."""
    groups = match.groupdict("")
    parts = {name: _read_number(groups[name]) for name in NUMBERED if groups.get(name)}
    if groups.get("half"):
        parts["half"] = 2 if groups["half"] == patterns.lexicon("claims/periods")["second"] else 1
    return parts


def _read_number(text: str) -> int:
    """A number in Arabic or Chinese digits."""
    value: int = int(text) if text.isdecimal() else int(numerals.chinese(text))
    return value


def _resolve_year(year: int, parts: Parts) -> Days:
    """A whole year, or several (2019-2020年)."""
    return f"{year}-01-01", f"{parts.get('to', year)}-12-31"


def _resolve_last(year: int, parts: Parts) -> Days:
    """The year before."""
    return f"{year - 1}-01-01", f"{year - 1}-12-31"


def _resolve_months(year: int, parts: Parts) -> Days:
    """A month, or several (1—9月)."""
    first = parts.get("from")
    return _write_day(year, first or 1, 1), _write_day(year, parts.get("to", first or 12), None)


def _resolve_until(year: int, parts: Parts) -> Days:
    """Up to a day, or to the last one of a month."""
    return None, _write_day(year, parts.get("month", 12), parts.get("day"))


def _resolve_day(year: int, parts: Parts) -> Days:
    """One day."""
    day = _write_day(year, parts.get("month", 12), parts.get("day"))
    return day, day


def _resolve_end(year: int, parts: Parts) -> Days:
    """The last day of a year."""
    return f"{year}-12-31", f"{year}-12-31"


def _resolve_since(year: int, parts: Parts) -> Days:
    """From the beginning of a year."""
    return f"{year}-01-01", None


def _resolve_half(year: int, parts: Parts) -> Days:
    """The first or the second half of a year."""
    return (f"{year}-07-01", f"{year}-12-31") if parts["half"] == 2 else (f"{year}-01-01", f"{year}-06-30")


def _resolve_quarter(year: int, parts: Parts) -> Days:
    """A quarter, or the first several (前三季度)."""
    if "first" in parts:
        return f"{year}-01-01", _write_day(year, QUARTER * parts["first"], None)
    last = QUARTER * (parts.get("quarter") or 1)
    return _write_day(year, last - QUARTER + 1, 1), _write_day(year, last, None)


def _write_day(year: int, month: int, day: int | None) -> str | None:
    """An ISO date, the month's last day where none is named; None for what no calendar knows."""
    if not (1 <= month <= 12 and 1 <= year <= 9999):
        return None
    last = monthrange(year, month)[1]
    return f"{year:04}-{month:02}-{min(day or last, last):02}"


RESOLVERS: Mapping[Resolve, Callable[[int, Parts], Days]] = {
    "year": _resolve_year,
    "this": _resolve_year,
    "span": _resolve_year,
    "last": _resolve_last,
    "months": _resolve_months,
    "until": _resolve_until,
    "day": _resolve_day,
    "end": _resolve_end,
    "since": _resolve_since,
    "half": _resolve_half,
    "quarter": _resolve_quarter,
}
