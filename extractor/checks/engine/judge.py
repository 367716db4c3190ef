"""One judge of every relation: what its formula gives, whether the number in question is that, and with what power."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import combinations, filterfalse
from operator import attrgetter
from typing import TypeVar

import msgspec
from msgspec import Struct

from extractor.amounts.amount import Amount, take_exactly
from extractor.amounts.interval import Interval, exact
from extractor.amounts.names import is_disjoint
from extractor.checks.engine.bounds import is_kept, read_for
from extractor.checks.engine.coarse import read_as_printed
from extractor.checks.engine.compute import find_point, find_range
from extractor.checks.engine.forms import Form, find_form
from extractor.checks.engine.formula import Formula
from extractor.checks.engine.power import weigh
from extractor.checks.engine.rule import RESTATED, SILENT, TOLD, Relation, Severity, Status
from extractor.patterns import PatternError

T = TypeVar("T")
Numbers = Mapping[str, Sequence[Amount]]
# The reason of a relation that would hold as well with most other digits.
NO_POWER = "no_power"
# The reason of a relation that would fail, and of which a digit was recognised without being sure.
DOUBTFUL = "doubtful_digit"
# The reason of one that would fail, and of which a number is, or may be, of another level, fund or group.
OTHER_SCOPE = "other_scope"
# The reason of one that would fail, and whose numbers are more likely tied wrongly than printed wrongly.
DOUBTED = "doubtful_link"
# The reason of one that would fail, and that holds with other numbers around it.
OTHER_READING = "several_readings"
# The reasons that relations of every rule may have.
COMMON = (NO_POWER, DOUBTFUL, OTHER_SCOPE, DOUBTED, OTHER_READING)


class Judgement(Struct, frozen=True):
    """A relation with what became of it; ``stated`` and ``computed`` are in the base unit.

    ``power`` is the share of one-digit changes of its numbers that it would notice, from 0 to 1.
    """

    relation: Relation
    form: Form
    status: Status
    severity: Severity | None = None
    stated: Fraction | None = None
    computed: Fraction | None = None
    power: Fraction = Fraction(0)
    reason: str | None = None


class Case(Struct, frozen=True):
    """The numbers of a relation as they are computed with: the stated one (None for a bound), the others by role."""

    formula: Formula
    stated: Amount | None
    others: Numbers


def judge(relation: Relation) -> Judgement | None:
    """What becomes of a relation; None where it does not hold and nothing is to be said of that.

    It holds if what the digits of the number in question allow meets what follows from the digits of the others; it
    holds truncated if only that of cut digits does. What holds without power is ``unclear``, and so is what fails by a
    number that was recognised without being sure.
    """
    found = _judge(relation)
    return found if found is None else _doubt(found)


def _doubt(found: Judgement) -> Judgement:
    """A judgement, unclear where what fails was not recognised surely, or may be of another thing."""
    if found.status != "fails":
        return found
    reason = None
    if any(amount.doubtful for _, amount in found.relation.operands):
        reason = DOUBTFUL
    elif _is_of_others(found):
        reason = OTHER_SCOPE
    return msgspec.structs.replace(found, status="unclear", severity=None, reason=reason) if reason else found


def _is_of_others(found: Judgement) -> bool:
    """Whether the numbers of a relation may be of different levels, funds or groups, as far as its form asks."""
    if found.form.scope == "any":
        return False
    scopes = [amount.scope for _, amount in found.relation.operands]
    if found.form.scope == "known" and len(set(scopes)) > 1:
        return True
    return any(is_disjoint(one, two) for one, two in combinations(scopes, 2))


def _judge(relation: Relation) -> Judgement | None:
    form = find_form(relation.rule, relation.form)
    _refuse_roles(relation, form)
    if relation.reason:
        return Judgement(relation, form, "unclear", reason=relation.reason)
    if form.parsed is None:
        return judge_words(relation, form)
    relation, case, status = settle(relation, form, form.parsed)
    if status == "fails" and relation.otherwise == SILENT:
        return None
    return _weigh(relation, form, case, status)


def judge_words(relation: Relation, form: Form) -> Judgement:
    """What becomes of a relation that words alone make: nothing is computed, so it has no power."""
    severity = relation.severity or form.severity
    return Judgement(relation, form, form.status, severity if form.status == "fails" else None)


def has_failed(relation: Relation) -> bool:
    """Whether a relation does not hold, by its formula alone."""
    form = find_form(relation.rule, relation.form)
    if form.parsed is None:
        return False
    return settle(relation, form, form.parsed)[2] == "fails"


def settle(relation: Relation, form: Form, formula: Formula) -> tuple[Relation, Case, Status]:
    """A relation with its case and whether it holds; cells are read as coarse as they are printed where that helps."""
    case = read_case(relation, form, formula)
    status = find_status(case)
    printed = read_as_printed(relation, formula.text) if status == "fails" else None
    if printed is None:
        return relation, case, status
    coarse = read_case(printed, form, formula)
    found = find_status(coarse)
    return (relation, case, status) if found == "fails" else (printed, coarse, found)


def find_fitting(relations: Iterable[Relation]) -> Relation | None:
    """The first of some relations that has not failed."""
    return next(filterfalse(has_failed, relations), None)


def _refuse_roles(relation: Relation, form: Form) -> None:
    """Refuses operands whose role the form does not know, so that every role has its label."""
    unknown = {role for role, _ in relation.operands} - set(form.roles)
    if unknown:
        place = f"checks/{relation.rule}.{relation.form}"
        raise PatternError("foreign-roles", place=place, role=", ".join(sorted(unknown)))


# ── the numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────


def read_case(relation: Relation, form: Form, formula: Formula) -> Case:
    """The numbers of a relation as its formula takes them.

    The number in question stands outside of the formula, but for bounds, which all numbers keep, and for what must
    give a number that nobody prints.
    """
    operands = relation.operands
    if form.as_printed:
        operands = tuple(zip(_roles(operands), _read_figures(operands), strict=True))
    if formula.divides:
        operands = tuple((role, _settle_zero(amount)) for role, amount in operands)
    if formula.bound:
        return Case(formula, None, _by_role(operands))
    if form.due is not None:
        return Case(formula, _make_due(relation.subject, form.due), _by_role(operands))
    return Case(formula, operands[0][1], _by_role(operands[1:]))


def _roles(operands: Iterable[tuple[str, Amount]]) -> list[str]:
    return [role for role, _ in operands]


def _by_role(operands: Iterable[tuple[str, Amount]]) -> dict[str, list[Amount]]:
    found: dict[str, list[Amount]] = {}
    for role, amount in operands:
        found.setdefault(role, []).append(amount)
    return found


def _read_figures(operands: Sequence[tuple[str, Amount]]) -> list[Amount]:
    """Numbers that are one figure: printed to the same digits they stand for nothing else; 0 is just 0."""
    amounts = [amount for _, amount in operands]
    if len({amount.step.as_integer_ratio() for amount in amounts}) == 1 and not any(map(attrgetter("vague"), amounts)):
        return list(map(take_exactly, amounts))
    return list(map(_settle_zero, amounts))


def _settle_zero(amount: Amount) -> Amount:
    """A printed 0 as nothing at all: it is no base of anything but nothing."""
    if amount.value == 0 and not amount.vague:
        return take_exactly(amount)
    return amount


def _make_due(like: Amount, due: Fraction) -> Amount:
    """A number that nobody prints, given to the units in which another is printed."""
    number = due / like.factor
    value = Decimal(number.numerator) / Decimal(number.denominator)
    return msgspec.structs.replace(like, raw="", value=value, counted=False, rounded=exact(due), cut=exact(due))


# ── holding ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def find_status(case: Case) -> Status:
    """Whether the relation of a case holds: under rounding, under truncation of any of its numbers, or not."""
    try:
        if case.stated is not None:
            return _compare(case, case.stated)
        is_held = _keeps_bound(case, case.formula.bound or "==")
        return "holds" if is_held else "fails"
    except ZeroDivisionError:
        return "holds_truncated" if _is_whole_by_cutting(case) else "fails"


def _is_whole_by_cutting(case: Case) -> bool:
    """Whether a formula that asks for whole numbers has one where digits were cut."""
    if not case.formula.is_stepped:
        return False
    try:
        return is_kept(case.formula.bound or "==", find_range(case.formula, _map(case.others, _cut)))
    except ZeroDivisionError:
        return False


def _compare(case: Case, stated: Amount) -> Status:
    by_rounding = find_range(case.formula, _map(case.others, _rounded))
    if stated.rounded.meets(by_rounding):
        return "holds"
    if stated.cut.meets(by_rounding):
        return "holds_truncated"
    by_cutting = find_range(case.formula, _map(case.others, _cut))
    if stated.cut.meets(by_cutting) or stated.rounded.meets(by_cutting):
        return "holds_truncated"
    return "fails"


def _keeps_bound(case: Case, bound: str) -> bool:
    """Whether the numbers of a case keep its bound."""
    return is_kept(bound, find_range(case.formula, _map(case.others, partial(read_for, bound))))


def _map(numbers: Numbers, read: Callable[[Amount], T]) -> dict[str, list[T]]:
    return {role: [read(amount) for amount in amounts] for role, amounts in numbers.items()}


def _rounded(amount: Amount) -> Interval:
    return amount.rounded


def _cut(amount: Amount) -> Interval:
    return amount.cut


def _exact(amount: Amount) -> Fraction:
    return amount.exact


# ── weighing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _weigh(relation: Relation, form: Form, case: Case, status: Status) -> Judgement:
    """A judged relation with its numbers, its power, and how loud it is."""
    computed = None if case.stated is None else find_point(case.formula, _map(case.others, _exact))
    stated = None if case.stated is None else case.stated.exact
    found = Judgement(relation, form, status, None, stated, computed)
    if status == "fails" and relation.otherwise != TOLD:
        return msgspec.structs.replace(found, status="unclear", reason=relation.otherwise)
    weight = weigh(case.formula, case.stated, case.others, is_restated=relation.link == RESTATED)
    if status == "fails":
        severity = _soften(relation, form, case, computed)
        return msgspec.structs.replace(found, severity=severity, power=weight.power)
    is_by_cutting = case.stated is None and status == "holds_truncated"
    if weight.is_hollow or is_by_cutting:
        return msgspec.structs.replace(found, status="unclear", reason=NO_POWER, power=weight.power)
    return msgspec.structs.replace(found, power=weight.power)


def _soften(relation: Relation, form: Form, case: Case, computed: Fraction | None) -> Severity:
    """How loud a failure is: a warning at most where the gap is within one unit of the last printed digit."""
    severity = relation.severity or form.severity
    stated = case.stated
    if severity != "error" or computed is None:
        return severity
    if stated is None or stated.counted:
        return severity
    gap = abs(stated.exact - computed)
    return "warning" if gap <= stated.step else severity
