"""Where a heading belongs: levels follow from the order in which a document uses its markers."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from extractor.sections import looks, styles
from extractor.sections.looks import Look
from extractor.sections.markers import Marker

# Families that nest by their use stand inside every family that is ranked by its name.
UNRANKED = 100


class Open(Struct, frozen=True):
    """A section that is still open.

    ``node`` is its place in the tree's list. ``family`` and ``ordinal`` are those of its marker or, for a
    ``lost`` number, those that its place implies; ``entry`` is its line in the table of contents, and ``topic`` is
    the kind of a title that is one of several inside a section: those of one sign, or without any. ``look`` is how its
    heading is set.
    """

    node: int
    title: str
    family: str | None
    ordinal: int
    lost: bool = False
    entry: int | None = None
    topic: str = ""
    look: Look | None = None


class Stack:
    """The open sections, outermost first."""

    def __init__(self) -> None:
        self.open: list[Open] = []

    @property
    def top(self) -> Open | None:
        """The innermost open section."""
        return self.open[-1] if self.open else None

    def push(self, one: Open) -> None:
        """Open a section inside the innermost one."""
        self.open.append(one)

    def cut(self, place: int) -> None:
        """Close the section at ``place`` and all inside it."""
        del self.open[place:]

    def make_place(self, marker: Marker, goes_on: bool = True) -> None:
        """Close what a heading with this marker ends; the outermost numbering ``goes_on`` behind it or does not."""
        sibling = self.find_sibling(marker.family, marker.ordinal)
        if sibling is not None:
            self.cut(sibling)
            return
        if marker.ordinal > 1 or not goes_on:
            self._close_inner(marker.family)
        self.make_room(marker.family)

    def close_smaller(self, look: Look | None) -> None:
        """Close the innermost sections without a number that are set no larger than a heading that has one."""
        while self.open and self.open[-1].family is None and not looks.is_over(self.open[-1].look, look, False):
            self.open.pop()

    def make_room(self, family: str) -> None:
        """Close what can hold no section of a family that is not open yet."""
        style = styles.load_families()[family]
        if style.attachment:
            self._close_for_attachment()
        elif style.rank is not None:
            self._close_for_rank(style.rank)

    def find_sibling(self, family: str, ordinal: int) -> int | None:
        """The place of the open section that a heading with this number follows."""
        last = self.find_last(family)
        if last is None:
            return None
        before = (family, ordinal - 1)
        for at in reversed(range(last + 1)):
            if (self.open[at].family, self.open[at].ordinal) == before:
                return at
        # A first number under a heading that lost its own begins a list inside it.
        starts_inside = ordinal == 1 and self.open[-1].lost
        return None if starts_inside else last

    def find_last(self, family: str) -> int | None:
        """The place of the innermost open section of a family."""
        for at in reversed(range(len(self.open))):
            if self.open[at].family == family:
                return at
        return None

    def find_entries(self) -> Iterator[tuple[int, int]]:
        """Pairs of a place and the line of the table of contents that stands there."""
        for at, one in enumerate(self.open):
            if one.entry is not None:
                yield at, one.entry

    def _close_inner(self, family: str) -> None:
        """Close everything if its outermost numbering usually stands inside a family.

        The family began before the text did, or a list stands in front of it.
        """
        order = list(styles.load_families())
        first = self.open[0].family if self.open else None
        if first and order.index(first) > order.index(family):
            self.cut(0)

    def _close_for_attachment(self) -> None:
        """Attachments stand in a part that is named after them, else at the top."""
        named = styles.load_expression("headings/titles", "attachments")
        while self.open and not named.fullmatch(self.open[-1].title):
            self.open.pop()

    def _close_for_rank(self, rank: int) -> None:
        while self.open and not _can_hold(self.open[-1], rank):
            self.open.pop()


def is_ranked(family: str | None) -> bool:
    """Whether the name of a family says what it stands over: 第一部分."""
    style = styles.load_families().get(family or "")
    return style is not None and style.rank is not None


def _can_hold(one: Open, rank: int) -> bool:
    """Whether a section may stand over one that is ranked by its name: 第一章 over 第一节."""
    family = styles.load_families().get(one.family or "")
    if family is None:
        return False
    return family.attachment or (family.rank or UNRANKED) < rank
