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
    "quarter_end",
    "day",
    "days",
    "across",
    "straddle",
    "since",
    "plan",
    "this",
    "last",
    "before_last",
    "next",
    "end",
    "past",
    "named",
    "in_month",
    "so_far",
    "to_date",
    "now",
    "open",
]

# 十四五, the fourteenth plan period, began in 2021; since the third (1966) each takes five years. Only those after the
# tenth are named so, by what stands behind 十. The two before the third began in other years.
PLAN_ANCHOR, PLAN_LENGTH, FIRST_COUNTED, TENTH = 2021, 5, 14, 10
FIRST_PLANS = {1: 1953, 2: 1958}
# The groups of the expressions that hold a number.
NUMBERED = (
    "year",
    "month",
    "day",
    "from",
    "to",
    "to_year",
    "to_month",
    "to_day",
    "quarter",
    "first",
    "plan",
    "early",
    "count",
)
# The words for a year that is not the document's own, and how far behind it that one lies.
AWAY = {"last": 1, "before_last": 2, "next": -1}
# The months of a quarter.
QUARTER = 3
Parts = Mapping[str, int]
# The first and the last day, None where a period has no such end.
Days = tuple[str | None, str | None]


def resolve_dates(match: regex.Match[str], resolve: Resolve, year: int | None) -> Days:
    """First and last day of a period, as far as the words and the document's year tell."""
    parts = _read_parts(match)
    if resolve == "plan":
        return _resolve_plan(parts.get("early", TENTH + parts.get("plan", 0)))
    own = parts.get("year", _move_year(match, year))
    if own is None or resolve not in RESOLVERS:
        return None, None
    return RESOLVERS[resolve](own, parts)


def _resolve_plan(number: int) -> Days:
    """The five years of a plan.

    >>> _resolve_plan(1), _resolve_plan(6), _resolve_plan(14)
    (('1953-01-01', '1957-12-31'), ('1981-01-01', '1985-12-31'), ('2021-01-01', '2025-12-31'))
    """
    first = FIRST_PLANS.get(number, PLAN_ANCHOR + PLAN_LENGTH * (number - FIRST_COUNTED))
    return f"{first}-01-01", f"{first + PLAN_LENGTH - 1}-12-31"


def _move_year(match: regex.Match[str], year: int | None) -> int | None:
    """The document's year, or the one that a word names beside it (去年一季度)."""
    named = match.groupdict()
    away = next((years for name, years in AWAY.items() if named.get(name)), 0)
    return year - away if year else None


def _read_parts(match: regex.Match[str]) -> dict[str, int]:
    """The numbers that a match names; a second half is 2, any other 1."""
    groups = match.groupdict("")
    parts = {name: _read_number(groups[name]) for name in NUMBERED if groups.get(name)}
    if groups.get("half"):
        parts["half"] = 2 if groups["half"] == patterns.lexicon("claims/periods")["second"] else 1
    return parts


def _read_number(text: str) -> int:
    """A number in Arabic or Chinese digits."""
    return int(numerals.read(text.strip()))


def _resolve_year(year: int, parts: Parts) -> Days:
    """A whole year, or several (2019-2020年), whichever of them is named first (1957年和1956年两年)."""
    first, last = sorted((year, parts.get("to", year)))
    return f"{first}-01-01", f"{last}-12-31"


def _resolve_last(year: int, parts: Parts) -> Days:
    """The year before."""
    return f"{year - 1}-01-01", f"{year - 1}-12-31"


def _resolve_before_last(year: int, parts: Parts) -> Days:
    """The year before the last one."""
    return _resolve_year(year - 2, {})


def _resolve_next(year: int, parts: Parts) -> Days:
    """The year that follows."""
    return _resolve_year(year + 1, {})


def _resolve_straddle(year: int, parts: Parts) -> Days:
    """A year that begins in one and ends in the next, at a day that is not told."""
    return f"{year}-01-01", f"{year + 1}-12-31"


def _resolve_past(year: int, parts: Parts) -> Days:
    """So many years up to this one."""
    return (f"{year - parts['count'] + 1}-01-01", f"{year}-12-31") if parts.get("count") else (None, None)


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


def _resolve_days(year: int, parts: Parts) -> Days:
    """From one day to another (10月1日至7日)."""
    first = _write_day(year, parts["month"], parts["day"])
    month = parts.get("to_month", parts["month"])
    return first, _write_day(parts.get("to_year", year), month, parts["to_day"])


def _resolve_across(year: int, parts: Parts) -> Days:
    """From a month of one year to one of another (2018年9月至2022年8月)."""
    return _write_day(year, parts["month"], 1), _write_day(parts["to_year"], parts["to_month"], None)


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


def _resolve_quarter_end(year: int, parts: Parts) -> Days:
    """The last day of a quarter."""
    _, last = _resolve_quarter(year, parts)
    return last, last


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
    "before_last": _resolve_before_last,
    "next": _resolve_next,
    "past": _resolve_past,
    "months": _resolve_months,
    "until": _resolve_until,
    "day": _resolve_day,
    "days": _resolve_days,
    "across": _resolve_across,
    "straddle": _resolve_straddle,
    "end": _resolve_end,
    "since": _resolve_since,
    "half": _resolve_half,
    "quarter": _resolve_quarter,
    "quarter_end": _resolve_quarter_end,
}
