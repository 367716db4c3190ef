"""How far a share or a ratio moved, by itself and the growth of both of its numbers.

城镇收入43014元，增长5.0%；农村收入28358元，增长6.6%。城乡收入比值为1.52，比上年缩小0.02.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from extractor.amounts.book import Book
from extractor.amounts.names import is_of_one_name
from extractor.checks.relations.quotients import find_quotients
from extractor.checks.relations.shares import find_share
from extractor.model import Claim

POINTS = "percentage_point"
WAYS = ("increase", "decrease")
# A growth is told right behind its level.
BEHIND = 2

Parts = tuple[Claim, Claim]
"""What a quotient is divided from: the numerator and the denominator."""


class Shift(Struct, frozen=True):
    """The change of a quotient, the quotient, and the growth of its numerator and of its denominator."""

    change: Claim
    quotient: Claim
    upper: Claim
    lower: Claim

    @property
    def is_of_points(self) -> bool:
        """Whether the change is told in percentage points."""
        return self.change.dimension == POINTS


def find_shifts(book: Book) -> Iterator[Shift]:
    """Every share and ratio with its change right behind it, where both its numbers and their growth are told."""
    for quotient, change in pairwise(book.claims):
        parts = _find_parts(book, quotient) if _is_change_of(change, quotient) else None
        growths = [_find_growth(book, part) for part in parts or ()]
        if parts and all(growths):
            yield Shift(change, quotient, *filter(None, growths))


def _is_change_of(change: Claim, quotient: Claim) -> bool:
    """Whether a change is that of the number in front of it: of one name, in points where that is a percentage."""
    if quotient.kind not in ("share", "rate") or change.kind != "change_amount" or change.direction not in WAYS:
        return False
    if change.sentence != quotient.sentence or change.cell or not is_of_one_name(change, quotient):
        return False
    return (change.dimension == POINTS) == (quotient.dimension == "percent")


def _find_parts(book: Book, quotient: Claim) -> Parts | None:
    """The two numbers of a share, or of a ratio by its words."""
    if quotient.kind == "share":
        share = find_share(book, quotient)
        return (share.part, share.whole) if share.part and share.whole else None
    return book.view(_index_quotients).get(quotient.id)


def _index_quotients(book: Book) -> dict[str, Parts]:
    found = (one for one in find_quotients(book) if one.denominators)
    return {one.result.id: (one.numerator, one.denominators[0]) for one in found}


def _find_growth(book: Book, level: Claim) -> Claim | None:
    """By how much a level grew: the first rate right behind it."""
    first = book.find_index(level) + 1
    behind = book.claims[first : first + BEHIND]
    rate = next((one for one in behind if one.kind == "change_rate"), None)
    if rate is None or (rate.metric, rate.direction) != (level.metric, "increase"):
        return None
    return rate if rate.dimension == "percent" else None
