"""Amounts that are as a rule the same: the funds of projects with goals are the spending on projects."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.names import find_scope
from extractor.checks.drafts import Draft, judged
from extractor.checks.relations.misprints import is_slip
from extractor.model import Claim


class Twins(Struct, frozen=True, forbid_unknown_fields=True):
    """Two expressions: over the words of a sentence in front of a number, and over a metric."""

    one: str
    two: str


@cache
def _twins() -> dict[str, Twins]:
    return patterns.load("checks/twins", Twins)


def find(book: Book) -> Iterator[Draft]:
    """Each pair of such amounts that is the same, or but one slip away from being so."""
    money = [one for one in book.claims if one.kind == "level" and one.dimension == "money" and not one.cell]
    for name, twins in _twins().items():
        one_of, two_of = (patterns.compiled(name, source) for source in (twins.one, twins.two))
        twos = [claim for claim in money if two_of.search(claim.metric or "")]
        for one in money if twos else ():
            if one_of.search(book.text, one.sentence.start, one.start):
                yield from _compared(book, one, twos, name)


def _compared(book: Book, one: Claim, twos: list[Claim], name: str) -> Iterator[Draft]:
    for two in twos:
        if (
            (two.role == "actual") != (one.role == "actual")
            or two.sentence == one.sentence
            or find_scope(two) != find_scope(one)
        ):
            continue
        first, second = book.amount(one), book.amount(two)
        draft = judged(
            "repeat", [("stated", first), ("stated", second)], lambda others: others[0], severity="warning",
            message="twins", evidence=(name,),
        )  # fmt: skip
        if draft.status != "fails" or is_slip(first, [second]):
            yield draft
            return
