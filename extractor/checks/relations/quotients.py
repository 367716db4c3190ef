"""Numbers that words call a quotient, with the numbers that they come from: 日均, 人均, 每股收益, 容积率."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache, partial

import regex
from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.checks.relations.clauses import is_origin, read_lead
from extractor.checks.relations.times import has_same_time, read_dates
from extractor.model import Claim

WORDS = "checks/ratio"
# Of a sentence the numbers of a quotient stand among so many claims in front of it, and are the last ones of a level.
NEAREST, BESIDE = 8, 2
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
    bound: bool
    pure: bool
    grows: bool


class Quotient(Struct, frozen=True):
    """A number with what it is divided from; ``form`` is that of a divisor that nobody prints, if it is divided by one.

    ``is_bound`` says whether words tie the numbers together, so that a difference is more than one of definition.
    """

    result: Claim
    numerator: Claim
    denominators: tuple[Claim, ...]
    form: str | None
    is_bound: bool
    pattern: str


@cache
def load_quotients() -> dict[str, QuotientPattern]:
    """The quotients of the pattern file by their full names."""
    return patterns.load(WORDS, QuotientPattern)


@cache
def _compile(source: str) -> regex.Pattern[str]:
    return patterns.compiled(WORDS, source)


def find_quotients(book: Book) -> Iterator[Quotient]:
    """Every number that its words call a quotient, with the numbers that it may come from, the likeliest first."""
    for at, claim in enumerate(book.claims):
        if not _may_be_quotient(book, claim):
            continue
        for name, pattern in load_quotients().items():
            if _is_called(book, pattern.result, claim):
                yield from _find_by_pattern(book, at, pattern, name)


def _may_be_quotient(book: Book, claim: Claim) -> bool:
    """Whether a claim of the narrative is a level or a rate that was reached."""
    if claim.kind not in ("level", "rate") or claim.cell:
        return False
    return not is_origin(book, claim)


def _find_by_pattern(book: Book, at: int, pattern: QuotientPattern, name: str) -> Iterator[Quotient]:
    """What a number that a pattern names is divided from: two numbers, or one and a constant."""
    claim = book.claims[at]
    around = _find_around(book, at, pattern.near)
    is_numerator = partial(_is_numerator, book, pattern, claim)
    numerator = next(filter(is_numerator, around), None)
    if numerator is None:
        return
    if pattern.constants:
        form = pattern.constants[-1 if _is_leap(numerator) else 0]
        yield Quotient(claim, numerator, (), form, pattern.bound, name)
        return
    others = [one for one in around if _may_divide(pattern, claim, numerator, one)]
    denominators = _choose_denominators(book, pattern, others)
    if denominators:
        yield Quotient(claim, numerator, denominators, None, pattern.bound, name)


def _choose_denominators(book: Book, pattern: QuotientPattern, others: Sequence[Claim]) -> tuple[Claim, ...]:
    """The nearest number that is called a divisor, then others that it may be divided by."""
    is_divisor = partial(_is_called, book, pattern.denominator)
    named = next(filter(is_divisor, others), None)
    if named is None:
        return ()
    if not pattern.also:
        return (named,)
    return (named, *filter(partial(_is_called, book, pattern.also), others))


def _find_around(book: Book, at: int, near: bool) -> list[Claim]:
    """The levels in front of a quotient in its sentence, or all of the document, the nearest first."""
    claim = book.claims[at]
    if near:
        return _find_near(book, at)[:BESIDE]
    levels = [one for one in reversed(book.claims) if _is_level(book, one)]
    others = (one for one in levels if one is not claim)
    return sorted(others, key=lambda one: abs(one.start - claim.start))


def _find_near(book: Book, at: int) -> list[Claim]:
    """The levels in front of a claim in its sentence, the nearest first."""
    sentence = book.claims[at].sentence
    found: list[Claim] = []
    for one in reversed(book.claims[max(0, at - NEAREST) : at]):
        if one.sentence == sentence and _is_level(book, one):
            found.append(one)
    return found


def _is_level(book: Book, one: Claim) -> bool:
    if one.kind != "level" or one.cell:
        return False
    return not is_origin(book, one)


def _is_numerator(book: Book, pattern: QuotientPattern, claim: Claim, one: Claim) -> bool:
    """Whether a level is what a quotient divides: of the unit, the period and the name that its pattern wants."""
    if one.role != claim.role:
        return False
    if not _is_called(book, pattern.numerator, one):
        return False
    divided = claim.base_unit.split("/")[0]
    if not pattern.pure and one.base_unit != divided:
        return False
    return _is_timed(pattern, claim, one)


def _is_timed(pattern: QuotientPattern, claim: Claim, one: Claim) -> bool:
    """Whether a level is of the period that its pattern wants, or of that of the quotient."""
    if not pattern.period:
        return pattern.near or has_same_time(one, claim)
    if one.period is None:
        return False
    return bool(_compile(pattern.period).search(one.period.text))


def _may_divide(pattern: QuotientPattern, claim: Claim, numerator: Claim, one: Claim) -> bool:
    """Whether a level may divide another: of one unit with it where the quotient is a pure number, else of its own."""
    if not pattern.pure:
        return one.base_unit not in (claim.base_unit, numerator.base_unit)
    if one.id == numerator.id:
        return False
    return one.base_unit == numerator.base_unit


def _is_called(book: Book, name: str, claim: Claim) -> bool:
    """Whether the words in front of a number, its metric or its unit are what a pattern names."""
    words = (read_lead(book, claim), claim.metric or "", claim.unit)
    return any(map(_compile(name).search, words))


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
    is_named = _compile(expression).search
    for one in book.claims:
        if one.kind != "change_rate" or not one.metric:
            continue
        if is_named(one.metric):
            return one
    return None
