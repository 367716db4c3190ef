"""Numbers whose unit or percent sign is missing."""

from __future__ import annotations

from collections.abc import Iterator

from extractor import patterns
from extractor.amounts.book import Book
from extractor.checks.engine.rule import Relation
from extractor.checks.relations.clauses import read_lead
from extractor.model import Claim
from extractor.quantities import units

RULE = "unit"


def find(book: Book) -> Iterator[Relation]:
    """Every number of the narrative that needs a unit and has none of its own."""
    for at, claim in enumerate(book.claims):
        if _lacks_unit(claim) and not _has_unit_behind(book, at):
            operands = (("stated", book.amount(claim)),)
            yield Relation(RULE, "implied", operands, facts={"unit": claim.unit_implied or ""})
        elif _lacks_money(book, claim):
            facts = {"unit": claim.unit + units.first("money").base}
            yield Relation(RULE, "implied", (("stated", book.amount(claim)),), facts=facts)


def _lacks_money(book: Book, claim: Claim) -> bool:
    """Whether an amount is written in 万 or 亿 alone, behind words that name money."""
    if claim.cell or claim.dimension != "money" or claim.unit.strip(units.multipliers()):
        return False
    is_called = patterns.fragment("claims/subjects", "money_called").search(read_lead(book, claim))
    return bool(claim.unit and is_called)


def _lacks_unit(claim: Claim) -> bool:
    """Whether a number of the narrative has a unit only by the words around it."""
    if claim.unit or claim.cell:
        return False
    return bool(claim.unit_implied)


def _has_unit_behind(book: Book, at: int) -> bool:
    """Whether the unit of a number stands behind its series (48.47、39.07亿元), or may stand on the next line."""
    claim = book.claims[at]
    if book.text.startswith("\n", claim.end):
        return True
    following = book.claims[at + 1 : at + 2]
    return any(_is_next_of_series(book, claim, one) for one in following)


def _is_next_of_series(book: Book, claim: Claim, following: Claim) -> bool:
    """Whether the claim behind another is the next number of its series, in the same unit; one mark parts the two."""
    if claim.unit_implied not in (following.unit, following.unit_implied):
        return False
    return len(book.text[claim.end : following.start].strip()) <= 1
