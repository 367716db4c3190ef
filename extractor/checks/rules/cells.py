"""The narrative against the cells of the statements that it speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.interval import total
from extractor.checks.drafts import Draft, equal, judged
from extractor.checks.statements.classification import list_mirrors
from extractor.checks.statements.coding import Account
from extractor.checks.statements.ledgers import Accounts
from extractor.checks.statements.statements import Spot, Statements, is_own, is_preliminary, read_planned
from extractor.model import Claim

RULE = "table"


def find(book: Book) -> Iterator[Draft]:
    """Every claim of a known metric, then every claim about an account, with each statement that states it.

    What accounts say of their budget is only confirmed: a column may mean the first budget or the last.
    """
    accounts = book.view(Accounts)
    for claim in book.claims:
        own = is_own(book, claim)
        if claim.metric_id and (own or is_preliminary(book, claim)):
            for stand, spots in book.view(Statements if own else read_planned).find_stated(claim.metric_id):
                yield from _against(book, claim, spots, stand.mirror or not own)
    for account in accounts.told:
        yield from _account(book, accounts, account)
    yield from _mirrored(book, accounts)


def _against(book: Book, claim: Claim, spots: Sequence[Spot], mirror: bool = False) -> Iterator[Draft]:
    """A claim against the cells at one place; of several tables of one kind the one that agrees is meant."""
    drafts = [draft for spot in spots for draft in _compared(book, claim, spot)]
    agreeing = [draft for draft in drafts if draft.status != "fails"]
    if agreeing or mirror:
        yield from agreeing
    elif len({spot.table.id for spot in spots}) > 1:
        yield _unclear(book, claim, "several_candidates", drafts[:1])
    else:
        yield from drafts


def _compared(book: Book, claim: Claim, spot: Spot) -> Iterator[Draft]:
    """A claim against one cell of its unit; an empty cell is a 0, which only a claim of 0 can be held against."""
    stated, cell = book.amount(claim), spot.amount
    if cell is None and stated.value == 0 and not spot.table.rows[spot.row][spot.column].text:
        cell = book.read_empty(spot.table, spot.row, spot.column)
    if cell and cell.base == stated.base:
        yield equal(RULE, ("narrative", stated), ("cell", cell), evidence=_evidence(claim))


def _account(book: Book, accounts: Accounts, account: Account) -> Iterator[Draft]:
    """A claim about an account against each ledger of its scope."""
    ledgers = list(accounts.find_ledgers(account.scope))
    if account.doubt:
        yield _unclear(book, account.claim, "several_candidates")
        return
    spots = [ledger.read_spot(account.code) for ledger in ledgers]
    for spot in spots:
        if spot:
            yield from _compared(book, account.claim, spot)
    if account.code and ledgers and not any(spots):
        yield _unclear(book, account.claim, "no_row")
    for ledger in accounts.find_wider_ledgers(account.scope):
        spot = ledger.read_spot(account.code)
        if spot:
            yield from (draft for draft in _compared(book, account.claim, spot) if draft.status != "fails")


def _mirrored(book: Book, accounts: Accounts) -> Iterator[Draft]:
    """Accounts against the items of basic expenditure that are the same money, as far as they agree."""
    told = {account.code: book.amount(account.claim) for account in accounts.told}
    for mirror in list_mirrors():
        parts = [told[code] for code in mirror.accounts if code in told]
        if len(parts) == len(mirror.accounts):
            drafts = (_mirror(cell, parts) for cell in book.view(Statements).read_items(mirror.items))
            yield from (draft for draft in drafts if draft.status != "fails")


def _mirror(cell: Amount, parts: Sequence[Amount]) -> Draft:
    """An item of basic expenditure and the accounts that are paid from it."""
    if len(parts) == 1:
        return equal(RULE, ("narrative", parts[0]), ("cell", cell))
    return judged("table_sum", [("total", cell), *(("part", part) for part in parts)], total)


def _unclear(book: Book, claim: Claim, reason: str, drafts: Sequence[Draft] = ()) -> Draft:
    """A claim that no cell could be told for, and why."""
    operands = drafts[0].operands if drafts else (("narrative", book.amount(claim)),)
    return Draft(RULE, "unclear", operands, message=f"{RULE}-unclear", reason=reason, evidence=_evidence(claim))


def _evidence(claim: Claim) -> tuple[str, ...]:
    return (f"metrics/{claim.metric_id}",) if claim.metric_id else ()
