"""What a year comes to before it is over: 全年预计完成. Such numbers stand with those of what was done in that year."""

from __future__ import annotations

from extractor import patterns
from extractor.amounts.book import Book
from extractor.checks.relations.times import has_same_year
from extractor.model import Claim

DONE, AIMED = "actual", "target"


def stands_with(book: Book, one: Claim, other: Claim) -> bool:
    """Whether two numbers are of one role, or one is what its year is expected to come to, the other done."""
    if one.role == other.role:
        return True
    if {one.role, other.role} != {DONE, AIMED}:
        return False
    aimed = one if one.role == AIMED else other
    return is_forecast(book, aimed) and has_same_year(one, other)


def is_forecast(book: Book, claim: Claim) -> bool:
    """Whether the sentence of a number says in front of it that the year is expected to come to it."""
    return bool(patterns.fragment("relations/clauses", "forecast").search(book.text, claim.sentence.start, claim.start))
