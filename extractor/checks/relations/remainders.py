"""What is left of a plan, goes beyond it, or was not done: each with the two numbers that it follows from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import product

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.names import measure_likeness, normalize_name
from extractor.checks.relations.clauses import (
    find_whole_budgets,
    is_done,
    is_origin,
    is_planned,
    name_with_lead,
    read_lead,
)
from extractor.checks.relations.surpluses import is_net, is_surplus
from extractor.model import Claim

# What was not done is told among so many claims behind what was: a chapter of them.
FARTHEST = 80
# What is left is what so many numbers in front leave at most.
NEAREST = 12


_expression = partial(patterns.fragment, "checks/difference")


class Remainder(Struct, frozen=True):
    """A number that is the difference of two others; ``is_named`` where its sentence calls one of them the plan."""

    claim: Claim
    base: Claim
    part: Claim
    is_named: bool = True


def list_series(book: Book, left: Claim) -> Iterator[tuple[Claim, tuple[Claim, ...]]]:
    """Each level in front of what is left, in its sentence and unit, with all levels between the two."""
    before = book.find_between(left.sentence.start, left.start)
    levels = list(filter(partial(_is_level_like, left), before))[-NEAREST:]
    yield from ((base, tuple(levels[at + 1 :])) for at, base in enumerate(levels[:-1]))


def find_left(book: Book) -> Iterator[Remainder]:
    """What is left: the plan without what was done of it, both of the sentence, or the budget of the whole year."""
    is_left = _expression("left").search
    for left in filter(_may_remain, book.claims):
        if not is_left(read_lead(book, left)):
            continue
        found = _find_remainder(book, left)
        if found:
            yield found


def _find_remainder(book: Book, left: Claim) -> Remainder | None:
    """What is left with what was done in its sentence, and the plan of the sentence or the budget of the year."""
    done, plan = _find_ends(book, left)
    if done is None or (plan and _is_plan_of_another(book, plan, done, left)):
        return None
    if plan:
        return Remainder(left, plan, done, plan.role != "actual")
    budget = _find_budget_by_rate(book, done)
    if budget is None:
        return None
    return Remainder(left, budget, done, False)


def _is_plan_of_another(book: Book, plan: Claim, done: Claim, left: Claim) -> bool:
    """Whether a plan was of something else that was done: 收入26亿元，为预算30亿元的89%；支出25亿元，结余1亿元."""
    name = plan.metric or ""
    told = book.find_between(left.sentence.start, left.start)
    others = (one.metric for one in told if _is_level_like(left, one) and one.id not in (done.id, plan.id))
    return any(other and name.startswith(other) and not (done.metric or "").startswith(other) for other in others)


def _may_remain(claim: Claim) -> bool:
    if claim.kind != "level" or claim.cell:
        return False
    return claim.role != "budget"


def _find_ends(book: Book, claim: Claim) -> tuple[Claim | None, Claim | None]:
    """What was done and what was planned, of a claim's unit in front of it in its sentence, the nearest ones.

    Of a list of what was done that is its total.
    """
    before = reversed(book.find_between(claim.sentence.start, claim.start))
    levels = list(filter(partial(_is_level_like, claim), before))
    done = [one for one in levels if is_done(book, one)]
    wholes = {one.id: one for one in done}
    last = wholes.get(done[0].part_of or "", done[0]) if done else None
    return last, next(filter(partial(is_planned, book), levels), None)


def _is_level_like(claim: Claim, one: Claim) -> bool:
    """Whether a claim is a level in the unit of another."""
    return one.kind == "level" and one.base_unit == claim.base_unit


def _find_budget_by_rate(book: Book, done: Claim) -> Claim | None:
    """The budget of the whole year that a rate of the sentence shows to be the one that was spent."""
    behind = book.find_between(done.end, done.sentence.end)
    rates = [one for one in behind if one.kind in ("rate", "completion")]
    for budget in find_whole_budgets(book, done):
        if _fits_any(book, done, budget, rates):
            return budget
    return None


def _fits_any(book: Book, done: Claim, budget: Claim, rates: Sequence[Claim]) -> bool:
    part, whole = book.amount(done), book.amount(budget)
    allowed = (part.rounded / whole.rounded, part.cut / whole.cut)
    for amount in map(book.amount, rates):
        numbers = (amount.rounded, amount.cut)
        if any(number.meets(one) for number, one in product(numbers, allowed)):
            return True
    return False


def find_cut(book: Book) -> Iterator[Remainder]:
    """What a review took off: what was submitted without what was approved, the two levels in front."""
    is_cut, kinds = _expression("cut").search, ("level", "change_amount")
    for at, claim in enumerate(book.claims):
        if claim.kind in kinds and not claim.cell and is_cut(read_lead(book, claim)):
            base, part = (*book.claims[max(0, at - 2) : at], None, None)[:2]
            if base and part and _are_reviewed(book, base, part, claim):
                yield Remainder(claim, base, part)


def find_net(book: Book) -> Iterator[Remainder]:
    """What is left without what is carried over, told in front: 年终结余9亿元，结转下年8亿元，净结余1亿元."""
    for at, claim in enumerate(book.claims):
        base, part = (*book.claims[max(0, at - 2) : at], None, None)[:2]
        if base and part and is_net(book, claim) and _are_left(book, base, part, claim):
            yield Remainder(claim, base, part)


def _are_left(book: Book, base: Claim, part: Claim, net: Claim) -> bool:
    """Whether two levels of the sentence of a third one are what is left, and what of that is carried over."""
    if not base.sentence == part.sentence == net.sentence or not _is_level_like(net, part):
        return False
    return is_surplus(book, base) and is_surplus(book, part)


def _are_reviewed(book: Book, base: Claim, part: Claim, cut: Claim) -> bool:
    """Whether two levels of the sentence of what was taken off are called submitted and approved."""
    if not base.sentence == part.sentence == cut.sentence or not (
        _is_level_like(cut, base) and _is_level_like(cut, part)
    ):
        return False
    names = ((_expression("submitted"), base), (_expression("approved"), part))
    return all(said.search(name_with_lead(book, one)) for said, one in names)


# ── beyond a plan ────────────────────────────────────────────────────────────────────────────────────────────────────


def find_beyond(book: Book) -> Iterator[Remainder]:
    """What goes beyond a plan, or falls short of it, with the plan and the result of the sentence."""
    for change in filter(_is_against_plan, book.claims):
        if change.dimension == "percentage_point":
            continue
        done, plan = _find_ends(book, change)
        if done is None or plan is None:
            continue
        if change.direction == "increase":
            yield Remainder(change, done, plan)
        elif change.direction == "decrease":
            yield Remainder(change, plan, done)


def _is_against_plan(change: Claim) -> bool:
    """Whether a change is told against a plan."""
    if change.kind != "change_amount" or change.cell:
        return False
    if change.role == "budget" or not change.baseline:
        return False
    return bool(_expression("plan").search(change.baseline))


def find_points(book: Book) -> Iterator[Remainder]:
    """Percentage points above or below the target of the same rate: 较目标值高1.97个百分点."""
    for change in filter(_is_against_plan, book.claims):
        if change.dimension != "percentage_point":
            continue
        alike = book.rates.get(normalize_name(change.metric or ""), ())
        targets = [one for one in alike if one.role == "target"]
        result = _find_reached(book, change)
        if result and len(targets) == 1:
            yield Remainder(change, result, targets[0])


def _find_reached(book: Book, change: Claim) -> Claim | None:
    """The last rate of the sentence in front that was reached, of the same thing."""
    before = reversed(book.find_between(change.sentence.start, change.start))
    return next(filter(partial(_is_reached, book, change), before), None)


def _is_reached(book: Book, change: Claim, one: Claim) -> bool:
    """Whether a claim is a rate that was reached, of what a change is of."""
    if one.kind not in ("rate", "share") or one.dimension != "percent":
        return False
    if one.role != "actual" or is_origin(book, one):
        return False
    return measure_likeness(one, change) > 0


# ── what was not done ────────────────────────────────────────────────────────────────────────────────────────────────


def find_undone(book: Book) -> Iterator[Remainder]:
    """What was not done, or remains, against what was done and all that there was, told further in front."""
    for at, claim in enumerate(book.claims):
        what = _name_undone(claim)
        found = _find_done(book, at, what) if what else None
        if found:
            yield found


def _name_undone(claim: Claim) -> str | None:
    """What a claim says was not done, or remains; None where it says no such thing."""
    if not claim.metric or not _may_remain(claim):
        return None
    named = _expression("undone").search(claim.metric)
    if not named:
        return None
    what: str | None = named["what"] or named["rest"]
    return what


def _find_done(book: Book, at: int, what: str) -> Remainder | None:
    """The nearest two numbers in front that are a whole and what was done of it, of the same thing."""
    claim = book.claims[at]
    for back in range(at - 1, max(0, at - FARTHEST), -1):
        done, whole = book.claims[back], book.claims[back - 1]
        if not _is_part(book, done, whole, claim):
            continue
        if _is_named(book, done, whole, claim, what):
            return Remainder(claim, whole, done, False)
    return None


def _is_part(book: Book, done: Claim, whole: Claim, like: Claim) -> bool:
    """Whether two neighbouring levels are a whole and what was done of it, in the unit of another."""
    if done.kind != "level" or whole.kind != "level":
        return False
    if not done.base_unit == whole.base_unit == like.base_unit:
        return False
    if done.sentence != whole.sentence or done.sentence == like.sentence:
        return False
    return is_done(book, done) and is_planned(book, whole)


def _is_named(book: Book, done: Claim, whole: Claim, claim: Claim, what: str) -> bool:
    """Whether what was not done is what was: the same words, or the same characters, of the same thing."""
    words = name_with_lead(book, done)
    if what not in words:
        return set(what) <= set(words)
    rest = (claim.metric or "").replace(what, "")[:-1]
    return set(rest) <= set(name_with_lead(book, whole) + words)
