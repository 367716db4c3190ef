"""Budgets that were adjusted: what one became, by how much, and what it was, wherever the document tells that.

年初预算5.62亿元. … 收入预算调整为7.13亿元，调增1.51亿元: the first budget is found by its digits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.misprints import count_digits
from extractor.amounts.names import find_scope, is_disjoint
from extractor.checks.relations.clauses import is_origin, name_with_lead, read_lead
from extractor.checks.relations.times import has_same_year
from extractor.model import Claim

# A budget of fewer digits is met by chance.
TELLING = 3
# Of the places that tell one number so many are asked.
MOST = 12

_expression = partial(patterns.fragment, "checks/sum")
Levels = Mapping[tuple[str, Fraction], Sequence[Claim]]
"""The levels of the narrative by unit and number."""


class Adjusted(Struct, frozen=True):
    """What a budget was made to be, what it was, and by how much it was changed; ``is_cut`` says which way."""

    whole: Claim
    base: Claim
    change: Claim
    is_cut: bool


def find_adjusted(book: Book) -> tuple[Adjusted, ...]:
    """Every change of a budget with the level beside it that it led to, and one in the document that it began with."""
    return book.view(_find_all)


def is_adjusted(book: Book, one: Claim, other: Claim) -> bool:
    """Whether one of two numbers is what a budget was, and the other what it was made to be."""
    return frozenset((one.id, other.id)) in book.view(_pair_ids)


def _pair_ids(book: Book) -> set[frozenset[str]]:
    return {frozenset((found.base.id, found.whole.id)) for found in find_adjusted(book)}


def _find_all(book: Book) -> tuple[Adjusted, ...]:
    return tuple(_walk_changes(book))


def _walk_changes(book: Book) -> Iterator[Adjusted]:
    for change in book.claims:
        is_cut = _read_way(book, change)
        if is_cut is not None:
            found = (_find_base(book, change, whole, is_cut) for whole in _list_beside(book, change))
            yield from list(filter(None, found))[:1]


def _read_way(book: Book, change: Claim) -> bool | None:
    """Whether words say that a budget was cut (True) or added to (False)."""
    if not change.is_one_told or change.kind not in ("level", "change_amount"):
        return None
    lead = read_lead(book, change)
    if _expression("cut").search(lead):
        return True
    return False if _expression("added").search(lead) else None


def _list_beside(book: Book, change: Claim) -> list[Claim]:
    """The levels of a sentence right in front of a change and right behind it."""
    told = [one for one in book.find_between(change.sentence.start, change.sentence.end) if _is_like(one, change)]
    before = [one for one in told if one.start < change.start]
    return [*before[-1:], *[one for one in told if one.start > change.start][:1]]


def _is_like(one: Claim, change: Claim) -> bool:
    return one.kind == "level" and one.is_one_told and one.base_unit == change.base_unit


def _find_base(book: Book, change: Claim, whole: Claim, is_cut: bool) -> Adjusted | None:
    """The level nearest to a budget that its change makes it of."""
    by_change = book.amount(change).exact
    number = book.amount(whole).exact + (by_change if is_cut else -by_change)
    alike = book.view(_group_levels).get((change.base_unit, number), ())[:MOST] if by_change else ()
    bases = [one for one in alike if one.id != change.id and _may_be_base(book, one, whole)]
    nearest = min(bases, key=lambda one: abs(one.start - whole.start), default=None)
    return Adjusted(whole, nearest, change, is_cut) if nearest else None


def _group_levels(book: Book) -> Levels:
    found: dict[tuple[str, Fraction], list[Claim]] = {}
    for one in book.claims:
        if one.kind == "level" and one.is_one_told and count_digits(one.value) >= TELLING:
            found.setdefault((one.base_unit, book.amount(one).exact), []).append(one)
    return found


def _may_be_base(book: Book, one: Claim, whole: Claim) -> bool:
    """Whether a level may be what a budget was: of its year and scope, and of its side as far as both tell."""
    if is_origin(book, one) or not has_same_year(one, whole) or is_disjoint(find_scope(one), find_scope(whole)):
        return False
    sides = [{side for side in ("income", "outgo") if _is_of_side(book, side, told)} for told in (one, whole)]
    return not all(sides) or bool(sides[0] & sides[1])


def _is_of_side(book: Book, side: str, level: Claim) -> bool:
    return bool(_expression(side).search(name_with_lead(book, level)))
