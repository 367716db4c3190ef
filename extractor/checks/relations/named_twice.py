"""A balance of one day that a sentence tells twice, as two numbers: 固定资产期初余额为50万元，期初余额为60万元."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from extractor import patterns
from extractor.amounts.book import Book
from extractor.checks.relations.clauses import read_lead, read_since
from extractor.model import Claim


def find_named_twice(book: Book) -> Iterator[tuple[Claim, Claim]]:
    """Two numbers beside one another, the second of which has no words but those that the first one's end in."""
    for sentence in book.sentences:
        for one, two in pairwise(sentence):
            if _is_asked(one, two) and _is_named_alike(book, one, two):
                yield one, two


def _is_asked(one: Claim, two: Claim) -> bool:
    """Whether two numbers are different levels of one unit."""
    if not (one.is_one_told and two.is_one_told) or (one.kind, two.kind) != ("level", "level"):
        return False
    return one.base_unit == two.base_unit and one.base_value != two.base_value


def _is_named_alike(book: Book, one: Claim, two: Claim) -> bool:
    named = patterns.fragment("checks/repeat", "named_twice").fullmatch(read_since(book, two))
    return named is not None and read_lead(book, one).endswith(named["words"])
