"""Completion: how much of the budget or target that is named was reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.interval import Interval, exact
from extractor.amounts.names import measure_likeness
from extractor.checks.drafts import Draft, judged
from extractor.checks.relations.clauses import find_namesakes
from extractor.checks.relations.targets import has_agreement
from extractor.model import Claim

RULE = "completion"
# The amounts of a completion stand among this many claims in front of it.
NEAREST = 6


_expression = partial(patterns.fragment, "checks/completions")


def find(book: Book) -> Iterator[Draft]:
    """Each completion with what was done and the budget or target that it names."""
    for at, claim in enumerate(book.claims):
        if claim.kind == "completion" and claim.dimension == "percent":
            yield _checked(book, at, claim)


def _checked(book: Book, at: int, rate: Claim) -> Draft:
    around = _in_front(book, at, rate)
    done = next((one for one in around if one.role == "actual" and _is_of(one, rate)), None)
    planned = [one for one in around if one.role != "actual" and done and one.base_unit == done.base_unit]
    plan = next((one for one in planned if _is_meant(book, rate, one)), None)
    if done and not planned and (elsewhere := _elsewhere(book, rate, done)):
        return elsewhere
    shown = [("rate", book.amount(rate))] + ([("actual", book.amount(done))] if done else [])
    if not done or not plan:
        reason = "other_budget" if planned else "no_budget"
        return Draft(RULE, "unclear", tuple(shown), RULE, reason=reason)
    beyond = _is_beyond(book, rate)
    return judged(
        RULE, [*shown, ("budget", book.amount(plan))], _surplus if beyond else _quotient,
        message="completion-beyond" if beyond else RULE, evidence=("checks/completions",),
    )  # fmt: skip


def _elsewhere(book: Book, rate: Claim, done: Claim) -> Draft | None:
    """What was done by what another section says is to be done: a rate fails where the two tell of the same plans."""
    others = [one for one in find_namesakes(book, done) if one.base_value != done.base_value and one.start < done.start]
    if len(others) != 1 or _kinds(rate.baseline or ""):
        return None
    operands = [("rate", rate), ("actual", done), ("budget", others[0])]
    draft = judged(
        RULE, [(role, book.amount(one)) for role, one in operands], _surplus if _is_beyond(book, rate) else _quotient,
        severity="warning", evidence=("checks/completions.elsewhere",),
    )  # fmt: skip
    sections = frozenset((done.section, others[0].section))
    return draft if draft.status != "fails" or has_agreement(book, sections) else None


def _in_front(book: Book, at: int, rate: Claim) -> list[Claim]:
    """The levels in front of a rate in its section, the nearest first; none beyond another completion."""
    found: list[Claim] = []
    for one in reversed(book.claims[max(0, at - NEAREST) : at]):
        if one.section != rate.section or (one.kind == "completion" and found):
            break
        if one.kind == "level" and one.dimension != "percent":
            found.append(one)
    return found


def _is_of(done: Claim, rate: Claim) -> bool:
    """Whether what was done is what the rate tells of; a sentence of its own may leave the metric out."""
    return done.sentence == rate.sentence or not rate.metric or bool(measure_likeness(done, rate))


def _is_meant(book: Book, rate: Claim, plan: Claim) -> bool:
    """Whether a budget is the one that the rate names: 年初预算 is no 调整预算, and 预算 is any."""
    named = _kinds(rate.baseline or "")
    return not named or not (told := _kinds(_words(book, plan))) or bool(named & told)


def _words(book: Book, plan: Claim) -> str:
    """The words that call a number a plan."""
    return (plan.metric or "") + book.text[max(plan.sentence.start, plan.start - 12) : plan.start]


def _kinds(words: str) -> set[str]:
    """Which of a year's budgets words name."""
    return {name for name in ("initial", "whole", "adjusted") if _expression(name).search(words)}


def _is_beyond(book: Book, rate: Claim) -> bool:
    """Whether the rate is what exceeds the plan: 超全年目标0.03%."""
    return bool(_expression("beyond").search(book.text, rate.sentence.start, rate.start))


def _quotient(amounts: Sequence[Interval]) -> Interval:
    done, plan = amounts
    return exact(0) if done == plan == exact(0) else done / plan


def _surplus(amounts: Sequence[Interval]) -> Interval:
    return _quotient(amounts) - exact(1)
