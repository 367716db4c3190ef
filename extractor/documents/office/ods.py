"""Spreadsheets in the open format (.ods) become Documents: every sheet that is shown, its cells as they display."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.documents.elements import MOST_PLACES
from extractor.documents.model import Document
from extractor.documents.office.package import Element, Package, read_number
from extractor.documents.office.sheets import Merged, Sheet, make_document
from extractor.documents.office.shown import keep_shown, read_column
from extractor.model import InputError, Notice

OPEN = "urn:oasis:names:tc:opendocument:xmlns"
TABLE, TEXT, OFFICE, STYLE = (f"{{{OPEN}:{name}:1.0}}" for name in ("table", "text", "office", "style"))
# A cell or a row that is said to be repeated more often than this is the empty rest of a sheet.
MOST_REPEATED = 1000
# The first and the last column of an area, such as 表.A1:表.F20.
AREA = re.compile(r"\.\$?([A-Z]{1,3})\$?\d{1,7}:[^:]{0,100}?\.\$?([A-Z]{1,3})\$?\d{1,7}(?= |$)", re.ASCII)


def read(data: bytes, name: str) -> Document:
    """The Document of an open spreadsheet's bytes.

    Raises ``InputError`` for what is damaged, declares entities or holds no text.
    """
    root = Package(data, name).parse("content.xml")
    if root is None:
        raise InputError("input.damaged_file", name=name)
    hidden = _find_hidden(root)
    sheets: list[Sheet] = []
    warnings: list[Notice] = []
    for table in root.iterfind(f".//{OFFICE}spreadsheet/{TABLE}table"):
        title = " ".join(table.get(f"{TABLE}name", "").split())
        if table.get(f"{TABLE}style-name") in hidden:
            warnings.append(Notice("input.sheet_hidden", {"name": name, "sheet": title}))
        else:
            shown, told = keep_shown(_read_sheet(table, title), set(_list_hidden(table)), _list_areas(table), name)
            sheets += shown
            warnings += told
    return make_document(data, name, "ods", sheets, warnings)


def _find_hidden(root: Element) -> set[str | None]:
    """The styles of sheets that do not show."""
    found = root.iterfind(f".//{STYLE}style/{STYLE}table-properties[@{TABLE}display='false']")
    return {properties.getparent().get(f"{STYLE}name") for properties in found}


def _list_hidden(table: Element) -> Iterator[int]:
    """The columns of a sheet that do not show."""
    at = 1
    for column in table.iter(f"{TABLE}table-column"):
        repeated = _read_count(column, "number-columns-repeated")
        if not _is_shown(column):
            yield from range(at, at + min(repeated, MOST_REPEATED))
        at += repeated


def _is_shown(part: Element) -> bool:
    """Whether a row or a column is neither hidden nor left out by a filter."""
    return bool(part.get(f"{TABLE}visibility", "visible") == "visible")


def _list_areas(table: Element) -> list[range]:
    """The columns of each area of a sheet that is printed, where that is told."""
    areas = AREA.findall(table.get(f"{TABLE}print-ranges", ""))
    return [range(read_column(left), read_column(right) + 1) for left, right in areas]


def _read_sheet(table: Element, title: str) -> Sheet:
    rows: dict[int, dict[int, str]] = {}
    merged: list[Merged] = []
    hidden: list[int] = []
    at = places = 0
    for row in table.iter(f"{TABLE}table-row"):
        repeated = _read_count(row, "number-rows-repeated")
        shown = min(repeated, MOST_REPEATED)
        cells = dict(_read_row(row, at + 1, merged))
        # Behind the row with which a sheet is too large it is not read on: it is told as such.
        if cells and places <= MOST_PLACES:
            rows.update((at + one, cells) for one in range(1, shown + 1))
            places += len(cells) * shown
        if not _is_shown(row):
            hidden.extend(range(at + 1, at + shown + 1))
        at += repeated
    return Sheet(title, rows, merged, hidden)


def _read_row(row: Element, at: int, merged: list[Merged]) -> Iterator[tuple[int, str]]:
    """The filled cells of a row by their columns; the merged ones are added to ``merged``."""
    column = 1
    for cell in row.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
        repeated = _read_count(cell, "number-columns-repeated")
        down, across = _read_count(cell, "number-rows-spanned"), _read_count(cell, "number-columns-spanned")
        if down > 1 or across > 1:
            merged.append((at, column, at + down - 1, column + across - 1))
        text = _read_cell(cell)
        if text:
            yield from ((one, text) for one in range(column, column + min(repeated, MOST_REPEATED)))
        column += repeated


def _read_cell(cell: Element) -> str:
    """The lines of a cell as they display, in one; notes that hang on it are none of them."""
    lines = ("".join(line.itertext()) for line in cell.iterchildren(f"{TEXT}p"))
    return " ".join(" ".join(lines).split())


def _read_count(element: Element, name: str) -> int:
    """How often something is repeated, or how far it reaches; at least once."""
    return read_number(element.get(f"{TABLE}{name}")) or 1
