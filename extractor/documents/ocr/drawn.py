"""How much of a PDF page is drawn instead of written, told without recognising anything.

Text of every size is many short dark strokes in every row of the picture that goes through it; a photograph of a
sky, a coloured cover or a logo has few of them. So a page is drawn small, without its text, and these are counted.
Drawn without smoothing the counts of 66 pages differ by a tenth, up or down, and none is judged otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from extractor.documents import native, picture
from extractor.documents.frame import Frame
from extractor.documents.objects import DEEPEST, Objects, list_form, list_page
from extractor.documents.picture import Picture

# A character of 10 to 14 points has about so many strokes in the small picture, all its rows together.
STROKES = 25
# Darker than this (0 to 255) are strokes of print, not the pale drawings of a cover; what is darker than pale may be a
# stroke of a worn or faint scan.
DARK, PALE = 150, 215
# A dark run longer than this (points of the small picture) is an area or a line.
LONG_RUN = re.compile(rb"\x01{13,}")
# The least and the largest side (points) of an outlined character.
SMALLEST, LARGEST = 2.0, 60.0


class Drawn(NamedTuple):
    """What a page shows beside text: its pictures, their area in square points, and how many outlines.

    A form counts as one picture.
    """

    pictures: int
    covered: float
    outlines: int


def find_drawn(page: Any) -> Drawn:
    """The pictures and outlines among the objects of a page, by the library's handle."""
    import pypdfium2_raw as pdfium

    pictures, covered, outlines = 0, 0.0, 0
    for kind, width, height in _list_objects(list_page(page)):
        if kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
            pictures, covered = pictures + 1, covered + width * height
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and SMALLEST < min(width, height) <= max(width, height) < LARGEST:
            outlines += 1
    return Drawn(pictures, covered, outlines)


def _list_objects(objects: Objects) -> Iterator[tuple[int, float, float]]:
    """The kind, width and height of every object."""
    _, edges = native.ask_edges(native.function("FPDFPageObj_GetBounds", "ip"), 4, objects.items)
    four = iter(edges)
    for kind, left, low, right, high in zip(objects.kinds, four, four, four, four, strict=True):
        yield kind, right - left, high - low


def measure_beside(page: Any, frame: Frame) -> float:
    """About how many characters a page shows beside its text, by the library's handle."""
    without = picture.draw_without(page, frame, _list_texts(list_page(page), 0), smooth=False)
    return _count_characters(without, DARK)


def measure_whole(page: Any, frame: Frame) -> float:
    """About how many characters a page without any text may show, faint ones too."""
    return _count_characters(picture.draw(page, frame, smooth=False), PALE)


def _list_texts(objects: Objects, depth: int) -> Iterator[int]:
    """The text objects among some, those inside of forms too."""
    import pypdfium2_raw as pdfium

    yield from objects.of(pdfium.FPDF_PAGEOBJ_TEXT)
    if depth < DEEPEST:
        for form in objects.of(pdfium.FPDF_PAGEOBJ_FORM):
            yield from _list_texts(list_form(form), depth + 1)


def _count_characters(drawn: Picture, darkest: int) -> float:
    """About how many characters a picture shows, by its short runs of what is darker than a grey."""
    dark = drawn.rows.translate(bytes(grey < darkest for grey in range(256)))
    return (dark.count(b"\x00\x01") - len(LONG_RUN.findall(dark))) / STROKES
