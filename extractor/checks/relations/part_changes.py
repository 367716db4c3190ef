"""Changes of parts against the change of their total: what the parts grew and fell by is what the total did."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.checks.relations.groups import Group
from extractor.checks.relations.parts import find_groups, has_full_sum
from extractor.model import Claim

# The change of a level is told within so many claims behind it.
BEHIND = 2


_expression = partial(patterns.fragment, "checks/change")


class PartChanges(Struct, frozen=True):
    """The change of a total, the changes of its parts that went along with it, and those against it."""

    whole: Claim
    along: tuple[Claim, ...]
    against: tuple[Claim, ...]
    pattern: str


def find_part_changes(book: Book) -> Iterator[PartChanges]:
    """Every total that its parts make up, where the change of each is told against one base."""
    for group in find_groups(book):
        if group.complete and len(group.parts) > 1 and has_full_sum(book, group):
            yield from _find_in_group(book, group)


def _find_in_group(book: Book, group: Group) -> Iterator[PartChanges]:
    """The changes of a group, if each of its parts has one or is said to be unchanged."""
    whole = _find_change(book, group.whole)
    changes = [_find_change(book, part) for part in group.parts]
    told = [change for change in changes if change]
    silent = [part for part, change in zip(group.parts, changes, strict=True) if change is None]
    if not whole or not told or not all(_is_flat(book, part) for part in silent):
        return
    if all(one.baseline == whole.baseline for one in told):
        along = tuple(one for one in told if one.direction == whole.direction)
        yield PartChanges(whole, along, tuple(one for one in told if one not in along), group.pattern)


def _find_change(book: Book, level: Claim) -> Claim | None:
    """The amount by which a level grew or fell, told right behind it."""
    at = book.find_index(level)
    behind = (one for one in book.claims[at + 1 : at + 1 + BEHIND] if one.sentence == level.sentence)
    return next((one for one in behind if _is_change(one, level)), None)


def _is_change(one: Claim, level: Claim) -> bool:
    of_it = one.kind == "change_amount" and one.metric == level.metric and one.base_unit == level.base_unit
    return of_it and one.direction in ("increase", "decrease")


def _is_flat(book: Book, level: Claim) -> bool:
    """Whether the words behind a level, up to the next number, say that it did not change."""
    at = book.find_index(level) + 1
    end = min(book.claims[at].start if at < len(book.claims) else level.sentence.end, level.sentence.end)
    return _expression("flat").search(book.text, level.end, end) is not None
