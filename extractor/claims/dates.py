"""Dates: how the words of a period become its first and its last day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from typing import Literal

import regex

from extractor import patterns
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
# The groups of the expressions that hold a number.
NUMBERED = ("year", "month", "day", "from", "to", "quarter", "first", "plan")
# The months of a quarter.
QUARTER = 3
Parts = Mapping[str, int]
# The first and the last day, None where a period has no such end.
Days = tuple[str | None, str | None]


def resolve_dates(match: regex.Match[str], resolve: Resolve, year: int | None) -> Days:
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
