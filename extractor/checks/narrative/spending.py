"""What was spent within what might be: 支出预算调整为8.3亿元；支出完成7.2亿元.

A budget that was adjusted bounds what was spent of it; one that was not does not. Both are told under one name, the
budget with the words of its stage, one behind the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.names import Facets, is_disjoint, normalize_name
from extractor.checks.narrative.containing import is_of_the_end
from extractor.checks.relations.clauses import is_origin
from extractor.checks.relations.times import has_same_year
from extractor.model import Claim

# What was spent stands among so many numbers behind its budget.
NEAREST = 6
STAGE = "stage"

_expression = partial(patterns.fragment, "checks/limit")


def find_spent(book: Book) -> Iterator[tuple[Claim, Claim]]:
    """Each number that was spent with the adjusted budget in front of it of its name, level and year."""
    for levels in book.levels.values():
        for at, budget in enumerate(levels):
            if _is_adjusted(budget):
                spent = _find_spent(book, budget, levels[at + 1 : at + 1 + NEAREST])
                yield from ((spent, budget),) if spent else ()


def _is_adjusted(claim: Claim) -> bool:
    """Whether a number of the narrative is what might be spent in the end."""
    return claim.is_one_told and is_of_the_end(claim) and bool(_expression("outgo").search(_read_name(claim)))


def _find_spent(book: Book, budget: Claim, behind: Sequence[Claim]) -> Claim | None:
    for one in behind:
        if _read_name(one) == _read_name(budget) and one.role != "actual":
            return None
        if _is_spent_of(book, one, budget):
            return one
    return None


def _is_spent_of(book: Book, one: Claim, budget: Claim) -> bool:
    """Whether a number is what was spent of a budget: of its name, year and scope but for the stage."""
    if one.role != "actual" or not one.is_one_told or one.base_unit != budget.base_unit or is_origin(book, one):
        return False
    if _read_name(one) != _read_name(budget) or not has_same_year(one, budget):
        return False
    return not is_disjoint(_drop_stage(book, one), _drop_stage(book, budget))


def _read_name(claim: Claim) -> str:
    """What a number is of but for the words of its stage."""
    return str(_expression("of_stage").sub("", normalize_name(claim.metric or "")))


def _drop_stage(book: Book, claim: Claim) -> Facets:
    return frozenset(facet for facet in book.amount(claim).scope if facet[0] != STAGE)
