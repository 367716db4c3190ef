"""Numbers that words call a quotient, with the numbers that they come from: 日均, 人均, 每股收益, 容积率."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

import regex
from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.checks.relations.clauses import is_origin, read_lead
from extractor.checks.relations.times import has_same_time
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
        if claim.kind in ("level", "rate") and not claim.cell and not is_origin(book, claim):
            for name, pattern in load_quotients().items():
                if _is_called(book, pattern.result, claim):
                    yield from _find_by_pattern(book, at, pattern, name)


def _find_by_pattern(book: Book, at: int, pattern: QuotientPattern, name: str) -> Iterator[Quotient]:
    claim = book.claims[at]
    around = _find_around(book, at, pattern.near)
    numerator = next((one for one in around if _is_numerator(book, pattern, claim, one)), None)
    if numerator is None:
        return
    if pattern.constants:
        yield Quotient(claim, numerator, (), pattern.constants[-1 if _is_leap(numerator) else 0], pattern.bound, name)
        return
    denominators = _find_denominators(book, pattern, claim, numerator, around)
    if denominators:
        yield Quotient(claim, numerator, denominators, None, pattern.bound, name)


def _find_denominators(
    book: Book, pattern: QuotientPattern, claim: Claim, numerator: Claim, around: Sequence[Claim]
) -> tuple[Claim, ...]:
    """The nearest number that is called a divisor, then others that it may be divided by."""
    others = [one for one in around if _may_divide(pattern, claim, numerator, one)]
    named = next((one for one in others if _is_called(book, pattern.denominator, one)), None)
    if named is None:
        return ()
    return (named, *(one for one in others if pattern.also and _is_called(book, pattern.also, one)))


def _find_around(book: Book, at: int, near: bool) -> list[Claim]:
    """The levels in front of a quotient in its sentence, or all of the document, the nearest first."""
    claim = book.claims[at]
    if near:
        before = reversed(book.claims[max(0, at - NEAREST) : at])
        return [one for one in before if one.sentence == claim.sentence and _is_level(book, one)][:BESIDE]
    levels = [one for one in reversed(book.claims) if one is not claim and _is_level(book, one)]
    return sorted(levels, key=lambda one: abs(one.start - claim.start))


def _is_level(book: Book, one: Claim) -> bool:
    return one.kind == "level" and not one.cell and not is_origin(book, one)


def _is_numerator(book: Book, pattern: QuotientPattern, claim: Claim, one: Claim) -> bool:
    """Whether a level is what a quotient divides: of the unit, the period and the name that its pattern wants."""
    if one.role != claim.role or not _is_called(book, pattern.numerator, one):
        return False
    if not pattern.pure and one.base_unit != claim.base_unit.split("/")[0]:
        return False
    return _is_timed(pattern, claim, one)


def _is_timed(pattern: QuotientPattern, claim: Claim, one: Claim) -> bool:
    """Whether a level is of the period that its pattern wants, or of that of the quotient."""
    if pattern.period:
        return bool(one.period and _compile(pattern.period).search(one.period.text))
    return pattern.near or has_same_time(one, claim)


def _may_divide(pattern: QuotientPattern, claim: Claim, numerator: Claim, one: Claim) -> bool:
    """Whether a level may divide another: of one unit with it where the quotient is a pure number, else of its own."""
    if pattern.pure:
        return one.base_unit == numerator.base_unit and one.id != numerator.id
    return one.base_unit not in (claim.base_unit, numerator.base_unit)


def _is_called(book: Book, name: str, claim: Claim) -> bool:
    """Whether the words in front of a number, its metric or its unit are what a pattern names."""
    return any(map(_compile(name).search, (read_lead(book, claim), claim.metric or "", claim.unit)))


def _is_leap(claim: Claim) -> bool:
    period = claim.period
    if not period or not period.start or not period.end:
        return False
    return (date.fromisoformat(period.end) - date.fromisoformat(period.start)).days + 1 == LEAP


# ── growth of a quotient ─────────────────────────────────────────────────────────────────────────────────────────────


def find_quotient_growths(book: Book) -> Iterator[tuple[Claim, Claim, Claim]]:
    """The growth of a quotient, of its numerator and of its denominator, where a document tells all three."""
    for pattern in load_quotients().values():
        expressions = (pattern.result, pattern.numerator, pattern.denominator) if pattern.grows else ()
        found = [_find_growth(book, expression) for expression in expressions]
        told = [one for one in found if one]
        if len(told) == len((pattern.result, pattern.numerator, pattern.denominator)):
            yield told[0], told[1], told[2]


def _find_growth(book: Book, expression: str) -> Claim | None:
    """The first rate of change of a metric that an expression names."""
    rates = (one for one in book.claims if one.kind == "change_rate" and one.metric)
    return next((one for one in rates if _compile(expression).search(one.metric or "")), None)
