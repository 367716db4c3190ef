"""The time that a text opens with, or announces what follows by: it rules what stands behind it, unsaid."""

from __future__ import annotations

from functools import cache, lru_cache

from extractor import patterns
from extractor.claims.dates import Resolve
from extractor.claims.periods import (
    NEW_YEAR,
    PARTS,
    YEAR,
    Entry,
    Found,
    Match,
    compile_periods,
    find_periods,
    read_period,
    search_all,
)
from extractor.model import Period
from extractor.needed import ANY, Characters, find_first

# Days up to which a list is told that the next paragraph begins.
ANNOUNCED: tuple[Resolve, ...] = ("until", "end")
# A day up to which.
UNTIL: Resolve = "until"
# What may name a year as a whole without saying which, and a year to read the parts of one by.
THIS: Resolve = "this"
SOME_YEAR = 2000
# Such a day stands right at the front of what announces the list (现将2020年11月1日零时…公布如下：).
FRONT = 4
# A period may reach so much further than the place where it begins: of 2021年至2024年 the front is another one.
LONGEST = 24
# So many characters that texts begin with are remembered: all those that are in use.
CHARACTERS = 4096


def find_opening(text: str, start: int, within: int, year: int | None) -> Period | None:
    """The year, or its first months, that a text names in the first ``within`` characters behind ``start``, or None.

    >>> find_opening("2020年，全区收入52万元。", 0, 12, None).start
    '2020-01-01'
    >>> find_opening("2020年上半年，全区收入52万元。", 0, 12, None).end
    '2020-06-30'
    >>> find_opening("2020年1月，全区收入52万元。", 0, 12, None)
    >>> find_opening("图中2020年至2023年为决算数。", 0, 9, None)
    """
    begins = _list_beginnings()
    if begins and begins.isdisjoint(text[start : start + within]):
        return None
    if not search_all(_list_years(), text, start, start + within):
        return None
    matches = search_all(compile_periods(), text, start, start + within + LONGEST)
    if not matches:
        return None
    found = read_period(min(matches, key=lambda match: match.found.start()), year)
    return found.period if found.year or _is_of_first_months(found) else None


def find_part(text: str, start: int, year: int | None) -> Period | None:
    """The first months of a year, all of it or a day up to which, that a text begins with and whose year it leaves out.

    >>> find_part("上半年，全区收入52万元。", 0, 2020).end, find_part("1-9月审结案件52件。", 0, None).text
    ('2020-06-30', '1-9月')
    >>> find_part("截至9月20日，未结案件52件。", 0, 2020).end, find_part("全年收入52万元。", 0, 2020).end
    ('2020-09-20', '2020-12-31')
    >>> find_part("初步核算，全年生产总值52万元。", 0, 2020).text
    '全年'
    >>> find_part("下半年收入52万元。", 0, 2020)
    >>> find_part("2020年上半年收入52万元。", 0, 2020)
    """
    accounted = patterns.fragment("claims/periods", "accounted").match(text, start)
    at = accounted.end() if accounted else start
    matches = ((entry, entry.expression.match(text, at)) for entry in _list_parts(text[at : at + 1]))
    match = next((Match(entry, found) for entry, found in matches if found), None)
    if not match or match.found.groupdict().get("year"):
        return None
    found = read_period(match, year or SOME_YEAR)
    if not (found.resolve == UNTIL or _is_whole(found) or _is_of_first_months(found)):
        return None
    return found.period if year else Period(found.period.text, None, None)


@lru_cache(CHARACTERS)
def _list_parts(character: str) -> list[Entry]:
    """The patterns that may match from a character on: most texts begin with one that none of them does."""
    return [entry for entry, first in _list_all_parts() if not first or character in first]


@cache
def _list_all_parts() -> list[tuple[Entry, Characters]]:
    """The patterns of what a year is divided into, of a day up to which, and of a year that a word names.

    Each with the characters that it begins with; none where that cannot be told.
    """
    parts = (entry for entry in compile_periods() if entry.resolve in (*PARTS, UNTIL, THIS))
    return [(entry, find_first(entry.expression.pattern)) for entry in parts]


def _is_whole(found: Found) -> bool:
    """Whether a period is a year as a whole (全年)."""
    return patterns.fragment("claims/periods", "whole").fullmatch(found.period.text) is not None


def _is_of_first_months(found: Found) -> bool:
    """Whether a period is some months from the beginning of a year: 上半年, 1-9月."""
    first, last = found.period.start or "", found.period.end or ""
    is_long = first[:4] == last[:4] and first[5:7] < last[5:7]
    return found.resolve in PARTS and first.endswith(NEW_YEAR) and is_long


def find_announced(text: str, start: int, end: int, year: int | None) -> Period | None:
    """The day up to which, or the only year of which, a text announces what follows (2021年度收支情况如下：), or None.

    >>> find_announced("截至2018年12月统计，人员情况如下：", 0, 20, 2019).end
    '2018-12-31'
    >>> find_announced("经汇总，2021年度收支情况如下：", 0, 17, None).end
    '2021-12-31'
    >>> find_announced("截至2018年12月，在职人员20人。", 0, 16, 2019)
    >>> find_announced("经汇总，2021年和2020年收支情况如下：", 0, 20, None)
    """
    if not patterns.fragment("claims/periods", "announces").search(text, start, end):
        return None
    said = patterns.fragment("claims/periods", "announcing").search(text[start:end].rstrip())
    sentence = said[0] if said else ""
    told = [one for one in find_periods(sentence, year) if one.calendar]
    if not told:
        return None
    introduced = patterns.fragment("claims/periods", "introduced").match(sentence)
    front = FRONT + (introduced.end() if introduced else 0)
    is_day = told[0].start <= front and told[0].resolve in ANNOUNCED
    return told[0].period if is_day or (told[0].year and len(told) == 1) else None


@cache
def _list_beginnings() -> Characters:
    """The characters of which one begins every whole year; none where that cannot be told."""
    each = [find_first(entry.expression.pattern) for entry in _list_years()]
    return frozenset().union(*each) if all(each) else ANY


@cache
def _list_years() -> list[Entry]:
    """The patterns of whole years."""
    return [entry for entry in compile_periods() if entry.resolve == YEAR]
