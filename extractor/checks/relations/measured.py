"""A rate that is of the number right in front of it: 完成35万元，占年初预算80万元的43.8%."""

from __future__ import annotations

from extractor.amounts.book import Book
from extractor.checks.relations.clauses import expression
from extractor.model import Claim


def find_measured(book: Book, rate: Claim) -> tuple[Claim, Claim] | None:
    """The two levels of one unit right in front of a rate, the later of which it is of; None where words tell none."""
    at = book.find_index(rate)
    before = [one for one in book.claims[max(0, at - 2) : at] if _is_beside(one, rate)]
    if len(before) < 2 or before[0].base_unit != before[1].base_unit:
        return None
    part, whole = before
    if not expression("of_number").fullmatch(book.text, whole.end, rate.start):
        return None
    return part, whole


def _is_beside(one: Claim, rate: Claim) -> bool:
    """Whether a claim is a level of a rate's sentence."""
    return one.kind == "level" and one.sentence == rate.sentence
