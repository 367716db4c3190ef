"""What is left of trade: exports less imports, or imports less exports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.checks.relations.clauses import is_origin
from extractor.checks.relations.times import has_same_time
from extractor.model import Claim

# Both sides of trade stand among so many amounts in front of what is left of them.
NEAREST = 6

_expression = partial(patterns.fragment, "checks/difference")


class Trade(Struct, frozen=True):
    """What is left of trade, the side that is larger, and the other one."""

    left: Claim
    more: Claim
    less: Claim


def find_trades(book: Book) -> Iterator[Trade]:
    """What is left of each trade of the narrative, with the nearest of either side in front of it."""
    for left in book.claims:
        metric = left.metric or ""
        if left.kind == "level" and not left.cell and _expression("balance").search(metric):
            sides = _find_sides(book, left)
            if None not in sides:
                more, less = sides if _expression("exports_exceed").search(metric) else reversed(sides)
                yield Trade(left, more, less)  # type: ignore[arg-type]


def _find_sides(book: Book, left: Claim) -> list[Claim | None]:
    """The exports and the imports in front of what is left of them."""
    before = book.find_levels_before(left, NEAREST)
    return [_find_side(book, left, before, name) for name in ("exported", "imported")]


def _find_side(book: Book, left: Claim, before: Sequence[Claim], name: str) -> Claim | None:
    """The nearest number that is all of a side of trade, of the time of what is left."""
    for one in reversed(before):
        if _expression(name).search(one.metric or "") and has_same_time(one, left) and not is_origin(book, one):
            return one
    return None
