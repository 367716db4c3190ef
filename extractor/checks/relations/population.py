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
        if at and _is_rate(rate, "births"):
            found = _find_vital_rate(book, at)
            if found:
                yield found


def _find_vital_rate(book: Book, at: int) -> VitalRate | None:
    """The rate at a place with the number right in front of it, if that counts people of its sentence."""
    count, rate = book.claims[at - 1], book.claims[at]
    if not _counts_people(count, rate):
        return None
    people = _find_people(book, at, rate)
    if people is None:
        return None
    return VitalRate(rate, count, people, find_people_change(book, people, count.base_unit))


def _is_rate(claim: Claim, name: str) -> bool:
    if claim.kind != "rate" or claim.cell:
        return False
    if claim.dimension != "percent":
        return False
    return _is_named(name, claim)


def _is_named(name: str, claim: Claim) -> bool:
    """Whether the metric of a claim is what an expression names."""
    return bool(_expression(name).search(claim.metric or ""))


def _counts_people(count: Claim, rate: Claim) -> bool:
    is_count = count.dimension == "person"
    return is_count and count.sentence == rate.sentence


def _find_people(book: Book, at: int, rate: Claim) -> Claim | None:
    """The last number of a population in front of its rate."""
    before = reversed(book.claims[max(0, at - NEAREST) : at])
    return next(filter(partial(_is_population, rate.section), before), None)


def _is_population(section: str | None, one: Claim) -> bool:
    """Whether a claim is a number of people of a section that is called a population."""
    if one.section != section or one.kind != "level":
        return False
    return one.dimension == "person" and _is_named("people", one)


def find_people_change(book: Book, people: Claim, unit: str) -> Claim | None:
    """The change of a population, in a unit, that is told right behind it."""
    behind = book.find_index(people) + 1
    for after in book.claims[behind : behind + 1]:
        if after.kind == "change_amount" and (after.metric, after.base_unit) == (people.metric, unit):
            return after
    return None


def find_natural_growths(book: Book) -> Iterator[tuple[Claim, Claim, Claim]]:
    """The natural growth of a population with its rates of births and of deaths."""
    for at, rate in enumerate(book.claims):
        if rate.direction or not _is_rate(rate, "natural"):
            continue
        rates = _list_rates(book, at)
        born, died = _find_named(rates, "born"), _find_named(rates, "died")
        if born and died:
            yield rate, born, died


def _list_rates(book: Book, at: int) -> list[Claim]:
    """The rates in front of a claim in its section, the nearest first."""
    section = book.claims[at].section
    before = reversed(book.claims[max(0, at - NEAREST) : at])
    return [one for one in before if one.kind == "rate" and one.section == section]


def _find_named(claims: list[Claim], name: str) -> Claim | None:
    is_named = partial(_is_named, name)
    return next(filter(is_named, claims), None)


def find_sexes(book: Book) -> Iterator[tuple[Claim, Claim, Claim]]:
    """The men for each 100 women, with both numbers in front."""
    for claim in filter(_is_sex_ratio, book.claims):
        before = book.find_between(claim.sentence.start, claim.start)
        levels = [one for one in before if one.kind == "level"]
        men, women = _find_named(levels, "men"), _find_named(levels, "women")
        if men and women:
            yield claim, men, women


def _is_sex_ratio(claim: Claim) -> bool:
    """Whether a claim is so many men for each 100 women."""
    if not claim.unit.endswith("100"):
        return False
    return _is_named("men_to_women", claim)


def find_gifts(book: Book) -> Iterator[Gift]:
    """So much for each so many of a base, and what it makes together: 以5000万股为基数，每10股派1元，共计500万元."""
    for at, each in enumerate(book.claims):
        if each.kind != "level" or not _expression("each").search(read_lead(book, each)):
            continue
        gift = _find_gift(book, at)
        if gift:
            yield gift


def _find_gift(book: Book, at: int) -> Gift | None:
    """What is given for each so many, if a base stands in front and two numbers of one unit behind."""
    behind = book.claims[at + 1 : at + 1 + BEHIND]
    if len(behind) < BEHIND:
        return None
    each, (part, whole) = book.claims[at], behind
    if part.base_unit != whole.base_unit or whole.base_unit == each.base_unit:
        return None
    base = _find_base(book, at)
    if base is None or base.sentence != whole.sentence:
        return None
    if not _is_together(book, base, each, whole):
        return None
    return Gift(whole, base, each, part)


def _find_base(book: Book, at: int) -> Claim | None:
    """The nearest number in front of another, of its section and unit."""
    each = book.claims[at]
    for one in reversed(book.claims[max(0, at - NEAREST) : at]):
        if one.section == each.section and one.base_unit == each.base_unit:
            return one
    return None


def _is_together(book: Book, base: Claim, each: Claim, whole: Claim) -> bool:
    """Whether words call a number the base, and another what it makes together."""
    if not _expression("base").search(book.text, base.sentence.start, each.start):
        return False
    lead = read_lead(book, whole)
    return bool(_expression("together").search(lead))
