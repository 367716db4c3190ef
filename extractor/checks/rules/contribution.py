"""Contributions to growth: the points of each by its share, and the growth as the sum of the points."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.amounts.book import Book
from extractor.checks.engine.rule import Relation
from extractor.checks.relations.contributions import Contributions, find_contributions

RULE = "contribution"


def find(book: Book) -> Iterator[Relation]:
    """The contributions of each sentence that tells several."""
    for told in find_contributions(book):
        yield from _propose_points(book, told)
        yield _propose_growth(book, told)


def _propose_points(book: Book, told: Contributions) -> Iterator[Relation]:
    growth = ("growth", book.amount(told.growth))
    for share, points in told.pairs:
        form = "points_down" if points.id in told.falling else "points"
        yield Relation(RULE, form, (("points", book.amount(points)), ("share", book.amount(share)), growth))


def _propose_growth(book: Book, told: Contributions) -> Relation:
    roles = ("minus" if points.id in told.falling else "part" for _, points in told.pairs)
    parts = ((role, book.amount(points)) for role, (_, points) in zip(roles, told.pairs, strict=True))
    operands = (("growth", book.amount(told.growth)), *parts)
    return Relation(RULE, "growth", operands, otherwise="definition")
