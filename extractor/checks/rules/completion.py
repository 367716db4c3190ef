"""Completion: how much of the budget or target that is named was reached."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.names import measure_likeness
from extractor.checks.engine.judge import has_failed
from extractor.checks.engine.rule import SILENT, TOLD, Operands, Relation
from extractor.checks.relations.clauses import find_namesakes
from extractor.checks.relations.restated_rates import RatedPair, find_rated_pairs
from extractor.checks.relations.targets import has_agreement
from extractor.model import Claim

RULE = "completion"
# The amounts of a completion stand among so many claims in front of it: the sentence before, and its own.
NEAREST = 6
# The words that call a number a plan are so many characters in front of it: 全年调整后的预算数为.
CALLING = 12
# The budgets of a year, which are different ones.
BUDGETS = ("initial", "whole", "adjusted")


_expression = partial(patterns.fragment, f"checks/{RULE}")


def find(book: Book) -> Iterator[Relation]:
    """Each completion with what was done and the budget or target that it names, then those of one target."""
    for at, claim in enumerate(book.claims):
        if claim.kind == "completion" and claim.dimension == "percent":
            yield _propose(book, at, claim)
    for pair in find_rated_pairs(book):
        yield from _propose_same_target(book, pair)


def _propose(book: Book, at: int, rate: Claim) -> Relation:
    """A completion by the plan in front of it, else by one of another section; unclear where none is told."""
    around = _find_in_front(book, at, rate)
    done = next((one for one in around if one.role == "actual" and _is_of(one, rate)), None)
    if done is None:
        return Relation(RULE, "unknown", (("rate", book.amount(rate)),), reason="no_budget")
    planned = [one for one in around if one.role != "actual" and one.base_unit == done.base_unit]
    plan = next((one for one in planned if _is_meant(book, rate, one)), None)
    if plan:
        form = "beyond" if _is_beyond(book, rate) else "given"
        return Relation(RULE, form, _list_operands(book, rate, done, plan))
    elsewhere = None if planned else _propose_elsewhere(book, rate, done)
    operands = _list_operands(book, rate, done)
    return elsewhere or Relation(RULE, "given", operands, reason="other_budget" if planned else "no_budget")


def _list_operands(book: Book, *claims: Claim) -> Operands:
    """The rate, what was done, and the plan where it is told."""
    roles = ("rate", "actual", "budget")[: len(claims)]
    return tuple((role, book.amount(claim)) for role, claim in zip(roles, claims, strict=True))


def _propose_elsewhere(book: Book, rate: Claim, done: Claim) -> Relation | None:
    """What was done by what another section says is to be done: a rate fails where the two tell of the same plans."""
    others = [one for one in find_namesakes(book, done) if one.base_value != done.base_value and one.start < done.start]
    if len(others) != 1 or _find_budgets(rate.baseline or ""):
        return None
    agreed = has_agreement(book, frozenset((done.section, others[0].section)))
    form = "beyond_elsewhere" if _is_beyond(book, rate) else "elsewhere"
    relation = Relation(RULE, form, _list_operands(book, rate, done, others[0]), otherwise=TOLD if agreed else SILENT)
    return None if not agreed and has_failed(relation) else relation


def _find_in_front(book: Book, at: int, rate: Claim) -> list[Claim]:
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
    return done.sentence == rate.sentence or not rate.metric or measure_likeness(done, rate) > 0


def _is_meant(book: Book, rate: Claim, plan: Claim) -> bool:
    """Whether a budget is the one that the rate names: 年初预算 is no 调整预算, and 预算 is any."""
    named = _find_budgets(rate.baseline or "")
    told = _find_budgets((plan.metric or "") + book.text[max(plan.sentence.start, plan.start - CALLING) : plan.start])
    return not named or not told or bool(named & told)


def _find_budgets(words: str) -> set[str]:
    """Which of a year's budgets words name."""
    return {name for name in BUDGETS if _expression(name).search(words)}


def _is_beyond(book: Book, rate: Claim) -> bool:
    """Whether the rate is what exceeds the plan: 超全年目标0.03%."""
    return bool(_expression("beyond").search(book.text, rate.sentence.start, rate.start))


def _propose_same_target(book: Book, pair: RatedPair) -> Iterator[Relation]:
    """Two completions of one target whose amounts and rates imply different ones."""
    one, two = pair.first, pair.second
    completions = one.rate.kind == two.rate.kind == "completion" and one.rate.baseline == two.rate.baseline
    if not completions or one.rate.raw == two.rate.raw:
        return
    claims = {"rate": two.rate, "actual": two.level, "earlier_rate": one.rate, "earlier_actual": one.level}
    relation = Relation(RULE, "same_target", tuple((role, book.amount(claim)) for role, claim in claims.items()))
    yield from (relation,) if has_failed(relation) else ()
