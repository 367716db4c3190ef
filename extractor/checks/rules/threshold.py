"""Words that say that a number passed a threshold, keeps to a norm or reached its plan, against that number."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.amounts.amount import take_as_written, take_exactly
from extractor.amounts.book import Book
from extractor.checks.engine.rule import Relation
from extractor.checks.relations.thresholds import find_reached, find_thresholds

RULE = "threshold"


def find(book: Book) -> Iterator[Relation]:
    """Each number beside its threshold or its norm, and each completion that words tell of."""
    for one in find_thresholds(book):
        limit = take_exactly(take_as_written(book.amount(one.limit)))
        operands = (("actual", book.amount(one.actual)), ("limit", limit))
        yield Relation(RULE, one.form, operands, facts={"words": one.words})
    for reached in find_reached(book):
        yield Relation(RULE, reached.form, (("rate", book.amount(reached.rate)),), facts={"words": reached.words})
