"""The straight lines drawn on a PDF page, and the rectangles that are filled, from its path objects."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

from extractor.documents import native
from extractor.documents.frame import Frame
from extractor.documents.objects import DEEPEST, Objects, list_form
from extractor.model import Box

# A filled rectangle up to this thickness (points) is a line; a shorter line is a dot of a dotted one.
THICKEST = 3.0
SHORTEST = 1.0
# A path with more segments than this is a picture, no line.
LONGEST_PATH = 2000
# How many segments a rectangle has, its last side written or closed; a page with more of them is a drawing.
RECTANGLE = (4, 5)
MOST_FILLED = 3000

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Ruling(NamedTuple):
    """A horizontal or vertical line, at ``at`` across its direction, from ``start`` to ``end`` along it."""

    at: float
    start: float
    end: float


class Rulings(Struct, frozen=True):
    """A page's lines in points with the text upright, top left origin; ``filled`` are rectangles without an outline."""

    horizontal: tuple[Ruling, ...]
    vertical: tuple[Ruling, ...]
    filled: tuple[Box, ...] = ()


def read(drawn: Objects, frame: Frame) -> Rulings:
    """The lines among what is drawn on a page."""
    horizontal, vertical = [], []
    filled: list[Box] = []
    for box in _thin(drawn, IDENTITY, 0, filled):
        x0, top, x1, bottom = frame.to_reading(*box)
        if x1 - x0 >= bottom - top:
            horizontal.append(Ruling((top + bottom) / 2, x0, x1))
        else:
            vertical.append(Ruling((x0 + x1) / 2, top, bottom))
    return Rulings(tuple(horizontal), tuple(vertical), tuple(frame.to_reading(*box) for box in filled))


def _thin(drawn: Objects, matrix: Matrix, depth: int, filled: list[Box]) -> Iterator[Box]:
    """The thin rectangles of path objects in the page's own coordinates, those inside of forms too.

    Larger ones without an outline are added to ``filled``.
    """
    import pypdfium2_raw as pdfium

    for box, is_line in _lines(drawn.of(pdfium.FPDF_PAGEOBJ_PATH)):
        placed = box if matrix == IDENTITY else _mapped(box, matrix)
        if is_line:
            yield placed
        elif len(filled) < MOST_FILLED:
            filled.append(placed)
    if depth < DEEPEST:
        for form in drawn.of(pdfium.FPDF_PAGEOBJ_FORM):
            yield from _thin(list_form(form), _product(_matrix(form), matrix), depth + 1, filled)


def _lines(paths: Sequence[int]) -> Iterator[tuple[Box, bool]]:
    """The paths that are thin, and the straight segments of the others if these are stroked, are lines.

    Paths of a few segments that are filled are given too, and are none.
    """
    _, edges = native.ask_edges(native.function("FPDFPageObj_GetBounds", "ip"), 4, paths)
    four = iter(edges)
    for item, box in zip(paths, zip(four, four, four, four, strict=True), strict=True):
        width, height = box[2] - box[0], box[3] - box[1]
        if min(width, height) <= THICKEST:
            if max(width, height) > SHORTEST:
                yield box, True
            continue
        is_filled, is_stroked = _read_mode(item)
        if is_stroked:
            yield from ((segment, True) for segment in _segments(item))
        elif is_filled and native.function("FPDFPath_CountSegments", "ip")(item) in RECTANGLE:
            yield box, False


def _read_mode(item: int) -> tuple[bool, bool]:
    """Whether a path is filled, and whether it is stroked."""
    drawn = (ctypes.c_int * 2)()
    known = bool(native.function("FPDFPath_GetDrawMode", "ip")(item, ctypes.byref(drawn), ctypes.byref(drawn, 4)))
    return known and drawn[0] != 0, known and drawn[1] != 0


def _segments(item: int) -> Iterator[Box]:
    """The straight horizontal and vertical segments of a path."""
    import pypdfium2_raw as pdfium

    count = native.function("FPDFPath_CountSegments", "ip")(item)
    if count > LONGEST_PATH:
        return
    segment = native.function("FPDFPath_GetPathSegment", "pp")
    point = native.function("FPDFPathSegment_GetPoint", "ip")
    kind = native.function("FPDFPathSegment_GetType", "ip")
    closes = native.function("FPDFPathSegment_GetClose", "ip")
    matrix = _matrix(item)
    place = (ctypes.c_float * 2)()
    x, y = ctypes.byref(place), ctypes.byref(place, 4)
    first = last = (0.0, 0.0)
    for index in range(count):
        piece = segment(item, index)
        point(piece, x, y)
        here = (place[0], place[1])
        if kind(piece) == pdfium.FPDF_SEGMENT_MOVETO:
            first = here
        elif kind(piece) == pdfium.FPDF_SEGMENT_LINETO:
            yield from _straight(last, here, matrix)
        if closes(piece):
            yield from _straight(here, first, matrix)
        last = here


def _straight(one: tuple[float, float], two: tuple[float, float], matrix: Matrix) -> Iterator[Box]:
    box = _mapped((*one, *two), matrix)
    width, height = box[2] - box[0], box[3] - box[1]
    if min(width, height) <= SHORTEST < max(width, height):
        yield box


def _matrix(item: int) -> Matrix:
    raw = (ctypes.c_float * 6)()
    if not native.function("FPDFPageObj_GetMatrix", "ip")(item, raw):
        return IDENTITY
    return (raw[0], raw[1], raw[2], raw[3], raw[4], raw[5])


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    oa, ob, oc, od, oe, of = outer
    return (
        a * oa + b * oc, a * ob + b * od, c * oa + d * oc, c * ob + d * od,
        e * oa + f * oc + oe, e * ob + f * od + of,
    )  # fmt: skip


def _mapped(box: Box, matrix: Matrix) -> Box:
    a, b, c, d, e, f = matrix
    xs = (a * box[0] + c * box[1] + e, a * box[2] + c * box[3] + e)
    ys = (b * box[0] + d * box[1] + f, b * box[2] + d * box[3] + f)
    return (min(xs), min(ys), max(xs), max(ys))
