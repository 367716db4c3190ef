"""Sheets of targets (绩效目标表): the project of each, its budget and spending; what the narrative tells of both."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import partial
from itertools import takewhile
from operator import attrgetter

import msgspec
from msgspec import Struct

from extractor import patterns
from extractor.amounts.amount import Amount, read_in_unit, take_as_written
from extractor.amounts.book import Book
from extractor.model import Claim, Table, TableCell

# So many characters in a row, in a heading and in a project's name, say that both are of one project: two words.
SHARED = 4

Spot = tuple[int, int]
"""The row and the column of a label."""


class Project(Struct, frozen=True):
    """A sheet with its project's name, budget and spending; None where it does not tell.

    ``costs`` are what its rows of costs tell: first what was aimed at, then what was reached. ``sources`` are the parts
    that budget and spending come from, each behind its whole.
    """

    table: Table
    name: str
    budget: Amount | None
    spent: Amount | None
    costs: tuple[tuple[Amount, ...], tuple[Amount, ...]] = ((), ())
    sources: tuple[tuple[Amount, ...], ...] = ()


class ToldProject(Struct, frozen=True):
    """A claim of the narrative that tells the budget of a project, or else its spending."""

    claim: Claim
    project: Project
    is_budget: bool

    @property
    def known(self) -> tuple[Amount, ...]:
        """What the sheet says of it: its head, and its rows of costs."""
        head = self.project.budget if self.is_budget else self.project.spent
        aimed, reached = self.project.costs
        return (*filter(None, (head,)), *(aimed if self.is_budget else reached))


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
    spots = [_find_spot(table, label) for label in ("budget", "spent")]
    budget, spent = (_read_beside(book, table, spot) for spot in spots)
    sources = (_list_sources(book, table, spot) for spot in spots)
    return Project(table, name, budget, spent, _list_costs(book, table), tuple(filter(None, sources)))


def _find_spot(table: Table, label: str) -> Spot | None:
    """The row and the column of the first cell that is a label."""
    for row, cells in enumerate(table.rows):
        column = _find_label(cells, label)
        if column is not None:
            return row, column
    return None


def _read_beside(book: Book, table: Table, spot: Spot | None) -> Amount | None:
    """The number right of a label, in the unit of its row."""
    if spot is None:
        return None
    row, column = spot
    amount, cells = book.cell(table, row, column + 1), table.rows[row]
    return _name_amount(amount, cells, cells[column].text) if amount else None


def _list_sources(book: Book, table: Table, spot: Spot | None) -> tuple[Amount, ...]:
    """A whole and the sources below it, if one is of all that is left: an empty one gave nothing."""
    whole = _read_beside(book, table, spot)
    if spot is None or whole is None:
        return ()
    row, column = spot
    below = takewhile(partial(_is_source, table, column), range(row + 1, len(table.rows)))
    rows = list(below)
    if not any(expression("source_left").search(table.rows[one][column].text) for one in rows):
        return ()
    parts = [_read_beside(book, table, (one, column)) for one in rows]
    return (whole, *filter(None, parts)) if any(parts) else ()


def _is_source(table: Table, column: int, row: int) -> bool:
    """Whether a row begins in a column with where money came from."""
    cells = table.rows[row]
    return column + 1 < len(cells) and bool(expression("source").search(cells[column].text.strip()))


def _list_costs(book: Book, table: Table) -> tuple[tuple[Amount, ...], tuple[Amount, ...]]:
    """What the rows of costs tell of money: what was aimed at, and what was reached."""
    told = [claim for claim in book.in_table.get(table.id, ()) if claim.dimension == "money" and is_cost(claim)]
    aimed = tuple(take_as_written(book.amount(claim)) for claim in told if claim.role == "target")
    reached = tuple(take_as_written(book.amount(claim)) for claim in told if claim.role != "target")
    return aimed, reached


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


def find_told_projects(book: Book) -> tuple[ToldProject, ...]:
    """What the narrative tells of the budget or the spending of the project above it."""
    return book.view(_find_told_projects)


def _find_told_projects(book: Book) -> tuple[ToldProject, ...]:
    projects = find_projects(book)
    if not projects:
        return ()
    told = (_find_told(claim, projects) for claim in filter(is_money_told, book.claims))
    return tuple(filter(None, told))


def _find_told(claim: Claim, projects: Sequence[Project]) -> ToldProject | None:
    """A claim that is called the budget or the spending of a project, with that."""
    metric = claim.metric or ""
    is_budget = bool(expression("told_budget").search(metric))
    if not is_budget and not expression("told_spent").search(metric):
        return None
    project = _find_project(claim, projects)
    return ToldProject(claim, project, is_budget) if project else None


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
