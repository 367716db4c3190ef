"""Numbers whose last zeros are not printed: 24亿元 beside 66.44亿元 is 24.00, as the lists of the document show.

A whole number may be rounded, and a list with one holds whatever the digits behind the point of the others are. Where
lists of numbers of more and fewer decimals add up to the last of them again and again, nothing in them is rounded.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.amounts.amount import Amount, take_exactly
from extractor.amounts.book import Book
from extractor.amounts.interval import add_up, total
from extractor.checks.relations.groups import Group, read_amounts
from extractor.checks.relations.parts import find_groups

# So many lists that add up to the last digit are a habit where no more than so many others do so by rounding only.
HABIT, OTHERS = 3, 1


def read_unpadded(book: Book, group: Group) -> tuple[Amount, list[Amount]]:
    """The total and the parts of a group, with the zeros that its document leaves out where it does."""
    whole, parts = read_amounts(book, group)
    if not _is_mixed(whole, parts) or not book.view(_leaves_zeros_out):
        return whole, parts
    places = min(amount.exponent for amount in (whole, *parts))
    return _fill(whole, places), [_fill(part, places) for part in parts]


def _fill(amount: Amount, places: int) -> Amount:
    """An amount that has fewer decimals than others as the number that it is."""
    return take_exactly(amount) if amount.exponent > places else amount


def _is_mixed(whole: Amount, parts: Sequence[Amount]) -> bool:
    """Whether the numbers of a list of one unit have more and fewer decimals."""
    amounts = (whole, *parts)
    if len(parts) < 2 or any(amount.vague or amount.counted for amount in amounts):
        return False
    is_one_unit = len({amount.factor for amount in amounts}) == 1
    return is_one_unit and min(amount.exponent for amount in amounts) < min(0, max(one.exponent for one in amounts))


def _leaves_zeros_out(book: Book) -> bool:
    """Whether lists of numbers of more and fewer decimals add up to the last digit, nearly all that do so at all."""
    told = (read_amounts(book, group) for group in find_groups(book) if not group.whole.cell)
    mixed = [(whole, parts) for whole, parts in told if _is_mixed(whole, parts)]
    exact = sum(whole.exact == add_up(part.exact for part in parts) for whole, parts in mixed)
    nearly = sum(whole.rounded.meets(total(part.rounded for part in parts)) for whole, parts in mixed)
    return exact >= HABIT and nearly - exact <= OTHERS
