"""The comparison of an annotation with gold: which mentions were found, and what is right of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import get_args

import msgspec
from msgspec import Struct

from extractor.evaluation import likeness
from extractor.evaluation.alignment import counterparts
from extractor.evaluation.annotation import Annotation, Mention, Ranges, verify
from extractor.model import Kind

Test = Callable[[Mention, Mention], bool]
"""Takes what was got and the gold; whether they say the same."""


class Score(Struct, frozen=True):
    """How many there are, how many were got, and how many of those are right."""

    gold: int
    got: int
    right: int

    @property
    def precision(self) -> Fraction:
        """The share of what was got that is right; 0 where nothing was got."""
        return Fraction(self.right, self.got or 1)

    @property
    def recall(self) -> Fraction:
        """The share of the gold that was got right; 0 without gold."""
        return Fraction(self.right, self.gold or 1)

    @property
    def f1(self) -> Fraction:
        """The harmonic mean of both."""
        return Fraction(2 * self.right, self.gold + self.got or 1)


class Share(Struct, frozen=True):
    """How much is right of the matched mentions that an attribute is asked of."""

    right: Fraction
    of: int

    @property
    def rate(self) -> Fraction | None:
        """The share that is right; None where there is nothing to ask."""
        return self.right / self.of if self.of else None


class Pair(Struct, frozen=True):
    """A gold mention and the one that was got in its place; ``wrong`` names the attributes that differ."""

    gold: Mention
    got: Mention
    wrong: tuple[str, ...] = ()


class Evaluation(Struct, frozen=True):
    """What a comparison found. ``lost`` counts the mentions that have no counterpart in the text of the gold."""

    mentions: Score
    whole: Score
    attributes: dict[str, Share]
    kinds: dict[str, Score]
    lost: int
    missed: tuple[Mention, ...]
    extra: tuple[Mention, ...]
    wrong: tuple[Pair, ...]
    text: str


# Every attribute, in the order of reports, and when it is right.
ATTRIBUTES: dict[str, Test] = {
    "span": lambda got, gold: (got.start, got.end) == (gold.start, gold.end),
    "dimension": lambda got, gold: got.dim == gold.dim,
    "approximation": lambda got, gold: bool(got.approx) == bool(gold.approx),
    "kind": lambda got, gold: got.kind == gold.kind,
    "direction": lambda got, gold: got.direction == gold.direction,
    "role": lambda got, gold: got.role == gold.role,
    "section": likeness.section,
    "metric": lambda got, gold: likeness.metric(got, gold) >= likeness.SAME,
    "period": likeness.period,
}
# Attributes that are asked only where the gold has them.
STATED = ("direction", "period")
WHOLE = {"kind", "direction", "role", "section", "metric"}


def evaluate(gold: Annotation, got: Annotation) -> Evaluation:
    """How well ``got`` says what ``gold`` says.

    Only the annotated ranges count. Where the two texts differ, what was got is carried over to the text of the gold.
    Raises ``InputError`` where the gold does not stand in its text.
    """
    text = _text(gold, got)
    carried, lost = _carried(got, text)
    wanted, found = _inside(gold.mentions, gold.ranges), _inside(carried, gold.ranges)
    pairs, extra = _matched(wanted, found)
    matched = {id(pair.gold) for pair in pairs}
    claims = [pair for pair in pairs if not _optional(pair.gold)]
    missed = tuple(mention for mention in wanted if not _optional(mention) and id(mention) not in matched)
    size, got_size = len(claims) + len(missed), len(claims) + len(extra)
    whole = sum(not WHOLE & set(pair.wrong) for pair in claims)
    return Evaluation(
        mentions=Score(size, got_size, len(claims)),
        whole=Score(size, got_size, whole),
        attributes=_attributes(claims),
        kinds={kind: _of_kind(kind, claims, missed, extra) for kind in get_args(Kind)},
        lost=lost,
        missed=missed,
        extra=extra,
        wrong=tuple(pair for pair in claims if pair.wrong),
        text=text,
    )


def _text(gold: Annotation, got: Annotation) -> str:
    """The text that the places of the gold are about."""
    if gold.text is not None:
        verify(gold, gold.text)
        return gold.text
    verify(gold, got.text or "", "annotation.other-text")
    return got.text or ""


def _carried(got: Annotation, text: str) -> tuple[list[Mention], int]:
    """The mentions with their places in ``text``, and how many have none."""
    if got.text is None or got.text == text:
        return [*got.mentions], 0
    places, carried = counterparts(got.text, text), []
    for mention in got.mentions:
        found = [places[at] for at in range(mention.start, mention.end) if at in places]
        if found:
            carried.append(msgspec.structs.replace(mention, start=min(found), end=max(found) + 1))
    return carried, len(got.mentions) - len(carried)


def _inside(mentions: list[Mention] | tuple[Mention, ...], ranges: Ranges | None) -> list[Mention]:
    """The mentions that begin in one of the ranges, by place."""
    kept = [
        mention for mention in mentions if ranges is None or any(low <= mention.start < high for low, high in ranges)
    ]
    return sorted(kept, key=lambda mention: mention.start)


def _optional(mention: Mention) -> bool:
    return mention.status == "optional" or likeness.bare(mention)


def _matched(wanted: list[Mention], found: list[Mention]) -> tuple[list[Pair], tuple[Mention, ...]]:
    """The pairs that overlap and state the same amount, and what was found beside them."""
    pairs: list[Pair] = []
    used: set[int] = set()
    for gold, at in _overlaps(wanted, found):
        if at not in used and not (pairs and pairs[-1].gold is gold) and _agree(gold, found[at]):
            used.add(at)
            pairs.append(Pair(gold, found[at], _differences(found[at], gold)))
    allowed = {at for gold, at in _overlaps(wanted, found) if _optional(gold)}
    left = (found[at] for at in range(len(found)) if at not in used and at not in allowed)
    return pairs, tuple(mention for mention in left if mention.status == "claim")


def _overlaps(wanted: list[Mention], found: list[Mention]) -> Iterator[tuple[Mention, int]]:
    """Every mention of ``wanted`` with the index of each of ``found`` that it shares characters with."""
    first = 0
    for gold in wanted:
        while first < len(found) and found[first].end <= gold.start:
            first += 1
        at = first
        while at < len(found) and found[at].start < gold.end:
            if found[at].end > gold.start:
                yield gold, at
            at += 1


def _agree(gold: Mention, got: Mention) -> bool:
    return bool(likeness.amounts(gold) & likeness.amounts(got))


def _differences(got: Mention, gold: Mention) -> tuple[str, ...]:
    return tuple(name for name, same in ATTRIBUTES.items() if _asked(name, gold) and not same(got, gold))


def _asked(name: str, gold: Mention) -> bool:
    return name not in STATED or bool(getattr(gold, name))


def _attributes(pairs: list[Pair]) -> dict[str, Share]:
    """The share of right ones for each attribute, and the mean likeness of the metrics."""
    shares = {}
    for name in ATTRIBUTES:
        asked = [pair for pair in pairs if _asked(name, pair.gold)]
        shares[name] = Share(Fraction(sum(name not in pair.wrong for pair in asked)), len(asked))
    likenesses = (likeness.metric(pair.got, pair.gold) for pair in pairs)
    return shares | {"metric_mean": Share(sum(likenesses, Fraction(0)), len(pairs))}


def _of_kind(kind: str, pairs: list[Pair], missed: tuple[Mention, ...], extra: tuple[Mention, ...]) -> Score:
    """The score of one kind: right is what was found and is of this kind on both sides."""
    gold = sum(pair.gold.kind == kind for pair in pairs) + sum(mention.kind == kind for mention in missed)
    got = sum(pair.got.kind == kind for pair in pairs) + sum(mention.kind == kind for mention in extra)
    return Score(gold, got, sum(pair.gold.kind == pair.got.kind == kind for pair in pairs))
