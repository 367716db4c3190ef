"""Targets: those of sheets (绩效目标表) and goals of the narrative against results, and what a project spent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import msgspec

from extractor.amounts.amount import Amount, take_as_written
from extractor.amounts.book import Book
from extractor.checks.engine.judge import has_failed
from extractor.checks.engine.rule import Relation, Severity
from extractor.checks.narrative.again import TERM
from extractor.checks.relations.goals import Goal, find_goals, find_told_goals
from extractor.checks.statements.projects import Project, find_projects, is_cost
from extractor.model import Claim

RULE = "target"
# What is more than so many times as much as was spent on a project is of other money, too.
TIMES = 2
# The forms of a target that is kept and of one that is not, by whether it is an upper limit.
FORMS = {False: ("reached", "missed"), True: ("within", "beyond")}


def find(book: Book) -> Iterator[Relation]:
    """The targets and the costs of every sheet, and each goal of a rate with its result."""
    for project in find_projects(book):
        inside = book.in_table.get(project.table.id, [])
        for target in inside:
            yield from _propose_target(book, target, inside)
        for claim in inside:
            yield from _propose_excess(book, claim, project)
    yield from (_propose_goal(book, goal) for goal in (*find_goals(book), *find_told_goals(book)))


def _propose_reached(result: Amount, target: Amount, is_limit: bool, severity: Severity = "info") -> Relation:
    """A result is at least its target; a target given as an upper limit is not exceeded."""
    kept, broken = FORMS[is_limit]
    aim = take_as_written(target) if is_limit else target
    relation = Relation(RULE, kept, (("actual", result), ("target", aim)), severity=severity)
    if has_failed(relation):
        return msgspec.structs.replace(relation, form=broken)
    return relation


def _propose_target(book: Book, target: Claim, inside: Sequence[Claim]) -> Iterator[Relation]:
    """A target with the result of its row, where there is one of its unit, or one of them that is called as it is."""
    if target.role != "target":
        return
    results = list(filter(partial(_is_result, target), inside))
    if len(results) > 1:
        results = [one for one in results if _is_called_like(target, one)]
    if len(results) == 1:
        is_limit = is_cost(target) or _is_upper(target)
        yield _propose_reached(book.amount(results[0]), book.amount(target), is_limit)


def _is_result(target: Claim, one: Claim) -> bool:
    """Whether a claim is what was reached of a target of its row."""
    if one.role != "actual" or one.base_unit != target.base_unit:
        return False
    row = _find_row(target)
    return row is not None and _find_row(one) == row


def _is_called_like(target: Claim, one: Claim) -> bool:
    """Whether the names of a target and of a result end in the same term: 开展应急演练, 开展防汛应急演练."""
    first, second = target.metric or "", one.metric or ""
    return len(first) >= TERM and first[-TERM:] == second[-TERM:]


def _find_row(claim: Claim) -> int | None:
    if claim.cell is None:
        return None
    return claim.cell.row


def _is_upper(target: Claim) -> bool:
    """Whether the words of a target make it an upper limit: 不超过, 以内."""
    if target.approximation is None:
        return False
    low, high = target.interval
    return low is None and high is not None


def _propose_excess(book: Book, claim: Claim, project: Project) -> Iterator[Relation]:
    """No amount of a project but its cost is more than what was spent on it, as its head and its costs tell.

    What is many times as much was paid by others, too: a remark.
    """
    if not _is_spent(claim):
        return
    part = book.amount(claim)
    for spent in filter(None, (project.spent, *project.costs[1])):
        severity: Severity = "warning" if part.exact <= TIMES * spent.exact else "info"
        relation = Relation(RULE, "exceeds", (("part", part), ("total", spent)), severity=severity)
        if has_failed(relation):
            yield relation


def _is_spent(claim: Claim) -> bool:
    """Whether a claim is money that was paid and not the cost of the whole project."""
    if claim.dimension != "money" or claim.role != "actual":
        return False
    return not is_cost(claim)


def _propose_goal(book: Book, goal: Goal) -> Relation:
    """A goal against the one result behind it: a goal that was missed is a remark, unless the text says it was not."""
    result, aim = book.amount(goal.result), take_as_written(book.amount(goal.goal))
    severity: Severity = "warning" if goal.is_said else "info"
    return _propose_reached(result, aim, goal.is_ceiling, severity)
