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
from extractor.checks.engine.judge import has_failed
from extractor.checks.engine.rule import Relation, Severity
from extractor.checks.relations.clauses import (
    find_levels_in_front,
    find_whole_budgets,
    is_done,
    is_origin,
    is_planned,
    name_with_lead,
    read_lead,
)
from extractor.checks.relations.rate_names import binds_name
from extractor.model import Claim

RULE = "rate"


_expression = partial(patterns.fragment, f"checks/{RULE}")


def find(book: Book) -> Iterator[Relation]:
    """Each rate with the numbers that it is of."""
    for at, claim in enumerate(book.claims):
        if claim.kind == "rate" and claim.dimension == "percent" and not claim.cell:
            yield from _propose(book, at, claim)


def _propose(book: Book, at: int, rate: Claim) -> Iterator[Relation]:
    over = Relation(RULE, "over", ((RULE, book.amount(rate)),))
    lead = read_lead(book, rate)
    if _expression("bounded").search(lead) and has_failed(over):
        yield over
    elif rate.role == "actual" and not is_origin(book, rate):
        named = _expression("name").search(lead)
        yield from _propose_named(book, at, rate, named) if named else ()


def _propose_named(book: Book, at: int, rate: Claim, named: regex.Match[str]) -> Iterator[Relation]:
    """A rate by the plan, if that is what its name says; else by the whole that its part stands beside."""
    around = find_levels_in_front(book, at, rate)
    relation = _propose_by_plan(book, rate, around, named) if named["plan"] else None
    relation = relation or _propose_by_whole(book, rate, around, named)
    if relation:
        yield relation


def _relate(book: Book, rate: Claim, part: Claim, base: Claim, severity: Severity = "warning") -> Relation:
    operands = (("rate", book.amount(rate)), ("part", book.amount(part)), ("base", book.amount(base)))
    return Relation(RULE, "given", operands, severity=severity)


# ── what was done by the plan ────────────────────────────────────────────────────────────────────────────────────────


def _propose_by_plan(book: Book, rate: Claim, around: Sequence[Claim], named: regex.Match[str]) -> Relation | None:
    """The last result by the plan that fits, else by the only one."""
    results = [one for one in around if is_done(book, one) and one.sentence == rate.sentence]
    plans = _find_plans(book, results[0], around, named) if results else []
    if not plans:
        return None
    done = results[0]
    relations = [_relate(book, rate, done, plan, _grade(done, plan)) for plan in plans]
    fitting = next((relation for relation in relations if not has_failed(relation)), None)
    alone = len([one for one in results if one.base_unit == done.base_unit]) == len(plans) == 1
    if fitting or alone:
        return fitting or relations[0]
    shown = (("rate", book.amount(rate)), ("actual", book.amount(done)))
    return Relation(RULE, "several", shown, reason="several_candidates")


def _find_plans(book: Book, done: Claim, around: Sequence[Claim], named: regex.Match[str]) -> list[Claim]:
    """The plans beside a result, else the budgets of the whole year where the rate is one of money."""
    beside = [one for one in around if is_planned(book, one) and one.base_unit == done.base_unit]
    if beside or not _expression("money").search(named["stem"]):
        return beside
    return find_whole_budgets(book, done)


def _grade(done: Claim, plan: Claim) -> Severity:
    """What a failure is: an error where one sentence tells what was planned and what was done."""
    return "error" if plan.sentence == done.sentence and plan.role != "actual" else "warning"


# ── a part by its whole ──────────────────────────────────────────────────────────────────────────────────────────────


def _propose_by_whole(book: Book, rate: Claim, around: Sequence[Claim], named: regex.Match[str]) -> Relation | None:
    """The two nearest numbers of one unit, in either order where the rate is not called what the later one is."""
    part = next((one for one in around if one.sentence == rate.sentence), None)
    whole = next((one for one in around if part and one is not part and one.base_unit == part.base_unit), None)
    if part is None or whole is None:
        return None
    ordered = (_relate_if_meant(book, rate, one, two, named) for one, two in ((part, whole), (whole, part)))
    return next(filter(None, ordered), None)


def _relate_if_meant(book: Book, rate: Claim, part: Claim, whole: Claim, named: regex.Match[str]) -> Relation | None:
    """A part by its whole, where they fit, or where the words bind them so that a misfit tells something."""
    relation = _relate(book, rate, part, whole)
    bound = binds_name(book, named["stem"], part, whole)
    if not has_failed(relation):
        return relation if bound or book.amount(rate).value % 1 else None
    neighbours = abs(book.find_index(part) - book.find_index(whole)) == 1
    return relation if bound and neighbours and _is_named_so(book, named, whole) else None


def _is_named_so(book: Book, named: regex.Match[str], whole: Claim) -> bool:
    """Whether a rate is one of a part, or of a plan that does not call the whole so."""
    return bool(named["of_part"] or (named["plan"] and named["plan"] not in name_with_lead(book, whole)))
