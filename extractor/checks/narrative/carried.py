"""What one year carries over is what the next one begins with: 结转下年5.3亿元, and in its budget 上年结转5.3亿元."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from extractor.amounts.book import Book
from extractor.amounts.misprints import count_digits, is_miswritten
from extractor.amounts.names import find_scope, is_disjoint
from extractor.checks.relations.surpluses import is_opening, is_surplus
from extractor.checks.relations.times import read_dates
from extractor.model import Claim

# Numbers of fewer digits are the same by chance; of other levels or funds, one more.
FEWEST = 3


def find_carried(book: Book) -> Iterator[tuple[Claim, Claim]]:
    """What a budget begins with, and what is carried over in front: the same, or the only one and a slip away."""
    closings = [claim for claim in book.claims if claim.role == "actual" and is_surplus(book, claim)]
    for opening in filter(partial(_is_told_opening, book), book.claims if closings else ()):
        in_front = [one for one in closings if _goes_on(one, opening)]
        found = _find_same(opening, in_front) or _find_slipped(book, opening, in_front)
        yield from ((opening, one) for one in found)


def _is_told_opening(book: Book, claim: Claim) -> bool:
    return claim.kind == "level" and not claim.cell and is_opening(book, claim)


def _goes_on(closing: Claim, opening: Claim) -> bool:
    """Whether an account that is told of in front goes on with another number: in a plan, or a year later."""
    if closing.start > opening.start or closing.base_unit != opening.base_unit:
        return False
    first, second = read_dates(closing)[1], read_dates(opening)[1]
    return opening.role == "budget" or (first is not None and second is not None and first[:4] < second[:4])


def _find_same(opening: Claim, closings: list[Claim]) -> list[Claim]:
    return list(filter(partial(_is_same, opening), closings))[:1]


def _is_same(opening: Claim, closing: Claim) -> bool:
    """Whether two numbers of enough digits are the same."""
    digits = FEWEST + is_disjoint(find_scope(opening), find_scope(closing))
    return opening.base_value == closing.base_value and count_digits(opening.value) >= digits


def _find_slipped(book: Book, opening: Claim, closings: list[Claim]) -> list[Claim]:
    """The only number of the same level and fund, where one of the two is a slip of the other."""
    scope = find_scope(opening)
    alike = [one for one in closings if scope and find_scope(one) == scope]
    is_slip = len(alike) == 1 and count_digits(opening.value) >= FEWEST
    return alike if is_slip and is_miswritten(book.amount(opening), book.amount(alike[0]).exact) else []
