"""The straight lines drawn on a PDF page, from its path objects."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

from extractor.documents.frame import Frame
from extractor.model import Box

# A filled rectangle up to this thickness (points) is a line; a shorter line is a dot of a dotted one.
THICKEST = 3.0
SHORTEST = 1.0
# Drawings nest; a file that nests deeper than this is broken.
DEEPEST = 8
# A path with more segments than this is a picture, no line.
LONGEST_PATH = 2000

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Ruling(NamedTuple):
    """A horizontal or vertical line, at ``at`` across its direction, from ``start`` to ``end`` along it."""

    at: float
    start: float
    end: float


class Rulings(NamedTuple):
    """A page's lines in points with the text upright, top left origin."""

    horizontal: tuple[Ruling, ...]
    vertical: tuple[Ruling, ...]


def read(page: Any, frame: Frame) -> Rulings:
    """The lines of a page, by the library's page handle."""
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFPage_CountObjects(page)
    objects = (pdfium.FPDFPage_GetObject(page, index) for index in range(count))
    horizontal, vertical = [], []
    for box in _thin(objects, IDENTITY, 0):
        x0, top, x1, bottom = frame.to_reading(*box)
        if x1 - x0 >= bottom - top:
            horizontal.append(Ruling((top + bottom) / 2, x0, x1))
        else:
            vertical.append(Ruling((x0 + x1) / 2, top, bottom))
    return Rulings(tuple(horizontal), tuple(vertical))


def _thin(objects: Iterator[Any], matrix: Matrix, depth: int) -> Iterator[Box]:
    """The thin rectangles of path objects in the page's own coordinates, those inside of forms too."""
    import pypdfium2.raw as pdfium

    for item in objects:
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield from (_mapped(box, matrix) for box in _path(item))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
            inner = (
                pdfium.FPDFFormObj_GetObject(item, index)
                for index in range(pdfium.FPDFFormObj_CountObjects(item))
            )
            yield from _thin(inner, _product(_matrix(item), matrix), depth + 1)


def _path(item: Any) -> Iterator[Box]:
    import pypdfium2.raw as pdfium

    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return
    width, height = right.value - left.value, top.value - bottom.value
    if min(width, height) <= THICKEST:
        if max(width, height) > SHORTEST:
            yield (left.value, bottom.value, right.value, top.value)
    elif _is_stroked(item) and pdfium.FPDFPath_CountSegments(item) <= LONGEST_PATH:
        yield from _segments(item)


def _is_stroked(item: Any) -> bool:
    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(item, fill, stroke)) and bool(stroke.value)


def _segments(item: Any) -> Iterator[Box]:
    """The straight horizontal and vertical segments of a path."""
    import pypdfium2.raw as pdfium

    matrix = _matrix(item)
    x, y = ctypes.c_float(), ctypes.c_float()
    first = last = (0.0, 0.0)
    for index in range(pdfium.FPDFPath_CountSegments(item)):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield from _straight(last, point, matrix)
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield from _straight(point, first, matrix)
        last = point


def _straight(one: tuple[float, float], two: tuple[float, float], matrix: Matrix) -> Iterator[Box]:
    box = _mapped((*one, *two), matrix)
    width, height = box[2] - box[0], box[3] - box[1]
    if min(width, height) <= SHORTEST < max(width, height):
        yield box


def _matrix(item: Any) -> Matrix:
    import pypdfium2.raw as pdfium

    raw = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, raw):
        return IDENTITY
    return (raw.a, raw.b, raw.c, raw.d, raw.e, raw.f)


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
