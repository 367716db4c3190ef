"""What a file becomes: its text with offsets, its paragraphs, the tables that it rules, and where it came from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Literal, Protocol

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from extractor.model import Box, Notice, Page, Span


class Boxes(Protocol):
    """Where every character of a text stands on its page."""

    def of(self, start: int, end: int) -> tuple[Box, ...]:
        """One box a printed line for the characters ``start..end``, in reading order."""
        ...


class Paragraph(Struct, frozen=True):
    """A run of text as one line, and where its characters stand in the document.

    ``text`` is the paragraph with its soft line breaks taken out. ``pieces`` are pairs (offset in ``text``, offset
    in the document) in ascending order, one for each stretch that is contiguous in both; tabs around an empty cell may
    have one place together. ``kind`` is ``body`` for narrative, ``row`` for a row of a ruled table (cells separated by
    tabs), ``cell`` for a cell of a table that was flattened into text. ``large`` says that it is set larger or bolder
    than the body, ``centered`` that it is centred (both False where unknown). ``look`` is the size of its characters in
    points and whether they are bold, None where the file does not say.
    """

    text: str
    pieces: tuple[tuple[int, int], ...]
    kind: Literal["body", "row", "cell"] = "body"
    large: bool = False
    centered: bool = False
    look: tuple[float, bool] | None = None

    @property
    def start(self) -> int:
        """Offset of the first character in the document."""
        return self.pieces[0][1]

    @property
    def end(self) -> int:
        """Offset behind the last character in the document."""
        here, there = self.pieces[-1]
        return there + len(self.text) - here

    def offset(self, index: int) -> int:
        """The document offset of the character ``text[index]``."""
        here, there = self.pieces[bisect_right(self.pieces, index, key=lambda piece: piece[0]) - 1]
        return there + index - here

    def slice(self, start: int, end: int) -> Paragraph:
        """The stretch ``text[start:end]`` as a paragraph of its own, at the same place in the document."""
        inside = [(here - start, there) for here, there in self.pieces if start < here < end]
        return replace(self, text=self.text[start:end], pieces=((0, self.offset(start)), *inside))

    def span(self, start: int, end: int) -> Span:
        """The document's stretch that holds ``text[start:end]`` (which must not be empty)."""
        return Span(self.offset(start), self.offset(end - 1) + 1)


class RuledCell(Struct, frozen=True):
    """One place of a ruled table's grid: the stretch of its text and, where there are pages, its rectangle.

    A cell over several rows or columns stands in its first place; the others that it covers have ``rowspan`` 0.
    """

    start: int
    end: int
    box: Box | None
    rowspan: int = 1
    colspan: int = 1


class RuledTable(Struct, frozen=True):
    """A table whose cells the file itself parts: rows of equal length, from top to bottom.

    On a page it is what lines enclose; in a file without pages, which has no ``page`` and no ``box``, an element.
    """

    page: int | None
    box: Box | None
    rows: tuple[tuple[RuledCell, ...], ...]


class Origin(Struct, frozen=True):
    """What a web page says of itself, each None where it does not: ``published`` is an ISO day, ``url`` an address."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None


class Document(Struct, frozen=True):
    """A file as read: its text, its pages, and the paragraphs in reading order.

    Headers, footers and page numbers are no part of ``text``; ``furniture`` keeps them, as (page, text). ``ruled`` are
    the tables that lines or elements enclose; the text of their rows are paragraphs of kind ``row``. ``doubts`` are the
    characters that were recognised less than surely, as (offset, confidence) in ascending order.
    """

    name: str
    sha256: str
    format: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    encoding: str | None = None
    pages: tuple[Page, ...] = ()
    boxes: Boxes | None = None
    furniture: tuple[tuple[int, str], ...] = ()
    ruled: tuple[RuledTable, ...] = ()
    doubts: tuple[tuple[int, float], ...] = ()
    warnings: tuple[Notice, ...] = ()
    origin: Origin = Origin()

    def page(self, offset: int) -> int | None:
        """The number of the page on which the character at ``offset`` stands; None where there is none."""
        if not self.pages:
            return None
        page = self._find_page(offset)
        return page.number if page.start <= offset <= page.end else None

    def confidence(self, start: int, end: int) -> float | UnsetType:
        """How surely the least sure of the characters ``start..end`` was recognised; unset where they are text."""
        if not self.pages or self._find_page(start).source != "ocr":
            return UNSET
        first = bisect_left(self.doubts, (start, 0.0))
        last = bisect_left(self.doubts, (end, 0.0))
        return min((sure for _, sure in self.doubts[first:last]), default=1.0)

    def _find_page(self, offset: int) -> Page:
        at = bisect_right(self.pages, offset, key=lambda page: page.start)
        return self.pages[max(0, at - 1)]
