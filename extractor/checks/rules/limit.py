"""What another number bounds: what is owed by what may be, a side of a budget by all of it."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.amounts.book import Book
from extractor.checks.engine.rule import Relation
from extractor.checks.narrative.limits import find_debts, find_sides

RULE = "limit"


def find(book: Book) -> Iterator[Relation]:
    """Each balance under its ceiling, and each side of a budget within its total."""
    for debt in find_debts(book):
        bound = (("part", book.amount(debt.balance)), ("total", book.amount(debt.ceiling)))
        yield Relation(RULE, "debt", bound)
        if debt.rate:
            yield Relation(RULE, "debt_share", (("rate", book.amount(debt.rate)), *bound))
    for part, total in find_sides(book):
        yield Relation(RULE, "side", (("part", book.amount(part)), ("total", book.amount(total))))
