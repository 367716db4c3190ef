"""Goals of the narrative: each against its result, and plans that two sections tell of."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from extractor import patterns
from extractor.amounts.amount import Amount, take_as_written
from extractor.amounts.book import Book
from extractor.amounts.names import find_scope, normalize_name
from extractor.checks.drafts import Draft, judged
from extractor.checks.relations.clauses import is_origin, read_lead
from extractor.checks.relations.targets import Pair, find_plan_pairs, has_agreement
from extractor.model import Claim

RULE = "target"


_expression = partial(patterns.fragment, "checks/goals")


def find(book: Book) -> Iterator[Draft]:
    """Each goal of a rate with its result, and each plan with its other statement."""
    for alike in book.rates.values():
        for goal in alike:
            if goal.role == "target" and not goal.cell:
                yield from _reached(book, goal, alike)
    for pair in find_plan_pairs(book):
        yield from _repeated(book, pair)


# ── goals and results ────────────────────────────────────────────────────────────────────────────────────────────────


def _reached(book: Book, goal: Claim, alike: list[Claim]) -> Iterator[Draft]:
    """A goal against the one result behind it: a goal that was missed is a remark, unless the text says it was not."""
    results = [
        one for one in alike
        if one.role == "actual" and one.start > goal.start and not one.cell and one.kind == goal.kind
        and not is_origin(book, one) and _same_year(one, goal) and find_scope(one) == find_scope(goal)
    ]  # fmt: skip
    if len(results) != 1:
        return
    result, aim = book.amount(results[0]), take_as_written(book.amount(goal))
    missed = _below(aim, result) if _is_ceiling(book, goal) else _below(result, aim)
    operands = (("actual", result), ("target", book.amount(goal)))
    if not missed:
        yield Draft(RULE, "holds", operands, "target", evidence=("checks/goals",))
        return
    severity = "warning" if _is_said(book, results[0]) else "info"
    yield Draft(RULE, "fails", operands, "target-missed", severity=severity, evidence=("checks/goals",))  # type: ignore[arg-type]


def _same_year(one: Claim, two: Claim) -> bool:
    first, second = (claim.period.end if claim.period else None for claim in (one, two))
    return None in (first, second) or first[:4] == second[:4]  # type: ignore[index]


def _below(one: Amount, two: Amount) -> bool:
    """Whether one number is less than another, whatever their digits allow."""
    return one.rounded.high is not None and two.rounded.low is not None and one.rounded.high < two.rounded.low


def _is_ceiling(book: Book, goal: Claim) -> bool:
    """Whether a goal is not to be exceeded."""
    low, high = goal.interval
    words = read_lead(book, goal)
    limited = _expression("ceiling").search(words) or (low is None and high is not None)
    return bool(limited or _expression("lowered").search(normalize_name(goal.metric or "")))


def _is_said(book: Book, result: Claim) -> bool:
    """Whether the words behind a result, in its sentence, say that the goal was reached."""
    words = book.text[result.end : result.sentence.end]
    return bool(_expression("reached").search(words)) and not _expression("denied").search(words)


# ── plans told twice ─────────────────────────────────────────────────────────────────────────────────────────────────


def _repeated(book: Book, pair: Pair) -> Iterator[Draft]:
    """Two statements of one plan; they differ wrongly where the sections agree on other plans."""
    one, two = sorted((pair.plan, pair.other), key=lambda claim: claim.start)
    done = {claim.base_value for claim in book.sections[pair.plan.section] if claim.role == "actual"}
    if pair.equal or (has_agreement(book, pair.sections) and pair.other.base_value not in done):
        yield judged(
            "repeat", [("stated", book.amount(two)), ("stated", book.amount(one))], lambda others: others[0],
            severity="warning", evidence=("checks/plans",),
        )  # fmt: skip
