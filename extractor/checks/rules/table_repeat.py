"""Figures that two statements state."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.misprints import are_miswritten
from extractor.checks.engine.judge import has_failed
from extractor.checks.engine.rule import SILENT, TOLD, Relation
from extractor.checks.grids.alignment import Misaligned, find_misaligned
from extractor.checks.grids.found import FoundSums
from extractor.checks.grids.grid import read_grids
from extractor.checks.grids.neighbours import find_beside
from extractor.checks.grids.repeats import Figure, find_repeats
from extractor.checks.grids.same_columns import find_same_columns
from extractor.checks.grids.same_rows import find_same_rows
from extractor.checks.grids.sides import find_sides
from extractor.checks.grids.splits import find_other_splits
from extractor.checks.grids.strokes import find_strokes
from extractor.checks.statements.ledgers import Accounts, Ledger
from extractor.checks.statements.mirrors import find_mirrored_cells
from extractor.checks.statements.statements import Spot, Statements
from extractor.claims import vocabulary
from extractor.claims.vocabulary import Stand

RULE = "table_repeat"


def find(book: Book) -> Iterator[Relation]:
    """Metrics that stand in several statements, accounts that several list, basic expenditure that is an account's."""
    statements = book.view(Statements)
    for identifier in vocabulary.load_metrics():
        yield from _propose_metric(statements, identifier)
    yield from _propose_accounts(book.view(Accounts))
    for mirrored in find_mirrored_cells(book):
        if len(mirrored.parts) == 1:
            yield from _repeat(mirrored.cell, mirrored.parts[0], mirrored.pattern, SILENT)
    repeats = list(find_repeats(book.view(read_grids).values()))
    for one, other in repeats:
        yield from _propose_found(book, one, other)
    for pair in find_other_splits(book):
        yield Relation(RULE, "split", tuple(("repeat", amount) for amount in pair))
    for income, expenditure in find_sides(book):
        operands = (("repeat", income), ("repeat", expenditure))
        is_told = are_miswritten(income, expenditure)
        yield Relation(RULE, "sides", operands, otherwise=TOLD if is_told else SILENT)
    repeated = {(figure.table, figure.row, figure.column) for pair in repeats for figure in pair}
    yield from _propose_all_misaligned(book, repeated)


def _propose_all_misaligned(book: Book, repeated: set[tuple[str, int, int]]) -> Iterator[Relation]:
    """The cells in which rows of one name differ, or rows of the same numbers; each once.

    What stands beside the same numbers in two tables is told where it is not known to be ``repeated``.
    """
    grids = book.view(read_grids).values()
    named = find_misaligned(grids)
    for misaligned in named:
        yield from _propose_misaligned(book, misaligned, "aligned")
    known = {place for one in named for place in (one.first, one.second)}
    unnamed = [one for one in find_same_rows(grids) if known.isdisjoint((one.first, one.second))]
    for misaligned in unnamed:
        yield from _propose_misaligned(book, misaligned, "same_rows")
    known |= {place for one in unnamed for place in (one.first, one.second)}
    same, odd = find_beside(grids)
    for cells in same:
        if not repeated >= {cells.first, cells.second}:
            repeated |= {cells.first, cells.second}
            for amounts in _read_both(book, cells):
                yield from _repeat(*amounts, f"{cells.first[0]}:r{cells.first[1]}", SILENT)
    beside = [one for one in odd if known.isdisjoint((one.first, one.second))]
    for misaligned in beside:
        yield from _propose_misaligned(book, misaligned, "beside")
    known |= {place for one in beside for place in (one.first, one.second)}
    for misaligned in find_strokes(grids, book.view(FoundSums).cells):
        if known.isdisjoint((misaligned.first, misaligned.second)):
            yield from _propose_misaligned(book, misaligned, "stroke")
    for misaligned in find_same_columns(grids, book.view(FoundSums).cells):
        yield from _propose_misaligned(book, misaligned, "columns")


def _propose_misaligned(book: Book, misaligned: Misaligned, form: str) -> Iterator[Relation]:
    """Two cells that agree with each other everywhere else, where one misprint makes one of the other."""
    for amounts in _read_both(book, misaligned):
        if are_miswritten(*amounts):
            operands = tuple(("repeat", amount) for amount in amounts)
            yield Relation(RULE, form, operands, facts={"agreeing": misaligned.agreeing})


def _read_both(book: Book, cells: Misaligned) -> Iterator[tuple[Amount, Amount]]:
    """Two cells as amounts."""
    one, other = (book.cell(book.table[table], row, column) for table, row, column in (cells.first, cells.second))
    if one is not None and other is not None:
        yield one, other


def _propose_found(book: Book, one: Figure, other: Figure) -> Iterator[Relation]:
    """A figure that stands in two tables of any kind; what differs is another figure."""
    amounts = [book.cell(book.table[figure.table], figure.row, figure.column) for figure in (one, other)]
    stated = list(filter(None, amounts))
    if len(stated) == 2:
        yield from _repeat(stated[0], stated[1], f"{one.table}:r{one.row}", SILENT)


def _repeat(one: Amount, other: Amount, evidence: str, otherwise: str = TOLD) -> Iterator[Relation]:
    """Two cells of two tables as one figure; nothing where their units are of different kinds or both are 0."""
    if one.base != other.base or one.operand.table == other.operand.table:
        return
    if one.value or other.value:
        operands = (("repeat", one), ("repeat", other))
        yield Relation(RULE, "figure", operands, evidence=(evidence,), otherwise=otherwise)


def _propose_metric(statements: Statements, identifier: str) -> Iterator[Relation]:
    """The places of a metric against the first of them; where a place only mirrors it, what differs is not told."""
    found = [_read_place(stand, spots) for stand, spots in statements.find_stated(identifier)]
    stated = list(filter(None, found))
    for stand, amount in stated[1:]:
        yield from _repeat(stated[0][1], amount, f"metrics/{identifier}", SILENT if stand.mirror else TOLD)


def _read_place(stand: Stand, spots: list[Spot]) -> tuple[Stand, Amount] | None:
    """The one amount at a place."""
    amount = spots[0].amount if len(spots) == 1 else None
    return (stand, amount) if amount else None


def _propose_accounts(accounts: Accounts) -> Iterator[Relation]:
    """The accounts of each ledger in the first one of the same money that lists codes; what differs in a row once."""
    told: set[tuple[object, ...]] = set()
    for ledger in accounts.ledgers:
        base = _find_base(accounts, ledger)
        for relation in _propose_listed(base, ledger) if base else ():
            if not has_failed(relation):
                yield relation
            elif _find_row(relation) not in told:
                told.add(_find_row(relation))
                yield relation


def _find_row(relation: Relation) -> tuple[object, ...]:
    """The row of the second figure and the number that it is held against."""
    place = relation.others[0].operand
    return place.table, place.row, relation.subject.raw


def _find_base(accounts: Accounts, ledger: Ledger) -> Ledger | None:
    """The first ledger in another statement that lists codes of the same money, one of the same scope before others."""
    coded = filter(partial(_is_coded_elsewhere, ledger), accounts.ledgers)
    near = sorted(coded, key=lambda one: one.scope != ledger.scope)
    return next((one for one in near if accounts.is_same_money(one.scope, ledger.scope)), None)


def _is_coded_elsewhere(ledger: Ledger, one: Ledger) -> bool:
    """Whether a ledger lists codes and stands in another statement than the first one."""
    if not one.panel.codes:
        return False
    return one.statement.table != ledger.statement.table


def _propose_listed(one: Ledger, other: Ledger) -> Iterator[Relation]:
    """The accounts that both ledgers list."""
    for code in one.rows:
        left, right = one.read_amount(code), other.read_amount(code)
        if left and right:
            yield from _repeat(left, right, f"{left.operand.table}:r{left.operand.row}")
