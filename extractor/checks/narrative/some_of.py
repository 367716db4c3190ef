"""Some of things that were counted right in front of them: 29个乡镇中，26个通客车."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from extractor import patterns
from extractor.amounts.book import Book
from extractor.checks.relations.clauses import read_since
from extractor.model import Claim

_expression = partial(patterns.fragment, "checks/limit")


def find_some(book: Book) -> Iterator[tuple[Claim, Claim]]:
    """Each count with the one right in front of it whose things words make it some of."""
    for sentence in book.sentences:
        for whole, some in pairwise(sentence):
            if _are_counts(whole, some) and _expression("some_of").fullmatch(read_since(book, some)):
                yield some, whole


def _are_counts(whole: Claim, some: Claim) -> bool:
    """Whether two numbers count in one unit; some that words link to a whole are told elsewhere."""
    if some.part_of or some.cell or not (whole.is_one_told and some.is_one_told):
        return False
    return whole.kind == some.kind == "level" and whole.base_unit == some.base_unit
