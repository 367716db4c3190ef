"""Numbers that stand for nothing but themselves, as the sums of their table show: things that are counted.

A form of counts seldom names their unit. Whole numbers without one could be rounded; where they add up to the last
digit again and again they are not, and each sum of theirs tells as much, even one of small numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from extractor.amounts.amount import Amount, take_exactly
from extractor.amounts.interval import add_up
from extractor.checks.engine.rule import Relation

# So many sums are a habit, of which one may fail, or one in so many.
HABIT, FAILING = 2, 8


def read_counts(relations: Sequence[Relation]) -> list[Relation]:
    """The sums of one table, exactly where they are sums of counts."""
    return list(map(read_exactly, relations)) if are_counts(relations) else list(relations)


def are_counts(relations: Sequence[Relation]) -> bool:
    """Whether sums are of whole numbers without a unit, and nearly all of them hold to the last digit."""
    exact = [relation for relation in relations if is_exact(relation)]
    if len(exact) < HABIT or (len(relations) - len(exact)) * FAILING > max(FAILING, len(relations)):
        return False
    is_whole = all(_is_whole(amount) for relation in relations for _, amount in relation.operands)
    return is_whole and any(relation.subject.value for relation in exact)


def is_exact(relation: Relation) -> bool:
    """Whether a sum holds to the last digit; what is taken away has a role of its own."""
    signed = (-one.exact if role == "minus" else one.exact for role, one in relation.operands[1:])
    return relation.subject.exact == add_up(signed)


def _is_whole(amount: Amount) -> bool:
    return not amount.unit and amount.exponent >= 0


def read_exactly(relation: Relation) -> Relation:
    """A sum of numbers that stand for nothing but themselves."""
    operands = tuple((role, take_exactly(amount)) for role, amount in relation.operands)
    return msgspec.structs.replace(relation, operands=operands)
