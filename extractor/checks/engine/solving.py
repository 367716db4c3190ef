"""What one number of a relation would have to be for it to hold, and whether it holds with another number there."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import msgspec
from msgspec import Struct

from extractor.amounts.amount import Amount
from extractor.amounts.interval import ANY, Interval, cut, exact, rounded
from extractor.checks.engine.bounds import list_kept, read_for
from extractor.checks.engine.compute import find_point, find_range
from extractor.checks.engine.forms import takes_all
from extractor.checks.engine.formula import Formula
from extractor.checks.engine.inverse import find_allowed
from extractor.checks.engine.judge import Case, Judgement, find_status, read_case

Spot = tuple[int, int]
"""A number of the document, by where it begins and ends."""


class Wanted(Struct, frozen=True):
    """What a number may be in the base unit, and what it is by the other numbers just as they are printed."""

    allowed: Interval
    point: Fraction | None = None


def find_spot(amount: Amount) -> Spot:
    """Where a number stands."""
    return amount.start, amount.end


def list_spots(judgement: Judgement) -> list[Spot]:
    """The numbers of a relation, each once, the one in question in front."""
    spots = (find_spot(amount) for _, amount in judgement.relation.operands)
    return list(dict.fromkeys(spots))


def find_wanted(judgement: Judgement, spot: Spot) -> Wanted:
    """What the number at a spot would have to be, all others as they are; anything where the formula does not tell."""
    formula = judgement.form.parsed
    places = [at for at, (_, amount) in enumerate(judgement.relation.operands) if find_spot(amount) == spot]
    if formula is None or len(places) > 1:
        return Wanted(ANY)
    case = read_case(judgement.relation, judgement.form, formula)
    first = 0 if takes_all(judgement.relation.rule, formula) else 1
    try:
        if places[0] < first:
            return _compute(case)
        return _solve(case, _find_place(judgement, first, places[0]))
    except ZeroDivisionError:
        return Wanted(ANY)


def _compute(case: Case) -> Wanted:
    """What the number in question would be: what the formula gives."""
    reach = find_range(case.formula, {role: [one.rounded for one in found] for role, found in case.others.items()})
    printed = {role: [one.exact for one in found] for role, found in case.others.items()}
    return Wanted(reach, find_point(case.formula, printed))


def _find_place(judgement: Judgement, first: int, at: int) -> tuple[str, int]:
    """The role of an operand, and which of the operands of that role it is."""
    roles = [role for role, _ in judgement.relation.operands[first:]]
    return roles[at - first], roles[: at - first].count(roles[at - first])


def _solve(case: Case, place: tuple[str, int]) -> Wanted:
    """What another number would be: the formula solved for it."""
    formula = case.formula
    if formula.is_stepped or place[0] not in formula.roles:
        return Wanted(ANY)
    hulls = {role: [_read(formula, one) for one in found] for role, found in case.others.items()}
    target = list_kept(formula.bound or "==") if case.stated is None else case.stated.rounded
    allowed = find_allowed(formula, target, place, hulls)
    # What is left of a sum is as sure as the sum itself; what a rate leaves of its base is not.
    return Wanted(allowed, find_middle(allowed) if formula.coefficients is not None else None)


def _read(formula: Formula, amount: Amount) -> Interval:
    return read_for(formula.bound, amount) if formula.bound else amount.rounded


def find_middle(interval: Interval) -> Fraction | None:
    """The middle of an interval; None where an end is open."""
    if interval.low is None or interval.high is None:
        return None
    return (interval.low + interval.high) / 2


def holds_with(judgement: Judgement, spot: Spot, value: Decimal) -> bool:
    """Whether a relation would hold with another number at a spot; one of words alone stays as it is."""
    formula = judgement.form.parsed
    if formula is None:
        return judgement.status != "fails"
    changed = put(judgement, spot, value)
    return find_status(read_case(changed.relation, changed.form, formula)) != "fails"


def put(judgement: Judgement, spot: Spot, value: Decimal) -> Judgement:
    """A judgement of the same relation with another number at a spot; whether that holds is not looked at."""
    relation = judgement.relation
    operands = tuple((role, _rewrite(amount, spot, value)) for role, amount in relation.operands)
    return msgspec.structs.replace(judgement, relation=msgspec.structs.replace(relation, operands=operands))


def _rewrite(amount: Amount, spot: Spot, value: Decimal) -> Amount:
    """An amount with another number, as exact as it is; any other amount as it is."""
    if find_spot(amount) != spot:
        return amount
    factor = amount.factor
    if is_exact(amount):
        only = exact(Fraction(value) * factor)
        return msgspec.structs.replace(amount, value=value, rounded=only, cut=only)
    return msgspec.structs.replace(amount, value=value, rounded=rounded(value, factor), cut=cut(value, factor))


def is_exact(amount: Amount) -> bool:
    """Whether a number stands for nothing but itself, as things that are counted do."""
    return amount.rounded.low == amount.rounded.high
