"""Numbers by other numbers: 日均 by the days of a year, 人均 by the people beside it, dividends, births.

The quotients of ``patterns/checks/quotients`` are plain arithmetic of printed numbers; one fails only where its pattern
says that words bind the three.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache, partial

import regex
from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.interval import Interval, exact
from extractor.checks.drafts import Compute, Draft, judged
from extractor.checks.relations.clauses import is_origin, read_lead
from extractor.checks.rules.repeats import same_period
from extractor.model import Claim

RULE = "ratio"
ONE, TWO = exact(1), exact(2)
# The numbers of a quotient stand right in front of it; those of a population among so many claims.
BESIDE, NEAREST = 2, 8
# A year of so many days is a leap year's.
LEAP = 366


class Quotient(Struct, frozen=True, forbid_unknown_fields=True):
    """What is what by what; expressions over the words in front of a number and its metric."""

    result: str
    numerator: str
    denominator: str
    also: str
    constants: list[int]
    period: str
    near: bool
    bound: bool
    pure: bool


_expression = partial(patterns.fragment, "checks/quotients")


@cache
def _quotients() -> dict[str, Quotient]:
    return patterns.load("checks/quotients", Quotient)


@cache
def _compiled(source: str) -> regex.Pattern[str]:
    return patterns.compiled("checks/quotients", source)


def find(book: Book) -> Iterator[Draft]:
    """The quotients of the patterns, what is given for each so many, and the rates of a population."""
    for at, claim in enumerate(book.claims):
        if claim.cell:
            continue
        if claim.kind in ("level", "rate") and not is_origin(book, claim):
            yield from _quotient(book, at, claim)
        yield from _for_each(book, at, claim)
    for claim in book.claims:
        if claim.metric and not claim.cell and claim.kind == "rate" and claim.dimension == "percent":
            yield from _of_people(book, claim)
            yield from _natural(book, claim)


def _drafted(operands: Sequence[tuple[str, Claim]], book: Book, compute: Compute, name: str, bound: bool) -> Draft:
    draft = judged(
        RULE, [(role, book.amount(one)) for role, one in operands], compute,
        message="quotient", severity="warning", evidence=(f"checks/quotients.{name}",),
    )  # fmt: skip
    if bound or draft.status != "fails":
        return draft
    return Draft(RULE, "unclear", draft.operands, "quotient", reason="definition", evidence=draft.evidence)


# ── one number by another ────────────────────────────────────────────────────────────────────────────────────────────


def _quotient(book: Book, at: int, claim: Claim) -> Iterator[Draft]:
    """A number that its words call a quotient, with the numbers that it comes from."""
    for name, quotient in _quotients().items():
        if not _called(book, quotient.result, claim):
            continue
        around = _around(book, at, claim, quotient.near)
        numerator = next((one for one in around if _is_numerator(book, quotient, claim, one)), None)
        if numerator and quotient.constants:
            yield _by_constant(book, claim, numerator, quotient, name)
        elif numerator:
            others = [one for one in around if _is_divisor(quotient, claim, numerator, one)]
            yield from _by_others(book, claim, numerator, others, quotient, name)


def _by_others(
    book: Book, claim: Claim, numerator: Claim, others: Sequence[Claim], quotient: Quotient, name: str
) -> Iterator[Draft]:
    """By the nearest number that is called a divisor, or by another that it may be divided by if that fits."""
    denominator = next((one for one in others if _called(book, quotient.denominator, one)), None)
    also = [one for one in others if quotient.also and _called(book, quotient.also, one)]
    drafts = [
        _drafted(
            [("result", claim), ("numerator", numerator), ("denominator", one)],
            book, _divided, name.rpartition(".")[2], quotient.bound,
        )
        for one in ([denominator, *also] if denominator else [])
    ]  # fmt: skip
    yield from [draft for draft in drafts if draft.status.startswith("holds")][:1] or drafts[:1]


def _around(book: Book, at: int, claim: Claim, near: bool) -> list[Claim]:
    """The levels in front of a quotient in its sentence, or all of the document, the nearest first."""
    if near:
        claims = [one for one in book.claims[max(0, at - NEAREST) : at] if one.sentence == claim.sentence]
    else:
        claims = sorted((one for one in book.claims if one is not claim), key=lambda one: -abs(one.start - claim.start))
    levels = [one for one in reversed(claims) if one.kind == "level" and not one.cell and not is_origin(book, one)]
    return levels[:BESIDE] if near else levels


def _is_numerator(book: Book, quotient: Quotient, claim: Claim, one: Claim) -> bool:
    """Whether a level is what a quotient divides: of the unit, the period and the name that its pattern wants."""
    alike = quotient.pure or one.base_unit == claim.base_unit.split("/")[0]
    timed = quotient.near or same_period(one, claim)
    if quotient.period:
        timed = bool(one.period and _compiled(quotient.period).search(one.period.text))
    return alike and one.role == claim.role and timed and _called(book, quotient.numerator, one)


def _is_divisor(quotient: Quotient, claim: Claim, numerator: Claim, one: Claim) -> bool:
    """Whether a level may divide another: of one unit with it where the quotient is a pure number, else of its own."""
    if quotient.pure:
        return one.base_unit == numerator.base_unit and one.id != numerator.id
    return one.base_unit not in (claim.base_unit, numerator.base_unit)


def _called(book: Book, name: str, claim: Claim) -> bool:
    """Whether the words in front of a number, its metric or its unit are what a pattern names."""
    return any(_compiled(name).search(words) for words in (read_lead(book, claim), claim.metric or "", claim.unit))


def _by_constant(book: Book, claim: Claim, numerator: Claim, quotient: Quotient, name: str) -> Draft:
    """By the days or months of a year, of a leap year where it is one."""
    divisor = quotient.constants[-1] if _is_leap(numerator) else quotient.constants[0]
    operands = [("result", claim), ("numerator", numerator)]
    return _drafted(operands, book, lambda ends: ends[0] / exact(divisor), name.rpartition(".")[2], quotient.bound)


def _is_leap(claim: Claim) -> bool:
    period = claim.period
    if not period or not period.start or not period.end:
        return False
    return (date.fromisoformat(period.end) - date.fromisoformat(period.start)).days + 1 == LEAP


def _divided(amounts: Sequence[Interval]) -> Interval:
    numerator, denominator = amounts
    return numerator / denominator


# ── for each so many ─────────────────────────────────────────────────────────────────────────────────────────────────


def _for_each(book: Book, at: int, each: Claim) -> Iterator[Draft]:
    """So much for each so many of a base, and what it makes together: 以5000万股为基数，每10股派1元，共计500万元."""
    if each.kind != "level" or not _expression("each").search(read_lead(book, each)):
        return
    part, whole = (*book.claims[at + 1 : at + 3], None, None)[:2]
    before = reversed(book.claims[max(0, at - NEAREST) : at])
    base = next((one for one in before if one.base_unit == each.base_unit and one.section == each.section), None)
    if not part or not whole or not base or not part.base_unit == whole.base_unit != each.base_unit:
        return
    called = _expression("base").search(book.text, base.sentence.start, each.start)
    if called and base.sentence == whole.sentence and _expression("together").search(read_lead(book, whole)):
        operands = [("result", whole), ("base", base), ("each", each), ("part", part)]
        yield _drafted(operands, book, lambda ends: ends[0] / ends[1] * ends[2], "each", True)


# ── a population ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _of_people(book: Book, rate: Claim) -> Iterator[Draft]:
    """Births and deaths by the mean population where its change is told; else by that of the year's end."""
    at = book.find_index(rate)
    count = book.claims[at - 1] if at else None
    named = _expression("births").search(rate.metric or "")
    if not named or not count or count.dimension != "person" or count.sentence != rate.sentence:
        return
    people = [one for one in book.claims[max(0, at - NEAREST) : at] if _is_people(one, rate)]
    if people:
        after = book.claims[book.find_index(people[-1]) + 1]
        change = after if after.kind == "change_amount" and after.metric == people[-1].metric else None
        operands = [("rate", rate), ("part", count), ("base", people[-1])]
        operands += [("change", change)] if change and change.base_unit == count.base_unit else []
        yield _drafted(operands, book, _by_mean(change), "births", len(operands) > 3)


def _is_people(one: Claim, rate: Claim) -> bool:
    told_here = one.kind == "level" and one.dimension == "person" and one.section == rate.section
    return told_here and bool(_expression("people").search(one.metric or ""))


def _by_mean(change: Claim | None) -> Compute:
    """By the mean of the population at the beginning and at the end of the year."""
    sign = exact(-1 if change and change.direction == "decrease" else 1)

    def rate(amounts: Sequence[Interval]) -> Interval:
        count, end, *changes = amounts
        return count / (end - changes[0] * sign / TWO if changes else end)

    return rate


def _natural(book: Book, rate: Claim) -> Iterator[Draft]:
    """The natural growth of a population: births without deaths."""
    if not _expression("natural").search(rate.metric or ""):
        return
    at = book.find_index(rate)
    before = [
        one for one in book.claims[max(0, at - NEAREST) : at] if one.kind == "rate" and one.section == rate.section
    ]
    born = next((one for one in reversed(before) if _expression("born").search(one.metric or "")), None)
    died = next((one for one in reversed(before) if _expression("died").search(one.metric or "")), None)
    if born and died and rate.direction is None:
        operands = [("rate", rate), ("born", born), ("died", died)]
        yield _drafted(operands, book, lambda ends: ends[0] - ends[1], "natural", True)
