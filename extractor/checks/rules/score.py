"""Scores of evaluations (绩效评价): the total, its parts and their full marks (满分15分、得14.2分)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from extractor.amounts.amount import Amount, take_exactly
from extractor.amounts.book import Book
from extractor.checks.engine.judge import has_failed
from extractor.checks.engine.rule import Relation
from extractor.checks.relations.marks import Mark, find_marked_lists, find_rate
from extractor.model import Claim

RULE = "score"


def find(book: Book) -> Iterator[Relation]:
    """The marks of each section: score by full mark, the scores by their total, the full marks by 100."""
    for marked in find_marked_lists(book):
        for mark in marked.marks:
            yield _propose_within(book, mark)
            yield from _propose_rated(book, mark)
        if marked.whole and marked.listed:
            yield from _propose_sums(book, marked.whole, marked.listed)


def _read_points(book: Book, claim: Claim) -> Amount:
    """A number of points: a whole one is given as it stands, and decimals are rounded but not cut."""
    amount = book.amount(claim)
    if amount.value == amount.value.to_integral_value():
        return take_exactly(amount)
    return msgspec.structs.replace(amount, cut=amount.rounded)


def _propose_within(book: Book, mark: Mark) -> Relation:
    """No score is more than its full mark."""
    operands = (("score", take_exactly(book.amount(mark.score))), ("full", take_exactly(book.amount(mark.full))))
    within = Relation(RULE, "within", operands)
    return Relation(RULE, "above", operands) if has_failed(within) else within


def _propose_sums(book: Book, whole: Claim, marks: Sequence[Mark]) -> Iterator[Relation]:
    """The scores make the total, the full marks 100; either fails only where the other shows that the list is whole."""
    scores = [("part", _read_points(book, mark.score)) for mark in marks]
    fulls = [("full", _read_points(book, mark.full)) for mark in marks]
    summed = Relation(RULE, "sum", (("total", _read_points(book, whole)), *scores))
    hundred = Relation(RULE, "hundred", tuple(fulls))
    if not (has_failed(summed) and has_failed(hundred)):
        yield summed
        yield hundred


def _propose_rated(book: Book, mark: Mark) -> Iterator[Relation]:
    """A score that its sentence says to follow from a rate of the section."""
    rate = find_rate(book, mark.full)
    if rate:
        score, full = _read_points(book, mark.score), _read_points(book, mark.full)
        yield Relation(RULE, "rated", (("score", score), ("rate", book.amount(rate)), ("full", full)))
