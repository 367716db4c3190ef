"""Changes with the numbers that they are told of: the level that a change led to, the amount beside its rate."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from extractor.amounts.book import Book
from extractor.amounts.names import find_nearest, measure_likeness
from extractor.model import Claim

# A level stands among so many claims in front of its change: a paragraph of them, with the rates between.
NEAREST = 16
# The amount of a change stands among so many claims in front of its rate.
BESIDE = 6
RELATIVE = ("percent", "percentage_point")


def find_change_level(book: Book, at: int, change: Claim, unit: str | None = None) -> Claim | None:
    """The level that a change led to: the nearest in front with its metric, done or planned alike, in ``unit``."""
    before = (one for one in book.claims[max(0, at - NEAREST) : at] if one.kind in ("level", "rate"))
    return find_nearest(change, [one for one in before if _may_be_level(one, change, unit)])


def _may_be_level(one: Claim, change: Claim, unit: str | None) -> bool:
    together = one.role == change.role and one.section == change.section
    return together and one.dimension not in RELATIVE and unit in (None, one.base_unit)


def find_change_amount(book: Book, at: int, rate: Claim) -> Claim | None:
    """The amount of the change that a rate tells: the nearest in front, or right behind it, in its sentence."""
    around = [*book.claims[at + 1 : at + 2], *book.claims[max(0, at - BESIDE) : at]]
    found = find_nearest(rate, filter(partial(_may_be_amount, rate), around))
    if found is None or is_parted(book, at, found):
        return None
    return found


def _may_be_amount(rate: Claim, one: Claim) -> bool:
    """Whether an amount may be of the change that a rate tells: the same way, of the same thing, of one role."""
    if one.kind != "change_amount" or one.dimension == "percentage_point":
        return False
    if one.sentence != rate.sentence:
        return False
    alike = one.direction == rate.direction and one.role == rate.role and one.section == rate.section
    return alike and bool(measure_likeness(one, rate))


def is_parted(book: Book, at: int, amount: Claim) -> bool:
    """Whether another level stands between an amount and the rate behind it, so that the rate is of that one."""
    between = book.claims[book.find_index(amount) + 1 : at]
    return any(one.kind == "level" and one.base_unit != amount.base_unit for one in between)


def find_told_change(book: Book, level: Claim, count: int, kinds: Sequence[str]) -> Claim | None:
    """The change of one of the kinds that is told of a level among ``count`` claims behind it in its sentence."""
    at = book.find_index(level) + 1
    told = [
        one for one in book.claims[at : at + count] if one.sentence == level.sentence and one.metric == level.metric
    ]
    fitting = (one for kind in kinds for one in told if one.kind == kind)
    return next((one for one in fitting if one.kind == "change_rate" or one.base_unit == level.base_unit), None)
