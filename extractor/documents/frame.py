"""From a PDF page's own coordinates to the page as displayed, and to the direction in which it is read."""

from __future__ import annotations

from msgspec import Struct

from extractor.model import Box


class Frame(Struct, frozen=True):
    """A page's visible rectangle and how often it is turned clockwise by a quarter.

    ``left`` and ``top`` are the corner of the visible rectangle in the page's own coordinates (y grows
    upwards), ``width`` and ``height`` its size before turning, in points. ``shown`` turns give the page as
    displayed, ``read`` turns make its text upright. The two differ where a table was drawn sideways.
    """

    left: float
    top: float
    width: float
    height: float
    shown: int = 0
    read: int = 0

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

    def to_display(self, box: Box) -> Box:
        """A rectangle of the upright text, on the page as displayed."""
        if self.shown == self.read:
            return box
        return _turn(box, *self.reading_size, (self.shown - self.read) % 4)

    def to_page(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page as displayed, in the page's own coordinates."""
        across, down, _, _ = _turn((x, y, x, y), *self.size, -self.shown % 4)
        return across + self.left, self.top - down


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
