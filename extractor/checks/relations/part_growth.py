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


_expression = partial(patterns.fragment, "checks/change")


class PartGrowth(Struct, frozen=True):
    """A total with its growth, and each part with its own; ``is_definite`` where nothing says it is of other prices."""

    whole: Claim
    growth: Claim
    parts: tuple[tuple[Claim, Claim], ...]
    is_definite: bool


def find_part_growths(book: Book) -> Iterator[PartGrowth]:
    """Every total that its parts make up, where a rate is told of it and a change of each part."""
    for group in find_groups(book):
        if len(group.parts) < 2 or not has_full_sum(book, group):
            continue
        found = _find_in_group(book, group)
        if found:
            yield found


def _find_in_group(book: Book, group: Group) -> PartGrowth | None:
    """The growth of a total with those of its parts, if each of them has one."""
    growth = _find_growth(book, group.whole)
    if growth is None or growth.kind != "change_rate":
        return None
    told = [(part, _find_growth(book, part)) for part in group.parts]
    parts = tuple((part, change) for part, change in told if change)
    if len(parts) < len(told):
        return None
    return PartGrowth(group.whole, growth, parts, _is_definite(book, group, growth))


def _find_growth(book: Book, level: Claim) -> Claim | None:
    """The growth that is told of a level."""
    return find_told_change(book, level, BEHIND, KINDS)


def _is_definite(book: Book, group: Group, growth: Claim) -> bool:
    """Whether the printed levels must give the growth: of a whole list, at the prices of the day."""
    if not group.complete:
        return False
    names = [claim.metric or "" for claim in (group.whole, *group.parts)]
    if any(map(_expression("at_other_prices").search, names)):
        return False
    return not is_comparable(book, growth)
