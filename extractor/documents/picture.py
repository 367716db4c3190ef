"""A PDF page as a small grey picture, to look up what is drawn where."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from extractor.documents import loading, native
from extractor.documents.frame import Frame
from extractor.model import Box

# Points of the picture to a point of the page; a picture has no side with more of them than ``LARGEST``.
SCALE = 1.0
LARGEST = 2400
# Two greys (0 to 255) that an eye tells apart.
APART = 24
# Parts of a page so many rows of the picture away from one another are drawn each by itself.
FAR = 8

# The first column and row of a picture that something reaches into, and those behind the last ones.
Place = tuple[int, int, int, int]


class Picture(Struct, frozen=True):
    """A page as displayed: ``rows`` are its greys, a byte each, ``width`` of them in a row; ``scale`` to a point.

    A part of a page begins at ``left`` and ``top`` of the picture of the whole.
    """

    rows: bytes
    width: int
    height: int
    scale: float
    frame: Frame
    left: int = 0
    top: int = 0

    def cut(self, box: Box) -> bytes:
        """The greys within a box, which stands with the text upright."""
        x0, y0, x1, y1 = _find_points(self.frame.to_display(box), self.scale)
        left, right = max(0, x0 - self.left), min(self.width, x1 - self.left)
        lines = range(max(0, y0 - self.top), min(self.height, y1 - self.top))
        return (
            b"".join(self.rows[at * self.width + left : at * self.width + right] for at in lines)
            if left < right
            else b""
        )

    def is_apart(self, box: Box, light: float) -> bool:
        """Whether something as light as this (0 to 1) is told from what is drawn within most of a box."""
        greys = sorted(self.cut(box))
        return bool(greys) and abs(greys[len(greys) // 2] - 255 * light) > APART

    def has_ink(self, box: Box) -> bool:
        """Whether anything is drawn within a box."""
        greys = self.cut(box)
        return bool(greys) and max(greys) - min(greys) > APART


def _find_points(box: Box, scale: float) -> Place:
    """Where a box is in a picture."""
    x0, top, x1, bottom = (int(edge * scale) for edge in box)
    return x0, top, x1 + 1, bottom + 1


def draw(page: Any, frame: Frame, within: Sequence[Box] = (), *, smooth: bool = True) -> Picture:
    """The picture of a page, by the library's handle, on white paper; of the part around some boxes, if there are any.

    The boxes stand with the text upright; what is far above and below them stays white. What is not ``smooth`` takes
    half the time: of the points of a large picture one in several is shown, not their mean.
    """
    import pypdfium2_raw as pdfium

    flags = 0 if smooth else pdfium.FPDF_RENDER_NO_SMOOTHIMAGE
    scale = min(SCALE, LARGEST / max(*frame.size, 1.0))
    size = [max(1, int(side * scale)) for side in frame.size]
    places = [_find_points(frame.to_display(box), scale) for box in within] or [(0, 0, size[0], size[1])]
    left, top, width, height = _find_part(places, size)
    rows = ctypes.create_string_buffer(b"\xff" * (width * height), width * height)
    with loading.drawing():
        for low, high in _find_strips(places, top, top + height):
            own = ctypes.byref(rows, (low - top) * width)
            bitmap = pdfium.FPDFBitmap_CreateEx(width, high - low, pdfium.FPDFBitmap_Gray, own, width)
            # Without colours; to ask for grey too has the library turn pictures grey before they are made small.
            pdfium.FPDF_RenderPageBitmap(bitmap, page, -left, -low, *size, 0, flags)
            pdfium.FPDFBitmap_Destroy(bitmap)
    return Picture(rows.raw, width, height, scale, frame, left, top)


def _find_part(places: Sequence[Place], size: Sequence[int]) -> tuple[int, int, int, int]:
    """Where the part of a picture begins that shows some places, and how wide and high it is."""
    lefts, tops, rights, bottoms = zip(*places, strict=True)
    left, top = (min(max(min(edges), 0), side - 1) for edges, side in zip((lefts, tops), size, strict=True))
    return left, top, max(min(max(rights), size[0]) - left, 1), max(min(max(bottoms), size[1]) - top, 1)


def _find_strips(places: Sequence[Place], top: int, bottom: int) -> list[tuple[int, int]]:
    """The rows of a picture that show some places, between two rows of it, as strips that are far from one another.

    >>> _find_strips([(0, 700, 9, 710), (0, 10, 9, 20), (0, 22, 9, 32)], 10, 705)
    [(10, 32), (700, 705)]
    """
    strips = [(top, top)]
    for low, high in sorted((place[1], place[3]) for place in places):
        first, last = strips[-1]
        if low < last + FAR:
            strips[-1] = first, min(max(last, high), bottom)
        elif low < bottom:
            strips.append((low, min(high, bottom)))
    return [(low, high) for low, high in strips if low < high]


def draw_without(
    page: Any, frame: Frame, objects: Iterable[int], within: Sequence[Box] = (), *, smooth: bool = True
) -> Picture:
    """The picture of a page, or of the part around some boxes, without some of its objects."""
    switch = native.function("FPDFPageObj_SetIsActive", "ip")
    items = list(objects)
    for item in items:
        switch(item, 0)
    try:
        return draw(page, frame, within, smooth=smooth)
    finally:
        for item in items:
            switch(item, 1)
