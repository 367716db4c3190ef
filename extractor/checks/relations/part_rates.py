"""Rates of a part that is told behind another rate: 收回664份，回收率99%，其中满意652份，满意率98.2%."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex
from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.checks.relations.clauses import read_lead
from extractor.checks.relations.rate_names import binds_name
from extractor.model import Claim

# The numbers that such a part may be of stand among so many in front of it.
NEAREST = 4


class PartRate(Struct, frozen=True):
    """A rate right behind the part that its name is of, and what that may be a part of, the nearest first."""

    rate: Claim
    part: Claim
    wholes: Sequence[Claim]


def find_part_rates(book: Book) -> Iterator[PartRate]:
    """Each rate that is called as the part right in front of it, which words say to be within another number."""
    for at, (part, rate) in enumerate(pairwise(book.claims)):
        named = _match_rate(book, part, rate)
        wholes = _list_wholes(book.claims[max(0, at - NEAREST) : at], part) if named else ()
        if named and wholes and binds_name(book, named["stem"], part, wholes[0]):
            yield PartRate(rate, part, wholes)


def _match_rate(book: Book, part: Claim, rate: Claim) -> regex.Match[str] | None:
    """The name of a rate right behind a part, where it is a rate of parts."""
    if rate.kind != "rate" or rate.dimension != "percent" or rate.role != "actual" or rate.cell:
        return None
    if part.kind != "level" or part.part_of is None or part.sentence != rate.sentence:
        return None
    named = patterns.fragment("checks/rate", "name").search(read_lead(book, rate))
    return named if named and named["of_part"] else None


def _list_wholes(before: Sequence[Claim], part: Claim) -> Sequence[Claim]:
    """The numbers in front of a part that it may be of, what words say that it is within among them."""
    alike = [one for one in reversed(before) if one.kind == "level" and one.base_unit == part.base_unit]
    whole = next((one for one in alike if one.id == part.part_of), None)
    return (whole, *(one for one in alike if one is not whole)) if whole else ()
