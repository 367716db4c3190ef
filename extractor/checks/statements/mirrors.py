"""Items of basic expenditure that usually are the same money as some accounts (类, 款, 项) by function."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.once import once_a_book
from extractor.checks.statements.classification import MirrorPattern, load_mirrors
from extractor.checks.statements.ledgers import Accounts, Ledger
from extractor.checks.statements.statements import Statements

# The scope whose ledger lists the accounts that basic expenditure is paid from: the general public budget.
SCOPE = "general"


class Mirrored(Struct, frozen=True):
    """A cell of basic expenditure, the amounts of the accounts that are its money, and the pattern that says so."""

    cell: Amount
    parts: tuple[Amount, ...]
    pattern: str


@once_a_book
def find_mirrored_told(book: Book) -> Iterator[Mirrored]:
    """Cells of basic expenditure with what the narrative tells of their accounts, where it tells all of them."""
    told = {account.code: book.amount(account.claim) for account in book.view(Accounts).told}
    for name, mirror in load_mirrors().items():
        if told.keys() >= set(mirror.accounts):
            parts = [told[code] for code in mirror.accounts]
            yield from _find_cells(book, name, mirror, parts)


def find_mirrored_cells(book: Book) -> Iterator[Mirrored]:
    """Cells of basic expenditure with the cells of their accounts in the ledger of the general budget."""
    ledger = _find_ledger(book)
    if ledger is None:
        return
    for name, mirror in load_mirrors().items():
        amounts = map(ledger.read_amount, mirror.accounts)
        yield from _find_cells(book, name, mirror, list(filter(None, amounts)))


def _find_ledger(book: Book) -> Ledger | None:
    """The first ledger of the general budget that lists codes."""
    for ledger in book.view(Accounts).ledgers:
        if ledger.scope == SCOPE and ledger.panel.codes:
            return ledger
    return None


def _find_cells(book: Book, name: str, mirror: MirrorPattern, parts: list[Amount]) -> Iterator[Mirrored]:
    """The cells of the item of a mirror, each with the amounts of its accounts."""
    if not parts:
        return
    for cell in book.view(Statements).read_items(mirror.items):
        yield Mirrored(cell, tuple(parts), name)
