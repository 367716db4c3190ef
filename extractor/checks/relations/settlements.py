"""What was found and what was settled of it: 发现隐患4108处，整改完成4051处; what was planned, and posts, alike."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import chain, pairwise

from extractor import patterns
from extractor.amounts.book import Book
from extractor.checks.relations.clauses import name_with_lead, read_lead
from extractor.model import Claim

_expression = partial(patterns.fragment, "checks/sum")
# What calls the first number, and what calls the second, which is none but a part of it.
PAIRS = (("found", "settled"), ("planned", "done"), ("posts", "filled"), ("promised", "paid_in"))
# The same by the names of two numbers, between which others stand: 问题50项，金额8万元，整改40项，整改金额6万元.
NAMED = (("problems", "mended"), ("invested_in_all", "invested"))


def find_settlements(book: Book) -> Iterator[tuple[Claim, Claim]]:
    """Two numbers in a row of one unit: what was found, and what was settled of it."""
    for first, settled in chain.from_iterable(map(pairwise, book.sentences)):
        # 编制24人，其中行政编制11人；实有22人: of all of them, not of those that were named last.
        whole = first.part_of if first.part_of != settled.part_of else None
        found = book.claim[whole] if whole else first
        if _are_alike(found, settled) and _are_called(book, found, settled):
            yield found, settled
    for claims in book.levels.values():
        yield from (pair for pair in pairwise(claims) if _are_named(book, *pair))


def _are_named(book: Book, found: Claim, settled: Claim) -> bool:
    """Whether two numbers next to one another of their unit in a paragraph are called so."""
    if not _are_alike(found, settled) or book.has_border(found.end, settled.start):
        return False
    first, second = found.metric or "", name_with_lead(book, settled)
    return any(_expression(one).search(first) and _expression(other).search(second) for one, other in NAMED)


def _are_alike(found: Claim, settled: Claim) -> bool:
    """Whether two numbers are levels of one unit, the second of the narrative."""
    if settled.cell:
        return False
    if not found.kind == settled.kind == "level":
        return False
    return found.base_unit == settled.base_unit


def _are_called(book: Book, found: Claim, settled: Claim) -> bool:
    """Whether the words in front of two numbers say so."""
    first, second = read_lead(book, found), read_lead(book, settled)
    return any(_expression(one).search(first) and _expression(other).search(second) for one, other in PAIRS)
