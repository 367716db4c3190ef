"""What ties claims together: the total a claim is a part of, and the whole a share is taken of."""

from __future__ import annotations

from functools import cache

import regex
from msgspec import Struct

from extractor import patterns
from extractor.claims.frames import Frame
from extractor.claims.sentences import Mention, marks

# A bracket behind a number lists its parts (六期为901户，九期为2528户).
BRACKETS = (("（", "）"), ("(", ")"))


class Link(Struct, frozen=True):
    """An earlier claim as later ones may point at it; ``parent`` is the claim it is a part of."""

    id: str
    metric: str | None
    base_unit: str
    parent: str | None


@cache
def _expression(name: str) -> regex.Pattern[str]:
    """The words that open a list of parts, or those that make a metric a total."""
    return patterns.compiled(f"claims/links.{name}", "{" + name + "}", patterns.lexicon("claims/links"))


class Links:
    """The levels met so far in one section, in order; asked for the total of a part and the whole of a share."""

    def __init__(self) -> None:
        self._levels: list[Link] = []
        self._total: Link | None = None
        self._paragraph = -1
        self._end = 0
        self._bracket = self._ends_open = False

    def total(self, mention: Mention, frame: Frame) -> Link | None:
        """The level that a mention is a part of, if the words in front of it open a list of parts."""
        self._follow(mention)
        total = self._total
        return total if frame.kind == "level" and total and total.base_unit == mention.quantity.base_unit else None

    def add(self, link: Link) -> None:
        """A level that later claims may point at."""
        self._levels.append(link)

    def _follow(self, mention: Mention) -> None:
        """Opens a list of parts where the words since the last claim say so, and closes it with its paragraph."""
        paragraph = mention.sentence.block.paragraph
        fresh = paragraph.start != self._paragraph
        if fresh and not self._ends_open:
            self._total = None
        between = paragraph.text[0 if fresh else self._end : mention.quantity.start]
        if self._bracket and any(close in between for close in marks()["close"]):
            self._total, self._bracket = None, False
        if not fresh and mention.sentence.start >= self._end and not _expression("parts").search(between):
            self._total = None
        opened = any(between.rfind(mark) > between.rfind(close) for mark, close in BRACKETS)
        if self._levels and (opened or _expression("parts").search(between)):
            same = (
                level
                for level in reversed(self._levels)
                if level.parent is None and level.base_unit == mention.quantity.base_unit
            )
            self._total, self._bracket = next(same, None), opened
        self._ends_open = bool(_expression("parts").search(paragraph.text[mention.quantity.end :][-4:]))
        self._paragraph, self._end = paragraph.start, mention.quantity.end

    def whole(self, frame: Frame) -> str | None:
        """The id of the level that a share is taken of: the one it names, else the total of its part."""
        if frame.whole:
            named = (level.id for level in reversed(self._levels) if level.metric and _same(level.metric, frame.whole))
            return next(named, None)
        if self._levels and self._levels[-1].parent:
            return self._levels[-1].parent
        totals = (
            level.id for level in reversed(self._levels) if level.metric and _expression("totals").search(level.metric)
        )
        return next(totals, None)


def _same(metric: str, whole: str) -> bool:
    """Whether a metric is what a share calls its whole."""
    return metric.endswith(whole) or whole.endswith(metric)
