"""Findings as a workbook of one sheet, with filters and a head that stays; the working papers are another thing."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from extractor.messages import Lang, render
from extractor.model import Notice
from extractor.reports.files.spreadsheets import OPTIONS, make_styles, write_cell
from extractor.reports.findings.selecting import Listing
from extractor.reports.findings.tabular import COLUMNS, Cell, list_cells, name_columns


def encode(listings: Sequence[Listing], lang: Lang) -> bytes:
    """The workbook; the same for the same findings, so it carries no clock."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    with Workbook(out, OPTIONS) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})
        _fill(book, [*list_cells(listings, lang)], lang)
    return out.getvalue()


def _fill(book: Any, rows: Sequence[Sequence[Cell]], lang: Lang) -> None:
    sheet = book.add_worksheet(render(Notice("findings.sheet"), lang))
    head = book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True})
    body = make_styles(book, {"valign": "top", "text_wrap": True})
    for at, (width, name) in enumerate(zip(COLUMNS.values(), name_columns(lang), strict=True)):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, name, head)
    for row, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells):
            write_cell(sheet, row, column, cell, body)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(rows)), len(COLUMNS) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
