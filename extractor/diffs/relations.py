"""How two claims of one thing relate: by their numbers, or by why these may differ."""

from __future__ import annotations

from extractor.model import Relation
from extractor.passages.items import Item
from extractor.passages.numbers import relate_numbers
from extractor.passages.similarity import has_same_period


def relate(one: Item, two: Item, mirror: bool = False) -> Relation:
    """The relation of two claims: the numbers first, then whether their periods explain that they differ.

    ``mirror`` says that they stand in versions of one text, in which a number with the same words is the same, and of
    the same time unless its sentence says so.
    """
    is_changed = _are_opposed(one, two) or _are_opposite_limits(one, two) or (mirror and _is_other_limit(one, two))
    numbers = None if is_changed else relate_numbers(one, two)
    if numbers:
        return numbers
    if has_same_period(one, two) or (mirror and not (one.spoken or two.spoken)):
        return "different"
    return "different_period"


def _are_opposed(one: Item, two: Item) -> bool:
    """Whether one side tells an increase and the other a decrease, of more than nothing."""
    directions = {one.claim.direction, two.claim.direction}
    if directions != {"increase", "decrease"}:
        return False
    return any((one.exact, two.exact))


def _are_opposite_limits(one: Item, two: Item) -> bool:
    """Whether one number is the least that there may be and the other the most: 不少于30天, 30天以内."""
    (low, high), (other_low, other_high) = one.claim.interval, two.claim.interval
    ends = (low is None, high is None), (other_low is None, other_high is None)
    return sorted(ends) == [(False, True), (True, False)]


def _is_other_limit(one: Item, two: Item) -> bool:
    """Whether two numbers with the same reservation are written with other digits of one step: 10%以上, 17%以上."""
    words = {one.claim.approximation, two.claim.approximation}
    if None in words or len(words) > 1 or one.amount.step != two.amount.step:
        return False
    return one.exact != two.exact
