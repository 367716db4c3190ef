"""Citations as a workbook: a row for each number with filters and a head that stays, its status in colour."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from extractor.cite.answer import Citations, Status
from extractor.messages import Lang
from extractor.reports.citations.rows import COLUMNS, get_phrase, list_rows, name_columns
from extractor.reports.files.spreadsheets import OPTIONS, make_styles, write_cell

# Widths in characters by the column's name; any other is 12.
WIDTHS = {
    "number": 6, "raw": 14, "metric": 28, "sentence": 48, "quote": 14, "source_metric": 28, "document": 30, "page": 6,
    "section": 40, "source_sentence": 48, "message": 48, "sha256": 20,
}  # fmt: skip
# Ink and ground of a status.
COLOURS: dict[Status, tuple[str, str]] = {
    "supported": ("#1a6b37", "#e3f4e8"),
    "contradicted": ("#a3161f", "#fbe3e4"),
    "not_found": ("#7a5b00", "#fdf3d0"),
}


def encode(found: Citations, lang: Lang) -> bytes:
    """The same for the same citations, so it carries no clock."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    with Workbook(out, OPTIONS) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})
        sheet = book.add_worksheet(get_phrase("sheet", lang))
        _write_head(book, sheet, lang)
        _write_rows(book, sheet, found, lang)
    return out.getvalue()


def _write_head(book: Any, sheet: Any, lang: Lang) -> None:
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#eceef1", "text_wrap": True, "valign": "top"})
    for column, (name, title) in enumerate(zip(COLUMNS, name_columns(lang), strict=True)):
        sheet.set_column(column, column, WIDTHS.get(name, 12))
        sheet.write_string(0, column, title, head)


def _write_rows(book: Any, sheet: Any, found: Citations, lang: Lang) -> None:
    plain = make_styles(book, {"valign": "top", "text_wrap": True})
    styles = {
        status: make_styles(book, {"font_color": ink, "bg_color": ground, "valign": "top"})
        for status, (ink, ground) in COLOURS.items()
    }
    at = COLUMNS.index("status")
    for row, (citation, cells) in enumerate(zip(found.citations, list_rows(found, lang), strict=True), 1):
        for column, cell in enumerate(cells):
            write_cell(sheet, row, column, cell, styles[citation.status] if column == at else plain)
    sheet.freeze_panes(1, at + 2)
    sheet.autofilter(0, 0, max(1, len(found.citations)), len(COLUMNS) - 1)
