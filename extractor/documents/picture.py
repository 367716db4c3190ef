"""A PDF page as a small grey picture, to look up what is drawn where."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from typing import Any, NamedTuple

from extractor.documents import native
from extractor.documents.frame import Frame
from extractor.model import Box

# Points of the picture to a point of the page; a picture has no side with more of them than ``LARGEST``.
SCALE = 1.0
LARGEST = 2400
# Two greys (0 to 255) that an eye tells apart.
APART = 24


class Picture(NamedTuple):
    """A page as displayed: ``rows`` are its greys, a byte each, ``width`` of them in a row; ``scale`` to a point."""

    rows: bytes
    width: int
    height: int
    scale: float
    frame: Frame

    def cut(self, box: Box) -> bytes:
        """The greys within a box, which stands with the text upright."""
        x0, top, x1, bottom = (edge * self.scale for edge in self.frame.to_display(box))
        left, right = max(0, int(x0)), min(self.width, int(x1) + 1)
        lines = range(max(0, int(top)), min(self.height, int(bottom) + 1))
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


def draw(page: Any, frame: Frame) -> Picture:
    """The picture of a page, by the library's handle, on white paper."""
    import pypdfium2.raw as pdfium

    scale = min(SCALE, LARGEST / max(*frame.size, 1.0))
    width, height = (max(1, int(side * scale)) for side in frame.size)
    rows = ctypes.create_string_buffer(b"\xff" * (width * height), width * height)
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_Gray, rows, width)
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_GRAYSCALE)
    pdfium.FPDFBitmap_Destroy(bitmap)
    return Picture(rows.raw, width, height, scale, frame)


def draw_without(page: Any, frame: Frame, objects: Iterable[int]) -> Picture:
    """The picture of a page without some of its objects."""
    switch = native.function("FPDFPageObj_SetIsActive", "ipi")
    items = list(objects)
    for item in items:
        switch(item, 0)
    try:
        return draw(page, frame)
    finally:
        for item in items:
            switch(item, 1)
