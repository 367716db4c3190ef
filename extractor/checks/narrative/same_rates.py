"""Rates that are told of one level in two places: what grew to 45.29亿元 by 35.7% did so wherever it is told."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import product

from extractor import patterns
from extractor.amounts.book import Book
from extractor.checks.narrative.again import find_told_again, has_same_words
from extractor.checks.relations.base_year import is_comparable
from extractor.checks.relations.changes import find_told_change
from extractor.checks.relations.completions import are_of_one_plan, find_completion
from extractor.checks.relations.times import read_dates
from extractor.model import Claim

# A rate stands within so many claims behind its level.
BEHIND = 3
Pair = tuple[Claim, Claim]

_expression = partial(patterns.fragment, "checks/change")


def find_same_rates(book: Book) -> Iterator[Pair]:
    """The growth, and the completion, that two sentences tell of one level."""
    for again in find_told_again(book):
        if again.claim.kind == "level":
            for other in again.others:
                yield from (*_pair_changes(book, again.claim, other), *_pair_completions(book, again.claim, other))


def find_rates_of_changes(book: Book) -> Iterator[Pair]:
    """The growths that two sentences tell beside one change: they are the same where both began with the same."""
    for again in find_told_again(book):
        if again.claim.kind == "change_amount":
            for other in again.others:
                yield from _pair_changes(book, again.claim, other)


def _pair_changes(book: Book, one: Claim, other: Claim) -> Iterator[Pair]:
    """The growths of a level that is told twice, against one base and of one definition."""
    first, second = (find_told_change(book, level, BEHIND, ("change_rate",)) for level in (one, other))
    if first and second and has_same_words(book, one, other) and _are_alike(book, first, second):
        yield first, second


def _are_alike(book: Book, one: Claim, other: Claim) -> bool:
    """Whether two growths are told in one way, of one definition; the year before is the base of those without."""
    told = ((_read_base(change), change.dimension, change.direction) for change in (one, other))
    return len(set(told)) == 1 and is_comparable(book, one) == is_comparable(book, other)


def _read_base(change: Claim) -> str:
    """What a change is against; nothing where that is the year before, by its number or by another word."""
    baseline, end = change.baseline or "", read_dates(change)[1]
    year = _expression("base_year").search(baseline)
    is_before = end is not None and year is not None and int(year[0]) == int(end[:4]) - 1
    return "" if is_before or _expression("year_before").search(baseline) else baseline


def _pair_completions(book: Book, one: Claim, other: Claim) -> Iterator[Pair]:
    """The completions of a level that is told twice, of one plan."""
    for first, second in product(*([find_completion(book, level)] for level in (one, other))):
        if first and second and has_same_words(book, one, other) and are_of_one_plan(first, second):
            yield first, second
