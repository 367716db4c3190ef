"""Numbers by other numbers: 日均 by the days of a year, 人均 by the people beside it, dividends, births, men by women.

One fails only where its pattern says that words bind the numbers; else a difference may be one of definition.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.amounts.book import Book
from extractor.checks.engine.judge import find_fitting
from extractor.checks.engine.rule import TOLD, Relation
from extractor.checks.relations.population import (
    VitalRate,
    find_gifts,
    find_natural_growths,
    find_sexes,
    find_vital_rates,
)
from extractor.checks.relations.quotients import Quotient, find_quotients
from extractor.model import Claim

RULE = "ratio"
DEFINITION = "definition"


def find(book: Book) -> Iterator[Relation]:
    """The quotients of the patterns, what is given for each so many, and the numbers of a population."""
    for quotient in find_quotients(book):
        yield _propose_quotient(book, quotient)
    for gift in find_gifts(book):
        yield _relate(book, "each", result=gift.whole, base=gift.base, each=gift.each, part=gift.part)
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
        return _relate(book, quotient.form, otherwise, quotient.pattern, result=result, numerator=numerator)
    relations = [
        _relate(book, "quotient", otherwise, quotient.pattern, result=result, numerator=numerator, denominator=one)
        for one in quotient.denominators
    ]
    return find_fitting(relations) or relations[0]


def _propose_vital_rate(book: Book, vital: VitalRate) -> Relation:
    """By the mean population of the year where its change is told; else by that of the year's end."""
    if vital.change is None:
        return _relate(book, "vital", DEFINITION, rate=vital.rate, part=vital.count, base=vital.people)
    form = "vital_of_falling" if vital.change.direction == "decrease" else "vital_of_growing"
    return _relate(book, form, rate=vital.rate, part=vital.count, base=vital.people, change=vital.change)
