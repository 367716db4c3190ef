"""What became another number by what was added and taken away, which is told behind it and nowhere added up.

支出预算由57.4593亿元变动为65.4965亿元，主要是补助增加3.3024亿元，债券安排的支出增加7.5亿元，补充基金减少2.7652亿元.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

import msgspec
from msgspec import Struct

from extractor.amounts.book import Book
from extractor.amounts.misprints import count_digits
from extractor.checks.relations.clauses import is_origin
from extractor.checks.relations.groups import Group
from extractor.model import Claim

# Two numbers of so many digits are hardly as far apart as some changes come to by chance.
TELLING = 4


class MovedBy(Struct, frozen=True):
    """What a number became, what it was, and what was added and taken away."""

    whole: Claim
    base: Claim
    added: tuple[Claim, ...]
    taken: tuple[Claim, ...]


def find_moved_by(book: Book) -> Iterator[MovedBy]:
    """Each number that became another of its sentence, with several changes right behind that."""
    for base, whole in pairwise(book.claims):
        if _is_pair(book, base, whole):
            behind = book.find_between(whole.end, whole.sentence.end)
            changes = tuple(takewhile(lambda one, whole=whole: _is_change_in(one, whole), behind))  # type: ignore[misc]
            added = tuple(one for one in changes if one.direction == "increase")
            taken = tuple(one for one in changes if one.direction == "decrease")
            if len(changes) > 1 and len(added) + len(taken) == len(changes):
                yield MovedBy(whole, base, added, taken)


def _is_pair(book: Book, base: Claim, whole: Claim) -> bool:
    """Whether a number is what another became: both exact, of one thing and sentence."""
    if base.kind != "level" or whole.kind != "level" or not (base.is_one_told and whole.is_one_told):
        return False
    if (base.metric, base.base_unit, base.sentence) != (whole.metric, whole.base_unit, whole.sentence):
        return False
    return min(count_digits(base.value), count_digits(whole.value)) >= TELLING and is_origin(book, base)


def _is_change_in(one: Claim, whole: Claim) -> bool:
    """Whether a claim is an amount of change of another thing in the unit of what changed."""
    return one.kind == "change_amount" and one.base_unit == whole.base_unit and one.metric != whole.metric


# ── totals that moved with their parts ───────────────────────────────────────────────────────────────────────────────


def find_before(book: Book, groups: Sequence[Group]) -> Iterator[Group]:
    """What totals and all of their parts were before: 总额由30万元调整为35万元，其中甲由10万元调整至12万元，…."""
    for group in groups:
        whole, *parts = (_find_origin(book, one) for one in (group.whole, *group.parts))
        told = tuple(part for part in parts if part)
        if whole and len(told) == len(parts) > 1:
            yield msgspec.structs.replace(group, whole=whole, parts=told, binding="structure")


def _find_origin(book: Book, claim: Claim) -> Claim | None:
    """What a number was, told right in front of it."""
    at = book.find_index(claim)
    before = book.claims[at - 1] if at else None
    return before if before and _is_pair(book, before, claim) else None
