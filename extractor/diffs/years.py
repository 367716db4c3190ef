"""The reports of two years: what this year's changes say of last year, and what one year leaves to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import regex

from extractor.amounts.amount import write_in_unit
from extractor.amounts.interval import Interval, exact
from extractor.amounts.names import measure_likeness
from extractor.diffs.drafts import Draft
from extractor.diffs.halves import Half, Item
from extractor.diffs.matching import Match
from extractor.diffs.words import expression
from extractor.model import Likeness, Relation

CLOSING, OPENING = "fiscal.carried_out", "fiscal.carried_in"
# A change stands at most so many claims behind the level that changed.
REACH = 6
NUMBER = regex.compile(r"(?:19|20)\d\d")


def consecutive(left: Half, right: Half) -> int:
    """1 if the right side is of the year after the left's, -1 if of the year before, 0 else and for two entities."""
    first, second = left.document.year, right.document.year
    names = left.document.entity or "", right.document.entity or ""
    if names[0] not in names[1] and names[1] not in names[0]:
        return 0
    return second - first if first and second and abs(second - first) == 1 else 0


def findings(left: Half, right: Half, matches: Sequence[Match]) -> Iterator[Draft]:
    """What the later side says of the earlier one's year, against what that says itself."""
    order = consecutive(left, right)
    if not order:
        return
    earlier, later = (left, right) if order == 1 else (right, left)
    for match in matches:
        before, now = (match.left, match.right) if order == 1 else (match.right, match.left)
        if now.claim.kind == "level" and now.claim.role == before.claim.role:
            for change in _changes(later, now, earlier.document.year or 0):
                yield _draft(order, before, (now, change), _implied(now, change), match.likeness)
    yield from _carried(order, earlier, later)


def _changes(half: Half, level: Item, before: int) -> list[Item]:
    """The changes since the year before that a sentence tells of a level."""
    near = half.items[level.at + 1 : level.at + 1 + REACH]
    return [item for item in near if _is_change(item, level, before)]


def _is_change(item: Item, level: Item, before: int) -> bool:
    claim = item.claim
    if claim.kind not in ("change_amount", "change_rate") or claim.section != level.claim.section:
        return False
    if claim.dimension == "percentage_point" or claim.role != level.claim.role:
        return False
    year = NUMBER.search(claim.baseline or "")
    same = item.named == level.named or bool(measure_likeness(claim, level.claim))
    return same and _since_last_year(claim.baseline) and (year is None or int(year[0]) == before)


def _since_last_year(baseline: str | None) -> bool:
    """Whether a change is measured against the year before: no budget, no plan, no shorter period."""
    return baseline is None or bool(expression("last_year").search(baseline))


def _implied(level: Item, change: Item) -> Interval:
    """What the year before must have been."""
    sign = {"increase": 1, "decrease": -1}.get(change.claim.direction or "", 0)
    by = change.amount.rounded if sign >= 0 else -change.amount.rounded
    if not sign:
        return level.amount.rounded
    if change.claim.kind == "change_amount":
        return level.amount.rounded - by
    return level.amount.rounded / (exact(1) + by)


def _draft(order: int, before: Item, now: tuple[Item, Item], implied: Interval, alike: Likeness) -> Draft:
    """The finding about one change: what it implies, and what the earlier report says."""
    relation: Relation = "equal" if implied.meets(before.amount.rounded) else "different"
    change = now[1]
    facts: dict[str, str | int] = {
        "now": now[0].claim.raw,
        "change": change.claim.raw,
        "implied": _shown(implied, before),
        "before": before.claim.raw,
    }
    sides = ((before,), (change,)) if order == 1 else ((change,), (before,))
    return Draft(*sides, relation, alike, sentence=f"year-{relation}", facts=facts)


def _shown(implied: Interval, before: Item) -> str:
    """The middle of an interval in the unit of the earlier number."""
    low, high = implied.low, implied.high
    middle = (low + high) / 2 if low is not None and high is not None else low or high or Fraction(0)
    return write_in_unit(middle, before.amount) + before.amount.unit


def _carried(order: int, earlier: Half, later: Half) -> Iterator[Draft]:
    """The closing balance of one year against the opening one of the next."""
    closing, opening = (_first(half, id_) for half, id_ in ((earlier, CLOSING), (later, OPENING)))
    if closing is None or opening is None:
        return
    relation: Relation = "equal" if closing.amount.rounded.meets(opening.amount.rounded) else "different"
    facts: dict[str, str | int] = {"before": closing.claim.raw, "now": opening.claim.raw}
    sides = ((closing,), (opening,)) if order == 1 else ((opening,), (closing,))
    yield Draft(*sides, relation, Likeness(1.0, 1.0, 1.0), sentence=f"carried-{relation}", facts=facts)


def _first(half: Half, metric: str) -> Item | None:
    return next((item for item in half.items if item.metric_id == metric and item.claim.role == "actual"), None)
