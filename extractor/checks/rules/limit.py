"""What another number bounds: what is owed by what may be, a side of a budget by all of it, a part by its whole."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.amounts.book import Book
from extractor.checks.engine.rule import SILENT, TOLD, Operands, Relation
from extractor.checks.narrative.containing import find_lower, find_shorter
from extractor.checks.narrative.limits import find_debts, find_sides
from extractor.model import Claim

RULE = "limit"


def find(book: Book) -> Iterator[Relation]:
    """Each balance under its ceiling, each side of a budget within its total, each part within its whole."""
    for debt in find_debts(book):
        bound = _bind(book, debt.balance, debt.ceiling)
        yield Relation(RULE, "debt", bound)
        if debt.rate:
            yield Relation(RULE, "debt_share", (("rate", book.amount(debt.rate)), *bound))
    for part, total in find_sides(book):
        yield Relation(RULE, "side", _bind(book, part, total))
    for one in find_lower(book):
        yield Relation(RULE, "level", _bind(book, one.part, one.whole), otherwise=TOLD if one.is_told else SILENT)
    for one in find_shorter(book):
        yield Relation(RULE, "time", _bind(book, one.part, one.whole), otherwise=SILENT)


def _bind(book: Book, part: Claim, total: Claim) -> Operands:
    """A number and what it is no more than."""
    return ("part", book.amount(part)), ("total", book.amount(total))
