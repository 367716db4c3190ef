"""What ties claims together: the total a claim is a part of, and the whole a share is taken of."""

from __future__ import annotations

from functools import cache

import regex
from msgspec import Struct

from extractor import patterns
from extractor.claims.frames import Frame
from extractor.claims.sentences import Mention


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

    def link(self, mention: Mention, frame: Frame, identifier: str, metric: str | None) -> tuple[str | None, str | None]:
        """``part_of`` and ``share_of`` of the claim, which the later ones may point at from now on."""
        self._follow(mention)
        quantity = mention.quantity
        parent = None
        if frame.kind == "level":
            total = self._total
            parent = total.id if total and total.base_unit == quantity.base_unit else None
            self._levels.append(Link(identifier, metric, quantity.base_unit, parent))
        return parent, self._whole(frame) if frame.kind == "share" else None

    def _follow(self, mention: Mention) -> None:
        """Opens a list of parts where the words since the last claim say so, and closes it with its paragraph."""
        paragraph = mention.sentence.block.paragraph
        fresh = paragraph.start != self._paragraph
        if fresh and not self._ends_open:
            self._total = None
        between = paragraph.text[0 if fresh else self._end : mention.quantity.start]
        if not fresh and mention.sentence.start >= self._end and not _expression("parts").search(between):
            self._total = None
        if self._levels and _expression("parts").search(between):
            self._total = next((level for level in reversed(self._levels) if level.parent is None), None)
        self._ends_open = bool(_expression("parts").search(paragraph.text[mention.quantity.end :][-4:]))
        self._paragraph, self._end = paragraph.start, mention.quantity.end

    _ends_open = False

    def _whole(self, frame: Frame) -> str | None:
        """The level that a share is taken of: the one it names, else the total of its part."""
        if frame.whole:
            named = (level.id for level in reversed(self._levels) if level.metric and _same(level.metric, frame.whole))
            return next(named, None)
        if self._levels and self._levels[-1].parent:
            return self._levels[-1].parent
        totals = (level.id for level in reversed(self._levels) if level.metric and _expression("totals").search(level.metric))
        return next(totals, None)


def _same(metric: str, whole: str) -> bool:
    """Whether a metric is what a share calls its whole."""
    return metric.endswith(whole) or whole.endswith(metric)
