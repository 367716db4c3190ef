"""The two sides of an account: income with what was carried in against expenditure with what is carried out."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.amounts.book import Book
from extractor.checks.engine.rule import SILENT, TOLD, Relation
from extractor.checks.relations.balances import Account, find_accounts

RULE = "balance"
# What becomes of sides that are not equal, by what the pattern says that it means.
OTHERWISE = {"fails": TOLD, "unclear": "carried_over", "nothing": SILENT}


def find(book: Book) -> Iterator[Relation]:
    """Each account whose two sides a narrative tells."""
    return (_propose(book, account) for account in find_accounts(book))


def _propose(book: Book, account: Account) -> Relation:
    """The first figure as the first of the other side, with what is added on that side, without what is on its own."""
    first, *taken = [book.amount(claim) for claim in account.left]
    other, *added = [book.amount(claim) for claim in account.right]
    operands = [("total", first), ("total", other)]
    operands += [("minus", amount) for amount in taken]
    operands += [("part", amount) for amount in added]
    return Relation(
        RULE,
        _choose_form(account),
        tuple(operands),
        evidence=(account.pattern,),
        otherwise=OTHERWISE[account.unequal],
    )


def _choose_form(account: Account) -> str:
    """How the first figures of both sides are equal: as they stand, or with what each side tells behind its first."""
    if len(account.left) > 1:
        return "carried"
    if len(account.right) > 1:
        return "composed"
    return "equal"
