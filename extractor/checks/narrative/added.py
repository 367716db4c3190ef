"""What was added, beside all that there is of it in the end: 新增2家，累计9家.

A balance is no such sum: what was lent or issued in a year may have been paid back before its end.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.checks.relations.clauses import read_lead, read_since
from extractor.model import Claim

_expression = partial(patterns.fragment, "checks/limit")


class Added(Struct, frozen=True):
    """What was added and all that there is; ``is_beside`` says that nothing else stands between the two."""

    part: Claim
    total: Claim
    is_beside: bool


def find_added(book: Book) -> Iterator[Added]:
    """Each number that was added with the number behind it of all that there is."""
    for sentence in book.sentences:
        for one, two in pairwise(sentence):
            since = read_since(book, two) if _are_of_one_unit(one, two) else ""
            if _expression("in_sum").search(since) and _is_added(book, one):
                yield Added(one, two, True)
            elif _expression("in_sum_of").search(since) and _is_of_added(book, one, two):
                yield Added(one, two, False)


def _is_of_added(book: Book, one: Claim, two: Claim) -> bool:
    """Whether so many were added of what another number is of, by their names."""
    name, whole = (_expression("of_added").sub("", claim.metric or "") for claim in (one, two))
    if one.kind != "level" or not _expression("newly").search(read_lead(book, one)):
        return False
    return bool(whole) and whole in name


def _are_of_one_unit(one: Claim, two: Claim) -> bool:
    """Whether two numbers are amounts of one unit, each told as one number, neither of them planned alone."""
    if not (one.is_one_told and two.is_one_told and one.base_unit == two.base_unit):
        return False
    return one.role == two.role and two.dimension != "percent"


def _is_added(book: Book, claim: Claim) -> bool:
    """Whether words in front of a number say that so many were added."""
    return claim.kind == "level" and bool(_expression("added").search(read_lead(book, claim)))
