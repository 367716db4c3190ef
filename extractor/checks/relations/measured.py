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
    return _find_told(book, part, rate), whole


def _find_told(book: Book, part: Claim, rate: Claim) -> Claim:
    """What a rate is of: no part in a bracket, where it is called after its total: 20亿元（其中…1亿元），为预算…."""
    total = book.claim.get(part.part_of or "")
    return total if total and total.metric == rate.metric else part


def _is_beside(one: Claim, rate: Claim) -> bool:
    """Whether a claim is a level of a rate's sentence."""
    return one.kind == "level" and one.sentence == rate.sentence
