"""Contributions to growth: the shares of a growth, and the points that they give it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.model import Claim

_expression = partial(patterns.fragment, "checks/contribution")


class Contributions(Struct, frozen=True):
    """The growth of a whole, and each share of it with the points that it gives; ``falling`` pull it down."""

    growth: Claim
    pairs: tuple[tuple[Claim, Claim], ...]
    falling: frozenset[str]
    """The ids of the points that are taken from the growth."""


def find_contributions(book: Book) -> Iterator[Contributions]:
    """The contributions that a sentence tells together, to the growth that the document tells first."""
    rates = (one for one in book.claims if one.kind == "change_rate" and one.metric)
    growth = next((one for one in rates if _expression("growing").search(one.metric or "")), None)
    for sentence in book.sentences if growth else ():
        pairs = _find_pairs(sentence)
        if growth and len(pairs) > 1:
            falling = frozenset(points.id for _, points in pairs if _expression("down").search(points.metric or ""))
            yield Contributions(growth, pairs, falling)


def _find_pairs(sentence: Sequence[Claim]) -> tuple[tuple[Claim, Claim], ...]:
    return tuple((one, two) for one, two in pairwise(sentence) if _contributes(one, two))


def _contributes(share: Claim, points: Claim) -> bool:
    if points.dimension != "percentage_point" or not _expression("contribution").search(share.metric or ""):
        return False
    return bool(_expression("pull").search(points.metric or ""))
