"""Parts against their total."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.checks.book import Book
from extractor.checks.drafts import Draft, judged
from extractor.checks.intervals import total


def find(book: Book) -> Iterator[Draft]:
    """Every claim with the claims that are parts of it."""
    parts: dict[str, list[str]] = {}
    for claim in book.claims:
        if claim.part_of:
            parts.setdefault(claim.part_of, []).append(claim.id)
    for whole, members in parts.items():
        operands = [("total", book.amount(book.claim[whole]))]
        operands += [("part", book.amount(book.claim[member])) for member in members]
        yield judged("sum", operands, total)
