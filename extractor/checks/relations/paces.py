"""Growth against that of something else that the document tells: 增长5.8%，快于经济增速1个百分点."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.names import normalize_name
from extractor.checks.relations.clauses import read_since
from extractor.checks.relations.times import has_same_year
from extractor.model import Claim

# The growth of the other thing is told among so many claims in front.
FARTHEST = 60
# A name of fewer characters stands in many others.
TELLING = 3

_expression = partial(patterns.fragment, "checks/difference")


class Pace(Struct, frozen=True):
    """The points by which one growth is above another, or below it, and those that may be meant, the nearest first.

    ``is_of_all`` says that the other is the growth of all, which no words tell from that of another area.
    """

    points: Claim
    own: Claim
    others: tuple[Claim, ...]
    is_above: bool
    is_of_all: bool = False


def find_paces(book: Book) -> Iterator[Pace]:
    """Every growth that is told to be so many points above or below that of something that is named."""
    for at, points in enumerate(book.claims):
        if at and _is_points(points):
            own = book.claims[at - 1]
            if _is_growth(own) and own.sentence == points.sentence:
                yield from _read_pace(book, at, own)


def _read_pace(book: Book, at: int, own: Claim) -> Iterator[Pace]:
    """Points behind a growth, with the growth that their words name, or with that of all."""
    points = book.claims[at]
    words = read_since(book, points)
    named, of_all = (_expression(name).search(words) for name in ("pace", "pace_of_all"))
    if named:
        told = reversed(book.claims[max(0, at - FARTHEST) : at - 1])
        others = tuple(one for one in told if _is_called(one, own, named["other"]))
        yield Pace(points, own, others, named["above"] is not None)
    if of_all:
        others = tuple(one for one in _list_openings(book, own) if _is_of_area(book, one, of_all["area"]))
        yield Pace(points, own, others, of_all["above"] is not None, True)


def _list_openings(book: Book, own: Claim) -> Iterator[Claim]:
    """The growths that open the paragraph of a growth and the report, where they are of its time."""
    paragraph = book.find_between(book.find_border_before(own.start) + 1, own.start)
    for claims in (paragraph, book.claims):
        first = next(filter(_is_growth, claims), None)
        if first and first.start < own.start and first.role == own.role and has_same_year(first, own):
            yield first


def _is_of_area(book: Book, one: Claim, area: str | None) -> bool:
    """Whether the sentence of a growth tells of an area; where none is named, each does."""
    words = book.text[one.sentence.start : one.start]
    if area and _expression("country").search(area):
        return bool(_expression("country").search(words))
    return area is None or area in words


def _is_points(claim: Claim) -> bool:
    return claim.kind == "change_amount" and claim.dimension == "percentage_point" and not claim.cell


def _is_growth(claim: Claim) -> bool:
    is_rate = claim.kind == "change_rate" and claim.dimension == "percent" and not claim.approximation
    return is_rate and claim.direction == "increase" and not claim.cell


def _is_called(one: Claim, own: Claim, name: str) -> bool:
    """Whether a growth is one of the same time of what a name says; its name may begin with an area."""
    if not _is_growth(one) or one.role != own.role or not has_same_year(one, own):
        return False
    called, wanted = normalize_name(one.metric or ""), normalize_name(name)
    if _expression("economy").fullmatch(wanted):
        return bool(_expression("output").search(called))
    return len(wanted) >= TELLING and wanted in called and one.metric != own.metric
