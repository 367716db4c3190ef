"""Words of direction against numbers: 大于, 小于, 持平 beside a budget, and changes that contradict one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import filterfalse
from typing import NamedTuple

import regex

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.names import measure_likeness
from extractor.checks.engine.rule import Relation, Words
from extractor.checks.relations.changes import find_change_amount
from extractor.checks.relations.movements import Movement, find_movements
from extractor.checks.relations.reasons import find_contradictions
from extractor.checks.relations.tallies import find_tallies
from extractor.checks.relations.told_bases import find_held, have_other_bases
from extractor.model import Claim

RULE = "direction"
# What a comparison in words is of stands among so many claims in front of it: a result, its budget, and their rates.
NEAREST = 6
SIGNS = ("larger", "smaller", "equal")
WAYS = ("up", "down")
DIRECTIONS = ("increase", "decrease")


_expression = partial(patterns.fragment, f"checks/{RULE}")


class Compared(NamedTuple):
    """The nearest numbers in front of a comparison, as far as there are any."""

    done: Claim | None
    plan: Claim | None
    rate: Claim | None


def find(book: Book) -> Iterator[Relation]:
    """Each comparison in words of a result with its budget, each movement, each change told with two directions."""
    for match in _expression("compared").finditer(book.text):
        yield from _propose_compared(book, match)
    for movement in find_movements(book):
        yield from _propose_moved(book, movement)
    for held in find_held(book):
        operands = (("result", book.amount(held.current)), ("origin", book.amount(held.base)))
        yield Relation(RULE, "held_above" if held.is_above else "held_below", operands, facts={"words": held.words})
    for found in find_contradictions(book):
        role = "change" if found.form == "reason" else "actual"
        yield Relation(RULE, found.form, ((role, book.amount(found.claim)),), facts={"words": found.words})
    for tally in find_tallies(book):
        rates = tuple(("rate", book.amount(rate)) for rate in tally.rates)
        yield Relation(RULE, "tallied" if tally.is_right else "miscounted", rates, facts={"words": tally.words})
    for at, claim in enumerate(book.claims):
        if claim.kind == "change_rate" and claim.direction in DIRECTIONS:
            yield from _propose_directed(book, at, claim)


# ── comparisons ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _propose_compared(book: Book, match: regex.Match[str]) -> Iterator[Relation]:
    """The last two amounts in front of the words, else the last completion."""
    sign = next(filter(match.group, SIGNS))
    facts = {"words": Words(match[0], match[0])}
    done, plan, rate = _find_compared(book, match.start())
    if done is None:
        return
    if plan and _is_pair(book, done, plan):
        operands = (("actual", book.amount(done)), ("budget", book.amount(plan)))
        yield Relation(RULE, f"amount_{sign}", operands, facts=facts)
    elif rate and rate.baseline:
        operands = (("rate", book.amount(rate)), ("actual", book.amount(done)))
        yield Relation(RULE, f"rate_{sign}", operands, facts=facts)


def _find_compared(book: Book, offset: int) -> Compared:
    """What stands in front of the words at an offset, in their section: the last result, plan and completion."""
    at = book.count_before(offset)
    first = max(0, at - NEAREST)
    before = [one for one in reversed(book.claims[first:at]) if not _is_of_another(book, one, offset)]
    if not before or book.find_section(offset) != before[0].section:
        return Compared(None, None, None)
    levels = [one for one in before if one.kind == "level"]
    done = next(filter(_is_actual, levels), None)
    plan = next(filterfalse(_is_actual, levels), None)
    rate = next(filter(_is_completion, before), None)
    return Compared(done, plan, rate)


def _is_of_another(book: Book, claim: Claim, offset: int) -> bool:
    """Whether words at an offset say of what they are, on another line than a claim that is not of that."""
    start = book.find_border_before(offset) + 1
    if claim.start >= start:
        return False
    named = _expression("named").sub("", book.text[start:offset].strip())
    return bool(named) and named not in (claim.metric or "")


def _is_actual(claim: Claim) -> bool:
    return claim.role == "actual"


def _is_completion(claim: Claim) -> bool:
    return claim.kind == "completion"


def _is_pair(book: Book, done: Claim, plan: Claim) -> bool:
    """Whether a result and a plan are neighbours of one unit."""
    if done.base_unit != plan.base_unit:
        return False
    return abs(book.find_index(done) - book.find_index(plan)) == 1


# ── movements ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _propose_moved(book: Book, movement: Movement) -> Iterator[Relation]:
    """The verb between the two ends says which is larger."""
    origin, result = movement.origin, movement.result
    if _expression("ranked").search(origin.metric or ""):
        return
    found = {way: _expression(way).search(book.text, origin.end, result.start) for way in WAYS}
    verbs = {way: match[0] for way, match in found.items() if match}
    if len(verbs) == 1:
        ((way, verb),) = verbs.items()
        operands = (("result", book.amount(result)), ("origin", book.amount(origin)))
        yield Relation(RULE, f"moved_{way}", operands, facts={"words": verb})


# ── two words of direction for one change ─────────────────────────────────────────────────────────────────────────────


def _propose_directed(book: Book, at: int, rate: Claim) -> Iterator[Relation]:
    """A rate with the amount of the same change in its sentence: both grow or both fall."""
    before = book.claims[max(0, at - 1) : at]
    amount = find_change_amount(book, at, rate) or _find_change(book, before, rate)
    if amount:
        form = "agreed" if amount.direction == rate.direction else "opposed"
        yield Relation(RULE, form, (("rate", book.amount(rate)), ("change", book.amount(amount))))


def _find_change(book: Book, before: Sequence[Claim], rate: Claim) -> Claim | None:
    """The change right in front of a rate in its sentence that is of the same thing."""
    for one in before:
        if one.sentence == rate.sentence and _is_same_change(one, rate) and not have_other_bases(book, one, rate):
            return one
    return None


def _is_same_change(change: Claim, rate: Claim) -> bool:
    """Whether a claim is a change with a direction of what a rate is of; points are of the rate itself."""
    if change.kind != "change_amount":
        return False
    if change.dimension == "percentage_point" or change.direction not in DIRECTIONS:
        return False
    return measure_likeness(change, rate) > 0
