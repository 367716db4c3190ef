"""A recognised page: characters and rulings with their places in points, as those that a file itself draws."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress, pairwise
from typing import NamedTuple

import msgspec

from extractor import patterns
from extractor.documents.frame import Frame
from extractor.documents.glyphs import Glyph, Glyphs, clean_code
from extractor.documents.ocr import engine, picture
from extractor.documents.ocr.engine import Char, Recognised
from extractor.documents.ocr.picture import Picture
from extractor.documents.rulings import Rulings
from extractor.model import Box

# Lines that are read less surely than this on the mean are none: seals, stains, handwriting.
LEAST_SURE = 0.5
# A page read less surely than this may stand on its head or its side.
TURNED = 0.8
# A box this much higher than wide is a line that stands on its side.
UPRIGHT_BOX = 1.5
# How much of its size the ink of a line takes: with ideographs, with digits and Latin letters alone.
IDEOGRAPHIC, LATIN = 0.92, 0.74
# Sizes of the lines of a row differ by measuring; they are told to this step (points).
SIZE_STEP = 0.5
# The baseline, below the middle of a line in units of its size.
BASE = 0.38
# How wide characters are at most, in units of the size: letters and digits, ideographs.
NARROW, WIDE = 0.55, 1.0
# Neighbours with a gap wider than this, in units of the size, stand apart.
APART = 0.35
# So do letters and digits: where no space was seen between them, and where one was, as middles are rough.
LOOSE, SPACED = 1.2, 0.2
# A point with more than this behind it, in units of the size, ends the number of a list: it is 0.8 there, 0.35 in an
# amount. Where digits are set loosely it is also so many times the widest gap between two of them.
BEHIND_MARKER, BEYOND_DIGITS = 0.5, 2
POINT = "."
# A line of marks stands this near, in units of the size, to the middle of the row that it is in.
SAME_ROW = 0.6
DASH = "—"
# Rows with less ink than this, of the row with the most, are dirt or the ends of the next line.
FAINT = 0.08
# Room beside a line, in its heights.
ROOM = 0.6
# What a ruling parts from a line is a part of it if it is wider than this, in the heights of the line.
LEAST_PART = 0.3


class Reading(NamedTuple):
    """What was recognised on a page, its rulings, and how sure each character is, from 0 to 1, by its box."""

    read: Glyphs
    rulings: Rulings
    sureness: dict[Box, float]


class Place(NamedTuple):
    """Where the middle of a line stands on the page, and the size of its characters, in points."""

    middle: float
    size: float


class Attempt(NamedTuple):
    """A page's picture after some quarter turns clockwise and made level, and the lines that it then holds."""

    turns: int
    skew: float
    level: Picture
    ink: Picture
    rulings: Rulings
    boxes: tuple[Box, ...]
    lines: tuple[Recognised, ...] = ()

    @property
    def confidence(self) -> float:
        """The mean over all characters."""
        sure = [char.confidence for line in self.lines for char in line.chars]
        return sum(sure) / max(len(sure), 1)


def read_picture(drawn: Picture, scale: float, frame: Frame) -> Reading:
    """The characters and rulings of a picture of a page as displayed; ``scale`` is its pixels in a point.

    ``frame`` is that of the page; the one that comes back has the direction in which its lines are read.
    """
    best = _read_upright(drawn, scale)
    lines = [line._replace(chars=_mend_dashes(line.chars)) for line in best.lines if line.confidence >= LEAST_SURE]
    placed = list(_place_lines(lines, best.ink, scale))
    frame = msgspec.structs.replace(frame, read=(frame.shown + best.turns) % 4, skew=best.skew)
    glyphs = tuple(glyph for glyph, _ in placed)
    return Reading(Glyphs(glyphs, "", 0, frame), best.rulings, {glyph.box: sure for glyph, sure in placed})


# ── which way up ─────────────────────────────────────────────────────────────────────────────────────────


def _read_upright(drawn: Picture, scale: float) -> Attempt:
    """A page read as it stands; where its lines are not upright or not sure, after the turns that may make them so."""
    first = _prepare(drawn, scale, 0)
    if _is_on_side(first.boxes):
        return max((_read_lines(_prepare(drawn, scale, turns)) for turns in (1, 3)), key=_read_confidence)
    found = _read_lines(first)
    if not found.lines or found.confidence >= TURNED:
        return found
    return max(found, _read_lines(_prepare(drawn, scale, 2)), key=_read_confidence)


def _read_confidence(attempt: Attempt) -> float:
    return attempt.confidence


def _is_on_side(boxes: Sequence[Box]) -> bool:
    """Whether most of what is printed stands on its side."""
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in boxes]
    on_side = [box[3] - box[1] > UPRIGHT_BOX * (box[2] - box[0]) for box in boxes]
    return sum(compress(areas, on_side)) * 2 > sum(areas)


def _prepare(drawn: Picture, scale: float, turns: int) -> Attempt:
    """A page turned, made level and without its rulings, and where its lines are."""
    level, skew = picture.level_lines(picture.turn_quarters(drawn, turns))
    ink, boxes = picture.find_ink(level), engine.find_lines(level)
    runs = picture.drop_strokes(picture.find_runs(ink, scale), boxes)
    picture.erase_runs(level, ink, runs, scale)
    rulings = picture.make_rulings(runs, scale)
    parts = tuple(part for box in _widen_boxes(boxes, ink) for part in _part_box(box, rulings, scale))
    return Attempt(turns, skew, level, ink, rulings, parts)


def _read_lines(attempt: Attempt) -> Attempt:
    return attempt._replace(lines=tuple(engine.read_lines(attempt.level, attempt.boxes)))


def _widen_boxes(boxes: Sequence[Box], ink: Picture) -> Iterator[Box]:
    """The lines with room at either end, where a thin character is easily missed; not over what stands beside them."""
    for box in boxes:
        x0, top, x1, bottom = box
        room, middle = ROOM * (bottom - top), (top + bottom) / 2
        beside = [other for other in boxes if other[1] < middle < other[3]]
        before = [other for other in beside if other[0] < x0 and other[2] <= x0 + room]
        behind = [other for other in beside if other[2] > x1 and other[0] >= x1 - room]
        left = max((_part_boxes(other, box, ink)[1] for other in before), default=0.0)
        right = min((_part_boxes(box, other, ink)[0] for other in behind), default=x1 + room)
        yield (max(x0 - room, left, 0.0), top, min(x1 + room, right), bottom)


def _part_boxes(before: Box, behind: Box, ink: Picture) -> tuple[float, float]:
    """How far one of two boxes of a row may reach to the right, and how far the one behind it to the left.

    Boxes are wider than what they hold, and overlap: leaders of a table of contents would begin with the last character
    of the title in front of them.
    """
    left, right = behind[0], before[2]
    if left >= right:
        return left, right
    start, end = picture.find_gap(ink, (left, max(before[1], behind[1]), right, min(before[3], behind[3])))
    return ((start + end) / 2,) * 2 if start < end else (right, left)


def _part_box(box: Box, rulings: Rulings, scale: float) -> Iterator[Box]:
    """A line at the upright rulings that cross it: what stands on either side is in cells of its own."""
    x0, top, x1, bottom = box
    middle, margin = (top + bottom) / 2 / scale, LEAST_PART * (bottom - top)
    crossing = sorted(
        ruling.at * scale
        for ruling in rulings.vertical
        if ruling.start <= middle <= ruling.end and x0 < ruling.at * scale < x1
    )
    for left, right in pairwise((x0, *crossing, x1)):
        if right - left > margin:
            yield (left, top, right, bottom)


# ── places ───────────────────────────────────────────────────────────────────────────────────────────────


def _place_lines(lines: Sequence[Recognised], ink: Picture, scale: float) -> Iterator[tuple[Glyph, float]]:
    """The characters of all lines with their boxes in points, and how sure they are."""
    measured = [_measure_line(line, ink, scale) for line in lines]
    known = [place for place in measured if place]
    for line, place in zip(lines, measured, strict=True):
        middle, size = place or _take_row(line.box, known, scale)
        line = line._replace(chars=tuple(_space_markers(line, ink, size * scale)))
        yield from _place_chars(line, Place(middle, size), scale)


def _mend_dashes(chars: tuple[Char, ...]) -> tuple[Char, ...]:
    """The characters of a line; where they are a page number between dashes, with dashes.

    >>> chars = [Char(char, 0.0, 1.0) for char in ("-", "1", "2", "\u4e00")]
    >>> "".join(char.char for char in _mend_dashes(tuple(chars)))
    '—12—'
    """
    if not patterns.fragment("documents/recognised", "page_number").fullmatch("".join(char.char for char in chars)):
        return chars
    return tuple(char if char.char.isdecimal() else char._replace(char=DASH) for char in chars)


def _space_markers(line: Recognised, ink: Picture, size: float) -> Iterator[Char]:
    """The characters of a line, which are of a size in pixels, with spaces behind the numbers of a list.

    The model sees few of them, and without them 5. 2025年 is 5.2025年.
    """
    yield from line.chars[:1]
    for here, there in pairwise(line.chars):
        is_candidate = here.char == POINT and there.char.isdecimal() and not there.spaced
        spaced = there.spaced or (is_candidate and _ends_marker(here, there, line, ink, size))
        yield there._replace(spaced=spaced)


def _ends_marker(point: Char, digit: Char, line: Recognised, ink: Picture, size: float) -> bool:
    """Whether a digit stands further behind a point than in any amount, and than other digits of this line do."""
    gap = _measure_gap(point, digit, line, ink)
    if gap <= BEHIND_MARKER * size:
        return False
    digits = ((one, two) for one, two in pairwise(line.chars) if one.char.isdecimal() and two.char.isdecimal())
    return gap > BEYOND_DIGITS * max((_measure_gap(*pair, line, ink) for pair in digits), default=0.0)


def _measure_gap(here: Char, there: Char, line: Recognised, ink: Picture) -> float:
    _, top, _, bottom = line.box
    start, end = picture.find_gap(ink, (here.middle, top, there.middle, bottom))
    return end - start


def _place_chars(line: Recognised, place: Place, scale: float) -> Iterator[tuple[Glyph, float]]:
    middle, size = place
    top, bottom = middle - size / 2, middle + size / 2
    edges = _place_edges(line.chars, size * scale)
    for char, (left, right) in zip(line.chars, edges, strict=True):
        for printed in map(clean_code, map(ord, char.char)):
            box = (left / scale, top, right / scale, bottom)
            yield Glyph(middle + BASE * size, box, printed, False, char.spaced), char.confidence


def _place_edges(chars: Sequence[Char], size: float) -> list[tuple[float, float]]:
    """The left and right ends of the characters of a line, which are of a size, in pixels.

    The model tells middles, and these roughly: neighbours meet unless the gap between them is wide.

    >>> _place_edges([Char("收", 5.0, 1.0), Char("入", 16.0, 1.0), Char("支", 40.0, 1.0)], 10.0)
    [(0.0, 10.5), (10.5, 21.0), (35.0, 45.0)]
    """
    widths = [size * (NARROW if char.char.isascii() else WIDE) for char in chars]
    lefts, rights = [chars[0].middle - widths[0] / 2], []
    for at, (here, there) in enumerate(pairwise(chars)):
        width, following = widths[at], widths[at + 1]
        gap = there.middle - here.middle - (width + following) / 2
        meet = here.middle + (there.middle - here.middle) * width / (width + following)
        is_apart = gap > size * _find_least_gap(here, there)
        rights.append(here.middle + width / 2 if is_apart else meet)
        lefts.append(there.middle - following / 2 if is_apart else meet)
    return list(zip(lefts, [*rights, chars[-1].middle + widths[-1] / 2], strict=True))


def _find_least_gap(here: Char, there: Char) -> float:
    """From which gap on two characters stand apart, in units of their size; digits are set loosely in some columns."""
    if not (here.char.isascii() and there.char.isascii()):
        return APART
    return SPACED if there.spaced else LOOSE


def _measure_line(line: Recognised, ink: Picture, scale: float) -> Place | None:
    """Where a line stands and of which size it is, by its ink; None for one of leaders and marks, which are lower."""
    if not any(char.char.isalnum() for char in line.chars):
        return None
    x0, top, x1, bottom = (max(0, round(edge)) for edge in line.box)
    rows = (ink[top:bottom, x0:x1] > 0).sum(axis=1)
    printed = (rows > FAINT * rows.max()).nonzero()[0]
    if not len(printed):
        return None
    high, low = int(printed[0]), int(printed[-1]) + 1
    share = LATIN if all(char.char.isascii() for char in line.chars) else IDEOGRAPHIC
    size = round((low - high) / scale / share / SIZE_STEP) * SIZE_STEP
    return Place((top + (high + low) / 2) / scale, max(size, SIZE_STEP))


def _take_row(box: Box, known: Sequence[Place], scale: float) -> Place:
    """Where a line of marks stands: in the row of the line beside it, if there is one."""
    middle = (box[1] + box[3]) / 2 / scale
    nearest = min(known, key=lambda place: abs(place.middle - middle), default=None)
    if nearest and abs(nearest.middle - middle) < SAME_ROW * nearest.size:
        return nearest
    return Place(middle, (box[3] - box[1]) / scale)
