"""The sums inside statements: rows to their totals, columns to theirs, both halves, metrics to their parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.interval import total
from extractor.amounts.misprints import is_stroke
from extractor.checks.engine.judge import has_failed
from extractor.checks.engine.remarks import soften
from extractor.checks.engine.rule import SILENT, TOLD, Relation
from extractor.checks.grids.sums import Sum as FoundSum
from extractor.checks.grids.sums import find_sums
from extractor.checks.statements.composed import find_composed_cells
from extractor.checks.statements.listed_totals import ListedTotal, find_listed_totals, mend_told
from extractor.checks.statements.mirrors import Mirrored, find_mirrored_cells, find_mirrored_told
from extractor.checks.statements.statements import Statement, Statements
from extractor.checks.statements.sums import Place, Sum, list_sums
from extractor.model import Table

RULE = "table_sum"
# A layout of whose sums more than so many fail, and most, is another one.
MOST_FAILING = 2
Numbers = list[tuple[Place, Amount]]


def find(book: Book) -> Iterator[Relation]:
    """Every sum that the layout of a statement promises, and those that its accounts and metrics do."""
    for statement in book.view(Statements).all:
        yield from _doubt_layout(_propose_sums(statement))
    for composed in find_composed_cells(book):
        yield _add_up(composed.total, composed.parts)
    for mirrored in (*find_mirrored_told(book), *find_mirrored_cells(book)):
        yield from _propose_mirrored(mirrored)
    for listed in find_listed_totals(book):
        yield from _propose_listed(book, listed)
    for table, one in book.view(_find_all_sums):
        yield from _propose_found(book, table, one)


def _find_all_sums(book: Book) -> list[tuple[Table, FoundSum]]:
    """The sums that the numbers of all tables show."""
    return [(table, one) for table in book.tables for one in find_sums(table)]


def _doubt_layout(relations: Iterable[Relation]) -> Iterator[Relation]:
    """The sums that a layout promises; those that do not hold only where it is the layout that most of them have.

    The sums of the same columns are asked together.
    """
    groups: dict[tuple[int | None, ...], list[Relation]] = {}
    for relation in relations:
        columns = tuple(amount.operand.column for _, amount in relation.operands)
        groups.setdefault(columns if len(set(columns)) > 1 else (), []).append(relation)
    for group in groups.values():
        failing = sum(map(has_failed, group))
        is_doubtful = failing > MOST_FAILING and 2 * failing > len(group)
        yield from (_silence(relation) if is_doubtful else relation for relation in group)


def _silence(relation: Relation) -> Relation:
    return msgspec.structs.replace(relation, otherwise=SILENT)


def _add_up(whole: Amount, parts: Sequence[Amount], otherwise: str = TOLD) -> Relation:
    operands = (("total", whole), *(("part", part) for part in parts))
    return Relation(RULE, "total", operands, otherwise=otherwise)


def _propose_found(book: Book, table: Table, one: FoundSum) -> Iterator[Relation]:
    """A sum that the numbers of a table show; one that fails is told where one misprint explains it."""
    whole = book.cell(table, *one.total)
    parts = list(filter(None, (book.cell(table, *part) for part in one.parts)))
    if whole is None or len(parts) < len(one.parts):
        return
    relation = msgspec.structs.replace(_add_up(whole, parts, SILENT), form="found")
    if one.fails:
        is_told = one.is_lone and is_stroke(whole, parts)
        relation = msgspec.structs.replace(relation, otherwise=TOLD if is_told else SILENT)
    yield relation


def _propose_mirrored(mirrored: Mirrored) -> Iterator[Relation]:
    """An item of basic expenditure as the sum of several accounts; told as far as it is."""
    if len(mirrored.parts) > 1:
        relation = _add_up(mirrored.cell, mirrored.parts, SILENT)
        yield msgspec.structs.replace(relation, evidence=(mirrored.pattern,))


def _propose_listed(book: Book, listed: ListedTotal) -> Iterator[Relation]:
    """A cell as the sum of the items that the narrative lists; a remark where an item differs from its own cell."""
    if not listed.is_cell or len(listed.items) == 1:
        return
    amounts = [listed.total, *(book.amount(item.claim) for item in listed.items)]
    mended = _add_up(*_split(mend_told(book, listed, amounts)))
    yield soften(_add_up(*_split(amounts)), mended.operands, "follows")


def _split(amounts: Sequence[Amount]) -> tuple[Amount, Sequence[Amount]]:
    """A total in front of its parts, apart from them."""
    return amounts[0], amounts[1:]


# ── inside of one statement ──────────────────────────────────────────────────────────────────────────────────────────


def _propose_sums(statement: Statement) -> Iterator[Relation]:
    """The sums of a statement in the order of their levels; one that only fails for a cell found wrong is a remark.

    ``mended`` are the totals that their parts contradict, as the parts have them.
    """
    mended: dict[Place, Amount] = {}
    for one in list_sums(statement):
        numbers = _read_numbers(statement, one)
        if numbers:
            relation = _propose_sum(numbers, mended)
            if _is_wrong(relation):
                mended[one.total] = _mend(relation)
            yield relation


def _read_numbers(statement: Statement, one: Sum) -> Numbers:
    """The numbers of a sum with their places, the total in front; none without it, a part or a common unit."""
    spots = [(place, statement.read_spot(*place).amount) for place in (one.total, *one.parts)]
    numbers = [(place, amount) for place, amount in spots if amount is not None]
    if len(numbers) < 2 or numbers[0][0] != one.total:
        return []
    units = {amount.base for _, amount in numbers}
    return numbers if len(units) == 1 else []


def _propose_sum(numbers: Numbers, mended: dict[Place, Amount]) -> Relation:
    """A sum; a remark where it holds with the cells that were found wrong put right."""
    amounts = [amount for _, amount in numbers]
    relation = _add_up(*_split(amounts))
    if not mended:
        return relation
    right = [mended.get(place, amount) for place, amount in numbers]
    return soften(relation, _add_up(*_split(right)).operands, "follows")


def _is_wrong(relation: Relation) -> bool:
    """Whether a sum fails by itself; digits that add up are not asked any further."""
    if relation.form != "total":
        return False
    summed = sum(part.exact for part in relation.others)
    return relation.subject.exact != summed and has_failed(relation)


def _mend(relation: Relation) -> Amount:
    """A total as its parts have it."""
    allowed = total(part.rounded for part in relation.others)
    return msgspec.structs.replace(relation.subject, rounded=allowed, cut=allowed)
