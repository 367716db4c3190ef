"""From a PDF page's own coordinates to the page as displayed, and to the direction in which it is read."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from extractor.model import Box


class Frame(Struct, frozen=True):
    """A page's visible rectangle and how often it is turned clockwise by a quarter.

    ``left`` and ``top`` are the corner of the visible rectangle in the page's own coordinates (y grows
    upwards), ``width`` and ``height`` its size before turning, in points. ``shown`` turns give the page as
    displayed, ``read`` turns make its text upright. The two differ where a table was drawn sideways.
    ``skew`` is by how many degrees clockwise the lines of a scan are turned beside that, around its middle.
    """

    left: float
    top: float
    width: float
    height: float
    shown: int = 0
    read: int = 0
    skew: float = 0.0

    @property
    def is_upright(self) -> bool:
        """Whether the upright text is the page as displayed."""
        return self.shown == self.read and not self.skew

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page as displayed."""
        return _turned_size(self.width, self.height, self.shown)

    @property
    def reading_size(self) -> tuple[float, float]:
        """Width and height with the text upright."""
        return _turned_size(self.width, self.height, self.read)

    def to_reading(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A rectangle of the page's own coordinates, with the text upright; top left origin."""
        flipped = (x0 - self.left, self.top - y1, x1 - self.left, self.top - y0)
        if not self.read:
            return flipped
        return _turn(flipped, self.width, self.height, self.read)

    def place_all(self, edges: Sequence[float]) -> list[Box]:
        """Many rectangles, each as its left, top, right and bottom edge on the page, with the text upright."""
        four = iter(edges)
        each = zip(four, four, four, four, strict=True)
        if self.read:
            return [self.to_reading(x0, min(low, high), x1, max(low, high)) for x0, high, x1, low in each]
        left, top = self.left, self.top
        return [
            (x0 - left, top - high, x1 - left, top - low)
            if low <= high
            else (x0 - left, top - low, x1 - left, top - high)
            for x0, high, x1, low in each
        ]

    def turn_box(self, box: Box, turns: int) -> Box:
        """A rectangle of the upright text, as it stands where so many turns make the text upright."""
        return _turn(box, *self.reading_size, (turns - self.read) % 4)

    def to_display(self, box: Box) -> Box:
        """A rectangle of the upright text, on the page as displayed; a skewed one as if it were level.

        The columns of tables that go on over pages are compared by these, and every scan is skewed otherwise.
        """
        if self.shown == self.read:
            return box
        return self.turn_box(box, self.shown)

    def to_print(self, box: Box) -> Box:
        """A character's rectangle of the upright text, where it is on the page as displayed."""
        return self.to_display(_skew(box, *self.reading_size, self.skew) if self.skew else box)

    def to_page(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page as displayed, in the page's own coordinates."""
        across, down, _, _ = _turn((x, y, x, y), *self.size, -self.shown % 4)
        return across + self.left, self.top - down


def read_frame(page: Any) -> Frame:
    """The visible rectangle of a page and how it is turned, by the library's handle."""
    import pypdfium2_raw as pdfium

    box = pdfium.FS_RECTF()
    turns = pdfium.FPDFPage_GetRotation(page) % 4
    pdfium.FPDF_GetPageBoundingBox(page, box)
    return Frame(box.left, box.top, box.right - box.left, box.top - box.bottom, turns, turns)


def _turned_size(width: float, height: float, turns: int) -> tuple[float, float]:
    return (height, width) if turns % 2 else (width, height)


def _turn(box: Box, width: float, height: float, turns: int) -> Box:
    """``box`` on a page of ``width`` by ``height`` after so many clockwise quarter turns of the page."""
    x0, top, x1, bottom = box
    if turns == 1:
        return (height - bottom, x0, height - top, x1)
    if turns == 2:
        return (width - x1, height - bottom, width - x0, height - top)
    if turns == 3:
        return (top, width - x1, bottom, width - x0)
    return box


def _skew(box: Box, width: float, height: float, degrees: float) -> Box:
    """``box`` moved to where its middle is after the page is turned clockwise around its own; its size stays.

    >>> _skew((90.0, 40.0, 110.0, 60.0), 100.0, 100.0, 90.0)
    (40.0, 90.0, 60.0, 110.0)
    """
    x0, top, x1, bottom = box
    x, y = (x0 + x1 - width) / 2, (top + bottom - height) / 2
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    across, down = x * cosine - y * sine - x, x * sine + y * cosine - y
    return (x0 + across, top + down, x1 + across, bottom + down)
