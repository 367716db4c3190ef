"""What is read of one page of a PDF or OFD, before the pages are set in order."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from extractor.documents.frame import Frame
from extractor.documents.glyphs import Glyphs
from extractor.documents.grids import Grid
from extractor.documents.layout import Line
from extractor.documents.ocr.layer import Layer
from extractor.documents.rows import Row
from extractor.model import Box


class PageContent(Struct, frozen=True):
    """What is printed on one page, with the text upright.

    ``sureness`` is how surely its characters were recognised, from 0 to 1, by their boxes; empty where they are text.
    ``written`` is what its text layer has, where that is not all there is to read.
    ``torn`` is how many tables could not be taken apart into columns. ``turned`` is what stands at a right angle to
    the text and is read; the page ``is_sideways`` if more stands so.
    """

    frame: Frame
    lines: list[Line]
    tables: list[tuple[Grid, list[Row]]]
    aslant: str
    unmapped: int
    layer: Layer
    sureness: Mapping[Box, float]
    hidden: int = 0
    is_sideways: bool = False
    written: Glyphs | None = None
    torn: int = 0
    turned: tuple[PageContent, ...] = ()

    @property
    def has_text(self) -> bool:
        """Whether anything on the page can be read."""
        return bool(self.lines or self.tables)


SURE: Mapping[Box, float] = MappingProxyType({})
BLANK = PageContent(Frame(0.0, 0.0, 0.0, 0.0), [], [], "", 0, Layer.BLANK, SURE)
HEAVY = replace(BLANK, layer=Layer.HEAVY)
