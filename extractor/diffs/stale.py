"""What a pair's numbers do not say: text that was not brought up to date, other words, another place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product

import msgspec
import regex

from extractor.amounts.names import measure_likeness
from extractor.claims.memory import Chain, walk_back
from extractor.diffs.drafts import Draft, Note
from extractor.model import Relation
from extractor.passages.items import Item
from extractor.passages.similarity import has_same_period
from extractor.passages.words import compile_fragment

RATES = ("change_rate", "completion")
CHANGES = ("change_amount", "change_rate")
YEAR = regex.compile(r"(?:19|20)\d\d")
# A number of fewer significant digits stays the same often enough from one period to the next.
DIGITS = 3
# A rate stands at most so many claims behind the amount it is of.
REACH = 2
# The note on an amount that stayed while its period did not.
STAYED = "stale-period"
# Notes that the comparison of two texts makes itself.
OF_TEXTS = ("words", "moved")
# Relations of numbers that changed, and of numbers that stayed.
UNSETTLED, SAME = ("different", "different_period"), ("equal", "equal_converted")

Counterparts = Mapping[tuple[int, int], Draft]
"""The pairs of two claims, by the places of these in the orders of their sides."""


def add_notes(drafts: Sequence[Draft], mirror: bool, is_whole: bool, is_flat: Callable[[Draft], bool]) -> list[Draft]:
    """The drafts with what there is to point out about each; ``mirror`` says that they are of versions of one text.

    With ``is_whole`` the texts are compared beside them, which tells of words, headings and order by themselves;
    ``is_flat`` says of a pair whether its text says itself that the number stayed.
    """
    singles = list(filter(_is_single, drafts))
    counterpart = {(draft.left[0].at, draft.right[0].at): draft for draft in singles}
    moved = _find_moved(singles) if mirror else set()
    noted = []
    for draft in drafts:
        notes = [*_find_notes(draft, counterpart, mirror, moved)]
        if any(note.message == STAYED for note in notes) and is_flat(draft):
            notes = [note for note in notes if note.message != STAYED]
        noted.append(msgspec.structs.replace(draft, notes=tuple(notes)))
    return _tell_once(noted) if is_whole else noted


def is_never_flat(_: Draft) -> bool:
    """Nothing says that a number stayed: versions of one text speak of one time."""
    return False


def _tell_once(drafts: Sequence[Draft]) -> list[Draft]:
    """Without notes that the comparison of the texts makes, or that a number of the same sentence bears already."""
    told: set[tuple[object, ...]] = set()
    found = []
    for draft in drafts:
        notes = [note for note in draft.notes if note.message not in OF_TEXTS and _is_in_sentence(draft, note)]
        keys = [(draft.left[0].claim.sentence.start, note.message, *note.facts.values()) for note in notes]
        kept = tuple(note for note, key in zip(notes, keys, strict=True) if not (note.facts and key in told))
        told.update(keys)
        found.append(msgspec.structs.replace(draft, notes=kept))
    return found


def _is_in_sentence(draft: Draft, note: Note) -> bool:
    """Whether a period that is pointed out is told in the sentences themselves: headings have changes of their own."""
    return note.message != STAYED or all(side[0].spoken for side in (draft.left, draft.right))


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
    yield from _find_stale_base(draft)
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
    first, second = one.claim, two.claim
    if first.metric != second.metric:
        facts: dict[str, str | int] = {"first": first.metric or "", "second": second.metric or ""}
        yield Note("words", facts)
    has_other_unit = first.unit != second.unit
    if has_other_unit and relation == "equal":
        yield Note("unit", {"first": first.unit, "second": second.unit})


def _find_stale_rate(draft: Draft, counterpart: Counterparts) -> Iterator[Note]:
    """The same rate beside a changed amount, the nearest in front of it."""
    one, two = draft.left[0], draft.right[0]
    if draft.relation != "equal" or not _is_rate(one):
        return
    steps = range(1, REACH + 1)
    for back, further in product(steps, steps):
        level = counterpart.get((one.at - back, two.at - further))
        if level and _has_changed_under(level, one):
            yield Note("stale-rate", {"first": level.left[0].claim.raw, "second": level.right[0].claim.raw})
            return


def _is_rate(item: Item) -> bool:
    """Whether a claim is a rate of more than nothing."""
    return item.claim.kind in RATES and bool(item.exact)


def _has_changed_under(level: Draft, rate: Item) -> bool:
    """Whether the numbers of a pair differ, and a rate is told of them."""
    return level.relation in UNSETTLED and _is_rate_of(rate, level.left[0])


def _is_rate_of(rate: Item, level: Item) -> bool:
    """Whether a rate is told of the level in front of it, in one sentence."""
    told, of = rate.claim, level.claim
    if of.kind != "level":
        return False
    if told.sentence != of.sentence:
        return False
    return told.metric == of.metric or bool(measure_likeness(told, of))


def _find_stale_period(draft: Draft) -> Iterator[Note]:
    """An unchanged amount beside a changed period."""
    one, two = draft.left[0], draft.right[0]
    if draft.relation not in SAME or not _is_long_level(one) or _is_lasting(one):
        return
    if has_same_period(one, two):
        return
    first, second = one.claim.period, two.claim.period
    if first and second:
        yield Note(STAYED, {"first": first.text, "second": second.text})


def _is_lasting(item: Item) -> bool:
    """Whether a claim is of the size of a thing, which stays from year to year."""
    return bool(compile_fragment("lasting").search(item.named))


def _find_stale_base(draft: Draft) -> Iterator[Note]:
    """An unchanged change beside the changed year that it is measured against."""
    one, two = draft.left[0], draft.right[0]
    if draft.relation not in SAME or one.claim.kind not in CHANGES:
        return
    if years := find_base_years(one, two):
        yield Note("baseline", years)


def find_base_years(one: Item, two: Item) -> dict[str, str | int] | None:
    """What two changes are measured against, where these are of different years; else None."""
    years = [YEAR.findall(item.claim.baseline or "") for item in (one, two)]
    if not all(years) or years[0] == years[1]:
        return None
    return {"first": one.claim.baseline or "", "second": two.claim.baseline or ""}


def _is_long_level(item: Item) -> bool:
    """Whether a level has so many digits that it does not stay the same by chance."""
    return item.claim.kind == "level" and count_digits(item) >= DIGITS


def count_digits(item: Item) -> int:
    """The significant digits of a number, without zeros at either end."""
    return len(item.claim.value.replace(".", "").strip("0"))


def _find_moved(drafts: Sequence[Draft]) -> set[int]:
    """The claims of the left whose place among the others is another one: all outside the longest common order."""
    ordered = sorted(drafts, key=lambda draft: draft.left[0].at)
    ends: list[int] = []
    chains: list[Chain[int]] = []
    for draft in ordered:
        to = draft.right[0].at
        length = bisect_left(ends, to)
        chain = Chain(draft.left[0].at, chains[length - 1] if length else None)
        ends[length : length + 1] = [to]
        chains[length : length + 1] = [chain]
    kept = set(walk_back(chains[-1], len(ordered))) if chains else set()
    return {draft.left[0].at for draft in ordered} - kept
