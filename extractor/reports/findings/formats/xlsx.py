"""Findings as a workbook of one sheet, with filters and a head that stays; the working papers are another thing."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from extractor.messages import Lang, render
from extractor.model import Notice
from extractor.reports.files.spreadsheets import keep_number
from extractor.reports.findings.selecting import Listing
from extractor.reports.findings.tabular import COLUMNS, Cell, list_cells, name_columns

# What a cell of a spreadsheet can hold.
CHARACTERS = 32_767
# Text of a document is never a formula, a link or a number.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


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
    body = book.add_format({"valign": "top", "text_wrap": True})
    for at, (width, name) in enumerate(zip(COLUMNS.values(), name_columns(lang), strict=True)):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, name, head)
    for row, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells):
            _put(sheet, (row, column), cell, body)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(rows)), len(COLUMNS) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)


def _put(sheet: Any, place: tuple[int, int], cell: Cell, look: Any) -> None:
    """A number as a number where a spreadsheet keeps its digits; anything else as text."""
    number = keep_number(cell)
    if number is not None:
        sheet.write_number(*place, number, look)
    elif cell is not None:
        text = f"{cell:f}" if isinstance(cell, Decimal) else cell
        sheet.write_string(*place, text[:CHARACTERS], look)
