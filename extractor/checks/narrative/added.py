"""What was added, beside all that there is of it in the end: 新增2家，累计9家.

A balance is no such sum: what was lent or issued in a year may have been paid back before its end.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from extractor import patterns
from extractor.amounts.book import Book
from extractor.checks.relations.clauses import read_lead, read_since
from extractor.model import Claim

_expression = partial(patterns.fragment, "checks/limit")


def find_added(book: Book) -> Iterator[tuple[Claim, Claim]]:
    """Each number that was added with the number beside it of all that there is."""
    for sentence in book.sentences:
        for one, two in pairwise(sentence):
            is_in_sum = _are_of_one_unit(one, two) and _expression("in_sum").search(read_since(book, two))
            if is_in_sum and _is_added(book, one):
                yield one, two


def _are_of_one_unit(one: Claim, two: Claim) -> bool:
    """Whether two numbers are amounts of one unit, each told as one number, neither of them planned alone."""
    if not (one.is_one_told and two.is_one_told and one.base_unit == two.base_unit):
        return False
    return one.role == two.role and two.dimension != "percent"


def _is_added(book: Book, claim: Claim) -> bool:
    """Whether words in front of a number say that so many were added."""
    return claim.kind == "level" and bool(_expression("added").search(read_lead(book, claim)))
