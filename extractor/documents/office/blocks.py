"""The blocks of a word processor's file, in reading order: paragraphs as they display, and tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from extractor.documents.office.looks import BODY_LEVEL, Styles, W, is_on, read_place, read_value
from extractor.documents.office.numbering import Numbering
from extractor.documents.office.package import Element, read_local, read_number
from extractor.documents.office.runs import Anchored, Piece, Reader
from extractor.model import Notice

CENTERED = frozenset(("center", "distribute"))
# Tables within tables, text boxes and notes within one another: deeper is not read by anybody.
DEEPEST = 8
# A table of a word processor has no more.
MOST_COLUMNS = 63


class Line(Struct, frozen=True):
    """A line of text that ends a paragraph: its smallest size in half points, and whether all of it is bold.

    ``headed`` says that its style, or its level in the outline, makes it a heading.
    """

    text: str
    size: int
    bold: bool
    headed: bool
    centered: bool


class Block(Struct, frozen=True):
    """A paragraph as its lines, or the element of a table."""

    lines: tuple[Line, ...] = ()
    table: Element | None = None


class Blocks:
    """Reads blocks one after the other, as automatic numbers count through them."""

    def __init__(self, styles: Styles, numbering: Numbering, notes: Mapping[tuple[str, str], Element]) -> None:
        self._styles, self._numbering, self._notes = styles, numbering, notes
        self._reader = Reader(styles)
        self._depth = 0
        self._too_deep = 0
        self.pictures = 0

    def warn(self, name: str) -> Iterator[Notice]:
        """What is told of a file in which more is nested than anybody reads."""
        if self._too_deep:
            yield Notice("input.nested_too_deep", {"name": name, "count": DEEPEST})

    def read(self, parent: Element) -> Iterator[Block]:
        """The blocks in an element; text boxes and notes follow the paragraph that they are anchored to."""
        if self._depth == DEEPEST:
            self._too_deep += any(True for _ in _list_blocks(parent))
            return
        self._depth += 1
        aside: list[Element] = []
        open_end: list[Piece] = []
        for child in _list_blocks(parent):
            if read_local(child) == "tbl":
                yield Block(table=child)
                continue
            pieces, anchored = self._reader.read(child, self._name_style(child))
            self.pictures += len(anchored.pictures)
            aside += self._list_aside(anchored)
            open_end += pieces
            if not _is_mark_deleted(child):
                yield Block(tuple(self._read_lines(child, open_end)))
                open_end = []
                for element in aside:
                    yield from self.read(element)
                aside = []
        self._depth -= 1

    def _name_style(self, paragraph: Element) -> str | None:
        return read_value(paragraph.find(f"{W}pPr/{W}pStyle")) or self._styles.default

    def _list_aside(self, anchored: Anchored) -> Iterator[Element]:
        """The text boxes and the notes of a paragraph; every note once."""
        yield from anchored.boxes
        for key in anchored.notes:
            if key in self._notes:
                yield self._notes[key]

    def _read_lines(self, paragraph: Element, pieces: list[Piece]) -> Iterator[Line]:
        """The lines of a paragraph that hold any text, the first with its automatic number."""
        style = self._name_style(paragraph)
        place = self._styles.read_place(style).add(read_place(paragraph.find(f"{W}pPr")))
        label = self._numbering.make_label(place.list_id, place.list_level, style)
        headed = place.outline is not None and place.outline < BODY_LEVEL
        for line in _split_lines(pieces):
            text = "".join(piece.text for piece in line).strip()
            if text:
                yield Line(label + text, *_measure(line), headed, place.aligned in CENTERED)
                label = ""


def _measure(line: list[Piece]) -> tuple[int, bool]:
    """The smallest size in a line, and whether all of it is bold."""
    printed = [piece for piece in line if piece.text.strip()]
    return min(piece.size for piece in printed), all(piece.bold for piece in printed)


def _split_lines(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """Pieces cut at the breaks within them."""
    line: list[Piece] = []
    for piece in pieces:
        first, *others = piece.text.split("\n")
        line.append(replace(piece, text=first))
        for other in others:
            yield line
            line = [replace(piece, text=other)]
    yield line


def _list_blocks(parent: Element) -> Iterator[Element]:
    """The paragraphs and tables in an element, also those in content controls and accepted insertions."""
    for child in parent:
        name = read_local(child)
        if name in ("p", "tbl"):
            yield child
        elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
            yield from _list_blocks(child)


def _is_mark_deleted(paragraph: Element) -> bool:
    """Whether the end of a paragraph was deleted, so that it goes on in the next one."""
    following = paragraph.getnext()
    if following is None or read_local(following) != "p":
        return False
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


# ── tables ───────────────────────────────────────────────────────────────────────────────────────────────


class Slot(Struct, frozen=True):
    """A cell of a table's row: its element (None for a gap), its columns, and whether it goes on from the row above."""

    element: Element | None
    colspan: int
    continues: bool


def list_rows(table: Element) -> list[list[Slot]]:
    """The rows of a table as their cells from left to right; rows that were deleted or hidden are left out."""
    return [list(_list_slots(row)) for row in _list_inside(table, "tr") if not _is_row_gone(row)]


def _is_row_gone(row: Element) -> bool:
    properties = row.find(f"{W}trPr")
    if properties is None:
        return False
    return properties.find(f"{W}del") is not None or bool(is_on(properties.find(f"{W}hidden")))


def _list_inside(parent: Element, wanted: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those in content controls."""
    for child in parent:
        name = read_local(child)
        if name == wanted:
            yield child
        elif name in ("sdt", "sdtContent", "customXml"):
            yield from _list_inside(child, wanted)


def _list_slots(row: Element) -> Iterator[Slot]:
    properties = row.find(f"{W}trPr")
    gaps = [None if properties is None else properties.find(f"{W}{name}") for name in ("gridBefore", "gridAfter")]
    before, after = (_read_count(gap) if gap is not None else 0 for gap in gaps)
    if before:
        yield Slot(None, before, False)
    for cell in _list_inside(row, "tc"):
        yield _read_slot(cell)
    if after:
        yield Slot(None, after, False)


def _read_slot(cell: Element) -> Slot:
    properties = cell.find(f"{W}tcPr")
    if properties is None:
        return Slot(cell, 1, False)
    merged = properties.find(f"{W}vMerge")
    continues = merged is not None and read_value(merged) != "restart"
    return Slot(cell, _read_count(properties.find(f"{W}gridSpan")), continues)


def _read_count(element: Element | None) -> int:
    """A number of columns, at least one."""
    return min(read_number(read_value(element)) or 1, MOST_COLUMNS)
