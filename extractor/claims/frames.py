"""Frames: how the words beside a number make it a level, a change, a share, a completion or a rate."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec
import regex
from msgspec import Struct

from extractor import patterns
from extractor.claims.sentences import Mention
from extractor.model import Dimension, Direction, Kind, Quantity
from extractor.quantities import numerals

# The files are asked in this order; in a file the match that reaches furthest left wins, then the earlier pattern.
ORDER = ("completion", "shares", "changes", "each", "moves", "rates", "levels")
RESULT = "claims/moves.result"
OPPOSITE: dict[Direction | None, Direction] = {"increase": "decrease", "decrease": "increase"}
RATES: frozenset[Dimension] = frozenset({"percent"})


class FramePattern(Struct, frozen=True, forbid_unknown_fields=True):
    """One pattern: ``before`` ends at the number, ``after`` begins behind it.

    ``dimensions``, ``units`` and ``unit_has`` say to which numbers it applies. ``keep`` says that the words of the
    match belong to the metric.
    """

    kind: Literal["level", "change", "share", "completion", "rate", "move"]
    before: str
    after: str = ""
    direction: Direction | None = None
    dimensions: tuple[Dimension, ...] = ()
    units: tuple[str, ...] = ()
    unit_has: tuple[str, ...] = ()
    keep: bool = False


class Frame(Struct, frozen=True):
    """What a pattern says of a mention.

    ``lead`` is the text in front of the frame, where the metric stands; ``moving`` says that the number is where a move
    begins (由150元).
    """

    kind: Kind
    lead: str
    direction: Direction | None
    baseline: str | None
    whole: str | None
    pattern: str
    moving: bool = False


@cache
def compiled() -> tuple[tuple[tuple[str, FramePattern, regex.Pattern[str], regex.Pattern[str]], ...], ...]:
    """The patterns of each file in ``ORDER``, compiled."""
    return tuple(
        tuple(
            (
                key,
                entry,
                patterns.compiled(key, entry.before, names),
                patterns.compiled(key, entry.after, names),
            )
            for key, entry in patterns.load(f"claims/{file}", FramePattern).items()
        )
        for file in ORDER
        for names in [patterns.lexicon(f"claims/{file}")]
    )


def frame(mention: Mention) -> Frame:
    """The frame a mention stands in; a level where no other pattern fires."""
    left = _without_approximator(mention)
    for file in compiled():
        found = [
            (match.start(), index, match, key, entry)
            for index, (key, entry, before, after) in enumerate(file)
            if _applies(entry, mention.quantity) and after.match(mention.right)
            for match in [before.search(left)]
            if match
        ]
        if found:
            _, _, match, key, entry = min(found, key=lambda item: item[:2])
            return _frame(left, match, key, entry, mention.quantity)
    raise AssertionError("claims/levels has a pattern that always matches")


def signed(frame: Frame, quantity: Quantity) -> Frame:
    """The frame with the direction that the number's sign gives it: a growth of -3.5% is a fall."""
    if quantity.value >= 0 or frame.direction not in OPPOSITE:
        return frame
    return msgspec.structs.replace(frame, direction=OPPOSITE[frame.direction])


def moved(frame: Frame, before: Frame) -> Frame:
    """The frame of a move's result, which is of the kind of its origin (每人每月150元提高到173元)."""
    result = frame.pattern == RESULT and before.moving
    return msgspec.structs.replace(frame, kind=before.kind) if result else frame


def is_move(frame: Frame) -> bool:
    """Whether a number is one end of a move, which may be a ratio without a unit (由2.07缩小为2.04)."""
    return frame.pattern.startswith("claims/moves.")


def _without_approximator(mention: Mention) -> str:
    """The words in front of the number, less the approximator that belongs to it."""
    word = mention.quantity.approximation
    left = mention.left.rstrip()
    return left[: -len(word)] if word and left.endswith(word) else left


def _applies(entry: FramePattern, quantity: Quantity) -> bool:
    """Whether a pattern is about numbers of this dimension and unit."""
    return (
        (not entry.dimensions or quantity.dimension in entry.dimensions)
        and (not entry.units or quantity.unit in entry.units)
        and (not entry.unit_has or any(part in quantity.unit for part in entry.unit_has))
    )


def _frame(left: str, match: regex.Match[str], key: str, entry: FramePattern, quantity: Quantity) -> Frame:
    """The frame that one match states."""
    groups = {name: text.strip() or None for name, text in match.groupdict().items() if text}
    lead = left if entry.keep else left[: match.start()]
    implied = next((_changes()[word] for word in ("same", "previous") if word in groups), None)
    baseline = groups.get("baseline") or implied
    moving = any(word in left for word in patterns.lexicon("claims/moves")["from"])
    return Frame(_kind(entry, quantity), lead, entry.direction, baseline, groups.get("whole"), key, moving)


@cache
def _changes() -> dict[str, str]:
    """The fragments of ``patterns/claims/changes.toml``."""
    return {name: text for name, text in patterns.lexicon("claims/changes").items() if isinstance(text, str)}


@cache
def _against() -> regex.Pattern[str]:
    """A base that is named once for the rest of the sentence."""
    return patterns.compiled("claims/changes.against", _changes()["against"], patterns.lexicon("claims/changes"))


@cache
def changes() -> tuple[str, ...]:
    """The verbs of change: behind a number they go on to its result, they do not name what it counts."""
    names = patterns.lexicon("claims/changes")
    return (*names["increase"], *names["decrease"])


@cache
def _real() -> regex.Pattern[str]:
    """Words that tell a growth again, prices left aside."""
    return patterns.compiled("claims/changes.real", _changes()["real"])


def told_again(mention: Mention) -> bool:
    """Whether a growth is the one before it, without the change of prices (扣除价格因素，实际增长6.6%)."""
    text = mention.sentence.block.paragraph.text
    return bool(_real().search(text, mention.clause, mention.quantity.start))


def standing_baseline(mention: Mention) -> str | None:
    """The base that the sentence named before the mention (与2019年相比), or None."""
    text = mention.sentence.block.paragraph.text
    found = [match["baseline"] for match in _against().finditer(text, mention.sentence.start, mention.quantity.start)]
    return found[-1] if found else None


def _kind(entry: FramePattern, quantity: Quantity) -> Kind:
    """A change is a rate in percent and in multiples, else an amount; either end of a move a rate or a level."""
    if entry.kind == "move":
        each = any(mark in quantity.unit for mark in numerals.table().words["per"])
        return "rate" if each or quantity.dimension in RATES else "level"
    if entry.kind == "change":
        rate = quantity.dimension in RATES or quantity.base_unit in patterns.lexicon("claims/changes")["multiples"]
        return "change_rate" if rate else "change_amount"
    return entry.kind
