"""The growth of a total with that of its parts, as far as every one of them is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.checks.relations.base_year import is_comparable
from extractor.checks.relations.changes import find_told_change
from extractor.checks.relations.groups import HEADED, RUN, Group
from extractor.checks.relations.part_changes import is_flat
from extractor.model import Claim

# A rate stands within so many claims behind its level.
BEHIND = 5
# What is told of the last part of a list stands within so many characters.
LAST = 200
# What a growth is told by: its rate, or its amount where there is no rate.
KINDS = ("change_rate", "change_amount")


_expression = partial(patterns.fragment, "checks/change")


class PartGrowth(Struct, frozen=True):
    """A total with its growth, and each part with its own; ``is_definite`` where nothing says it is of other prices.

    ``is_headed`` says that a sentence hands the total on to the list of its parts, ``is_told`` that any words do.
    """

    whole: Claim
    growth: Claim
    parts: tuple[tuple[Claim, Claim], ...]
    is_definite: bool
    is_headed: bool
    is_told: bool
    still: tuple[Claim, ...] = ()
    """The parts that words say to be as they were."""


def find_part_growths(book: Book, summed: Sequence[Group]) -> Iterator[PartGrowth]:
    """Every total of those that their parts make up where a rate is told of it and a change of each part."""
    for group in summed:
        found = find_part_growth(book, group) if len(group.parts) > 1 else None
        if found:
            yield found


def find_part_growth(book: Book, group: Group) -> PartGrowth | None:
    """The growth of a total with those of its parts, if each of them has one or is as it was."""
    growth = _find_growth(book, group.whole)
    if growth is None or growth.kind != "change_rate":
        return None
    ends = [*(part.start for part in group.parts[1:]), group.parts[-1].start + LAST]
    told = [(part, _find_growth_of_part(book, part, end)) for part, end in zip(group.parts, ends, strict=True)]
    parts = tuple((part, change) for part, change in told if change)
    still = tuple(part for part, change in told if not change and is_flat(book, part))
    if not parts or len(parts) + len(still) < len(told):
        return None
    return PartGrowth(
        group.whole,
        growth,
        parts,
        is_definite=_is_definite(book, group, growth),
        is_headed=group.pattern == HEADED,
        is_told=group.pattern != RUN,
        still=still,
    )


def _find_growth(book: Book, level: Claim) -> Claim | None:
    """The growth that is told of a level."""
    return find_told_change(book, level, BEHIND, KINDS)


def _find_growth_of_part(book: Book, part: Claim, end: int) -> Claim | None:
    """The growth that is told of a part, in its sentence or in the ones behind it under a name of its account."""
    return _find_growth(book, part) or next(_list_by_account(book, part, end), None)


def _list_by_account(book: Book, part: Claim, end: int) -> Iterator[Claim]:
    """The rates in front of the next part of what a part is, and of what is all of it."""
    accounts = {part.metric_id}
    for one in book.find_between(part.end, end) if part.metric_id else ():
        if one.section != part.section:
            return
        if one.kind == "level" and one.base_value == part.base_value:
            accounts.add(one.metric_id)
        elif one.kind == "change_rate" and one.metric_id in accounts:
            yield one


def _is_definite(book: Book, group: Group, growth: Claim) -> bool:
    """Whether the printed levels must give the growth: of a whole list, at the prices of the day."""
    if not group.complete:
        return False
    whole, *parts = [claim.metric or "" for claim in (group.whole, *group.parts)]
    is_at_other_prices = any(map(_expression("at_other_prices").search, (whole, *parts)))
    if is_at_other_prices and not all(map(_expression("own_costs").search, parts)):
        return False
    return not is_comparable(book, growth)
