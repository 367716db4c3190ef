"""What a text layer says of a page that was recognised: it is sure, and takes the place of what was seen there."""

from __future__ import annotations

import msgspec

from extractor.documents.glyphs import Glyph, Glyphs
from extractor.documents.ocr.layer import UNREADABLE
from extractor.documents.ocr.page import Reading
from extractor.model import Box


def put_written(reading: Reading, written: Glyphs) -> Reading:
    """A page as it was recognised, with the readable characters of its text layer in their places.

    Where the picture had to be turned, places cannot be compared that surely: the page stays as it was recognised.
    """
    frame = reading.read.frame
    known = [glyph for glyph in written.upright if not UNREADABLE.search(glyph.char)]
    if frame.skew or frame.read != written.frame.read or not known:
        return reading
    seen = [glyph for glyph in reading.read.upright if not any(_covers(other.box, glyph) for other in known)]
    return reading._replace(read=msgspec.structs.replace(reading.read, upright=(*seen, *known)))


def _covers(box: Box, glyph: Glyph) -> bool:
    """Whether the middle of a character lies in a box."""
    x0, top, x1, bottom = glyph.box
    return box[0] <= (x0 + x1) / 2 <= box[2] and box[1] <= (top + bottom) / 2 <= box[3]


def count_readable(read: Glyphs) -> int:
    """How many characters of a page can be read."""
    return sum(UNREADABLE.search(glyph.char) is None for glyph in read.upright)
