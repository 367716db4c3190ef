"""Several documents as one: a report with its attachments, or with the statements that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec
from msgspec import Struct

from extractor.documents.lines import is_attachment
from extractor.documents.model import Boxes, Document, Paragraph, RuledCell, RuledTable
from extractor.model import Box, Page

DIGITS = re.compile(r"(\d+)")


class Part(Struct, frozen=True):
    """A document, and the heading that it stands under; the first one may have none."""

    heading: str | None
    document: Document


class JoinedBoxes(msgspec.Struct, frozen=True):
    """The places of characters of several documents, each from its first offset on."""

    parts: tuple[tuple[int, int, Boxes], ...]

    def of(self, start: int, end: int) -> tuple[Box, ...]:
        """One box a printed line for the characters ``start..end``; none for those of a part without pages."""
        for first, last, boxes in self.parts:
            if first <= start < last:
                return boxes.of(start - first, min(end, last) - first)
        return ()


def join_documents(whole: Document, parts: Sequence[Part]) -> Document:
    """One document of several: name, hash, format and encoding are those of ``whole``, all else comes from the parts.

    A part begins on a line of its own, its heading above it. Pages are counted through all parts.
    """
    joined = _Joined()
    for part in parts:
        joined.add(part)
    return msgspec.structs.replace(
        whole,
        text="".join(joined.texts),
        paragraphs=tuple(joined.paragraphs),
        pages=tuple(joined.pages),
        boxes=JoinedBoxes(tuple(joined.boxes)) if joined.boxes else None,
        furniture=tuple(joined.furniture),
        ruled=tuple(joined.ruled),
        doubts=tuple(joined.doubts),
        warnings=(*whole.warnings, *(notice for part in parts for notice in part.document.warnings)),
    )


class _Joined:
    """What the parts so far come to."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.paragraphs: list[Paragraph] = []
        self.pages: list[Page] = []
        self.boxes: list[tuple[int, int, Boxes]] = []
        self.furniture: list[tuple[int, str]] = []
        self.ruled: list[RuledTable] = []
        self.doubts: list[tuple[int, float]] = []
        self._end = 0

    def add(self, part: Part) -> None:
        """Append a part."""
        if self._end and not self.texts[-1].endswith("\n"):
            self._write("\n")
        if part.heading:
            self.paragraphs.append(Paragraph(part.heading, ((0, self._end),), "body", True, True))
            self._write(f"{part.heading}\n")
        document, start, pages = part.document, self._end, len(self.pages)
        self._write(document.text)
        self.paragraphs += [_move_paragraph(one, start) for one in document.paragraphs]
        self.ruled += [_move_table(table, start, pages) for table in document.ruled]
        self.doubts += [(offset + start, confidence) for offset, confidence in document.doubts]
        self.furniture += [(page + pages, text) for page, text in document.furniture]
        self.pages += [_move_page(page, start, pages) for page in document.pages]
        if document.boxes:
            self.boxes.append((start, self._end, document.boxes))

    def _write(self, text: str) -> None:
        self.texts.append(text)
        self._end += len(text)


def _move_paragraph(paragraph: Paragraph, start: int) -> Paragraph:
    pieces = tuple((here, there + start) for here, there in paragraph.pieces)
    return msgspec.structs.replace(paragraph, pieces=pieces)


def _move_page(page: Page, start: int, pages: int) -> Page:
    number, first, last = page.number + pages, page.start + start, page.end + start
    return msgspec.structs.replace(page, number=number, start=first, end=last)


def _move_table(table: RuledTable, start: int, pages: int) -> RuledTable:
    number = None if table.page is None else table.page + pages
    rows = tuple(tuple(_move_cells(row, start)) for row in table.rows)
    return msgspec.structs.replace(table, page=number, rows=rows)


def _move_cells(row: Sequence[RuledCell], start: int) -> Iterator[RuledCell]:
    for cell in row:
        yield msgspec.structs.replace(cell, start=cell.start + start, end=cell.end + start)


def order_path(path: str) -> tuple[bool, tuple[tuple[bool, int, str], ...]]:
    """A path's place among others: attachments stand last, and numbers in names count as such.

    >>> sorted(["b/附件10.docx", "b/附件2.docx", "龙泉.docx"], key=order_path)
    ['龙泉.docx', 'b/附件2.docx', 'b/附件10.docx']
    """
    pieces = DIGITS.split(path)
    return is_attachment(path.rpartition("/")[2]), tuple(
        (piece.isdecimal(), int(piece[:9]) if piece.isdecimal() else 0, piece) for piece in pieces
    )
