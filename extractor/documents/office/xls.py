"""Older Excel files (.xls) become Documents: every sheet that is shown, its numbers as they display."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import xlrd

from extractor.documents.office.displays import GENERAL, show_number
from extractor.documents.office.sheets import Merged, Sheet, make_document
from extractor.model import Document, InputError, Notice

# Sheets and workbooks of xlrd, which has no types.
Book = Any
NUMBERS = (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE)
VISIBLE = 0


def read(data: bytes, name: str) -> Document:
    """The Document of an older Excel file's bytes; of formulas, the values that were stored with them.

    Raises ``InputError`` for what is damaged, encrypted or holds no text.
    """
    # Whatever bytes can make of the reader's own arithmetic, the file is damaged then.
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
        sheets = [_read_sheet(book, sheet) for sheet in book.sheets() if sheet.visibility == VISIBLE]
    except MemoryError:
        raise
    except Exception as error:
        message = "input.encrypted_file" if "encrypted" in str(error) else "input.damaged_file"
        raise InputError(message, name=name) from None
    hidden = [sheet.name for sheet in book.sheets() if sheet.visibility != VISIBLE]
    warnings = [Notice("input.sheet_hidden", {"name": name, "sheet": one}) for one in hidden]
    return make_document(data, name, "xls", sheets, warnings)


def _read_sheet(book: Book, sheet: Any) -> Sheet:
    """The rows and columns of a sheet that are shown; both count from 1."""
    hidden = [at for at in range(sheet.nrows) if at in sheet.rowinfo_map and sheet.rowinfo_map[at].hidden]
    unseen = set(hidden)
    rows = {}
    for at in range(sheet.nrows):
        cells = dict(_read_row(book, sheet, at)) if at not in unseen else {}
        if cells:
            rows[at + 1] = cells
    merged: list[Merged] = [
        (top + 1, left + 1, below, behind) for top, below, left, behind in sheet.merged_cells if below > top
    ]
    return Sheet(" ".join(sheet.name.split()), rows, merged, [at + 1 for at in hidden])


def _read_row(book: Book, sheet: Any, at: int) -> Iterator[tuple[int, str]]:
    """The filled cells of a row in the columns that are shown."""
    for column, cell in enumerate(sheet.row(at)):
        info = sheet.colinfo_map.get(column)
        text = "" if info is not None and info.hidden else _read_cell(book, cell)
        if text:
            yield column + 1, text


def _read_cell(book: Book, cell: Any) -> str:
    if cell.ctype in NUMBERS:
        style = book.xf_list[cell.xf_index]
        found = book.format_map.get(style.format_key)
        return show_number(repr(cell.value), found.format_str if found else GENERAL, book.datemode == 1)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, ""))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return str(bool(cell.value)).upper()
    return " ".join(str(cell.value).split())
