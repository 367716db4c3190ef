"""Numbers by other numbers: 日均 by the days of a year, 人均 by the people beside it, dividends, births, men by women.

One fails only where its pattern says that words bind the numbers; else a difference may be one of definition.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from extractor.amounts.book import Book
from extractor.checks.engine.judge import find_fitting, judge
from extractor.checks.engine.rule import TOLD, Relation
from extractor.checks.engine.slips import measure_gap
from extractor.checks.relations.allotments import find_allotments
from extractor.checks.relations.population import (
    VitalRate,
    find_gifts,
    find_natural_growths,
    find_people_change,
    find_sexes,
    find_vital_rates,
)
from extractor.checks.relations.quotients import Quotient, find_quotients
from extractor.model import Claim

RULE = "ratio"
DEFINITION = "definition"
# The forms of a quotient by the mean of a year, by whether its divisor grew or fell.
ENDS_OF_MEAN = {"increase": "quotient_of_growing", "decrease": "quotient_of_falling"}


def find(book: Book) -> Iterator[Relation]:
    """The quotients of the patterns, what is given for each so many, and the numbers of a population."""
    for quotient in find_quotients(book):
        yield _propose_quotient(book, quotient)
    for gift in find_gifts(book):
        yield _relate(book, "each", result=gift.whole, base=gift.base, each=gift.each, part=gift.part)
    for given in find_allotments(book):
        yield _relate(book, "allotted", result=given.whole, part=given.each, base=given.count)
    for vital in find_vital_rates(book):
        yield _propose_vital_rate(book, vital)
    for rate, born, died in find_natural_growths(book):
        yield _relate(book, "natural", rate=rate, born=born, died=died)
    for ratio, men, women in find_sexes(book):
        yield _relate(book, "sexes", ratio=ratio, men=men, women=women)


def _relate(book: Book, form: str, otherwise: str = TOLD, pattern: str | None = None, **claims: Claim) -> Relation:
    """A relation of claims by their roles."""
    operands = tuple((role, book.amount(claim)) for role, claim in claims.items())
    return Relation(RULE, form, operands, otherwise=otherwise, evidence=(pattern,) if pattern else ())


def _propose_quotient(book: Book, quotient: Quotient) -> Relation:
    """By the divisor that fits, else by the one that stands nearest."""
    otherwise = TOLD if quotient.is_bound else DEFINITION
    result, numerator = quotient.result, quotient.numerator
    if quotient.form:
        relation = _relate(book, quotient.form, otherwise, quotient.pattern, result=result, numerator=numerator)
        return msgspec.structs.replace(relation, otherwise=TOLD) if _is_far(relation, quotient) else relation
    relations = [
        _relate(book, "quotient", otherwise, quotient.pattern, result=result, numerator=numerator, denominator=one)
        for one in quotient.denominators
    ]
    mean = _divide_by_mean(book, quotient)
    # Some divide by the end of the year all the same.
    fitting = find_fitting([mean, *relations] if mean else relations)
    return fitting or mean or relations[0]


def _divide_by_mean(book: Book, quotient: Quotient) -> Relation | None:
    """A number by the mean of what its nearest divisor was at both ends of the year, if its change is told."""
    people = quotient.denominators[0]
    change = find_people_change(book, people, people.base_unit) if quotient.by_mean else None
    if change is None or change.direction not in ENDS_OF_MEAN:
        return None
    claims = {"result": quotient.result, "numerator": quotient.numerator, "denominator": people, "change": change}
    return _relate(book, ENDS_OF_MEAN[change.direction], TOLD, quotient.pattern, **claims)


def _is_far(relation: Relation, quotient: Quotient) -> bool:
    """Whether a number is further from what gives it than another definition makes it."""
    found = judge(relation)
    if not quotient.leeway or not found or found.stated is None or found.computed is None:
        return False
    return measure_gap(found.stated, found.computed) > quotient.leeway


def _propose_vital_rate(book: Book, vital: VitalRate) -> Relation:
    """By the mean population of the year where its change is told; else by that of the year's end."""
    if vital.change is None:
        return _relate(book, "vital", DEFINITION, rate=vital.rate, part=vital.count, base=vital.people)
    form = "vital_of_falling" if vital.change.direction == "decrease" else "vital_of_growing"
    return _relate(book, form, rate=vital.rate, part=vital.count, base=vital.people, change=vital.change)
