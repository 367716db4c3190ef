"""The growth of a total with that of its parts, as far as every one of them is told."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.checks.relations.base_year import is_comparable
from extractor.checks.relations.changes import find_told_change
from extractor.checks.relations.groups import Group
from extractor.checks.relations.parts import find_groups, has_full_sum
from extractor.model import Claim

# A rate stands within so many claims behind its level.
BEHIND = 3
# What a growth is told by: its rate, or its amount where there is no rate.
KINDS = ("change_rate", "change_amount")


class PartGrowth(Struct, frozen=True):
    """A total with its growth, and each part with its own; ``is_definite`` where nothing says it is of other prices."""

    whole: Claim
    growth: Claim
    parts: tuple[tuple[Claim, Claim], ...]
    is_definite: bool


def find_part_growths(book: Book) -> Iterator[PartGrowth]:
    """Every total that its parts make up, where a rate is told of it and a change of each part."""
    for group in find_groups(book):
        if len(group.parts) > 1 and has_full_sum(book, group):
            yield from _find_in_group(book, group)


def _find_in_group(book: Book, group: Group) -> Iterator[PartGrowth]:
    growth = find_told_change(book, group.whole, BEHIND, KINDS)
    told = ((part, find_told_change(book, part, BEHIND, KINDS)) for part in group.parts)
    parts = tuple((part, change) for part, change in told if change)
    if growth and growth.kind == "change_rate" and len(parts) == len(group.parts):
        yield PartGrowth(group.whole, growth, parts, _is_definite(book, group, growth))


def _is_definite(book: Book, group: Group, growth: Claim) -> bool:
    """Whether the printed levels must give the growth: of a whole list, at the prices of the day."""
    at_prices = partial(patterns.fragment, "checks/change")("at_other_prices")
    names = [claim.metric or "" for claim in (group.whole, *group.parts)]
    return group.complete and not any(map(at_prices.search, names)) and not is_comparable(book, growth)
