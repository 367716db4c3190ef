"""What a pair's numbers do not say: text that was not brought up to date, other words, another place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import msgspec

from extractor.amounts.names import measure_likeness
from extractor.diffs.drafts import Draft, Note
from extractor.diffs.halves import Item
from extractor.diffs.similarity import has_same_period
from extractor.model import Relation

RATES = ("change_rate", "completion")
# A number of fewer significant digits stays the same often enough from one period to the next.
DIGITS = 3
# A rate stands at most so many claims behind the amount it is of.
REACH = 2
# Relations of numbers that changed, and of numbers that stayed.
UNSETTLED, SAME = ("different", "different_period"), ("equal", "equal_converted")

Counterparts = Mapping[tuple[int, int], Draft]
"""The pairs of two claims, by the places of these in the orders of their sides."""


def add_notes(drafts: Sequence[Draft], mirror: bool) -> list[Draft]:
    """The drafts with what there is to point out about each; ``mirror`` says that they are of versions of one text."""
    singles = list(filter(_is_single, drafts))
    counterpart = {(draft.left[0].at, draft.right[0].at): draft for draft in singles}
    moved = _find_moved(singles) if mirror else set()
    return [
        msgspec.structs.replace(draft, notes=tuple(_find_notes(draft, counterpart, mirror, moved))) for draft in drafts
    ]


def _is_single(draft: Draft) -> bool:
    """Whether a pair is of one claim on each side."""
    return len(draft.left) == len(draft.right) == 1


def _find_notes(draft: Draft, counterpart: Counterparts, mirror: bool, moved: set[int]) -> Iterator[Note]:
    """What there is to point out about a pair of two claims."""
    if not _is_single(draft):
        return
    one, two = draft.left[0], draft.right[0]
    yield from _find_stale_rate(draft, counterpart)
    yield from _find_stale_period(draft)
    if {one.claim.direction, two.claim.direction} == {"increase", "decrease"}:
        yield Note("direction")
    if one.claim.role != two.claim.role:
        yield Note("role")
    if mirror:
        yield from _compare_versions(one, two, draft.relation)
    if one.at in moved:
        yield Note("moved")


def _compare_versions(one: Item, two: Item, relation: Relation) -> Iterator[Note]:
    """What two versions of one text call by other words."""
    if one.claim.metric != two.claim.metric:
        yield Note("words", {"first": one.claim.metric or "", "second": two.claim.metric or ""})
    if one.claim.unit != two.claim.unit and relation == "equal":
        yield Note("unit", {"first": one.claim.unit, "second": two.claim.unit})


def _find_stale_rate(draft: Draft, counterpart: Counterparts) -> Iterator[Note]:
    """The same rate beside a changed amount, the nearest in front of it."""
    one, two = draft.left[0], draft.right[0]
    if one.claim.kind not in RATES or draft.relation != "equal" or not one.exact:
        return
    for back, further in product(range(1, REACH + 1), repeat=2):
        level = counterpart.get((one.at - back, two.at - further))
        if level and level.relation in UNSETTLED and _is_rate_of(one, level.left[0]):
            yield Note("stale-rate", {"first": level.left[0].claim.raw, "second": level.right[0].claim.raw})
            return


def _is_rate_of(rate: Item, level: Item) -> bool:
    """Whether a rate is told of the level in front of it, in one sentence."""
    if rate.claim.sentence != level.claim.sentence or level.claim.kind != "level":
        return False
    return rate.claim.metric == level.claim.metric or bool(measure_likeness(rate.claim, level.claim))


def _find_stale_period(draft: Draft) -> Iterator[Note]:
    """An unchanged amount beside a changed period."""
    one, two = draft.left[0], draft.right[0]
    if draft.relation not in SAME or not _is_long_level(one) or has_same_period(one, two):
        return
    first, second = one.claim.period, two.claim.period
    if first and second:
        yield Note("stale-period", {"first": first.text, "second": second.text})


def _is_long_level(item: Item) -> bool:
    """Whether a level has so many digits that it does not stay the same by chance."""
    return item.claim.kind == "level" and len(item.claim.value.replace(".", "").strip("0")) >= DIGITS


def _find_moved(drafts: Sequence[Draft]) -> set[int]:
    """The claims of the left whose place among the others is another one: all outside the longest common order."""
    ordered = sorted(drafts, key=lambda draft: draft.left[0].at)
    ends: list[int] = []
    chains: list[list[int]] = []
    for draft in ordered:
        to = draft.right[0].at
        length = bisect_left(ends, to)
        chain = [*(chains[length - 1] if length else []), draft.left[0].at]
        ends[length : length + 1] = [to]
        chains[length : length + 1] = [chain]
    kept = set(chains[-1]) if chains else set()
    return {draft.left[0].at for draft in ordered} - kept
