"""The levels that later claims may point at, and the lists of parts that are open behind them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec
from msgspec import Struct

from extractor.claims.memory import Chain, walk_back
from extractor.sections.markers import Marker

# A total or a whole stands among so many levels in front of what points at it: in 122 reports a total stood at most 17
# levels in front of its part, the whole of a share at most 134.
NEAREST = 200
# So many numbers may an item be behind the last one: those between tell of no amounts.
PASSED = 3


class Level(Struct, frozen=True):
    """An earlier level as later claims may point at it; ``parent`` is the id of the claim that it is a part of.

    ``end`` is the offset in the document behind its last character, ``value`` its number in the base unit. What a
    bracket says ``aside`` of a number, or of another one beside it, is no total behind that bracket; neither is what a
    total is compared with. ``sentence`` is where the sentence that tells it starts in the document.
    """

    id: str
    metric: str | None
    base_unit: str
    parent: str | None
    end: int
    aside: bool = False
    value: Decimal = Decimal()
    sentence: int = -1


class OpenList(Struct, frozen=True):
    """A list of parts that is open: of which total, by which pattern, and what ends it.

    ``beside`` are the levels right in front of the list in other units: 279批次、8582人次，其中…. A list ends with its
    sentence, with a semicolon (``clause``) or with its closing bracket (``bracket``).
    """

    total: Level
    beside: tuple[Level, ...]
    clause: bool
    bracket: bool
    pattern: str


class Items(Struct, frozen=True):
    """A list whose parts are paragraphs of their own: by markers of which family, and the number of the last one.

    Bullets count nothing: all of them are 0.
    """

    parts: OpenList
    family: str
    ordinal: int

    def goes_on(self, marker: Marker) -> bool:
        """Whether a marker is that of a next item; some in between may have no number to read."""
        is_next = 0 < marker.ordinal - self.ordinal <= PASSED or not marker.ordinal
        return marker.family == self.family and is_next


class Lists(Struct, frozen=True):
    """The levels of one section or cell so far, the lists that are open behind them, the outermost first.

    ``items`` are the lists of numbered paragraphs around, the outermost first; ``item`` says that this paragraph is one
    of the innermost. ``paragraph`` is where the paragraph of the last mention starts in the document, ``end`` where
    that mention ends in it. ``handed_on`` says that the words behind it hand a list on to the next paragraph.
    """

    levels: Chain[Level] | None = None
    open: tuple[OpenList, ...] = ()
    items: tuple[Items, ...] = ()
    item: bool = False
    paragraph: int = -1
    end: int = 0
    handed_on: bool = False

    @property
    def parents(self) -> tuple[str | None, ...]:
        """What a level may be a part of and still have parts of its own, without standing in a bracket."""
        return (None, self.items[-1].parts.total.id) if self.item else (None,)


def add_level(lists: Lists, level: Level) -> Lists:
    """The lists with one more level that later claims may point at."""
    return msgspec.structs.replace(lists, levels=Chain(level, lists.levels))


def levels_before(lists: Lists) -> Iterator[Level]:
    """The levels that a claim may point at, the last first."""
    return walk_back(lists.levels, NEAREST)
