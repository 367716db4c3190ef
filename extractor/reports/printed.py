"""The lines printed on the pages of a PDF with the place of every character, for a search on the pages' images."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

from msgspec import Struct

from extractor.documents import native
from extractor.documents.frame import read_frame
from extractor.documents.glyphs import clean_code
from extractor.documents.loading import HeavyPageError, bounded
from extractor.documents.native import PDFIUM
from extractor.model import Box, Result
from extractor.reports.printable import escape_invisible

Glyph = tuple[str, Box]
"""A character that is one on the page, and its box on the page as displayed."""
# Between characters of a line there is less than this many of their heights; columns of a table are further apart.
ROOM = 3.0


class PrintedLine(Struct, frozen=True):
    """A line: its characters, its upper and lower edge, and where each character begins, then where the last one ends.

    In whole points: a box on an image is read by eyes.
    """

    text: str
    top: int
    bottom: int
    edges: tuple[int, ...]

    def pack(self) -> list[Any]:
        """The line as the page's script reads it: of the edges the first, then the steps from each to the next."""
        steps = [right - left for left, right in pairwise(self.edges)]
        return [self.text, self.top, self.bottom, [self.edges[0], *steps]]


def read_lines(source: Path | bytes, result: Result) -> dict[int, list[PrintedLine]]:
    """The lines of every page of the PDF that ``result`` was read from, by its number; a scan has none."""
    with PDFIUM:
        return dict(_read_pages(source, result))


def _read_pages(source: Path | bytes, result: Result) -> Iterator[tuple[int, list[PrintedLine]]]:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(source)
    try:
        for number in (page.number for page in result.pages if page.number <= len(pdf)):
            with suppress(pypdfium2.PdfiumError, HeavyPageError):
                with bounded(result.document.sha256, number - 1):
                    page = pdf[number - 1]
                yield number, [_make_line(line) for line in split_lines(read_glyphs(page))]
                page.close()
    finally:
        pdf.close()


def read_glyphs(page: Any) -> Iterator[Glyph]:
    """The characters of a page in the order of the file."""
    text, frame = page.get_textpage(), read_frame(page)
    count = text.count_chars()
    codes = map(native.function("FPDFText_GetUnicode", "u"), [text.raw] * count, range(count))
    known, edges = native.ask_edges(
        native.function("FPDFText_GetLooseCharBox", "i"), 1, [text.raw] * count, range(count)
    )
    for code, is_known, box in zip(codes, known, frame.place_all(edges), strict=True):
        char = escape_invisible(clean_code(code)).strip()
        if is_known and len(char) == 1:
            yield char, box
    text.close()


def split_lines(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Characters parted where the next one stands in another line or column.

    >>> a, b = ("元", (10.0, 0.0, 20.0, 10.0)), ("年", (20.0, 1.0, 30.0, 11.0))
    >>> [len(line) for line in split_lines([a, b, ("月", (10.0, 20.0, 20.0, 30.0))])]
    [2, 1]
    """
    line: list[Glyph] = []
    for glyph in glyphs:
        if line and not _follows(line[-1][1], glyph[1]):
            yield line
            line = []
        line.append(glyph)
    if line:
        yield line


def _follows(one: Box, other: Box) -> bool:
    """Whether a box stands right of another, in its line and not far from it."""
    height = one[3] - one[1]
    if not one[1] < (other[1] + other[3]) / 2 < one[3]:
        return False
    return -height / 2 < other[0] - one[2] < ROOM * height


def _make_line(line: Sequence[Glyph]) -> PrintedLine:
    boxes = [box for _, box in line]
    edges = (*(round(box[0]) for box in boxes), round(boxes[-1][2]))
    top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
    return PrintedLine("".join(char for char, _ in line), round(top), round(bottom), edges)
