"""Dates in the sentences of numbers that cannot be."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.amounts.book import Book
from extractor.checks.engine.rule import Relation
from extractor.checks.relations.dates import find_misdated

RULE = "date"


def find(book: Book) -> Iterator[Relation]:
    """Each date that is none, and each span that is turned."""
    for one in find_misdated(book):
        yield Relation(RULE, one.form, (("stated", book.amount(one.claim)),), facts={"words": one.words})
