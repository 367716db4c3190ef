"""Sheets of targets (绩效目标表): targets against results, costs against the project's budget and what was spent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import partial

import msgspec
from msgspec import Struct

from extractor import patterns
from extractor.amounts.amount import Amount, read_in_unit, take_as_written
from extractor.amounts.book import Book
from extractor.amounts.interval import Interval
from extractor.checks.drafts import Draft, judged
from extractor.model import Claim, Table

# So many characters in a row, in a heading and in a project's name, say that both are of one project.
SHARED = 4


class Project(Struct, frozen=True):
    """A sheet with its project's name, budget and spending; None where it does not tell."""

    table: Table
    name: str
    budget: Amount | None
    spent: Amount | None


_expression = partial(patterns.fragment, "checks/targets")


def find(book: Book) -> Iterator[Draft]:
    """Every sheet: its targets, its costs, and the narrative of its project."""
    projects = [
        _project(book, table) for table in book.tables if table.kind in patterns.lexicon("checks/targets")["kinds"]
    ]
    for project in projects:
        inside = book.in_table.get(project.table.id, [])
        yield from _targets(book, inside)
        for claim in inside:
            if claim.dimension == "money":
                yield from _money(book, claim, project)
    for claim in book.claims:
        if claim.kind == "level" and claim.dimension == "money" and not claim.cell and projects:
            yield from _told(book, claim, projects)


def _project(book: Book, table: Table) -> Project:
    """The project of a sheet: its name stands beside the first label."""
    name = next((cell.text for cell in table.rows[0][1:] if cell.text), "")
    return Project(table, name, _beside(book, table, "budget"), _beside(book, table, "spent"))


def _beside(book: Book, table: Table, label: str) -> Amount | None:
    """The first number right of a label, in the unit of its row."""
    for row, cells in enumerate(table.rows):
        column = next((at for at, cell in enumerate(cells) if _expression(label).search(cell.text.strip())), None)
        if column is not None and column + 1 < len(cells):
            amount = book.cell(table, row, column + 1)
            unit = next((cell.unit for cell in cells if cell.unit), None)
            return _in_unit(amount, unit, cells[column].text) if amount else None
    return None


def _in_unit(amount: Amount, unit: str | None, label: str) -> Amount:
    """A cell's amount, named by its label, in the unit of its row where it has none of its own."""
    named = msgspec.structs.replace(amount, label=label.strip(":： "))
    if named.unit or not unit:
        return named
    return read_in_unit(named, unit)


def _targets(book: Book, inside: list[Claim]) -> Iterator[Draft]:
    """Each target with the result of its row, where there is one of its unit."""
    for target in inside:
        if target.role != "target" or not target.cell:
            continue
        row = [one for one in inside if one.cell and one.cell.row == target.cell.row and one.role == "actual"]
        results = [one for one in row if one.base_unit == target.base_unit]
        if len(results) == 1:
            yield _reached(book.amount(target), book.amount(results[0]), target)


def _reached(target: Amount, result: Amount, claim: Claim) -> Draft:
    """A result is at least its target; a target given as an upper limit is not exceeded."""
    low, high = claim.interval
    cost = bool(claim.cell and _expression("cost").search(claim.cell.row_label))
    limit = cost or (claim.approximation is not None and low is None and high is not None)
    missed = _below(take_as_written(target), result) if limit else _below(result, target)
    operands = (("actual", result), ("target", target))
    return Draft(
        "target", "fails" if missed else "holds", operands, "target-missed" if missed else "target",
        severity="info" if missed else None, evidence=("checks/targets",),
    )  # fmt: skip


def _below(one: Amount, two: Amount) -> bool:
    """Whether one number is less than another, whatever their digits allow."""
    return one.rounded.high is not None and two.rounded.low is not None and one.rounded.high < two.rounded.low


def _money(book: Book, claim: Claim, project: Project) -> Iterator[Draft]:
    """A cost is the budget or the spending of the project; no other amount of it is more than what was spent."""
    amount = book.amount(claim)
    known = project.budget if claim.role == "target" else project.spent
    if known is None or claim.cell is None:
        return
    if _expression("cost").search(claim.cell.row_label):
        operands = [("cell", known), ("narrative", take_as_written(amount))]
        yield judged(
            "table", operands, _same, message="target-cost", severity="warning", evidence=("checks/targets.cost",)
        )
    elif claim.role == "actual" and project.spent and _below(project.spent, amount):
        yield Draft(
            "target", "fails", (("part", amount), ("total", project.spent)), "target-exceeds", severity="warning",
            evidence=("checks/targets.exceeds",),
        )  # fmt: skip


def _same(amounts: Sequence[Interval]) -> Interval:
    return amounts[0]


def _told(book: Book, claim: Claim, projects: list[Project]) -> Iterator[Draft]:
    """The budget or the spending of a project as the narrative under its heading tells it."""
    words = claim.metric or ""
    which = (
        "budget"
        if _expression("told_budget").search(words)
        else "spent"
        if _expression("told_spent").search(words)
        else ""
    )
    project = _of(claim, projects) if which else None
    known = getattr(project, which) if project else None
    if known is not None:
        operands = [("narrative", book.amount(claim)), ("cell", known)]
        yield judged(
            "table", operands, _same, message="target-told", severity="warning", evidence=("checks/targets.told",)
        )


def _of(claim: Claim, projects: list[Project]) -> Project | None:
    """The project whose name shares most characters in a row with the heading above a claim, if only one does."""
    heading = claim.path[-1] if claim.path else ""
    rated = sorted(((_shared(heading, project.name), -at) for at, project in enumerate(projects)), reverse=True)
    if rated[0][0] < SHARED or (len(rated) > 1 and rated[1][0] == rated[0][0]):
        return None
    return projects[-rated[0][1]]


def _shared(one: str, two: str) -> int:
    return SequenceMatcher(None, one, two, autojunk=False).find_longest_match().size
