"""Numbers that are the parts of a total of their own: what these add up to is no other's part."""

from __future__ import annotations

from functools import reduce
from operator import add

from extractor.amounts.book import Book
from extractor.model import Claim

# One part is its total by another name.
FEWEST = 2


def is_settled(book: Book, claim: Claim, totals: frozenset[str]) -> bool:
    """Whether a number is a part of another total than these, which it and the other parts add up to."""
    return claim.part_of is not None and claim.part_of not in totals and claim.part_of in book.view(_find_settled)


def _find_settled(book: Book) -> frozenset[str]:
    """The totals whose parts, as the text ties them, add up to them within what their digits leave open."""
    parts: dict[str, list[Claim]] = {}
    for claim in book.claims:
        if claim.part_of in book.claim and claim.kind == "level":
            parts.setdefault(claim.part_of, []).append(claim)
    return frozenset(total for total, own in parts.items() if _adds_up(book, book.claim[total], own))


def _adds_up(book: Book, total: Claim, parts: list[Claim]) -> bool:
    """Whether parts of the unit of a total are it together."""
    if len(parts) < FEWEST or any(one.base_unit != total.base_unit for one in parts):
        return False
    return reduce(add, (book.amount(one).rounded for one in parts)).meets(book.amount(total).rounded)
