"""Movements: the two ends of a change (由36家增加到41家), and what is told of it right behind."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from extractor.amounts.book import Book
from extractor.amounts.once import once_a_book
from extractor.checks.relations.clauses import has_words_of_ends, is_origin, is_result
from extractor.model import Claim

# The change and the rate of a movement are the two numbers right behind its ends.
TOLD = 2


class Movement(Struct, frozen=True):
    """The two ends of a movement, and the claims of its sentence right behind them."""

    origin: Claim
    result: Claim
    behind: tuple[Claim, ...]


@once_a_book
def find_movements(book: Book) -> Iterator[Movement]:
    """Each movement of one unit, in document order; the numbers of a ratio (1:2.12) have none."""
    for sentence in book.sentences:
        for at, (origin, result) in enumerate(pairwise(sentence), 2):
            if _has_one_unit(origin, result) and _is_movement(book, origin, result):
                yield Movement(origin, result, tuple(sentence[at : at + TOLD]))


def _has_one_unit(one: Claim, two: Claim) -> bool:
    return one.base_unit == two.base_unit and (bool(one.base_unit) or one.unit == two.unit)


def _is_movement(book: Book, origin: Claim, result: Claim) -> bool:
    if is_result(book, result) and is_origin(book, origin):
        return True
    return _are_growths(origin, result) and has_words_of_ends(book, origin, result)


def _are_growths(origin: Claim, result: Claim) -> bool:
    """Whether both ends are rates of growth: 增速由上年的13.5%降至7.3%."""
    return all(one.kind == "change_rate" and one.direction == "increase" for one in (origin, result))
