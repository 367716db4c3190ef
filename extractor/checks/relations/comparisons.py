"""Points by which one rate is above another, or below it: 甲增长5.8%，乙增长4.8%，甲增速快于乙1个百分点."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.names import normalize_name
from extractor.checks.relations.times import has_same_time
from extractor.model import Claim

# Both rates stand within so many claims of the points.
NEAREST = 10
# A name of fewer characters says too little.
TELLING = 2
RATES = ("change_rate", "rate", "share")

_expression = partial(patterns.fragment, "checks/difference")


class Comparison(Struct, frozen=True):
    """Points, the rate that they are told of, and the other rate; ``is_sure`` if no others may be meant."""

    points: Claim
    own: Claim
    other: Claim
    is_sure: bool


def find_comparisons(book: Book) -> Iterator[Comparison]:
    """Every number of points with the two rates of its section whose names its sentence tells."""
    for at, claim in enumerate(book.claims):
        if _compares(claim):
            yield from _find_pairs(book, at, claim)


def _compares(claim: Claim) -> bool:
    """Whether a claim tells by how many points one thing differs from another that it names."""
    return claim.dimension == "percentage_point" and claim.is_one_told and bool(claim.baseline and claim.metric)


def _find_pairs(book: Book, at: int, points: Claim) -> Iterator[Comparison]:
    rates = list(_list_rates(book, at, points))
    own, other = _read_core(points.metric), _read_core(points.baseline)
    others = [one for one in rates if _is_called(one, other)]
    owns = [one for one in rates if _is_called(one, own) and one not in others] or _list_last(rates, points, others)
    pairs = [(one, two) for one in owns for two in others if one.kind == two.kind and has_same_time(one, two)]
    yield from (Comparison(points, *pair, is_sure=len(pairs) == 1) for pair in pairs)


def _list_rates(book: Book, at: int, points: Claim) -> Iterator[Claim]:
    """The rates of the narrative around some points, under their heading."""
    for one in book.claims[max(0, at - NEAREST) : at + NEAREST]:
        if one.kind in RATES and one.dimension == "percent" and one.is_one_told and one.section == points.section:
            yield one


def _list_last(rates: list[Claim], points: Claim, others: list[Claim]) -> list[Claim]:
    """The last rate in front of some points in their sentence: what the clause leaves out is what was told last."""
    front = [one for one in rates if one.start < points.start and one.sentence == points.sentence]
    return [one for one in front[-1:] if one not in others]


def _read_core(name: str | None) -> str:
    """What a rate is of: its name without the words for a rate.

    >>> _read_core("商品零售增速"), _read_core("全部投资")
    ('商品零售', '全部投资')
    """
    return str(_expression("pace").sub("", normalize_name(name or "")))


def _is_called(rate: Claim, core: str) -> bool:
    """Whether a rate is of what a name says, or of a figure of that: 城镇居民, 城镇居民人均可支配收入."""
    return len(core) >= TELLING and _read_core(rate.metric).startswith(core)


def is_of_falls(points: Claim) -> bool:
    """Whether points compare how far two things fell."""
    return bool(_expression("falls").search(points.metric or ""))
