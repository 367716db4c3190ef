"""Rates named by what they are of: 完成率 by the plan beside it, 有效回收率 by the two counts in front.

A rate fails only where words bind it to its numbers: the one is planned and the other done, or the part is called what
the rate is called. Other names are checked where they fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import regex

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.misprints import count_digits
from extractor.amounts.names import measure_likeness
from extractor.checks.engine.judge import find_fitting, has_failed
from extractor.checks.engine.rule import SILENT, TOLD, Relation, Severity
from extractor.checks.relations.clauses import (
    find_levels_in_front,
    find_whole_budgets,
    is_done,
    is_origin,
    is_planned,
    name_with_lead,
    read_lead,
)
from extractor.checks.relations.part_rates import find_part_rates
from extractor.checks.relations.rate_names import binds_name
from extractor.checks.relations.set_rates import find_set_rates
from extractor.model import Claim

RULE = "rate"
# The name of a rate stands within so many characters in front of its number; a clause without marks may go on for ever.
LONGEST = 100
# What a rate of so many digits is of is found among so many numbers in front, in whatever section.
TELLING, FARTHEST = 3, 24


_expression = partial(patterns.fragment, f"checks/{RULE}")


def find(book: Book) -> Iterator[Relation]:
    """Each rate with the numbers that it is of."""
    for at, claim in enumerate(book.claims):
        if _is_told_rate(claim) or _has_no_plan(book, at, claim):
            yield from _propose(book, at, claim)
    for told in find_part_rates(book):
        relations = [_relate(book, told.rate, told.part, whole, "warning") for whole in told.wholes]
        yield find_fitting(relations) or relations[0]
    for one in find_set_rates(book):
        operands = (("rate", book.amount(one.rate)), ("base", book.amount(one.count)))
        yield Relation(RULE, "of_set", operands, otherwise=TOLD if one.is_told else SILENT)


def _is_told_rate(claim: Claim, kind: str = "rate") -> bool:
    """Whether a claim of the narrative is a rate in percent."""
    if claim.kind != kind or claim.cell:
        return False
    return claim.dimension == "percent"


def _has_no_plan(book: Book, at: int, claim: Claim) -> bool:
    """Whether a claim is a completion in front of which nothing is called a plan: what was raised is (使用进度)."""
    if not _is_told_rate(claim, "completion"):
        return False
    return all(one.role == "actual" for one in find_levels_in_front(book, at, claim))


def _propose(book: Book, at: int, rate: Claim) -> Iterator[Relation]:
    over = Relation(RULE, "over", ((RULE, book.amount(rate)),))
    lead = read_lead(book, rate)[-LONGEST:]
    if _is_bounded(lead) and has_failed(over):
        yield over
    elif rate.role == "actual" and not is_origin(book, rate):
        named = _expression("name").search(lead)
        if named:
            yield from _propose_named(book, at, rate, named)


def _is_bounded(lead: str) -> bool:
    """Whether words call a rate one of a part by its whole, and not by what was aimed at or by another group."""
    return bool(_expression("bounded").search(lead)) and not _expression("exceeding").search(lead)


def _propose_named(book: Book, at: int, rate: Claim, named: regex.Match[str]) -> Iterator[Relation]:
    """A rate by the plan, if that is what its name says; else by the whole that its part stands beside."""
    around = find_levels_in_front(book, at, rate)
    relation = _propose_by_plan(book, rate, around, named) if named["plan"] else None
    relation = relation or _propose_by_whole(book, rate, around, named)
    if relation is None and named["plan"]:
        relation = _propose_elsewhere(book, at, rate)
    if relation:
        yield relation


def _relate(book: Book, rate: Claim, part: Claim, base: Claim, severity: Severity = "warning") -> Relation:
    operands = (("rate", book.amount(rate)), ("part", book.amount(part)), ("base", book.amount(base)))
    return Relation(RULE, "given", operands, severity=severity)


# ── what was done by the plan ────────────────────────────────────────────────────────────────────────────────────────


def _propose_by_plan(book: Book, rate: Claim, around: Sequence[Claim], named: regex.Match[str]) -> Relation | None:
    """The last result by the plan that fits, else by the only one."""
    results = _find_results(book, rate, around)
    if not results:
        return None
    done = results[0]
    plans = _find_plans(book, done, around, named)
    if not plans:
        return None
    relations = [_relate(book, rate, done, plan, _grade(done, plan)) for plan in plans]
    fitting = find_fitting(relations)
    if fitting:
        return fitting
    units = [one.base_unit for one in results]
    if units.count(done.base_unit) == len(plans) == 1 and _may_be_plan_of(done, plans[0]):
        return relations[0]
    shown = (("rate", book.amount(rate)), ("actual", book.amount(done)))
    return Relation(RULE, "several", shown, reason="several_candidates")


def _may_be_plan_of(done: Claim, plan: Claim) -> bool:
    """Whether a number is planned, told beside what was done, or called alike: 预算 may be but a part of a name."""
    return plan.role != "actual" or plan.sentence == done.sentence or measure_likeness(done, plan) > 0


def _find_results(book: Book, rate: Claim, around: Sequence[Claim]) -> list[Claim]:
    """What was done, as the sentence of a rate tells it."""
    beside = [one for one in around if one.sentence == rate.sentence]
    return list(filter(partial(is_done, book), beside))


def _find_plans(book: Book, done: Claim, around: Sequence[Claim], named: regex.Match[str]) -> list[Claim]:
    """The plans beside a result, else the budgets of the whole year where the rate is one of money."""
    alike = [one for one in around if one.base_unit == done.base_unit]
    beside = list(filter(partial(is_planned, book), alike))
    is_money = _expression("money").search(named["stem"])
    if beside or not is_money:
        return beside
    return find_whole_budgets(book, done)


def _grade(done: Claim, plan: Claim) -> Severity:
    """What a failure is: an error where one sentence tells what was planned and what was done."""
    if plan.sentence != done.sentence or plan.role == "actual":
        return "warning"
    return "error"


# ── a part by its whole ──────────────────────────────────────────────────────────────────────────────────────────────


def _propose_by_whole(book: Book, rate: Claim, around: Sequence[Claim], named: regex.Match[str]) -> Relation | None:
    """The two nearest numbers of one unit, in either order where the rate is not called what the later one is."""
    part = next((one for one in around if one.sentence == rate.sentence), None)
    if part is None:
        return None
    others = [one for one in around if one is not part and one.base_unit == part.base_unit]
    if not others:
        return None
    as_told = _relate_if_meant(book, rate, part, others[0], named)
    relation = as_told or _relate_if_meant(book, rate, others[0], part, named)
    if relation and not has_failed(relation):
        return relation
    # Between a part and its whole may stand the other part: 预算80万元，采购72万元，节约8万元，节约率10.0%.
    is_telling = bool(relation) or min(count_digits(one.value) for one in (rate, part)) >= TELLING
    fitting = find_fitting([_relate(book, rate, part, one) for one in others[1:]]) if is_telling else None
    return fitting or (None if _is_far_off(book, part, others[0]) else relation)


def _propose_elsewhere(book: Book, at: int, rate: Claim) -> Relation | None:
    """What the sentence of a rate tells by what another section says was planned or raised, if they give it."""
    beside = [one for one in book.find_between(rate.sentence.start, rate.start) if one.kind == "level"]
    if not beside or not _is_telling(book, rate, beside[-1]):
        return None
    part, before = beside[-1], book.claims[max(0, at - FARTHEST) : at]
    wholes = [one for one in before if one.kind == "level" and one.is_one_told and one.base_unit == part.base_unit]
    return find_fitting([_relate(book, rate, part, one) for one in reversed(wholes) if one is not part])


def _is_telling(book: Book, rate: Claim, part: Claim) -> bool:
    """Whether a rate and its part have so many digits that hardly another number gives them; of 100% the part has."""
    digits = count_digits(part.value)
    return digits > TELLING if book.amount(rate).exact == 1 else min(digits, count_digits(rate.value)) >= TELLING


def _is_far_off(book: Book, part: Claim, whole: Claim) -> bool:
    """Whether a whole is so much less than its part that it is none: 咨询1件。办结2561件，办结率97%."""
    return book.amount(whole).exact * 2 < book.amount(part).exact


def _relate_if_meant(book: Book, rate: Claim, part: Claim, whole: Claim, named: regex.Match[str]) -> Relation | None:
    """A part by its whole, where they fit, or where the words bind them so that a misfit tells something.

    What is told to be in a number is not what that is a part of: 办结1200件，其中民事800件，结案率95%.
    """
    if whole.part_of == part.id:
        return None
    relation = _relate(book, rate, part, whole)
    bound = binds_name(book, named["stem"], part, whole)
    if not has_failed(relation):
        has_decimals = book.amount(rate).value % 1 != 0
        return relation if bound or has_decimals else None
    gap = abs(book.find_index(part) - book.find_index(whole))
    if not bound or gap != 1 or _is_apart(book, rate, part, whole):
        return None
    return relation if _is_named_so(book, named, part, whole) else None


def _is_apart(book: Book, rate: Claim, part: Claim, whole: Claim) -> bool:
    """Whether another thing is told between two numbers and a rate: 参保39万人，目标40万人；乡村参保率90%."""
    return bool(_expression("apart").search(book.text, max(part.end, whole.end), rate.start))


def _is_named_so(book: Book, named: regex.Match[str], part: Claim, whole: Claim) -> bool:
    """Whether a rate is one of a part, or of a plan that does not call the whole so and is of the same thing."""
    if named["of_part"]:
        return True
    plan = named["plan"]
    if not plan or plan in name_with_lead(book, whole):
        return False
    return _may_be_plan_of(part, whole)
