"""Draws tables on PDF pages and reads them."""

from __future__ import annotations

from collections.abc import Sequence

from pdfs import PdfPage, pdf

from extractor import documents
from extractor.documents.model import Document
from extractor.sections import outline
from extractor.tables import tables
from extractor.tables.model import Tabulation

# The height of a row, the size of its words and how far they stand from the lines around them.
ROW, SIZE, INSET = 20.0, 9.0, 4.0
SPANNED = "<"
COVERED = "^"

Rows = Sequence[Sequence[str]]


def table(page: PdfPage, rows: Rows, top: float = 700, left: float = 60, width: float = 90) -> PdfPage:
    """Draw ``rows`` from ``top`` down; ``<`` goes on with the cell to the left, ``^`` with the one above."""
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            x, y = left + column * width, top - at * ROW
            if text != SPANNED:
                page.line(x, y, x, y - ROW)
            if text != COVERED and not (text == SPANNED and _start(row, column) == COVERED):
                page.line(x, y, x + width, y)
            if text not in (SPANNED, COVERED):
                page.text(x + INSET, y - ROW + 6, text, SIZE)
    right, bottom = left + width * len(rows[0]), top - ROW * len(rows)
    page.line(right, top, right, bottom)
    return page.line(left, bottom, right, bottom)


def _start(row: Sequence[str], column: int) -> str:
    """What stands in the first place of a cell over several columns."""
    while row[column] == SPANNED:
        column -= 1
    return row[column]


def document(*pages: PdfPage) -> Document:
    return documents.read(pdf(pages), "示例.pdf")


def tabulation(*pages: PdfPage) -> Tabulation:
    """The tables of a document of these pages."""
    read = document(*pages)
    found = tables(read, outline(read).sections)
    for one in found.tables:
        assert len({len(row) for row in one.rows}) == 1
        assert all(read.text[cell.start : cell.end] == cell.text for row in one.rows for cell in row)
        assert all(one.start <= cell.start <= cell.end <= one.end for row in one.rows for cell in row)
    return found


def texts(rows: Sequence[Sequence[object]]) -> list[list[str]]:
    return [[cell.text for cell in row] for row in rows]  # type: ignore[attr-defined]
