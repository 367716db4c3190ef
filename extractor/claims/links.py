"""What ties claims together: the total a claim is a part of, and the whole a share is taken of."""

from __future__ import annotations

from collections import deque
from functools import partial

from msgspec import Struct

from extractor import patterns
from extractor.claims.frames import Frame
from extractor.claims.sentences import Mention, marks

# A total or a whole stands among this many levels before what points at it; a share may name one from further away.
NEAREST = 200
# So many levels beside a total may have parts in the same list.
BESIDE = 2
# A list is opened at most so many characters behind its total.
FARTHEST = 400
# A bracket behind a number lists its parts (六期为901户，九期为2528户).
BRACKETS = (("（", "）"), ("(", ")"))
# Words that hand a list on to the next paragraph stand within this many characters of the last number.
REACH = 200


class Link(Struct, frozen=True):
    """An earlier claim as later ones may point at it; ``parent`` is the claim it is a part of."""

    id: str
    metric: str | None
    base_unit: str
    parent: str | None
    end: int


class Parts(Struct, frozen=True):
    """An open list of parts: of which total, and whether a semicolon or a closing bracket ends it.

    ``beside`` are the levels right in front of the list in other units: 279批次、8582人次，其中….
    """

    total: Link
    beside: tuple[Link, ...]
    clause: bool
    bracket: bool


_expression = partial(patterns.fragment, "claims/links")
"""One of the fragments of ``patterns/claims/links.toml``."""


class Links:
    """The levels met so far in one section, in order; asked for the total of a part and the whole of a share.

    ``known`` are the levels of the whole document by metric, in which a share may name its whole.
    """

    def __init__(self, known: dict[str, str]) -> None:
        self._known = known
        self._levels: deque[Link] = deque(maxlen=NEAREST)
        self._open_lists: list[Parts] = []
        self._paragraph, self._end = -1, 0
        self._handed_on = False

    def total(self, mention: Mention, frame: Frame) -> Link | None:
        """The level that a mention is a part of, if the words in front of it open a list of parts."""
        self._follow(mention)
        if not self._open_lists or frame.kind != "level":
            return None
        parts = self._open_lists[-1]
        fitting = (level for level in (parts.total, *parts.beside) if level.base_unit == mention.quantity.base_unit)
        return next(fitting, None)

    def add(self, link: Link) -> None:
        """A level that later claims may point at."""
        self._levels.append(link)
        if link.metric:
            self._known[link.metric] = link.id

    def _follow(self, mention: Mention) -> None:
        """Opens and closes lists of parts by the words between the last mention and this one."""
        text, start = mention.sentence.block.paragraph.text, mention.quantity.start
        paragraph = mention.sentence.block.paragraph.start
        fresh = paragraph != self._paragraph
        between = text[0 if fresh else self._end : start]
        if fresh:
            opened = self._opened(mention, clause=False, bracket=False) if self._handed_on else None
            self._open_lists = [opened] if opened else []
        else:
            self._close(mention, between)
        self._open(mention, between, fresh)
        self._paragraph, self._end = paragraph, mention.quantity.end
        rest = len(text) - mention.quantity.end
        self._handed_on = rest < REACH and bool(_expression("hands_on").search(text, mention.quantity.end))

    def _close(self, mention: Mention, between: str) -> None:
        """Ends the lists that the words between end: the innermost with its bracket, then by clause and sentence."""
        if self._open_lists and self._open_lists[-1].bracket:
            if not any(close in between for close in marks()["close"]):
                return
            self._open_lists.pop()
        while self._open_lists and self._closes(self._open_lists[-1], mention, between):
            self._open_lists.pop()

    def _closes(self, parts: Parts, mention: Mention, between: str) -> bool:
        """Whether a list outside of brackets ends in the words between: with its clause or its sentence."""
        if parts.clause and _expression("clause_end").search(between):
            return True
        return mention.sentence.start >= self._end

    def _open(self, mention: Mention, between: str, fresh: bool) -> None:
        """Opens a list of parts where the words between say so; one in a bracket inside of the one around it."""
        opener = next(_expression("opener").finditer(between), None)
        bracket = any(between.rfind(mark) > between.rfind(close) for mark, close in BRACKETS)
        if not opener and (fresh or not bracket):
            return
        divided = bool(opener and opener["by"])
        begins = mention.sentence.start >= self._end or bool(opener and opener["colon"])
        parted = bool(opener and _expression("clause_end").search(between, 0, opener.start()))
        inner = bracket or (bool(self._open_lists) and not begins and not parted)
        strict = bool(opener and not (opener["loose"] or opener["some"]))
        if strict and self._levels and self._levels[-1].base_unit != mention.quantity.base_unit:
            return
        opened = self._opened(mention, clause=not begins and not divided, bracket=bracket, inner=inner or divided)
        if opened:
            self._open_lists = [*self._open_lists, opened] if inner else [opened]

    def _opened(self, mention: Mention, clause: bool, bracket: bool, inner: bool = False) -> Parts | None:
        """A list of parts of the last level that is counted in the mention's unit.

        An ``inner`` list, in a bracket or in the clause of a part, is of the number in front of it; any other list is
        of a level that is no part itself.
        """
        unit = mention.quantity.base_unit
        at = mention.sentence.block.paragraph.offset(mention.quantity.start)
        near = (level for level in reversed(self._levels) if at - level.end <= FARTHEST)
        levels = (level for level in near if level.base_unit == unit)
        total = next((level for level in levels if inner or level.parent is None), None)
        return Parts(total, self._beside(total), clause, bracket) if total else None

    def _beside(self, total: Link) -> tuple[Link, ...]:
        """The levels next to a total, which are no parts and are counted in other units."""
        last = [level for level in self._levels if level.parent is None and level.base_unit != total.base_unit]
        return tuple(reversed(last[-BESIDE:]))

    def whole(self, frame: Frame) -> str | None:
        """The id of the level that a share is taken of: the one it names, else the total of its part."""
        if frame.whole:
            named = (level.id for level in reversed(self._levels) if level.metric and _same(level.metric, frame.whole))
            return next(named, None) or self._known.get(frame.whole)
        if self._levels and self._levels[-1].parent:
            return self._levels[-1].parent
        totals = (level.id for level in reversed(self._levels) if _expression("total").search(level.metric or ""))
        return next(totals, None)


def _same(metric: str, whole: str) -> bool:
    """Whether a metric is what a share calls its whole."""
    return metric.endswith(whole) or whole.endswith(metric)
