"""One edit of a document that has been read: its text, paragraphs, pages and tables change together."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from extractor.documents.model import Boxes, Document, Paragraph, RuledTable
from extractor.model import Box
from extractor.probe.numbers import Number


class Edit(Struct, frozen=True):
    """``text[start:end]`` becomes ``words``."""

    start: int
    end: int
    words: str

    @property
    def growth(self) -> int:
        """By how many characters the text grows."""
        return len(self.words) - (self.end - self.start)

    def move(self, offset: int) -> int:
        """Where the character at an offset stands afterwards.

        >>> [Edit(4, 6, "abc").move(at) for at in (3, 4, 5, 6, 9)]
        [3, 4, 5, 7, 10]
        """
        if offset >= self.end:
            return offset + self.growth
        return min(offset, self.start + len(self.words))

    def restore(self, offset: int) -> int:
        """Where the character at an offset of the changed text stood before.

        >>> [Edit(4, 6, "abc").restore(at) for at in (3, 4, 6, 7, 10)]
        [3, 4, 6, 6, 9]
        """
        if offset >= self.start + len(self.words):
            return offset - self.growth
        return min(offset, self.end)

    def change(self, raw: str, start: int) -> str:
        """The words that stood at ``start``, changed."""
        return raw[: self.start - start] + self.words + raw[self.end - start :]


class Slip(Struct, frozen=True):
    """An error of a kind in a number, and the edit that makes it."""

    kind: str
    number: Number
    edit: Edit


def plant(document: Document, edit: Edit) -> Document:
    """The document as it would have been read with an edit in its file."""
    paragraphs = tuple(_edit_paragraph(paragraph, edit) for paragraph in document.paragraphs)
    text = edit.change(document.text, 0)
    if not edit.growth:
        return msgspec.structs.replace(document, text=text, paragraphs=paragraphs)
    return msgspec.structs.replace(
        document,
        text=text,
        paragraphs=paragraphs,
        pages=tuple(
            msgspec.structs.replace(page, start=edit.move(page.start), end=edit.move(page.end))
            for page in document.pages
        ),
        boxes=_MovedBoxes(document.boxes, edit) if document.boxes else None,
        ruled=tuple(_move_table(table, edit) for table in document.ruled),
        doubts=tuple((edit.move(at), sure) for at, sure in document.doubts),
    )


def _edit_paragraph(paragraph: Paragraph, edit: Edit) -> Paragraph:
    """A paragraph with the edit in it, or moved by one in front of it."""
    if paragraph.end <= edit.start or (not edit.growth and paragraph.start >= edit.end):
        return paragraph
    here = _locate(paragraph, edit)
    text = paragraph.text
    if here is None:
        return msgspec.structs.replace(paragraph, pieces=tuple(_move_pieces(paragraph, edit, len(text))))
    end = here + edit.end - edit.start
    text = text[:here] + edit.words + text[end:]
    return msgspec.structs.replace(paragraph, text=text, pieces=tuple(_move_pieces(paragraph, edit, end)))


def _locate(paragraph: Paragraph, edit: Edit) -> int | None:
    """Where an edit is in the text of a paragraph; None where it is not within one of its pieces."""
    at = bisect_right(paragraph.pieces, edit.start, key=lambda piece: piece[1]) - 1
    if at < 0:
        return None
    here, there = paragraph.pieces[at]
    ends = [start for start, _ in paragraph.pieces[at + 1 :]] or [len(paragraph.text)]
    return here + edit.start - there if there + ends[0] - here >= edit.end else None


def _move_pieces(paragraph: Paragraph, edit: Edit, end: int) -> Iterator[tuple[int, int]]:
    """The pieces of a paragraph, those from ``end`` of its text on further behind."""
    for here, there in paragraph.pieces:
        yield here + (edit.growth if here >= end else 0), edit.move(there)


def is_plantable(document: Document, edit: Edit) -> bool:
    """Whether an edit is within one piece of one paragraph."""
    return any(_locate(paragraph, edit) is not None for paragraph in document.paragraphs)


def _move_table(table: RuledTable, edit: Edit) -> RuledTable:
    rows = tuple(
        tuple(msgspec.structs.replace(cell, start=edit.move(cell.start), end=edit.move(cell.end)) for cell in row)
        for row in table.rows
    )
    return msgspec.structs.replace(table, rows=rows)


class _MovedBoxes:
    """Where the characters of a changed text stand: each where the one was that it takes the place of."""

    def __init__(self, boxes: Boxes, edit: Edit) -> None:
        self._boxes, self._edit = boxes, edit

    def of(self, start: int, end: int) -> tuple[Box, ...]:
        first = self._edit.restore(start)
        return self._boxes.of(first, max(first + 1, self._edit.restore(end)))
