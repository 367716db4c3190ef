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
        base, whole, added, cut = (_find_called(book, sentence, name) for name in ("base", "whole", "added", "cut"))
        if len(base) == len(whole) == 1 and (added or cut):
            yield Budget(whole[0], base[0], added, cut)


def _find_called(book: Book, sentence: Sequence[Claim], name: str) -> tuple[Claim, ...]:
    """The amounts of money that the words in front of them call so."""
    return tuple(one for one in sentence if _is_money(one) and _expression(name).search(read_lead(book, one)))


def _is_money(claim: Claim) -> bool:
    return claim.kind in ("level", "change_amount") and claim.dimension == "money" and not claim.cell
