"""The narrative against the cells of the statements that it speaks of, and of the sheets of targets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import filterfalse

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.misprints import is_miswritten
from extractor.amounts.names import read_account
from extractor.checks.engine.judge import has_failed
from extractor.checks.engine.remarks import soften
from extractor.checks.engine.rule import NAMED, SILENT, TOLD, Relation
from extractor.checks.grids.in_line import find_in_lines
from extractor.checks.grids.indices import Indexed, find_indices
from extractor.checks.grids.named import find_named
from extractor.checks.grids.parted import Parted, find_parted
from extractor.checks.grids.row_rates import RowRate, find_row_rates
from extractor.checks.grids.told import Told, find_told
from extractor.checks.grids.totalled import Left, find_left
from extractor.checks.narrative.near_cells import find_near_cells
from extractor.checks.relations.changes import find_told_change
from extractor.checks.statements.coding import Account
from extractor.checks.statements.ledgers import Accounts
from extractor.checks.statements.listed_totals import ListedTotal, find_listed_totals, mend_told
from extractor.checks.statements.mirrors import find_mirrored_told
from extractor.checks.statements.projects import find_projects, find_told_projects
from extractor.checks.statements.statements import Spot, Statements, is_own, is_preliminary, read_planned
from extractor.model import Claim

RULE = "table"
# A rate stands within so many claims behind its level.
BEHIND = 3


def find(book: Book) -> Iterator[Relation]:
    """Every claim of a known metric or about an account with each statement that states it, and sheets of targets."""
    for claim in book.claims:
        if read_account(claim):
            yield from _propose_metric(book, claim)
    for account in book.view(Accounts).told:
        yield from _propose_account(book, account)
    for mirrored in find_mirrored_told(book):
        if len(mirrored.parts) == 1:
            yield _compare(mirrored.parts[0], mirrored.cell, (mirrored.pattern,), SILENT)
    for listed in find_listed_totals(book):
        yield from _propose_listed(book, listed)
    yield from _propose_projects(book)
    yield from _propose_named(book)
    for claim, cell in find_in_lines(book):
        yield _propose_found(book, Told(claim, cell, True))
    for parted in find_parted(book):
        yield from _propose_parted(book, parted)
    yield from (_propose_index(book, indexed) for indexed in find_indices(book))
    yield from (_propose_left(book, left) for left in find_left(book))


def _propose_named(book: Book) -> Iterator[Relation]:
    """Numbers of the narrative against cells of their names: as their section tells them, else as one stroke does."""
    known, named = find_told(book), list(find_named(book))
    yield from (_propose_found(book, told) for told in known)
    asked = {(told.claim.id, told.is_same) for told in known}
    for told in named:
        if (told.claim.id, told.is_same) not in asked:
            yield _propose_found(book, told, "found" if told.is_same else "misstated")
            asked.add((told.claim.id, told.is_same))
    for claim, cell in find_near_cells(book):
        if asked.isdisjoint({(claim.id, True), (claim.id, False)}):
            yield _propose_found(book, Told(claim, cell, False), "misstated")
    yield from _propose_row_rates(book, (*known, *named))


def _propose_parted(book: Book, parted: Parted) -> Iterator[Relation]:
    """A number that a form parts under two heads; one that stands under one of them alone is of that."""
    told, cells = book.amount(parted.claim), [("cell", cell) for cell in parted.cells]
    if not any(cell.value and cell.exact == told.exact for cell in parted.cells):
        yield Relation(RULE, "parted", (("narrative", told), *cells))


def _propose_found(book: Book, told: Told, form: str = "found") -> Relation:
    """A number that stands in a row of its name; one that differs where its section tells the column."""
    operands = (("narrative", book.amount(told.claim)), ("cell", told.cell))
    evidence = (f"{told.cell.operand.table}:r{told.cell.operand.row}",)
    return Relation(RULE, form, operands, evidence=evidence, otherwise=SILENT if told.is_same else TOLD)


def _propose_row_rates(book: Book, levels: Sequence[Told]) -> Iterator[Relation]:
    """The growth of numbers beside them in their rows."""
    rates = ((find_told_change(book, level.claim, BEHIND, ("change_rate",)), level) for level in levels)
    beside = ((rate, level) for rate, level in rates if rate)
    for told in find_row_rates(book, beside, [level.claim for level in levels]):
        yield _propose_row_rate(book, told)


def _propose_row_rate(book: Book, told: RowRate) -> Relation:
    """A growth by the one of its row; one that differs where its column is what the narrative tells.

    Where words and sign say opposite things of the same number there is no doubt which cell is meant.
    """
    form = "falling" if told.rate.direction == "decrease" else "growing"
    rate = book.amount(told.rate)
    is_opposite = abs(rate.exact) == abs(told.cell.exact) != 0
    operands = (("narrative", rate), ("cell", told.cell))
    otherwise = TOLD if told.is_sure else SILENT
    return Relation(RULE, form, operands, otherwise=otherwise, link=NAMED if is_opposite else None)


def _propose_index(book: Book, indexed: Indexed) -> Relation:
    """A rate by the index of its table; one that differs where the table is what the narrative tells."""
    form = "index_fall" if indexed.rate.direction == "decrease" else "index_rise"
    operands = (("narrative", book.amount(indexed.rate)), ("cell", indexed.index))
    return Relation(RULE, form, operands, otherwise=TOLD if indexed.is_sure else SILENT)


def _propose_left(book: Book, left: Left) -> Relation:
    """What is still to be invested; what is not the rest, and no slip of that, leaves some of the table out."""
    told = book.amount(left.claim)
    is_slip = is_miswritten(told, left.whole.exact - left.taken.exact)
    operands = (("narrative", told), ("whole", left.whole), ("taken", left.taken))
    return Relation(RULE, "left", operands, otherwise=TOLD if is_slip else SILENT)


def _compare(told: Amount, cell: Amount, evidence: tuple[str, ...] = (), otherwise: str = TOLD) -> Relation:
    """What the narrative tells and a cell as one figure."""
    operands = (("narrative", told), ("cell", cell))
    return Relation(RULE, "cell", operands, evidence=evidence, otherwise=otherwise)


def _leave_open(book: Book, claim: Claim, reason: str, cell: Amount | None = None) -> Relation:
    """A claim that no cell could be told for, and why; with the first of several cells that could be meant."""
    told = (("narrative", book.amount(claim)),)
    operands = (*told, ("cell", cell)) if cell else told
    return Relation(RULE, "open", operands, evidence=_name_evidence(claim), reason=reason)


def _name_evidence(claim: Claim) -> tuple[str, ...]:
    if not claim.metric_id:
        return ()
    return (f"metrics/{claim.metric_id}",)


# ── metrics ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _propose_metric(book: Book, claim: Claim) -> Iterator[Relation]:
    """A claim of a known metric against each of its places.

    What accounts say of their budget is only confirmed: a column may mean the first budget or the last.
    """
    if is_own(book, claim):
        for stand, spots in book.view(Statements).find_stated(claim.metric_id or ""):
            yield from _propose_place(book, claim, spots, SILENT if stand.mirror else TOLD)
    elif is_preliminary(book, claim):
        for _, spots in book.view(read_planned).find_stated(claim.metric_id or ""):
            yield from _propose_place(book, claim, spots, SILENT)


def _propose_place(book: Book, claim: Claim, spots: Sequence[Spot], otherwise: str) -> Iterator[Relation]:
    """A claim against the cells at one place; of several tables of one kind the one that agrees is meant."""
    cells = list(filter(None, (_read_cell(book, claim, spot) for spot in spots)))
    relations = [_compare(book.amount(claim), cell, _name_evidence(claim), otherwise) for cell in cells]
    agreeing = list(filterfalse(has_failed, relations))
    tables = {spot.table.id for spot in spots}
    if agreeing or otherwise == SILENT:
        yield from agreeing
    elif len(tables) > 1:
        yield _leave_open(book, claim, "several_candidates", next(iter(cells), None))
    else:
        yield from relations


def _read_cell(book: Book, claim: Claim, spot: Spot) -> Amount | None:
    """The cell at a place in the unit of a claim; an empty one is a 0, which only a claim of 0 can be held against."""
    stated, cell = book.amount(claim), spot.amount
    if cell is None and stated.value == 0:
        cell = _read_empty(book, spot)
    if cell is None or cell.base != stated.base:
        return None
    return cell


def _read_empty(book: Book, spot: Spot) -> Amount | None:
    """The 0 that an empty cell stands for; None where words stand in it."""
    if spot.table.rows[spot.row][spot.column].text:
        return None
    return book.read_empty(spot.table, spot.row, spot.column)


# ── accounts ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _propose_account(book: Book, account: Account) -> Iterator[Relation]:
    """A claim about an account against each ledger of its scope; wider ledgers only confirm it."""
    if account.doubt:
        yield _leave_open(book, account.claim, "several_candidates")
        return
    accounts = book.view(Accounts)
    own = [ledger.read_spot(account.code) for ledger in accounts.find_ledgers(account.scope)]
    wider = [ledger.read_spot(account.code) for ledger in accounts.find_wider_ledgers(account.scope)]
    yield from _propose_spots(book, account.claim, own, TOLD)
    is_missing = len(own) > 0 and not any(own)
    if account.code and is_missing:
        yield _leave_open(book, account.claim, "no_row")
    yield from _propose_spots(book, account.claim, wider, SILENT)


def _propose_spots(book: Book, claim: Claim, spots: Sequence[Spot | None], otherwise: str) -> Iterator[Relation]:
    """A claim against each of some cells."""
    for spot in filter(None, spots):
        cell = _read_cell(book, claim, spot)
        if cell:
            yield _compare(book.amount(claim), cell, _name_evidence(claim), otherwise)


def _propose_listed(book: Book, listed: ListedTotal) -> Iterator[Relation]:
    """The one item of a 类 or 款 against its cell; a remark where another cell of the item differs already."""
    if listed.is_cell and len(listed.items) == 1:
        told = book.amount(listed.items[0].claim)
        (true,) = mend_told(book, listed, [told])
        mended = _compare(true, listed.total)
        yield soften(_compare(told, listed.total), mended.operands, "cell")


# ── sheets of targets ────────────────────────────────────────────────────────────────────────────────────────────────


def _propose_projects(book: Book) -> Iterator[Relation]:
    """The costs of each sheet, and what the narrative tells of its project."""
    for project in find_projects(book):
        for known, costs in zip((project.budget, project.spent), project.costs, strict=True):
            if known:
                yield from (Relation(RULE, "cost", (("cell", known), ("narrative", told))) for told in costs)
    for told in find_told_projects(book):
        narrative = book.amount(told.claim)
        yield from (Relation(RULE, "told", (("narrative", narrative), ("cell", cell))) for cell in told.known)
