"""Sheets of targets (绩效目标表): the project of each, its budget and what was spent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import partial
from operator import attrgetter

import msgspec
from msgspec import Struct

from extractor import patterns
from extractor.amounts.amount import Amount, read_in_unit
from extractor.amounts.book import Book
from extractor.model import Claim, Table, TableCell

# So many characters in a row, in a heading and in a project's name, say that both are of one project: two words.
SHARED = 4


class Project(Struct, frozen=True):
    """A sheet with its project's name, budget and spending; None where it does not tell."""

    table: Table
    name: str
    budget: Amount | None
    spent: Amount | None


expression = partial(patterns.fragment, "checks/target")
"""A fragment of ``patterns/checks/target``."""


def find_projects(book: Book) -> tuple[Project, ...]:
    """The projects of a document's sheets of targets."""
    return book.view(_find_projects)


def _find_projects(book: Book) -> tuple[Project, ...]:
    kinds = patterns.lexicon("checks/target")["kinds"]
    return tuple(_read_project(book, table) for table in book.tables if table.kind in kinds)


def _read_project(book: Book, table: Table) -> Project:
    """The project of a sheet: its name stands beside the first label."""
    name = next((cell.text for cell in table.rows[0][1:] if cell.text), "")
    return Project(table, name, _find_amount(book, table, "budget"), _find_amount(book, table, "spent"))


def _find_amount(book: Book, table: Table, label: str) -> Amount | None:
    """The number right of the first cell with a label, in the unit of its row."""
    for row, cells in enumerate(table.rows):
        column = _find_label(cells, label)
        if column is not None:
            amount = book.cell(table, row, column + 1)
            return _name_amount(amount, cells, cells[column].text) if amount else None
    return None


def _find_label(cells: Sequence[TableCell], label: str) -> int | None:
    """The column of the first cell that is a label, if another stands behind it."""
    is_label = expression(label).search
    for column, cell in enumerate(cells[:-1]):
        if is_label(cell.text.strip()):
            return column
    return None


def _name_amount(amount: Amount, cells: Sequence[TableCell], label: str) -> Amount:
    """A cell's amount, named by its label, in the unit of its row where it has none of its own."""
    named = msgspec.structs.replace(amount, label=label.strip(":： "))
    unit = next(filter(None, map(attrgetter("unit"), cells)), None)
    if unit is None or named.unit:
        return named
    return read_in_unit(named, unit)


def is_cost(claim: Claim) -> bool:
    """Whether a claim of a sheet stands in a row of costs."""
    if claim.cell is None:
        return False
    return bool(expression("cost").search(claim.cell.row_label))


def is_money_told(claim: Claim) -> bool:
    """Whether a claim of the narrative is an amount of money."""
    if claim.kind != "level" or claim.cell:
        return False
    return claim.dimension == "money"


def find_told_projects(book: Book) -> Iterator[tuple[Claim, Amount]]:
    """What the narrative tells of the budget or the spending of the project above it, with the amount in its sheet."""
    projects = find_projects(book)
    if not projects:
        return
    for claim in filter(is_money_told, book.claims):
        known = _find_told(claim, projects)
        if known:
            yield claim, known


def _find_told(claim: Claim, projects: Sequence[Project]) -> Amount | None:
    """The budget or the spending of its project that a claim is called."""
    metric = claim.metric or ""
    is_budget = expression("told_budget").search(metric)
    if not is_budget and not expression("told_spent").search(metric):
        return None
    project = _find_project(claim, projects)
    if project is None:
        return None
    return project.budget if is_budget else project.spent


def _find_project(claim: Claim, projects: Sequence[Project]) -> Project | None:
    """The project whose name shares most characters in a row with the heading above a claim, if only one does."""
    heading = claim.path[-1] if claim.path else ""
    shared = [_count_shared(heading, project.name) for project in projects]
    most = max(shared)
    if most < SHARED or shared.count(most) > 1:
        return None
    return projects[shared.index(most)]


def _count_shared(one: str, two: str) -> int:
    """The length of the longest run of characters that two names share."""
    return SequenceMatcher(None, one, two, autojunk=False).find_longest_match().size
