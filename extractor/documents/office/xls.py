"""Older Excel files (.xls) become Documents: every sheet that is shown, its numbers as they display."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import xlrd

from extractor.documents.model import Document
from extractor.documents.office.displays import GENERAL, show_number
from extractor.documents.office.sheets import Merged, Sheet, make_document
from extractor.documents.office.shown import keep_shown
from extractor.model import InputError, Notice

# Sheets and workbooks of xlrd, which has no types.
Book = Any
NUMBERS = (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE)
VISIBLE = 0
# What the name of print areas is called in every language.
PRINTED = "Print_Area"


def read(data: bytes, name: str) -> Document:
    """The Document of an older Excel file's bytes; of formulas, the values that were stored with them.

    Raises ``InputError`` for what is damaged, encrypted or holds no text.
    """
    # Whatever bytes can make of the reader's own arithmetic, the file is damaged then.
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
        sheets, warnings = _read_sheets(book, name)
    except MemoryError:
        raise
    except Exception as error:
        message = "input.encrypted_file" if "encrypted" in str(error) else "input.damaged_file"
        raise InputError(message, name=name) from None
    return make_document(data, name, "xls", sheets, warnings)


def _read_sheets(book: Book, name: str) -> tuple[list[Sheet], list[Notice]]:
    """The sheets of a workbook as they show, and what there is to warn of."""
    found: list[Sheet] = []
    warnings: list[Notice] = []
    for at, sheet in enumerate(book.sheets()):
        if sheet.visibility == VISIBLE:
            columns = [column + 1 for column, info in sheet.colinfo_map.items() if info.hidden]
            shown, told = keep_shown(_read_sheet(book, sheet), columns, _list_areas(book, at), name)
            found += shown
            warnings += told
        else:
            warnings.append(Notice("input.sheet_hidden", {"name": name, "sheet": sheet.name}))
    return found, warnings


def _list_areas(book: Book, at: int) -> list[range]:
    """The columns of each area of a sheet that is printed, where that is told."""
    names = [one for one in book.name_obj_list if one.builtin and one.name == PRINTED and one.scope == at]
    areas = [area.coords for one in names if one.result for area in one.result.value or ()]
    return [range(left + 1, right + 1) for _, _, _, _, left, right in areas]


def _read_sheet(book: Book, sheet: Any) -> Sheet:
    """A sheet with all that it holds; rows and columns count from 1."""
    rows = {at + 1: dict(_read_row(book, sheet, at)) for at in range(sheet.nrows)}
    merged: list[Merged] = [
        (top + 1, left + 1, below, behind) for top, below, left, behind in sheet.merged_cells if below > top
    ]
    hidden = sorted(at + 1 for at, info in sheet.rowinfo_map.items() if info.hidden)
    return Sheet(" ".join(sheet.name.split()), rows, merged, hidden)


def _read_row(book: Book, sheet: Any, at: int) -> Iterator[tuple[int, str]]:
    """The filled cells of a row by their columns."""
    for column, cell in enumerate(sheet.row(at)):
        text = _read_cell(book, cell)
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
