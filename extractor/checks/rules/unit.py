"""Numbers whose unit or percent sign is missing."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.amounts.book import Book
from extractor.checks.engine.rule import Relation
from extractor.model import Claim

RULE = "unit"


def find(book: Book) -> Iterator[Relation]:
    """Every number of the narrative that needs a unit and has none of its own."""
    for claim in book.claims:
        if _lacks_unit(claim):
            operands = (("stated", book.amount(claim)),)
            yield Relation(RULE, "implied", operands, facts={"unit": claim.unit_implied or ""})


def _lacks_unit(claim: Claim) -> bool:
    """Whether a number of the narrative has a unit only by the words around it."""
    if claim.unit or claim.cell:
        return False
    return bool(claim.unit_implied)
