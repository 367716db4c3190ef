"""Whether a number of a text says what a number of a report says, by its digits and its words."""

from __future__ import annotations

from extractor.amounts.misprints import count_digits
from extractor.cite.answer import Match
from extractor.passages.items import Item
from extractor.passages.numbers import relate_numbers

COUNTED = ("count", "person", "household")


def match_values(cited: Item, told: Item) -> Match | None:
    """How a cited number agrees with one of a report; None where it says more, or something else.

    166万元 and 约166万元 agree with 165.71万元, 超过160万元 and 不到170万元 hold it; it says more than 约166万元 does.
    """
    if not have_same_unit(cited, told) or are_opposed(cited, told):
        return None
    if cited.claim.value_high or told.claim.value_high:
        return _match_ranges(cited, told)
    if cited.exact == told.exact:
        return _match_equal(cited, told)
    if says_more(cited, told):
        return None
    if _is_bounded(cited):
        return "within" if _is_within(cited, told) else None
    found = relate_numbers(cited, told)
    return found if found in ("rounded", "truncated") else None


def says_more(cited: Item, told: Item) -> bool:
    """Whether a number has digits that the other does not tell, or is told for sure where the other is not."""
    if told.amount.step > cited.amount.step:
        return True
    return told.amount.vague and not cited.amount.vague


def _match_equal(cited: Item, told: Item) -> Match:
    return "equal" if cited.amount.factor == told.amount.factor else "equal_converted"


def _match_ranges(cited: Item, told: Item) -> Match | None:
    """A range agrees with the same range, and with what lies in it."""
    if cited.claim.value_high and told.claim.value_high:
        found = relate_numbers(cited, told)
        return found if found in ("equal", "equal_converted") else None
    return "within" if cited.claim.value_high and _is_within(cited, told) else None


def _is_bounded(item: Item) -> bool:
    """Whether words bound a number on one side, as 超过 and 不到 do; 约 does on neither."""
    ends = item.amount.rounded.low, item.amount.rounded.high
    return None in ends and any(end is not None for end in ends)


def _is_within(cited: Item, told: Item) -> bool:
    """Whether a range, or a number that words bound, holds the other, which is bounded by none."""
    return not _is_bounded(told) and cited.amount.rounded.may_be(told.exact)


def have_same_unit(one: Item, two: Item) -> bool:
    """Whether two numbers are measured alike; of things that are counted, in the same word."""
    if one.claim.dimension in COUNTED or two.claim.dimension in COUNTED:
        return _name_unit(one) == _name_unit(two) or not (_name_unit(one) and _name_unit(two))
    return one.amount.base == two.amount.base


def _name_unit(item: Item) -> str:
    return item.amount.base


def are_opposed(one: Item, two: Item) -> bool:
    """Whether one tells an increase and the other a decrease, of more than nothing."""
    directions = {one.claim.direction, two.claim.direction}
    return directions == {"increase", "decrease"} and bool(one.exact or two.exact)


def count_telling(one: Item, two: Item) -> int:
    """The digits of the one that has fewer: so rarely are two numbers the same by chance."""
    return min(count_digits(item.claim.value) for item in (one, two))
