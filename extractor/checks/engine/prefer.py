"""One preference among relations of one rule that hold the same numbers together, and one order of all that is said.

What binds the numbers more closely is kept. Of two that are bound alike the one that could be judged is, then the
milder one: where one way to read the words leaves a doubt, the doubt stands. Of a pair told either way round the later
number is the one in question. What is still alike differs in nothing but the name of its relation. The order in which
rules are tried decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from extractor.checks.engine.judge import Judgement
from extractor.model import Binding

# From what ties numbers together most closely to what hardly does.
BINDINGS = ("words", "structure", "identity", "guess")
SEVERITIES = ("info", "warning", "error")


def prefer(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgement that is kept of each set of numbers, in the order of the numbers in question."""
    kept: dict[object, Judgement] = {}
    for one in judgements:
        numbers = one.relation.rule, frozenset((amount.start, amount.end) for _, amount in one.relation.operands)
        other = kept.get(numbers)
        if other is None or _rank(one) < _rank(other):
            kept[numbers] = one
    return sorted(kept.values(), key=_place)


def find_binding(judgement: Judgement) -> Binding:
    """What ties the numbers of a relation together: as its rule says, else as its form does."""
    return judgement.relation.binding or judgement.form.binding


def _rank(judgement: Judgement) -> tuple[Any, ...]:
    """What decides between two judgements of the same numbers; the smaller is kept."""
    relation = judgement.relation
    wish = relation.severity or judgement.form.severity
    unclear = judgement.status == "unclear"
    rank = BINDINGS.index(find_binding(judgement)), unclear, SEVERITIES.index(wish)
    return (*rank, -relation.subject.start, relation.form, _place(judgement), relation.evidence)


def _place(judgement: Judgement) -> tuple[Any, ...]:
    """Where a judgement stands among all: by its numbers in the text, the one in question first."""
    operands = judgement.relation.operands
    spots = [(amount.start, amount.end, role) for role, amount in operands]
    return spots[0], judgement.relation.rule, spots, judgement.relation.form
