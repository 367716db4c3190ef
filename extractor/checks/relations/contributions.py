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
    growth = next(filter(_is_growth, book.claims), None)
    if growth is None:
        return
    for pairs in map(_find_pairs, book.sentences):
        if len(pairs) < 2:
            continue
        falling = frozenset(points.id for _, points in pairs if _is_falling(points))
        yield Contributions(growth, pairs, falling)


def _is_growth(claim: Claim) -> bool:
    """Whether a claim is the growth of all that is produced."""
    if claim.kind != "change_rate":
        return False
    return bool(_expression("growing").search(claim.metric or ""))


def _is_falling(points: Claim) -> bool:
    """Whether points are taken from a growth."""
    metric = points.metric or ""
    return bool(_expression("down").search(metric))


def _find_pairs(sentence: Sequence[Claim]) -> tuple[tuple[Claim, Claim], ...]:
    neighbours = pairwise(sentence)
    return tuple(pair for pair in neighbours if _contributes(*pair))


def _contributes(share: Claim, points: Claim) -> bool:
    if points.dimension != "percentage_point":
        return False
    if not _expression("contribution").search(share.metric or ""):
        return False
    return bool(_expression("pull").search(points.metric or ""))
