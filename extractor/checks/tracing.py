"""How a check came about, for those who ask: what its rule proposed for the same number, and how that was read again.

Nothing of this is kept while a document is checked; it is made anew for one check.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from extractor.amounts.book import Book
from extractor.checks import load_rules, name_rule
from extractor.checks.declared import find_declared
from extractor.checks.engine.judge import Judgement, judge
from extractor.checks.engine.lapses import Lapses
from extractor.checks.engine.prefer import BINDINGS, find_binding
from extractor.checks.engine.readings import Trial, list_trials
from extractor.checks.engine.rule import Relation
from extractor.model import Check, Operand, Result

Fate = Literal["kept", "other", "looser", "unclear", "louder", "silent"]
"""What became of a relation: it is the check; a check of its own; it lost because it ties the same numbers less
closely, could not be judged, or is told louder; or nothing was to be said of it."""


class Proposal(Struct, frozen=True):
    """A relation that the rule proposed for the number in question: its form, numbers as printed, and what became."""

    form: str
    numbers: tuple[str, ...]
    fate: Fate


class Trace(Struct, frozen=True):
    """What was proposed for the number in question of a check, and the other readings of the check itself.

    ``tried`` is how many other readings there are, ``met`` the numbers of those that hold.
    """

    proposals: tuple[Proposal, ...]
    tried: int
    met: tuple[tuple[str, ...], ...]


def trace(result: Result, check: Check) -> Trace:
    """How a check of a result came about."""
    book, subject = Book(result), _locate(check.operands[0]) if check.operands else None
    found = [(one, judge(one)) for one in _propose(book, check.rule) if _locate(one.refer()[0]) == subject]
    own = next((judged for one, judged in found if judged and one.refer() == check.operands), None)
    proposals = tuple(_describe(one, judged, own) for one, judged in found)
    trials = list_trials(book, own) if own and own.status == "fails" else []
    return Trace(proposals, len(trials), tuple(_list_met(trials)))


def _propose(book: Book, rule: str) -> Iterator[Relation]:
    lapses = Lapses()
    for find in load_rules():
        if name_rule(find) == rule:
            yield from lapses.draw(rule, find(book))
    yield from lapses.draw(rule, find_declared(book, rule))


def _locate(operand: Operand) -> tuple[object, ...]:
    """Which number an operand is, whatever its role."""
    return operand.claim, operand.table, operand.row, operand.column, operand.text


def _describe(relation: Relation, judged: Judgement | None, own: Judgement | None) -> Proposal:
    numbers = tuple(amount.raw for _, amount in relation.operands)
    return Proposal(relation.form, numbers, _find_fate(relation, judged, own))


def _find_fate(relation: Relation, judged: Judgement | None, own: Judgement | None) -> Fate:
    if judged is None:
        return "silent"
    if own is None or _list_numbers(relation) != _list_numbers(own.relation):
        return "other"
    if relation.form == own.relation.form and relation.refer() == own.relation.refer():
        return "kept"
    if BINDINGS.index(find_binding(judged)) > BINDINGS.index(find_binding(own)):
        return "looser"
    return "unclear" if judged.status == "unclear" else "louder"


def _list_numbers(relation: Relation) -> frozenset[tuple[int, int]]:
    return frozenset((amount.start, amount.end) for _, amount in relation.operands)


def _list_met(trials: list[Trial]) -> Iterator[tuple[str, ...]]:
    """The numbers of the readings that hold, each once, where they are told."""
    held = (tuple(amount.raw for _, amount in trial.others) for trial in trials if trial.holds and trial.others)
    yield from dict.fromkeys(held)
