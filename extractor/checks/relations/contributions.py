"""Contributions to growth: the shares of a growth, and the points that they give it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.once import once_a_book
from extractor.checks.relations.clauses import read_since
from extractor.model import Claim

# A growth is made by so many industries, or kinds of demand.
ALL = 3

_expression = partial(patterns.fragment, "checks/contribution")


class Contributions(Struct, frozen=True):
    """The growth of a whole, and each share of it with the points that it gives; ``falling`` pull it down."""

    growth: Claim
    pairs: tuple[tuple[Claim, Claim], ...]
    falling: frozenset[str]
    """The ids of the points that are taken from the growth."""


@once_a_book
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
    """The shares of a growth with the points right behind each, or with as many points behind all of them."""
    if len(sentence) < 2 or sentence[0].cell:
        return ()
    beside = tuple(pair for pair in pairwise(sentence) if _is_share(pair[0]) and _is_points(pair[1]))
    if len(beside) > 1:
        return beside
    shares, points = list(filter(_is_share, sentence)), list(filter(_is_points, sentence))
    return tuple(zip(shares, points, strict=True)) if len(shares) == len(points) else ()


def _is_share(claim: Claim) -> bool:
    """Whether a claim is a share of a growth."""
    return claim.dimension == "percent" and bool(_expression("contribution").search(claim.metric or ""))


def _is_points(claim: Claim) -> bool:
    """Whether a claim is what something adds to a growth or takes from it, in points."""
    return claim.dimension == "percentage_point" and bool(_expression("pull").search(claim.metric or ""))


def find_whole_shares(book: Book) -> Iterator[tuple[Claim, ...]]:
    """The shares of a growth that all industries, or all kinds of demand, have in a sentence that names them."""
    for sentence in book.sentences:
        if len(sentence) < ALL or sentence[0].cell:
            continue
        shares = [one for one in sentence if _is_share(one) and not _expression("inner").search(read_since(book, one))]
        if len(shares) != ALL:
            continue
        if _expression("all").search(book.text, shares[0].sentence.start, shares[-1].start):
            yield tuple(shares)
