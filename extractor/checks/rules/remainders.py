"""What is left of a plan, what goes beyond it, and how the budget of a year came about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from extractor import patterns
from extractor.amounts.amount import Amount, take_as_written
from extractor.amounts.book import Book
from extractor.amounts.interval import Interval, exact
from extractor.amounts.names import measure_likeness, normalize_name
from extractor.checks.drafts import Compute, Draft, Severity, judged, verdict
from extractor.checks.relations.clauses import (
    find_whole_budgets,
    is_done,
    is_origin,
    is_planned,
    name_with_lead,
    read_lead,
)
from extractor.checks.rules.rates import quotient
from extractor.model import Claim

RULE = "difference"
HUNDRED = exact(100)
# What was not done is told among this many claims behind what was.
FARTHEST = 80


_expression = partial(patterns.fragment, "checks/remainders")


def find(book: Book) -> Iterator[Draft]:
    """Each number that is the difference of two others."""
    for at, claim in enumerate(book.claims):
        if claim.cell or claim.role == "budget":
            continue
        if claim.kind == "level":
            yield from _left(book, claim)
            yield from _undone(book, at, claim)
        elif claim.kind == "change_amount" and _expression("plan").search(claim.baseline or ""):
            yield from _points(book, claim) if claim.dimension == "percentage_point" else _beyond(book, claim)


def _drafted(operands: Sequence[tuple[str, Amount]], compute: Compute, severity: Severity, name: str) -> Draft:
    pattern = f"checks/remainders.{name}"
    return judged(RULE, operands, compute, message="difference-plan", severity=severity, evidence=(pattern,))


def _minus(amounts: Sequence[Interval]) -> Interval:
    return amounts[0] - amounts[1]


# ── left of a plan, beyond a plan ────────────────────────────────────────────────────────────────────────────────────


def _levels(book: Book, claim: Claim) -> list[Claim]:
    """The levels of a claim's unit in front of it in its sentence, the nearest first."""
    before = book.find_between(claim.sentence.start, claim.start)
    return [one for one in reversed(before) if one.kind == "level" and one.base_unit == claim.base_unit]


def _left(book: Book, left: Claim) -> Iterator[Draft]:
    """What is left: the plan without what was done of it, both of the sentence, or the budget of the whole year."""
    if not _expression("left").search(read_lead(book, left)):
        return
    levels = _levels(book, left)
    done = next((one for one in levels if is_done(book, one)), None)
    plan = next((one for one in levels if is_planned(book, one)), None)
    known = plan or (_by_rate(book, done) if done else None)
    if done and known:
        operands = [("left", left), ("base", known), ("part", done)]
        severity: Severity = "error" if plan and plan.role != "actual" else "warning"
        yield _drafted([(role, book.amount(one)) for role, one in operands], _minus, severity, "left")


def _by_rate(book: Book, done: Claim) -> Claim | None:
    """The budget of the whole year that a rate of the sentence shows to be the one that was spent."""
    rates = [one for one in book.find_between(done.end, done.sentence.end) if one.kind in ("rate", "completion")]
    for budget in find_whole_budgets(book, done):
        amounts = [book.amount(done), book.amount(budget)]
        if any(verdict(book.amount(rate), amounts, quotient) != "fails" for rate in rates):
            return budget
    return None


def _beyond(book: Book, change: Claim) -> Iterator[Draft]:
    """What goes beyond a plan, or falls short of it, with the plan and the result of the sentence."""
    levels = _levels(book, change)
    done = next((one for one in levels if is_done(book, one)), None)
    plan = next((one for one in levels if is_planned(book, one)), None)
    if done and plan and change.direction in ("increase", "decrease"):
        ends = (done, plan) if change.direction == "increase" else (plan, done)
        operands = [("change", change), *zip(("result", "base"), ends, strict=True)]
        yield _drafted([(role, book.amount(one)) for role, one in operands], _minus, "error", "beyond")


def _points(book: Book, change: Claim) -> Iterator[Draft]:
    """Percentage points above or below the target of the same rate: 较目标值高1.97个百分点."""
    before = book.find_between(change.sentence.start, change.start)
    alike = [one for one in before if _is_rate(one) and one.role == "actual" and measure_likeness(one, change)]
    targets = [one for one in book.rates.get(normalize_name(change.metric or ""), ()) if one.role == "target"]
    result = next((one for one in reversed(alike) if not is_origin(book, one)), None)
    if not result or len(targets) != 1:
        return
    sign = exact(-1 if change.direction == "decrease" else 1)
    operands = [("change", book.amount(change))]
    operands += [("result", book.amount(result)), ("target", take_as_written(book.amount(targets[0])))]
    yield _drafted(operands, lambda ends: (ends[0] - ends[1]) * HUNDRED * sign, "error", "points")


def _is_rate(claim: Claim) -> bool:
    return claim.kind in ("rate", "share") and claim.dimension == "percent"


# ── what was not done ────────────────────────────────────────────────────────────────────────────────────────────────


def _undone(book: Book, at: int, claim: Claim) -> Iterator[Draft]:
    """What was not done, or remains, against what was done and all that there was, told further in front."""
    named = _expression("undone").search(claim.metric or "")
    what = (named["what"] or named["rest"]) if named else None
    if not what:
        return
    for back in range(at - 1, max(0, at - FARTHEST), -1):
        done, whole = book.claims[back], book.claims[back - 1]
        if _is_part(book, done, whole, claim) and _names(book, done, whole, claim, what):
            operands = [("left", claim), ("base", whole), ("part", done)]
            yield _drafted([(role, book.amount(one)) for role, one in operands], _minus, "warning", "undone")
            return


def _is_part(book: Book, done: Claim, whole: Claim, like: Claim) -> bool:
    """Whether two neighbouring levels are a whole and what was done of it, in the unit of another."""
    levels = done.kind == whole.kind == "level" and done.base_unit == whole.base_unit == like.base_unit
    together = done.sentence == whole.sentence != like.sentence
    return levels and together and is_done(book, done) and is_planned(book, whole)


def _names(book: Book, done: Claim, whole: Claim, claim: Claim, what: str) -> bool:
    """Whether what was not done is what was: the same words, or the same characters, of the same thing."""
    words = name_with_lead(book, done)
    if what in words:
        rest = (claim.metric or "").replace(what, "")[:-1]
        return set(rest) <= set(name_with_lead(book, whole) + words)
    return set(what) <= set(words)
