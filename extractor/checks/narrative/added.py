"""What was added, beside all that there is of it in the end: 新增2家，累计9家; 余额9亿元，新增2亿元."""

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
            if not _are_of_one_unit(one, two):
                continue
            if _expression("in_sum").search(read_since(book, two)) and _is_added(book, one):
                yield one, two
            elif _expression("balance_of").search(one.metric or "") and _is_more(book, two):
                yield two, one


def _are_of_one_unit(one: Claim, two: Claim) -> bool:
    """Whether two numbers are amounts of one unit, each told as one number, neither of them planned alone."""
    if not (one.is_one_told and two.is_one_told and one.base_unit == two.base_unit):
        return False
    return one.role == two.role and two.dimension != "percent"


def _is_added(book: Book, claim: Claim) -> bool:
    """Whether words in front of a number say that so many were added."""
    return claim.kind == "level" and bool(_expression("added").search(read_lead(book, claim)))


def _is_more(book: Book, claim: Claim) -> bool:
    """Whether words behind all that there is say that so many were added."""
    return bool(_expression("more").search(read_since(book, claim)))
