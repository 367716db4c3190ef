"""Whether the text layer of a PDF page says what is drawn on it."""

from __future__ import annotations

import re
from enum import Enum
from typing import Any

import regex

from extractor.documents.glyphs import Glyph, Glyphs
from extractor.documents.ocr import drawn
from extractor.documents.ocr.drawn import Drawn

# What tells nothing: U+FFFD, the codes that some converters write for characters without meaning, and letters with
# accents, which Chinese reports hold only where their bytes were taken for Latin ones.
UNREADABLE = re.compile(r"\ufffd|\(cid:\d{1,6}\)|[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff]")
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
MOST = 0.5
OUTLINES = 60
# Where so much of what a page shows is drawn, its text is drawn, not only a chart, a diagram or a cover beside it:
# these make up to 0.66 of 23 pages of published reports, text that is pictures 0.73 and more of 30 others.
MOSTLY = 0.7
# A picture with about so many characters has words; one with fewer than the other has none, on a page without text.
WORDS, NONE_AT_ALL = 32, 4


class Layer(Enum):
    """What the text layer of a page is worth."""

    GOOD = "good"
    BLANK = "blank"
    """There is nothing on the page."""
    PARTIAL = "partial"
    """Some of what is on the page is text; the rest is drawn, or cannot be read."""
    PICTURED = "pictured"
    """What is to be read is text; beside it stand pictures with some words, as charts have."""
    NONE = "none"
    """What is on the page is drawn, or cannot be read."""
    HEAVY = "heavy"
    """The page takes more than any page of a report, and is not read."""
    RECOGNISED = "recognised"
    """The page was recognised from its picture."""


def judge_layer(page: Any, read: Glyphs) -> Layer:
    """What the text of a page is worth, by the library's page handle and what was read of it."""
    text = "".join([glyph.char for glyph in read.upright])
    if not text:
        return Layer.NONE if _is_anything_drawn(page, read) else Layer.BLANK
    unreadable = (sum(map(len, UNREADABLE.findall(text))) - read.leaders) / len(text)
    if unreadable >= DAMAGED:
        return Layer.NONE if unreadable >= LOST else Layer.PARTIAL
    if len(text) >= FULL:
        return Layer.GOOD
    seen = drawn.find_drawn(page)
    return _judge_pictures(page, read, text, seen) if _is_drawn(seen, read) else Layer.GOOD


def _is_anything_drawn(page: Any, read: Glyphs) -> bool:
    """Whether a page without text shows anything that may be some."""
    seen = drawn.find_drawn(page)
    return (seen.pictures > 0 or seen.outlines >= OUTLINES) and drawn.measure_whole(page, read.frame) > NONE_AT_ALL


def _is_drawn(seen: Drawn, read: Glyphs) -> bool:
    """Whether more of a page is drawn than written, whatever it is."""
    if seen.outlines >= max(OUTLINES, len(read.upright)):
        return True
    whole = read.frame.width * read.frame.height
    return seen.covered > max(COVERED * whole, sum(map(_measure_area, read.upright)))


def _judge_pictures(page: Any, read: Glyphs, text: str, seen: Drawn) -> Layer:
    """What the text is worth of a page of which more is drawn: little if text is what is drawn."""
    beside, stray = drawn.measure_beside(page, read.frame), len(IDEOGRAPH.findall(text)) < STRAY
    if beside < WORDS:
        # A picture that is the page, beside its number, is told whatever it shows.
        whole = read.frame.width * read.frame.height
        return Layer.PICTURED if stray and seen.covered > MOST * whole else Layer.GOOD
    if beside < MOSTLY * (beside + len(text)):
        return Layer.PICTURED
    return Layer.NONE if stray else Layer.PARTIAL


def _measure_area(glyph: Glyph) -> float:
    x0, top, x1, bottom = glyph.box
    return (x1 - x0) * (bottom - top)
