"""Numbers that words call a quotient, with the numbers that they come from: 日均, 人均, 每股收益, 容积率."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from functools import cache, partial
from itertools import islice
from operator import attrgetter

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.once import once_a_book
from extractor.checks.relations.called import (
    CalledLevels,
    compile_name,
    is_called,
    is_told_level,
    list_characters,
    walk_nearest,
)
from extractor.checks.relations.clauses import is_origin
from extractor.checks.relations.times import OPEN, Dates, has_same_time, read_dates
from extractor.checks.relations.told_bases import is_compared
from extractor.model import Claim
from extractor.needed import Asked, find_needed

WORDS = "checks/ratio"
# Of a sentence the numbers of a quotient stand among so many claims in front of it, and are the last ones of a level.
NEAREST, BESIDE = 8, 2
# Of a line they are any of these.
IN_LINE = 6
# So many others may a number be divided by: no report at hand tells of as many populations of one unit.
MOST_OTHERS = 32
# A year of so many days is a leap year's.
LEAP = 366


class QuotientPattern(Struct, frozen=True, forbid_unknown_fields=True):
    """What is what by what; expressions over the words in front of a number, its metric and its unit."""

    result: str
    numerator: str
    denominator: str
    also: str
    constants: list[str]
    period: str
    near: bool
    line: bool
    bound: bool
    pure: bool
    leeway: int
    mean: bool
    grows: bool


class Quotient(Struct, frozen=True):
    """A number with what it is divided from; ``form`` is that of a divisor that nobody prints, if it is divided by one.

    ``is_bound`` says whether words tie the numbers together, so that a difference is more than one of definition; else
    one of more than ``leeway`` is, where there is one. ``by_mean`` says that the divisor is the mean of a year.
    """

    result: Claim
    numerator: Claim
    denominators: tuple[Claim, ...]
    form: str | None
    is_bound: bool
    leeway: Fraction
    by_mean: bool
    pattern: str


@cache
def load_quotients() -> dict[str, QuotientPattern]:
    """The quotients of the pattern file by their full names."""
    return patterns.load(WORDS, QuotientPattern)


@cache
def _load_asked() -> Asked[tuple[str, QuotientPattern]]:
    """The quotients by what their results need."""
    found = load_quotients().items()
    return Asked((one, find_needed(compile_name(WORDS, one[1].result).pattern)) for one in found)


@once_a_book
def find_quotients(book: Book) -> Iterator[Quotient]:
    """Every number that its words call a quotient, with the numbers that it may come from, the likeliest first."""
    for at, claim in enumerate(book.claims):
        if not _may_be_quotient(book, claim):
            continue
        for name, pattern in _load_asked().list_possible(list_characters(book, claim)):
            if is_called(book, WORDS, pattern.result, claim) and not (pattern.pure and _is_measured(claim)):
                yield from _find_by_pattern(book, at, pattern, name)


def _may_be_quotient(book: Book, claim: Claim) -> bool:
    """Whether a claim of the narrative is a level, a rate or a share that was reached."""
    if claim.kind not in ("level", "rate", "share") or claim.cell:
        return False
    return not is_origin(book, claim) and not is_compared(book, claim)


def _is_measured(claim: Claim) -> bool:
    """Whether a number counts or measures things (连续5年), which no pure number does."""
    return bool(claim.unit) and claim.dimension not in ("percent", "other")


def _find_by_pattern(book: Book, at: int, pattern: QuotientPattern, name: str) -> Iterator[Quotient]:
    """What a number that a pattern names is divided from: two numbers, or one and a constant."""
    claim = book.claims[at]
    numerator = next(_find_numerators(book, at, pattern), None)
    if numerator is None:
        return
    if pattern.constants:
        form = pattern.constants[-1 if _is_leap(numerator) else 0]
        yield Quotient(claim, numerator, (), form, pattern.bound, Fraction(pattern.leeway, 100), pattern.mean, name)
        return
    denominators = tuple(_choose_denominators(book, at, pattern, numerator))
    if denominators:
        yield Quotient(
            claim, numerator, denominators, None, pattern.bound, Fraction(pattern.leeway, 100), pattern.mean, name
        )


def _find_numerators(book: Book, at: int, pattern: QuotientPattern) -> Iterator[Claim]:
    """What a quotient may divide, the nearest first: of the last levels of its sentence, or of all."""
    claim = book.claims[at]
    if pattern.near:
        around: Iterable[Claim] = [*_list_named(book, claim), *_find_near(book, at, pattern)]
    else:
        around = walk_nearest(_list_numerators(book, pattern, claim), claim)
    return filter(partial(_is_numerator, book, pattern, claim), around)


def _list_named(book: Book, claim: Claim) -> list[Claim]:
    """The levels of its sentence that a quotient is called by: 补助人均 of 补助86万元, whatever stands between."""
    before = reversed(book.find_between(claim.sentence.start, claim.start))
    name = claim.metric or ""
    return [
        one
        for one in before
        if one.kind == "level" and one.metric and name.startswith(one.metric) and name != one.metric
    ]


def _list_numerators(book: Book, pattern: QuotientPattern, claim: Claim) -> list[list[Claim]]:
    """The levels that a quotient of the whole document may divide: of its role and unit, and of its time or of none."""
    dates = read_dates(claim)
    is_timed = not pattern.period and dates != OPEN
    kind = partial(_read_kind, pattern.pure, is_timed)
    groups = book.view(CalledLevels).group(WORDS, pattern.numerator, kind, (pattern.pure, is_timed))
    unit = "" if pattern.pure else _read_divided(claim)
    times = (dates, OPEN) if is_timed else (OPEN,)
    return [groups[claim.role, unit, time] for time in times if (claim.role, unit, time) in groups]


def _read_kind(pure: bool, timed: bool, one: Claim) -> tuple[str, str, Dates]:
    """What a numerator has in common with its quotient: role, unit if it has one, time if that is asked for."""
    return one.role, "" if pure else one.base_unit, read_dates(one) if timed else OPEN


def _choose_denominators(book: Book, at: int, pattern: QuotientPattern, numerator: Claim) -> Iterator[Claim]:
    """The nearest number that is called a divisor, then others that it may be divided by."""
    named = next(_find_divisors(book, at, pattern, numerator, pattern.denominator), None)
    if named is None:
        return
    yield named
    if pattern.also:
        yield from islice(_find_divisors(book, at, pattern, numerator, pattern.also), MOST_OTHERS)


def _find_divisors(book: Book, at: int, pattern: QuotientPattern, numerator: Claim, expression: str) -> Iterator[Claim]:
    """The levels that ``expression`` names and that a quotient may be divided by, the nearest first."""
    claim = book.claims[at]
    is_divisor = partial(_may_divide, pattern, claim, numerator)
    if pattern.near:
        near = filter(is_divisor, _find_near(book, at, pattern))
        return (one for one in near if is_called(book, WORDS, expression, one))
    groups = book.view(CalledLevels).group(WORDS, expression, attrgetter("base_unit"), "base_unit")
    units = [group for group in groups.values() if _has_unit_of_divisor(pattern, claim, numerator, group[0])]
    return filter(is_divisor, walk_nearest(units, claim))


def _find_near(book: Book, at: int, pattern: QuotientPattern) -> list[Claim]:
    """The last levels in front of a claim in its sentence, or in its line if the pattern says so, the nearest first."""
    claim, found = book.claims[at], list[Claim]()
    for one in reversed(book.claims[max(0, at - NEAREST) : at]):
        is_beside = one.sentence == claim.sentence or (pattern.line and not book.has_border(one.end, claim.start))
        if is_beside and is_told_level(book, one):
            found.append(one)
    return found[: IN_LINE if pattern.line else BESIDE]


def _is_numerator(book: Book, pattern: QuotientPattern, claim: Claim, one: Claim) -> bool:
    """Whether a level is what a quotient divides: of the unit, the period and the name that its pattern wants."""
    if one.role != claim.role:
        return False
    if not is_called(book, WORDS, pattern.numerator, one):
        return False
    if not pattern.pure and one.base_unit != _read_divided(claim):
        return False
    return _is_timed(pattern, claim, one)


def _read_divided(claim: Claim) -> str:
    """The unit of what a quotient divides."""
    return claim.base_unit.split("/")[0]


def _is_timed(pattern: QuotientPattern, claim: Claim, one: Claim) -> bool:
    """Whether a level is of the period that its pattern wants, or of that of the quotient."""
    if not pattern.period:
        return pattern.near or has_same_time(one, claim)
    if one.period is None:
        return False
    return bool(compile_name(WORDS, pattern.period).search(one.period.text))


def _may_divide(pattern: QuotientPattern, claim: Claim, numerator: Claim, one: Claim) -> bool:
    """Whether a level that is not the numerator may divide it."""
    return one.id != numerator.id and _has_unit_of_divisor(pattern, claim, numerator, one)


def _has_unit_of_divisor(pattern: QuotientPattern, claim: Claim, numerator: Claim, one: Claim) -> bool:
    """Whether a level has the unit of its numerator, where the quotient is a pure number, else one of its own."""
    if pattern.pure:
        return one.base_unit == numerator.base_unit
    return one.base_unit not in (claim.base_unit, numerator.base_unit)


def _is_leap(claim: Claim) -> bool:
    first, last = read_dates(claim)
    if not first or not last:
        return False
    days = date.fromisoformat(last) - date.fromisoformat(first)
    return days.days + 1 == LEAP


# ── growth of a quotient ─────────────────────────────────────────────────────────────────────────────────────────────


def find_quotient_growths(book: Book) -> Iterator[tuple[Claim, Claim, Claim]]:
    """The growth of a quotient, of its numerator and of its denominator, where a document tells all three."""
    for pattern in load_quotients().values():
        if not pattern.grows:
            continue
        result = _find_growth(book, pattern.result)
        numerator = _find_growth(book, pattern.numerator)
        denominator = _find_growth(book, pattern.denominator)
        if result is None or numerator is None:
            continue
        if denominator:
            yield result, numerator, denominator


def _find_growth(book: Book, expression: str) -> Claim | None:
    """The first rate of change of a metric that an expression names."""
    is_named = compile_name(WORDS, expression).search
    for one in book.claims:
        if one.kind != "change_rate" or not one.metric:
            continue
        if is_named(one.metric):
            return one
    return None
