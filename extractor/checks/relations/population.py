"""Births and deaths by the population, men for each hundred women, and what is given for each so many."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.checks.relations.clauses import read_lead
from extractor.model import Claim

# The numbers of a population stand among so many claims in front of its rates: two sentences of them.
NEAREST = 8
# What is given, and what that makes together, stand right behind what it is given for.
BEHIND = 2


_expression = partial(patterns.fragment, "checks/ratio")


class VitalRate(Struct, frozen=True):
    """A rate of births or deaths with their number, the people at the end of the year, and their change where told."""

    rate: Claim
    count: Claim
    people: Claim
    change: Claim | None


class Gift(Struct, frozen=True):
    """So much (``part``) for ``each`` so many of a ``base``, and what it makes together."""

    whole: Claim
    base: Claim
    each: Claim
    part: Claim


def find_vital_rates(book: Book) -> Iterator[VitalRate]:
    """Every rate of births or deaths with the number right in front of it."""
    for at, rate in enumerate(book.claims):
        count = book.claims[at - 1] if at and _is_rate(rate, "births") else None
        people = _find_people(book, at, rate) if count and _counts_people(count, rate) else None
        if count and people:
            yield VitalRate(rate, count, people, _find_change(book, people, count))


def _is_rate(claim: Claim, name: str) -> bool:
    percent = claim.kind == "rate" and claim.dimension == "percent" and not claim.cell
    return percent and bool(_expression(name).search(claim.metric or ""))


def _counts_people(count: Claim, rate: Claim) -> bool:
    return count.dimension == "person" and count.sentence == rate.sentence


def _find_people(book: Book, at: int, rate: Claim) -> Claim | None:
    """The last number of a population in front of its rate."""
    before = reversed(book.claims[max(0, at - NEAREST) : at])
    return next(filter(partial(_is_population, rate.section), before), None)


def _is_population(section: str | None, one: Claim) -> bool:
    """Whether a claim is a number of people of a section that is called a population."""
    if one.section != section or one.kind != "level" or one.dimension != "person":
        return False
    return bool(_expression("people").search(one.metric or ""))


def _find_change(book: Book, people: Claim, count: Claim) -> Claim | None:
    """The change of a population that is told right behind it."""
    after = book.claims[book.find_index(people) + 1]
    is_told = after.kind == "change_amount" and after.metric == people.metric and after.base_unit == count.base_unit
    return after if is_told else None


def find_natural_growths(book: Book) -> Iterator[tuple[Claim, Claim, Claim]]:
    """The natural growth of a population with its rates of births and of deaths."""
    for at, rate in enumerate(book.claims):
        if _is_rate(rate, "natural") and rate.direction is None:
            before = book.claims[max(0, at - NEAREST) : at]
            rates = [one for one in reversed(before) if one.kind == "rate" and one.section == rate.section]
            born, died = (_find_named(rates, name) for name in ("born", "died"))
            if born and died:
                yield rate, born, died


def _find_named(claims: list[Claim], name: str) -> Claim | None:
    return next((one for one in claims if _expression(name).search(one.metric or "")), None)


def find_sexes(book: Book) -> Iterator[tuple[Claim, Claim, Claim]]:
    """The men for each 100 women, with both numbers in front."""
    for claim in book.claims:
        if claim.unit.endswith("100") and _expression("men_to_women").search(claim.metric or ""):
            levels = [one for one in book.find_between(claim.sentence.start, claim.start) if one.kind == "level"]
            men, women = (_find_named(levels, name) for name in ("men", "women"))
            if men and women:
                yield claim, men, women


def find_gifts(book: Book) -> Iterator[Gift]:
    """So much for each so many of a base, and what it makes together: 以5000万股为基数，每10股派1元，共计500万元."""
    for at, each in enumerate(book.claims):
        behind = book.claims[at + 1 : at + 1 + BEHIND]
        if len(behind) == BEHIND and each.kind == "level" and _expression("each").search(read_lead(book, each)):
            gift = _find_gift(book, at, behind[0], behind[1])
            if gift:
                yield gift


def _find_gift(book: Book, at: int, part: Claim, whole: Claim) -> Gift | None:
    each = book.claims[at]
    if part.base_unit != whole.base_unit or whole.base_unit == each.base_unit:
        return None
    before = (one for one in reversed(book.claims[max(0, at - NEAREST) : at]) if one.section == each.section)
    base = next((one for one in before if one.base_unit == each.base_unit), None)
    if base is None or base.sentence != whole.sentence or not _is_together(book, base, each, whole):
        return None
    return Gift(whole, base, each, part)


def _is_together(book: Book, base: Claim, each: Claim, whole: Claim) -> bool:
    """Whether words call a number the base, and another what it makes together."""
    called = _expression("base").search(book.text, base.sentence.start, each.start)
    return bool(called and _expression("together").search(read_lead(book, whole)))
