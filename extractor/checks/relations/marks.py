"""Marks of evaluations: scores with their full marks, the lists of them in a section, and the rates behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.checks.relations.clauses import expression as find_in_clause
from extractor.checks.relations.clauses import read_lead
from extractor.model import Claim

# So many marks of one sentence make up all that can be had: with two of them the others may be told elsewhere.
LIST = 3
RATES = ("rate", "completion")


_expression = partial(patterns.fragment, "checks/score")


class Mark(Struct, frozen=True):
    """A full mark and the score given of it."""

    full: Claim
    score: Claim


class MarkedList(Struct, frozen=True):
    """The marks of a section, the total that it tells, and those that make it up; none where that cannot be told."""

    marks: tuple[Mark, ...]
    whole: Claim | None
    listed: tuple[Mark, ...]


def find_marked_lists(book: Book) -> Iterator[MarkedList]:
    """The marks of each section that has any."""
    for claims in book.sections.values():
        points = list(filter(_is_points, claims))
        marks = tuple(_find_marks(book, points))
        if not marks:
            continue
        whole = next(filter(partial(is_called, book, "total"), points), None)
        yield MarkedList(marks, whole, _find_listed(marks, whole))


def _is_points(claim: Claim) -> bool:
    """Whether a claim of the narrative is a number of points."""
    if claim.kind != "level" or claim.cell:
        return False
    return claim.unit in patterns.lexicon("checks/score")["units"]


def _find_listed(marks: Sequence[Mark], whole: Claim | None) -> tuple[Mark, ...]:
    """The marks behind a total in the sentence of the first one, if they are enough for a whole list."""
    if whole is None:
        return ()
    sentence = marks[0].full.sentence
    together = (mark for mark in marks if mark.full.sentence == sentence)
    listed = tuple(mark for mark in together if mark.full.start > whole.start)
    if len(listed) < LIST:
        return ()
    return listed


def _find_marks(book: Book, points: Sequence[Claim]) -> Iterator[Mark]:
    """Each full mark with the score right behind it, or right in front where it has no name (得18分，满分20分)."""
    taken: Claim | None = None
    for one, two in pairwise(points):
        if one is taken:
            continue
        mark = _pair_mark(book, one, two)
        if mark:
            taken = two
            yield mark


def _pair_mark(book: Book, one: Claim, two: Claim) -> Mark | None:
    """Two neighbouring numbers of points as a full mark and its score, in either order."""
    if one.sentence != two.sentence:
        return None
    if is_called(book, "full", one) and is_called(book, "score", two):
        return Mark(one, two)
    if is_called(book, "own", two) and is_called(book, "score", one):
        return Mark(two, one)
    return None


def is_called(book: Book, name: str, claim: Claim) -> bool:
    """Whether the words in front of a number of points call it so: full, own, total, score."""
    return bool(_expression(name).search(read_lead(book, claim)))


def find_rate(book: Book, full: Claim) -> Claim | None:
    """The last rate in front of a full mark in its section that its sentence says the score to follow from."""
    named = _expression("rate").search(read_lead(book, full))
    if not named:
        return None
    if not _expression("by_rate").search(book.text, full.sentence.start, full.start):
        return None
    before = [one for one in book.sections[full.section] if one.start < full.start]
    is_rate = partial(_is_rate, book, named[0])
    return next(filter(is_rate, reversed(before)), None)


def _is_rate(book: Book, name: str, claim: Claim) -> bool:
    """Whether a claim is a rate in percent that its sentence calls by a name."""
    if claim.dimension != "percent" or claim.kind not in RATES:
        return False
    words = book.text[claim.sentence.start : claim.start]
    return name in find_in_clause("blank").sub("", words)
