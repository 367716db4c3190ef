"""What a text layer says of a page that was recognised: it is sure, and takes the place of what was seen there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

import msgspec

from extractor.documents.glyphs import Glyph, Glyphs
from extractor.documents.ocr.layer import UNREADABLE
from extractor.documents.ocr.page import Reading
from extractor.model import Box

# Baselines that are apart by no more than this share of a character's height are those of one line.
SAME_LINE = 0.3


def put_written(reading: Reading, written: Glyphs) -> Reading:
    """A page as it was recognised, with the readable characters of its text layer in their places.

    Where the picture had to be turned, places cannot be compared that surely: the page stays as it was recognised.
    """
    frame = reading.read.frame
    known = [glyph for glyph in _part_boxes(written.upright) if not UNREADABLE.search(glyph.char)]
    if frame.skew or frame.read != written.frame.read or not known:
        return reading
    seen = [glyph for glyph in reading.read.upright if not any(_covers(other.box, glyph) for other in known)]
    return reading._replace(read=msgspec.structs.replace(reading.read, upright=(*seen, *known)))


def _part_boxes(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """The characters of a text layer, each up to where the next one of its line begins.

    Fonts that declare wider characters than they draw have boxes that reach over the next one, such as a point that
    cannot be read and was recognised in the picture.
    """
    for line in _split_lines(sorted(glyphs)):
        ordered = sorted(line, key=_read_left)
        for glyph, following in zip_longest(ordered, ordered[1:]):
            x0, top, x1, bottom = glyph.box
            reach = following.box[0] if following and following.box[0] > x0 else x1
            yield msgspec.structs.replace(glyph, box=(x0, top, min(x1, reach), bottom))


def _split_lines(ordered: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Characters by their lines: fonts of one line have baselines that are not quite the same."""
    line: list[Glyph] = []
    for glyph in ordered:
        if line and glyph.base - line[0].base > SAME_LINE * (glyph.box[3] - glyph.box[1]):
            yield line
            line = []
        line.append(glyph)
    if line:
        yield line


def _read_left(glyph: Glyph) -> float:
    return glyph.box[0]


def _covers(box: Box, glyph: Glyph) -> bool:
    """Whether the middle of a character lies in a box."""
    x0, top, x1, bottom = glyph.box
    return box[0] <= (x0 + x1) / 2 <= box[2] and box[1] <= (top + bottom) / 2 <= box[3]


def count_readable(read: Glyphs) -> int:
    """How many characters of a page can be read."""
    return sum(UNREADABLE.search(glyph.char) is None for glyph in read.upright)
