"""Both sides of a fund told side by side, the same to the digit: 财政拨款收入620.5万元，财政拨款支出620.5万元.

What each side is made up of may stand between them: 收入预算620.5万元，其中：…。支出预算620.5万元，其中：….
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from extractor.amounts.book import Book
from extractor.amounts.misprints import count_digits, is_stroke
from extractor.amounts.names import is_disjoint
from extractor.checks.narrative.chains import Sides, is_of_side, list_lines
from extractor.checks.relations.times import has_same_year
from extractor.model import Claim

# A number of so many digits is hardly the same by chance.
TELLING = 4


def find_even_sides(book: Book) -> Iterator[Sides]:
    """Each number of income with that of expenditure right behind it, where both are the same, or a digit apart."""
    for line in list_lines(book):
        for income, expenditure in pairwise(line):
            if _are_sides(book, income, expenditure) and _are_even(book, income, expenditure):
                yield Sides(income, expenditure, are_balanced=False)
    for claims in book.levels.values():
        tops = [claim for claim in claims if claim.is_one_told and claim.part_of is None]
        for income, expenditure in pairwise(tops):
            if income.sentence != expenditure.sentence and _are_told_apart(book, income, expenditure):
                yield Sides(income, expenditure, are_balanced=False)


def _are_told_apart(book: Book, one: Claim, other: Claim) -> bool:
    """Whether two sentences tell one number of both sides; what differs there may be told of two things."""
    return _are_of_sides(book, one, other) and book.amount(one).exact == book.amount(other).exact and _is_telling(one)


def _are_sides(book: Book, one: Claim, other: Claim) -> bool:
    """Whether two numbers of a sentence are of the two sides of one fund, planned or done alike."""
    return one.sentence == other.sentence and _are_of_sides(book, one, other)


def _are_of_sides(book: Book, one: Claim, other: Claim) -> bool:
    if one.role != other.role or not has_same_year(one, other):
        return False
    if is_disjoint(book.amount(one).scope, book.amount(other).scope):
        return False
    sides = (("income", "expenditure"), (one, other))
    return all(is_of_side(book, side, claim) for side, claim in zip(*sides, strict=True)) and not any(
        is_of_side(book, side, claim) for side, claim in zip(reversed(sides[0]), sides[1], strict=True)
    )


def _are_even(book: Book, one: Claim, other: Claim) -> bool:
    """Whether two numbers are the same, or those of a budget but for one digit."""
    if not _is_telling(one):
        return False
    first, second = book.amount(one), book.amount(other)
    return first.exact == second.exact or ("actual" not in (one.role, other.role) and is_stroke(first, [second]))


def _is_telling(claim: Claim) -> bool:
    return count_digits(claim.value) >= TELLING
