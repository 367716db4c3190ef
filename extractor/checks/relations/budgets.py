"""How the budget of a year came about: the first one, what was added to it and what was cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.checks.relations.clauses import read_lead
from extractor.model import Claim

_expression = partial(patterns.fragment, "checks/sum")


class Budget(Struct, frozen=True):
    """The budget of the whole year with all that it is made up of."""

    whole: Claim
    base: Claim
    added: tuple[Claim, ...]
    cut: tuple[Claim, ...]


def find_budgets(book: Book) -> Iterator[Budget]:
    """Every sentence that names one first budget, one of the whole year, and what changed between them."""
    for sentence in book.sentences:
        budget = _find_budget(book, list(filter(_is_money, sentence)))
        if budget:
            yield budget


def _find_budget(book: Book, amounts: Sequence[Claim]) -> Budget | None:
    """The budget that amounts of money tell together: one of the year, the first one, and what changed."""
    base = _find_called(book, amounts, "base")
    if len(base) != 1:
        return None
    whole = _find_called(book, amounts, "whole")
    if len(whole) != 1:
        return None
    added, cut = _find_called(book, amounts, "added"), _find_called(book, amounts, "cut")
    is_changed = bool(added or cut)
    return Budget(whole[0], base[0], added, cut) if is_changed else None


def _find_called(book: Book, amounts: Sequence[Claim], name: str) -> tuple[Claim, ...]:
    """The amounts that the words in front of them call so."""
    is_called = _expression(name).search
    return tuple(one for one in amounts if is_called(read_lead(book, one)))


def _is_money(claim: Claim) -> bool:
    if claim.cell or claim.dimension != "money":
        return False
    return claim.kind in ("level", "change_amount")
