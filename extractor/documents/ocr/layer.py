"""Whether the text layer of a PDF page says what is drawn on it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from enum import Enum
from typing import Any, NamedTuple

import regex

from extractor.documents import native
from extractor.documents.glyphs import Glyph, Glyphs

# What tells nothing: U+FFFD, the codes that some converters write for characters without meaning, and letters with
# accents, which Chinese reports hold only where their bytes were taken for Latin ones.
UNREADABLE = regex.compile(r"\ufffd|\(cid:\d{1,6}\)|[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff]")
IDEOGRAPH = regex.compile(r"\p{Han}")
# A page of which a tenth is unreadable has lost words and digits; one of which half is, has nothing to be read.
DAMAGED, LOST = 0.1, 0.5
# A page with so many characters is a page of text, whatever pictures stand beside it.
FULL = 200
# Fewer ideographs than this beside pictures are page numbers, a heading, and digits without what they are of.
STRAY = 10
# A page is drawn, not written, where pictures cover this share of it and more of it than characters do; or where it has
# so many outlines (paths of the size of characters).
COVERED = 0.1
OUTLINES = 60
# The least and the largest side (points) of an outlined character.
SMALLEST, LARGEST = 2.0, 60.0


class Layer(Enum):
    """What the text layer of a page is worth."""

    GOOD = "good"
    BLANK = "blank"
    """There is nothing on the page."""
    PARTIAL = "partial"
    """Some of what is on the page is text; the rest is drawn, or cannot be read."""
    NONE = "none"
    """What is on the page is drawn, or cannot be read."""
    HEAVY = "heavy"
    """The page takes more than any page of a report, and is not read."""
    RECOGNISED = "recognised"
    """The page was recognised from its picture."""


class Drawn(NamedTuple):
    """What a page shows beside text: the area of its pictures in square points, and how many outlines."""

    pictures: int
    covered: float
    outlines: int


def judge_layer(page: Any, read: Glyphs) -> Layer:
    """What the text of a page is worth, by the library's page handle and what was read of it."""
    text = "".join(glyph.char for glyph in read.upright)
    if not text:
        drawn = _find_drawn(page)
        return Layer.NONE if drawn.pictures or drawn.outlines >= OUTLINES else Layer.BLANK
    unreadable = sum(map(len, UNREADABLE.findall(text))) / len(text)
    if unreadable >= DAMAGED:
        return Layer.NONE if unreadable >= LOST else Layer.PARTIAL
    if len(text) >= FULL or not _is_drawn(page, read):
        return Layer.GOOD
    return Layer.NONE if len(IDEOGRAPH.findall(text)) < STRAY else Layer.PARTIAL


def _is_drawn(page: Any, read: Glyphs) -> bool:
    """Whether more of a page is drawn than written."""
    drawn = _find_drawn(page)
    if drawn.outlines >= max(OUTLINES, len(read.upright)):
        return True
    whole = read.frame.width * read.frame.height
    return drawn.covered > max(COVERED * whole, sum(map(_measure_area, read.upright)))


def _measure_area(glyph: Glyph) -> float:
    x0, top, x1, bottom = glyph.box
    return (x1 - x0) * (bottom - top)


def _find_drawn(page: Any) -> Drawn:
    """The pictures and outlines among the objects of a page; those in a form count as one picture."""
    import pypdfium2.raw as pdfium

    pictures, covered, outlines = 0, 0.0, 0
    for kind, width, height in _list_objects(native.address(page)):
        if kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
            pictures, covered = pictures + 1, covered + width * height
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and SMALLEST < min(width, height) <= max(width, height) < LARGEST:
            outlines += 1
    return Drawn(pictures, covered, outlines)


def _list_objects(page: int) -> Iterator[tuple[int, float, float]]:
    """The kind, width and height of every object of a page."""
    read_object, read_kind = native.function("FPDFPage_GetObject", "ppi"), native.function("FPDFPageObj_GetType", "ip")
    read_bounds = native.function("FPDFPageObj_GetBounds", "ippppp")
    edges = (ctypes.c_float * 4)()
    first = ctypes.addressof(edges)
    for at in range(native.function("FPDFPage_CountObjects", "ip")(page)):
        item = read_object(page, at)
        edges[:] = [0.0, 0.0, 0.0, 0.0]
        read_bounds(item, first, first + 4, first + 8, first + 12)
        left, low, right, high = edges[:]
        yield read_kind(item), right - left, high - low
