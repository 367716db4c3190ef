"""The picture of a PDF page: rendered in grey, its lines made level, and the rulings in it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import chain, filterfalse, groupby
from typing import Any, NamedTuple, TypeAlias

from extractor.documents.frame import Frame, read_frame
from extractor.documents.native import PDFIUM
from extractor.documents.rulings import Ruling, Rulings
from extractor.model import Box

# An array of bytes, rows by columns: levels of grey, from 0 for black to 255 for white.
Picture: TypeAlias = Any
# A box in a picture: left, top, right, bottom.
Pixels = tuple[int, int, int, int]

# Pixels an inch. The small print of statements is 8 points: 22 pixels at 200, which the model reads surely.
RESOLUTION = 200
POINTS = 72
# A page is drawn with no more pixels than this, whatever size it claims: an A2 sheet.
MOST_PIXELS, LONGEST_SIDE = 16_000_000, 12_000
# A page turned by less than this (degrees) is read as it is; one turned by more than the other is no scan of a page.
LEAST_SKEW, MOST_SKEW = 0.1, 6.0
COARSE, FINE = 0.5, 0.05
# The width (pixels) that the turn is measured in.
SKEW_WIDTH = 900
# Darker than its surroundings (pixels around, levels of grey) by so much is ink.
AROUND, DARKER = 41, 18
# A ruling is a dark run at least this long (inches), longer than strokes of characters, and this thick at most;
# gaps up to the last number in it are those of a worn print.
LONGEST_STROKE, THICKEST_RULING, WORN = 0.36, 0.06, 0.012
# A stroke is no longer than so many times the height of its line, whose box is wider than its ink.
WIDEST_STROKE = 1.1
# A run of so many inches is never a stroke of a title's character.
ERASED = 1.0


class Drawing(NamedTuple):
    """A page as displayed, in levels of grey; ``scale`` is its pixels in a point."""

    picture: Picture
    scale: float
    frame: Frame


def render_page(pdf: Any, index: int) -> Drawing | None:
    """The drawing of a page of the library's document; None where it cannot be drawn."""
    import pypdfium2

    with PDFIUM:
        try:
            page = pdf[index]
        except pypdfium2.PdfiumError:
            return None
        try:
            scale = choose_scale(*page.get_size())
            drawn = page.render(scale=scale, grayscale=True).to_numpy()
            return Drawing(drawn.reshape(drawn.shape[:2]).copy(), scale, read_frame(page.raw))
        finally:
            page.close()


def choose_scale(width: float, height: float) -> float:
    """How many pixels to draw for a point of a page of a size in points."""
    fitting = LONGEST_SIDE / max(width, height, 1.0)
    return min(RESOLUTION / POINTS, fitting, math.sqrt(MOST_PIXELS / max(width * height, 1.0)))


def turn_quarters(picture: Picture, turns: int) -> Picture:
    """A picture turned clockwise by so many quarters."""
    import numpy as np

    return np.ascontiguousarray(np.rot90(picture, -turns))


# ── level lines ──────────────────────────────────────────────────────────────────────────────────────────


def level_lines(picture: Picture) -> tuple[Picture, float]:
    """A picture with its lines level, and by how many degrees clockwise it had been turned."""
    skew = measure_skew(picture)
    return (_rotate(picture, skew, 255), skew) if skew else (picture, 0.0)


def measure_skew(picture: Picture) -> float:
    """By how many degrees the lines of a picture are turned clockwise: where its rows differ most in ink."""
    import cv2
    import numpy as np

    factor = SKEW_WIDTH / picture.shape[1]
    small = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    ink = (255 - small).astype(np.float32)
    coarse = _find_sharpest(ink, np.arange(-MOST_SKEW, MOST_SKEW + COARSE, COARSE))
    fine = _find_sharpest(ink, np.arange(coarse - COARSE, coarse + COARSE + FINE, FINE))
    return round(fine, 2) if LEAST_SKEW <= abs(fine) < MOST_SKEW else 0.0


def _find_sharpest(ink: Any, angles: Any) -> float:
    import numpy as np

    def measure(angle: float) -> float:
        rows = _rotate(ink, angle, 0).sum(axis=1)
        return float(np.square(np.diff(rows)).sum())

    return float(max(angles, key=measure))


def _rotate(picture: Any, degrees: float, background: int) -> Any:
    """A picture turned counter-clockwise around its middle."""
    import cv2

    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(
        picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=background
    )


# ── rulings ──────────────────────────────────────────────────────────────────────────────────────────────


def find_ink(picture: Picture) -> Picture:
    """Where a picture is darker than around: 255 there, 0 elsewhere."""
    import cv2

    mean, inverted = cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV
    ink: Picture = cv2.adaptiveThreshold(picture, 255, mean, inverted, AROUND, DARKER)
    return ink


def find_gap(ink: Picture, box: Box) -> tuple[float, float]:
    """The left and right ends of the widest gap without ink in a part of a line; two of the same where there is none.

    >>> import numpy
    >>> find_gap(numpy.array([[0, 255, 0, 0, 255, 0]]), (0.0, 0.0, 6.0, 1.0))
    (2, 4)
    """
    x0, top, x1, bottom = (max(0, round(edge)) for edge in box)
    inked = ink[top:bottom, x0:x1].any(axis=0).tolist()
    runs = (list(run) for is_inked, run in groupby(range(len(inked)), inked.__getitem__) if not is_inked)
    widest = max(runs, key=len, default=range(0))
    return (x0 + widest[0], x0 + widest[-1] + 1) if widest else (x0, x0)


class Runs(NamedTuple):
    """Long dark runs in a picture, as boxes in pixels: those across it and those down it."""

    level: list[Pixels]
    upright: list[Pixels]


def find_runs(ink: Picture, scale: float) -> Runs:
    """The runs that may be rulings; ``scale`` is the picture's pixels in a point."""
    inch = scale * POINTS
    return Runs(list(_list_runs(ink, inch, 1)), list(_list_runs(ink, inch, 0)))


def drop_strokes(runs: Runs, boxes: Sequence[Box]) -> Runs:
    """The runs without strokes of large characters, which stand in a line of text and are no longer than it is high."""

    def is_stroke(run: Pixels) -> bool:
        return any(_is_stroke(run, box) for box in boxes)

    return Runs(list(filterfalse(is_stroke, runs.level)), list(filterfalse(is_stroke, runs.upright)))


def _is_stroke(run: Pixels, box: Box) -> bool:
    """Whether a run stands in a line of text and is no longer than that is high."""
    x0, top, x1, bottom = run
    longest = WIDEST_STROKE * (box[3] - box[1])
    if max(x1 - x0, bottom - top) > longest:
        return False
    return box[0] <= (x0 + x1) / 2 <= box[2] and box[1] <= (top + bottom) / 2 <= box[3]


def make_rulings(runs: Runs, scale: float) -> Rulings:
    """The runs as lines in points."""
    level = (Ruling((top + bottom) / 2 / scale, x0 / scale, x1 / scale) for x0, top, x1, bottom in runs.level)
    upright = (Ruling((x0 + x1) / 2 / scale, top / scale, bottom / scale) for x0, top, x1, bottom in runs.upright)
    return Rulings(tuple(level), tuple(upright))


def erase_runs(drawn: Picture, ink: Picture, runs: Runs, scale: float) -> None:
    """Takes long runs out of a picture and its ink, where they would be read as strokes."""
    for x0, top, x1, bottom in chain(runs.level, runs.upright):
        if max(x1 - x0, bottom - top) >= ERASED * POINTS * scale:
            rows, columns = slice(max(0, top - 1), bottom + 1), slice(max(0, x0 - 1), x1 + 1)
            drawn[rows, columns], ink[rows, columns] = 255, 0


def _list_runs(ink: Picture, inch: float, along: int) -> Iterator[Pixels]:
    """The long dark runs across the picture (``along`` 1) or down (0)."""
    import cv2

    longest, worn = round(LONGEST_STROKE * inch), max(1, round(WORN * inch))
    mask = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, _make_kernel(worn, along))
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, _make_kernel(longest, along))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(mask)
    for left, top, width, height, _ in boxes[1:].tolist():
        if (height if along else width) <= THICKEST_RULING * inch:
            yield left, top, left + width, top + height


def _make_kernel(length: int, along: int) -> Any:
    import cv2

    return cv2.getStructuringElement(cv2.MORPH_RECT, (length, 1) if along else (1, length))
