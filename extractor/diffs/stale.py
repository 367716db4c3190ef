"""What a pair's numbers do not say: text that was not brought up to date, other words, another place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from extractor.amounts.names import measure_likeness
from extractor.diffs.drafts import Draft, Note
from extractor.diffs.halves import Item
from extractor.diffs.similarity import same_period

RATES = ("change_rate", "completion")
# A number of fewer significant digits stays the same often enough from one period to the next.
DIGITS = 3
# A rate stands at most so many claims behind the amount it is of.
REACH = 2


def noted(drafts: Sequence[Draft], mirror: bool) -> list[Draft]:
    """The drafts with what there is to point out about each."""
    singles = [draft for draft in drafts if len(draft.left) == len(draft.right) == 1]
    counterpart = {(draft.left[0].at, draft.right[0].at): draft for draft in singles}
    moved = _moved(singles) if mirror else set()
    return [msgspec.structs.replace(draft, notes=tuple(_notes(draft, counterpart, mirror, moved))) for draft in drafts]


def _notes(draft: Draft, counterpart: dict[tuple[int, int], Draft], mirror: bool, moved: set[int]) -> list[Note]:
    if len(draft.left) > 1 or len(draft.right) > 1:
        return []
    one, two = draft.left[0], draft.right[0]
    notes = [*_rate(draft, counterpart), *_period(draft)]
    if {one.claim.direction, two.claim.direction} == {"increase", "decrease"}:
        notes.append(Note("direction"))
    if one.claim.role != two.claim.role:
        notes.append(Note("role"))
    if mirror and one.claim.metric != two.claim.metric:
        notes.append(Note("words", {"first": one.claim.metric or "", "second": two.claim.metric or ""}))
    if mirror and one.claim.unit != two.claim.unit and draft.relation == "equal":
        notes.append(Note("unit", {"first": one.claim.unit, "second": two.claim.unit}))
    if one.at in moved:
        notes.append(Note("moved"))
    return notes


def _rate(draft: Draft, counterpart: dict[tuple[int, int], Draft]) -> list[Note]:
    """The same rate beside a changed amount."""
    one, two = draft.left[0], draft.right[0]
    if one.claim.kind not in RATES or draft.relation != "equal" or not one.exact:
        return []
    for back in range(1, REACH + 1):
        for further in range(1, REACH + 1):
            level = counterpart.get((one.at - back, two.at - further))
            if level and level.relation in ("different", "different_period") and _is_of(one, level.left[0]):
                return [Note("stale-rate", {"first": level.left[0].claim.raw, "second": level.right[0].claim.raw})]
    return []


def _is_of(rate: Item, level: Item) -> bool:
    """Whether a rate is told of the level in front of it."""
    same = rate.claim.sentence == level.claim.sentence and level.claim.kind == "level"
    return same and (rate.claim.metric == level.claim.metric or bool(measure_likeness(rate.claim, level.claim)))


def _period(draft: Draft) -> list[Note]:
    """An unchanged amount beside a changed period."""
    one, two = draft.left[0], draft.right[0]
    digits = len(one.claim.value.replace(".", "").strip("0"))
    if draft.relation not in ("equal", "equal_converted") or digits < DIGITS or one.claim.kind != "level":
        return []
    periods = one.claim.period, two.claim.period
    if same_period(one, two) or periods[0] is None or periods[1] is None:
        return []
    return [Note("stale-period", {"first": periods[0].text, "second": periods[1].text})]


def _moved(drafts: Sequence[Draft]) -> set[int]:
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
