"""Changes that are what the levels of two years differ by, told apart from both: found by arithmetic.

2023年培训费52.17万元; 2022年培训费46.71万元. … 培训费增加5.46万元，原因是….
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice
from operator import attrgetter

from msgspec import Struct

from extractor.amounts.book import Book
from extractor.amounts.misprints import count_digits
from extractor.amounts.names import Facets, find_scope, is_disjoint, measure_likeness, normalize_name
from extractor.checks.relations.times import read_dates
from extractor.model import Claim

# A change of fewer digits is met by chance.
TELLING = 3
# A level is told for one year in so many places at most.
MOST = 4
# A share of one name is told for so many years at most.
MOST_RATES = 16
RATES = ("share", "rate")
PERCENT = 100
SIGNS = {"increase": 1, "decrease": -1}


class Between(Struct, frozen=True):
    """A change, the level that it led to, and that of the year before."""

    change: Claim
    current: Claim
    base: Claim


Pair = tuple[Claim, Claim]
Differences = Mapping[tuple[str, Fraction], Sequence[Pair]]
"""Levels of one thing with those of the year before, by unit and by what they differ by."""


def find_between(book: Book) -> Iterator[Between]:
    """Every change of the narrative with the first two levels of its name, a year apart, that differ by it."""
    asked = [claim for claim in book.claims if _is_asked(book, claim)]
    differences = book.view(_list_differences) if asked else {}
    for change in asked:
        amount = SIGNS[change.direction or ""] * book.amount(change).exact
        for current, base in differences.get((change.base_unit, amount), ()):
            if _is_of(change, current):
                yield Between(change, current, base)
                break


def find_points_between(book: Book) -> Iterator[Between]:
    """Every change in points right behind a share, with the share of an earlier year of that name that it gives."""
    for change in book.claims:
        if change.dimension == "percentage_point" and change.direction in SIGNS and not change.cell:
            yield from islice(_read_points(book, change), 1)


def _read_points(book: Book, change: Claim) -> Iterator[Between]:
    """The shares of the sentence in front of a change, the nearest first, and the earlier ones that it gives."""
    points = SIGNS[change.direction or ""] * book.amount(change).exact
    for current in reversed(book.find_between(change.sentence.start, change.start)):
        if current.dimension == "percent" and current.kind in RATES and measure_likeness(change, current) > 0:
            for base in book.rates.get(normalize_name(current.metric or ""), ())[:MOST_RATES]:
                if _is_earlier(change, current, base) and _differ_by(book, current, base, points):
                    yield Between(change, current, base)


def _is_earlier(change: Claim, current: Claim, base: Claim) -> bool:
    """Whether a share is one of the same kind and scope, of the year that a change names, or else of one before."""
    mine, year = _read_year(current), _read_year(base)
    if not mine or not year or year >= mine or base.sentence == current.sentence:
        return False
    if (base.kind, find_scope(base)) != (current.kind, find_scope(current)) or base.role != current.role:
        return False
    return not change.baseline or str(year) in change.baseline or year == mine - 1


def _differ_by(book: Book, current: Claim, base: Claim, points: Fraction) -> bool:
    return (book.amount(current).exact - book.amount(base).exact) * PERCENT == points


def _is_asked(book: Book, claim: Claim) -> bool:
    """Whether a claim is one exact amount of enough digits by which something grew or fell."""
    if claim.kind != "change_amount" or not claim.is_one_told or claim.direction not in SIGNS:
        return False
    return not book.amount(claim).vague and count_digits(claim.value) >= TELLING


def _is_of(change: Claim, level: Claim) -> bool:
    """Whether a change is of what a level is of, to its day, planned or done alike."""
    if change.role != level.role or is_disjoint(find_scope(change), find_scope(level)):
        return False
    told = {read_dates(change)[1], read_dates(level)[1]} - {None}
    return len(told) == 1 and measure_likeness(change, level) > 0


def _list_differences(book: Book) -> Differences:
    found: dict[tuple[str, Fraction], list[Pair]] = {}
    for (unit, _), levels in book.by_letters.items():
        for current, base in _pair_years(book, levels):
            gap = book.amount(current).exact - book.amount(base).exact
            found.setdefault((unit, gap), []).append((current, base))
    return found


def _pair_years(book: Book, levels: Sequence[Claim]) -> Iterator[Pair]:
    """The levels of one name, each with those of the year before that are of its scope and role."""
    years: dict[tuple[int, Facets, str], list[Claim]] = {}
    for level in levels if len(levels) > 1 else ():
        year = _read_year(level)
        if year and not book.amount(level).vague:
            years.setdefault((year, find_scope(level), level.role), []).append(level)
    for (year, scope, role), told in years.items():
        before = years.get((year - 1, scope, role), [])[:MOST]
        yield from ((one, base) for one in sorted(told[:MOST], key=attrgetter("start")) for base in before)


def _read_year(level: Claim) -> int | None:
    """The whole year that a level is of, or at the end of."""
    end = read_dates(level)[1]
    return int(end[:4]) if end and end.endswith("12-31") else None
