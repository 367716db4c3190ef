"""Changes that are told against their own year: 2026年预算80万元，比2026年预算增加5万元."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from extractor import patterns
from extractor.amounts.book import Book
from extractor.checks.relations.times import read_dates
from extractor.model import Claim

CHANGES = ("change_amount", "change_rate")

_expression = partial(patterns.fragment, "checks/change")


def find_own_year_changes(book: Book) -> Iterator[Claim]:
    """The changes of the narrative whose base is of their own year and stage."""
    return (claim for claim in book.claims if _is_against_itself(claim) and _is_of_level(book, claim))


def _is_against_itself(claim: Claim) -> bool:
    """Whether a change of a whole year is told against the figures of that year, planned or done alike."""
    if claim.kind not in CHANGES or claim.cell or not claim.baseline:
        return False
    base = _expression("own_year").fullmatch(claim.baseline)
    if not base or bool(base["plan"]) != (claim.role == "budget"):
        return False
    return read_dates(claim) == (f"{base['year']}-01-01", f"{base['year']}-12-31")


def _is_of_level(book: Book, change: Claim) -> bool:
    """Whether the sentence of a change tells its level in front, planned or done as the change is."""
    before = book.find_between(change.sentence.start, change.start)
    return any((one.kind, one.role, one.metric) == ("level", change.role, change.metric) for one in before)
