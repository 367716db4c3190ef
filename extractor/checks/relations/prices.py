"""Prices: indices with the rise beside them, and growth told again without the change of prices."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.model import Claim

WORDS = "relations/prices"


_expression = partial(patterns.fragment, WORDS)


class Deflation(Struct, frozen=True):
    """A growth at current prices, the same one without the change of prices, and the index of prices."""

    nominal: Claim
    real: Claim
    index: Claim
    is_whole: bool
    """Whether the growth is of what all consumers have or spend, so that it is freed of their price index."""


def find_index_pairs(book: Book) -> Iterator[tuple[Claim, Claim]]:
    """An index and the change told right behind it: 102.2% is a rise by 2.2%."""
    for one, two in pairwise(book.claims):
        if one.kind != "rate" or two.kind != "change_rate" or one.dimension != "percent":
            continue
        if _is_told_together(one, two) and _is_index(one):
            yield one, two


def _is_told_together(one: Claim, two: Claim) -> bool:
    """Whether two claims are of one metric in one sentence."""
    return one.sentence == two.sentence and one.metric == two.metric


def _is_index(claim: Claim) -> bool:
    metric = claim.metric or ""
    return bool(_expression("an_index").search(metric))


def find_deflations(book: Book) -> Iterator[Deflation]:
    """Every growth that is told twice in a row, the second time without the change of prices."""
    index = next(filter(_is_price_index, book.claims), None)
    if index is None:
        return
    for one, two in pairwise(book.claims):
        if _is_growth_told_again(book, one, two):
            is_whole = _expression("of_all").search(one.metric or "")
            yield Deflation(one, two, index, bool(is_whole))


def _is_growth_told_again(book: Book, one: Claim, two: Claim) -> bool:
    """Whether the second of two growths is the first without the change of prices."""
    if not one.kind == two.kind == "change_rate":
        return False
    if one.metric != two.metric:
        return False
    return bool(_expression("deflated").search(book.text, one.end, two.start))


def _is_price_index(claim: Claim) -> bool:
    if claim.kind not in ("rate", "change_rate") or claim.dimension != "percent":
        return False
    metric = claim.metric or ""
    return bool(_expression("index").search(metric))
