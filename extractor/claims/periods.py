"""Periods: the time a claim speaks of, handed down from clause, paragraph, heading and document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import msgspec
import regex
from msgspec import Struct

from extractor import patterns
from extractor.claims.dates import Resolve, resolve_dates
from extractor.model import Period
from extractor.needed import Asked, find_needed

# Periods that name no calendar time: they rule in their own sentence only.
SPOKEN: tuple[Resolve, ...] = ("open", "to_date", "now", "in_month", "so_far")
# A month that was named before, and the year up to its end.
MONTHLY: tuple[Resolve, ...] = ("in_month", "so_far")
# A whole year.
YEAR: Resolve = "year"
# Points in time: what stands there is counted on that day; what flows they rule in their own sentence only.
POINTS: tuple[Resolve, ...] = ("end", "quarter_end")
# What a longer time is divided into.
PARTS: tuple[Resolve, ...] = ("year", "span", "half", "quarter", "months")
NEW_YEAR = "-01-01"
# An ISO day begins with so many characters of its year and month.
MONTH = 7
# So many characters in front of a time may say that something was founded then.
FRONT = 10
# Of the former, what lasts to the day of publication.
UP_TO_NOW: tuple[Resolve, ...] = ("to_date", "now")


class PeriodPattern(Struct, frozen=True, forbid_unknown_fields=True):
    """How a period is written, and how its words become dates."""

    text: str
    resolve: Resolve


class Found(Struct, frozen=True):
    """A period in a text: its place, its words and dates.

    ``calendar`` says that it names calendar time, ``point`` that it is a point in it, ``year`` that it is a whole year,
    ``past`` that it had ended when the document's own year began, ``origin`` that something moved from there.
    """

    start: int
    end: int
    period: Period
    calendar: bool
    point: bool
    year: bool
    past: bool
    origin: bool
    pattern: str
    resolve: Resolve


class Entry(Struct, frozen=True):
    """A pattern of a period: its full name, how its words become dates, and its expression."""

    key: str
    resolve: Resolve
    expression: regex.Pattern[str]


class Match(Struct, frozen=True):
    """A place where a pattern matches."""

    entry: Entry
    found: regex.Match[str]


@cache
def compile_periods() -> tuple[Entry, ...]:
    """Every pattern of a period, in the order written.

    They are searched for one by one: as alternatives of one expression, those that begin with any word (春节期间) would
    be tried at every character, which takes twenty times as long.
    """
    names = patterns.lexicon("claims/periods")
    entries = patterns.load("claims/periods", PeriodPattern).items()
    return tuple(Entry(key, entry.resolve, patterns.compiled(key, entry.text, names)) for key, entry in entries)


@cache
def _load_asked() -> Asked[Entry]:
    """The patterns by what they need."""
    return Asked((entry, find_needed(entry.expression.pattern)) for entry in compile_periods())


def find_periods(text: str, year: int | None, published: str | None = None, ahead: bool = False) -> list[Found]:
    """The periods that ``text`` names, in order; ``year`` is the document's own, ``published`` its ISO day.

    ``ahead`` says that the document's year is the one to come, so that years gone by end before it.

    >>> [(found.period.text, found.period.start, found.period.end) for found in find_periods("1—9月完成产值", 2020)]
    [('1—9月', '2020-01-01', '2020-09-30')]
    >>> [(found.period.start, found.period.end) for found in find_periods("2019-2020年，前三季度，十四五末", 2020)]
    [('2019-01-01', '2020-12-31'), ('2020-01-01', '2020-09-30'), ('2021-01-01', '2025-12-31')]
    """
    return [_date_published(read_period(match, year, ahead), published) for match in _find_matches(text)]


def date_months(found: Sequence[Found], month: Period | None) -> Sequence[Found]:
    """Periods with the dates of the month named last (收入当月完成5亿元，累计完成60亿元); ``month`` is the first.

    >>> text = "2021年9月份，收入当月完成5亿元，累计完成60亿元。"
    >>> [(one.period.text, one.period.start) for one in date_months(find_periods(text, None), None)]
    [('2021年9月份', '2021-09-01'), ('当月', '2021-09-01'), ('累计', '2021-01-01')]
    """
    if not any(one.resolve in MONTHLY for one in found):
        return found
    dated: list[Found] = []
    for one in found:
        month = one.period if _is_month(one.period) else month
        is_meant = one.resolve in MONTHLY and month is not None and _is_month(month)
        dated.append(_date_by(one, month) if is_meant and month else one)
    return dated


def _is_month(period: Period) -> bool:
    """Whether a period lies within one month."""
    return bool(period.start and period.end and period.start[:MONTH] == period.end[:MONTH])


def _date_by(found: Found, month: Period) -> Found:
    """A period with the dates of the month that it means, or of the year up to its end."""
    start = month.start if found.resolve == MONTHLY[0] else (month.start or "")[:4] + NEW_YEAR
    return msgspec.structs.replace(found, period=Period(found.period.text, start, month.end))


def _find_matches(text: str) -> Iterator[Match]:
    """The matches of all patterns, none over another: the first wins, of those that begin there the earlier pattern's.

    >>> [match.found[0] for match in _find_matches("2020年上半年，春节期间")]
    ['2020年上半年', '春节期间']
    """
    upcoming = search_all(_load_asked().list_possible(text), text, 0, len(text))
    while upcoming:
        first = min(upcoming, key=lambda match: match.found.start())
        yield first
        upcoming = _skip_past(upcoming, text, first.found.end())


def search_all(entries: Iterable[Entry], text: str, start: int, end: int) -> list[Match]:
    """The first match of each pattern in ``text[start:end]``, in the order of the patterns."""
    found = ((entry, entry.expression.search(text, start, end)) for entry in entries)
    return [Match(entry, match) for entry, match in found if match]


def _skip_past(upcoming: Sequence[Match], text: str, end: int) -> list[Match]:
    """The next match of each pattern from ``end`` on, where some of them already stand."""
    left: list[Match] = []
    for match in upcoming:
        found = match.found
        if found.start() < end:
            found = match.entry.expression.search(text, end)
        if found:
            left.append(Match(match.entry, found))
    return left


@cache
def compile_ahead() -> regex.Pattern[str]:
    """What the title of a report has whose year is the one to come."""
    return patterns.fragment("claims/periods", "ahead")


@cache
def compile_passing() -> regex.Pattern[str]:
    """Words for the year of what their own sentence speaks of (当年)."""
    return patterns.fragment("claims/periods", "passing")


@cache
def compile_aside() -> regex.Pattern[str]:
    """The words that give a reason, up to a period in it."""
    return patterns.fragment("claims/periods", "aside")


@cache
def compile_basis() -> regex.Pattern[str]:
    """The words that say by what something was done, up to a period in them."""
    return patterns.fragment("claims/periods", "basis")


@cache
def compile_based() -> regex.Pattern[str]:
    """What such words end in, behind the period, with the end of their clause."""
    return patterns.fragment("claims/periods", "based")


@cache
def compile_resumed() -> regex.Pattern[str]:
    """Where what a reason explains goes on behind it."""
    return patterns.fragment("claims/periods", "resumed")


@cache
def compile_yearly() -> regex.Pattern[str]:
    """The words for a rate of several years."""
    return patterns.fragment("claims/periods", "yearly")


@cache
def compile_bounding() -> regex.Pattern[str]:
    """What makes a time the beginning or the end of another: since then, before then."""
    return patterns.fragment("claims/periods", "bounding")


@cache
def compile_within() -> regex.Pattern[str]:
    """The word that a part of a time is told behind."""
    return patterns.fragment("claims/periods", "within")


def has_passed(found: Found, text: str, at: int) -> bool:
    """Whether a time that lasts to now was told in an earlier part of the sentence that ``at`` stands in.

    >>> text = "比例为85%，“十三五”以来上升12个百分点；劣质水为8%。"
    >>> [has_passed(one, text, at) for one in find_periods(text, 2023) for at in (18, 30)]
    [False, True]
    >>> text = "“十三五”以来，优质水比例上升12个百分点；劣质水为8%。"
    >>> [has_passed(one, text, 26) for one in find_periods(text, 2023)]
    [False]
    """
    if not patterns.fragment("claims/periods", "lasting").search(found.period.text):
        return False
    if patterns.fragment("claims/periods", "opening").search(text, 0, found.start):
        return False
    return bool(patterns.fragment("claims/periods", "parted").search(text, found.end, at))


def is_over(found: Found, text: str, at: int) -> bool:
    """Whether a part of the time that is spoken of was told in an earlier part of the sentence that ``at`` stands in.

    >>> text = "累计投资3亿元，其中2024年投资2亿元；签约项目13个。"
    >>> [is_over(one, text, at) for one in find_periods(text, 2024) for at in (18, 26)]
    [False, True]
    """
    if not compile_within().search(text, max(0, found.start - FRONT), found.start):
        return False
    return bool(patterns.fragment("claims/periods", "parted").search(text, found.end, at))


@cache
def compile_embeds() -> regex.Pattern[str]:
    """Verbs in front of a year that is of what they were done to."""
    return patterns.fragment("claims/periods", "embeds")


@cache
def compile_each() -> regex.Pattern[str]:
    """Points in time that each of several periods has."""
    return patterns.fragment("claims/periods", "each")


@cache
def compile_undated() -> regex.Pattern[str]:
    """In a title: that its year is the one of writing."""
    return patterns.fragment("claims/periods", "undated")


@cache
def compile_joint() -> regex.Pattern[str]:
    """What stands between the periods of an enumeration."""
    return patterns.fragment("claims/periods", "joint")


def _find_word(year: str) -> str:
    """What a year is written with behind its number.

    >>> _find_word("2024年度"), _find_word("一九五四年")
    ('年度', '年')
    """
    found = patterns.fragment("claims/periods", "year_word").search(year)
    return found[0] if found else ""


def split_years(found: Found) -> list[Period]:
    """The years of a span, each by itself; any other period as it is.

    >>> [period.text for period in split_years(find_periods("2022～2024年", 2025)[0])]
    ['2022年', '2023年', '2024年']
    >>> [period.text for period in split_years(find_periods("2023-2024年度", 2025)[0])]
    ['2023年度', '2024年度']
    >>> [period.text for period in split_years(find_periods("一九五三年到一九五四年", 1954)[0])]
    ['一九五三年', '一九五四年']
    """
    period = found.period
    if found.resolve != "span" or not period.start or not period.end:
        return [period]
    first, *_, last = patterns.fragment("claims/periods", "between").split(period.text)
    begin, end, word = int(period.start[:4]), int(period.end[:4]), _find_word(last)
    written = {begin: first.removesuffix(word) + word, end: last}
    return [
        Period(written.get(year, f"{year}{word}"), f"{year}-01-01", f"{year}-12-31") for year in range(begin, end + 1)
    ]


@cache
def compile_left() -> regex.Pattern[str]:
    """What stands behind a number that something moved from: its time is meant no more."""
    return patterns.fragment("claims/periods", "left")


def is_of_founding(found: Found, text: str, clause: int) -> bool:
    """Whether a time is when something was founded, moved or begun, in an earlier clause than ``clause``.

    >>> text = "医院始建于1951年，于2011年5月迁至新址，设床位500张。"
    >>> [is_of_founding(one, text, 23) for one in find_periods(text, 2023)]
    [True, True]
    >>> is_of_founding(find_periods("2011年5月设床位500张", 2023)[0], "2011年5月设床位500张", 0)
    False
    """
    if found.end > clause:
        return False
    before, at = text[max(0, found.start - FRONT) : found.start], patterns.fragment("claims/periods", "founded")
    told = patterns.fragment("claims/periods", "at").search(before)
    return bool(at.search(before) or (told and patterns.fragment("claims/periods", "founds").match(text, found.end)))


def is_endowed(name: str) -> bool:
    """Whether a name is of the capital that something is founded with."""
    return patterns.fragment("claims/periods", "endowed").search(name) is not None


def is_by_now(left: str) -> bool:
    """Whether words between two numbers say what has been done of the first by now."""
    return patterns.fragment("claims/periods", "by_now").search(left) is not None


def is_until(found: Found) -> bool:
    """Whether a time is told as the one up to which something is counted (截至5月底)."""
    return patterns.fragment("claims/periods", "until").search(found.period.text) is not None


@cache
def compile_flow() -> regex.Pattern[str]:
    """The names of what flows through a year and is not counted on a day."""
    return patterns.fragment("claims/periods", "flow")


def measure_leading(text: str) -> int:
    """The length of the calendar period at the start of ``text``; 0 where there is none.

    >>> measure_leading("2020年度收入总计"), measure_leading("春节期间慰问")
    (6, 0)
    """
    for entry in _load_asked().list_possible(text):
        match = entry.expression.match(text)
        if match:
            return 0 if entry.resolve in SPOKEN else int(match.end())
    return 0


@cache
def compile_ending() -> regex.Pattern[str]:
    """What a period ends in."""
    return patterns.fragment("claims/periods", "ending")


def measure_trailing(text: str) -> int:
    """The length of the calendar period at the end of ``text``; 0 where there is none.

    >>> measure_trailing("合作社在2024年"), measure_trailing("春节期间"), measure_trailing("收入")
    (5, 0, 0)
    """
    if not compile_ending().search(text):
        return 0
    for match in _find_matches(text):
        if match.found.end() == len(text) and match.entry.resolve not in SPOKEN:
            return len(text) - int(match.found.start())
    return 0


def read_period(match: Match, year: int | None, ahead: bool = False) -> Found:
    """The period of one match; ``year`` is the document's own, which is yet to come if ``ahead``."""
    resolve, found = match.entry.resolve, match.found
    first, last = resolve_dates(found, resolve, year - 1 if year and ahead and resolve == "past" else year)
    return Found(
        start=found.start(),
        end=found.end(),
        period=Period(found[0].strip(), first, last),
        calendar=resolve not in SPOKEN,
        point=resolve in POINTS,
        year=resolve == YEAR,
        past=resolve == "past" or _is_behind(last, year),
        origin=_is_origin(found),
        pattern=match.entry.key,
        resolve=resolve,
    )


def _is_origin(found: regex.Match[str]) -> bool:
    """Whether a period is when a move began (由上年的第4位升至第3位), not since when something lasts (从2020年起)."""
    leaves, begins = (patterns.fragment("claims/periods", name) for name in ("leaves", "begins"))
    return bool(leaves.match(found.string, found.start()) and begins.match(found.string, found.end()))


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
