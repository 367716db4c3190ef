"""The reports of two years: what this year's changes say of last year, and what one year leaves to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import msgspec
from msgspec import Struct

from extractor import patterns
from extractor.amounts.amount import write_in_unit
from extractor.amounts.interval import Interval, exact
from extractor.amounts.names import measure_likeness
from extractor.diffs.drafts import Draft
from extractor.diffs.halves import Half
from extractor.diffs.kinds import are_other_bodies
from extractor.diffs.stale import YEAR
from extractor.diffs.wording import measure_change, write_rate
from extractor.model import Likeness, Relation
from extractor.passages.items import Item
from extractor.passages.matching import Match
from extractor.passages.similarity import has_same_period
from extractor.passages.words import compile_fragment

CLOSING, OPENING = "fiscal.carried_out", "fiscal.carried_in"
# A change stands at most so many claims behind the level that changed.
REACH = 6
# That a number stayed is said within so many characters behind it, also in a sentence of its own.
BEHIND = 40
FLAT = "checks/change", "flat"


class Years(Struct, frozen=True):
    """Two sides in the order of their years; ``is_turned`` says that the left one is the later."""

    earlier: Half
    later: Half
    is_turned: bool

    def turn(self, before: Item, now: Item) -> tuple[tuple[Item], tuple[Item]]:
        """Claims of the earlier and of the later side as left and right."""
        return ((now,), (before,)) if self.is_turned else ((before,), (now,))


def is_turned(left: Half, right: Half) -> bool:
    """Whether the left side is of a later year than the right one."""
    first, second = left.document.year, right.document.year
    if not first or not second:
        return False
    return first > second


def order_years(left: Half, right: Half) -> Years | None:
    """The sides in the order of their years; None where these do not follow each other, and for two bodies."""
    if are_other_bodies(left.document, right.document):
        return None
    first, second = left.document.year, right.document.year
    if not first or not second:
        return None
    if abs(first - second) != 1:
        return None
    return Years(right, left, True) if is_turned(left, right) else Years(left, right, False)


def compare_years(left: Half, right: Half, matches: Sequence[Match]) -> Iterator[Draft]:
    """What the later side says of the earlier one's year, against what that says itself."""
    years = order_years(left, right)
    if years is None:
        return
    for match in matches:
        before, now = (match.right, match.left) if years.is_turned else (match.left, match.right)
        if not _is_level_as(now, before, years.later.document.year):
            continue
        for change in _find_changes(years, now):
            yield _draft_change(years, before, (now, change), match.likeness)
    yield from _compare_carried(years)


def _is_level_as(now: Item, before: Item, year: int | None) -> bool:
    """Whether a claim is a level of the later year, planned or done as another one."""
    started = now.claim.period.start if now.claim.period else None
    if year and started and not started.startswith(str(year)):
        return False
    return now.claim.kind == "level" and now.claim.role == before.claim.role


def _find_changes(years: Years, level: Item) -> list[Item]:
    """The changes since the year before that a sentence tells of a level."""
    first = level.at + 1
    near = years.later.items[first : first + REACH]
    before = years.earlier.document.year or 0
    changes = (item for item in near if _is_change_of(item, level))
    return [item for item in changes if _is_since(item.claim.baseline, before)]


def _is_change_of(item: Item, level: Item) -> bool:
    """Whether a claim tells how a level changed."""
    claim, of = item.claim, level.claim
    if claim.kind not in ("change_amount", "change_rate"):
        return False
    if claim.dimension == "percentage_point":
        return False
    if (claim.section, claim.role) != (of.section, of.role):
        return False
    return item.named == level.named or bool(measure_likeness(claim, of))


def _is_since(baseline: str | None, before: int) -> bool:
    """Whether a change is measured against the year before: no budget, no plan, no shorter period, no other year."""
    if baseline is None:
        return True
    year = YEAR.search(baseline)
    if year and int(year[0]) != before:
        return False
    return bool(compile_fragment("last_year").search(baseline))


def _imply_base(level: Item, change: Item) -> Interval:
    """What the year before must have been."""
    now, by = level.amount.rounded, change.amount.rounded
    direction = change.claim.direction
    if direction not in ("increase", "decrease"):
        return now
    if direction == "decrease":
        by = -by
    if change.claim.kind == "change_amount":
        return now - by
    return now / (exact(1) + by)


def _draft_change(years: Years, before: Item, now: tuple[Item, Item], alike: Likeness) -> Draft:
    """The finding about one change: what the level and its change imply, and what the earlier report says."""
    level, change = now
    implied = _imply_base(level, change)
    follows = implied.meets(before.amount.rounded)
    facts: dict[str, str | int] = {
        "now": level.claim.raw,
        "change": change.claim.raw,
        "implied": _write_middle(implied, before),
        "before": before.claim.raw,
    }
    sides = years.turn(before, change)
    if follows:
        return Draft(*sides, "derived", alike, facts=facts)
    return Draft(*sides, "different", alike, sentence="year-different", facts=facts)


def _write_middle(implied: Interval, before: Item) -> str:
    """The middle of an interval, or its one end, in the unit of the earlier number."""
    ends = [end for end in (implied.low, implied.high) if end is not None]
    middle = sum(ends, Fraction(0)) / max(1, len(ends))
    return write_in_unit(middle, before.amount) + before.amount.unit


def separate_years(left: Half, right: Half, drafts: Sequence[Draft]) -> list[Draft]:
    """The pairs of two years: numbers that differ are of their own years, unless both say that they are of the same."""
    turned = is_turned(left, right)
    return [_separate(draft, turned) for draft in drafts]


def _separate(draft: Draft, turned: bool) -> Draft:
    if draft.relation not in ("different", "different_period"):
        return draft
    one, two = draft.left[0], draft.right[0]
    before, now = (two, one) if turned else (one, two)
    rate = write_rate(measure_change(draft, turned)[1])
    facts: dict[str, str | int] = {"before": before.claim.raw, "now": now.claim.raw, "rate": rate}
    if _is_of_one_time(one, two):
        return msgspec.structs.replace(draft, relation="different", sentence="restated", facts=facts)
    return msgspec.structs.replace(draft, relation="different_period", sentence="moved-on", facts=facts)


def _is_of_one_time(one: Item, two: Item) -> bool:
    """Whether both claims say of which time they are, and say the same."""
    is_dated = all(item.told and item.claim.period and item.claim.period.start for item in (one, two))
    return is_dated and has_same_period(one, two)


def is_called_flat(left: Half, right: Half, draft: Draft) -> bool:
    """Whether the words behind a number say that it stayed, or it is no money: sizes and counts of people do stay."""
    one, two = draft.left[0].claim, draft.right[0].claim
    if one.dimension != "money":
        return True
    behind = (half.result.text[claim.end : claim.end + BEHIND] for half, claim in ((left, one), (right, two)))
    return any(patterns.fragment(*FLAT).search(words) for words in behind)


def _compare_carried(years: Years) -> Iterator[Draft]:
    """The closing balance of one year against the opening one of the next."""
    closing = _find_actual(years.earlier, CLOSING)
    opening = _find_actual(years.later, OPENING)
    if closing is None or opening is None:
        return
    is_kept = closing.amount.rounded.meets(opening.amount.rounded)
    relation: Relation = "equal" if is_kept else "different"
    facts: dict[str, str | int] = {"before": closing.claim.raw, "now": opening.claim.raw}
    sides = years.turn(closing, opening)
    yield Draft(*sides, relation, Likeness(1.0, 1.0, 1.0), sentence=f"carried-{relation}", facts=facts)


def _find_actual(half: Half, metric: str) -> Item | None:
    """The first claim of a metric that says what was."""
    for item in half.items:
        if item.metric_id == metric and item.claim.role == "actual":
            return item
    return None
