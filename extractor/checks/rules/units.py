"""Numbers whose unit or percent sign is missing."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.amounts.book import Book
from extractor.checks.drafts import Draft, Words


def find(book: Book) -> Iterator[Draft]:
    """Every number of the narrative that needs a unit and has none of its own."""
    for claim in book.claims:
        if not claim.unit and claim.unit_implied and not claim.cell:
            yield Draft(
                "unit", "fails", (("stated", book.amount(claim)),), "unit", severity="warning",
                facts={"unit": Words(claim.unit_implied, claim.unit_implied)}, evidence=("checks/units",),
            )  # fmt: skip
