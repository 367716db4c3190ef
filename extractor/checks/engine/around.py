"""The numbers that stand around those of a relation, any of which may be what is meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.amounts.book import Book
from extractor.checks.engine.rule import Relation
from extractor.model import Claim

# A relation is told within so many numbers in front of the first of its own and behind the last.
IN_FRONT, BEHIND = 8, 6


def find_claims(book: Book, relation: Relation) -> list[Claim]:
    """The claims that a relation holds together; none where one of its numbers stands in a table."""
    ids = [amount.operand.claim for _, amount in relation.operands]
    claims = [book.claim[one] for one in ids if one]
    if len(claims) < len(ids) or any(one.cell for one in claims):
        return []
    return claims


def list_around(book: Book, claims: Sequence[Claim]) -> list[Claim]:
    """The numbers of the narrative around some of one section, these left out."""
    places = [book.find_index(one) for one in claims]
    first, last = max(0, min(places) - IN_FRONT), max(places) + BEHIND + 1
    return list(_leave_out(claims, book.claims[first:last]))


def _leave_out(claims: Sequence[Claim], around: Sequence[Claim]) -> Iterator[Claim]:
    known = {one.id for one in claims}
    sections = {one.section for one in claims}
    for one in around:
        if one.section in sections and one.id not in known and not one.cell:
            yield one
