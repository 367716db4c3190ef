"""A comparison as a workbook: the pairs with filters and a header that stays, and a sheet about the two sides."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from extractor.messages import Lang
from extractor.model import Diff
from extractor.reports.comparison.beside import NOTHING, Beside
from extractor.reports.comparison.changes import list_changed
from extractor.reports.comparison.colours import LIGHT
from extractor.reports.comparison.rows import (
    BACK,
    FRONT,
    RELATIONS,
    SIDE,
    Cell,
    Row,
    fill_cells,
    get_phrase,
    list_rows,
    name_columns,
    name_kind,
    name_part,
)
from extractor.reports.files.spreadsheets import OPTIONS, make_styles, write_cell
from extractor.reports.printable import printable

HEAD = {"bold": True, "bottom": 1, "bg_color": "#eceef1", "text_wrap": True, "valign": "top"}
# Widths in characters by the column's name; any other is 12.
WIDTHS = {
    "number": 6,
    "metric": 30,
    "raw": 18,
    "section": 40,
    "page": 6,
    "id": 9,
    "message": 60,
    "difference": 16,
    "sentence": 50,
}


def encode(diffs: Sequence[Diff], lang: Lang, beside: Beside = NOTHING) -> list[bytes]:
    """A workbook for each diff; the same for the same comparison, so it carries no clock."""
    return [_encode(diff, lang) for diff in diffs]


def _encode(diff: Diff, lang: Lang) -> bytes:
    from xlsxwriter import Workbook

    out, found = io.BytesIO(), list_rows(diff)
    with Workbook(out, OPTIONS) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})
        comparison = book.add_worksheet(get_phrase("comparison", lang))
        _write_comparison(book, comparison, found, list_changed(diff, len(found) + 1, lang), lang)
        _write_summary(book, book.add_worksheet(get_phrase("summary", lang)), diff, found, lang)
    return out.getvalue()


def _write_comparison(
    book: Any, sheet: Any, found: Sequence[Row], changed: Sequence[Sequence[Cell]], lang: Lang
) -> None:
    """One row for each pair and each single claim, the relation in its colour; then what else changed."""
    titles, head = name_columns(lang), book.add_format(HEAD)
    for column, (name, title) in enumerate(zip((*FRONT, *SIDE, *SIDE, *BACK), titles, strict=True)):
        sheet.set_column(column, column, WIDTHS.get(name, 12))
        sheet.write_string(0, column, title, head)
    plain = make_styles(book, {"valign": "top", "text_wrap": True})
    formats = {
        relation: make_styles(book, {"font_color": ink, "bg_color": ground, "valign": "top"})
        for relation, (ink, ground) in LIGHT.items()
    }
    for at, row in enumerate(found, 1):
        for column, cell in enumerate(fill_cells(at, row, lang)):
            write_cell(sheet, at, column, cell, formats[row.relation] if column == FRONT.index("relation") else plain)
    for at, cells in enumerate(changed, len(found) + 1):
        for column, cell in enumerate(cells):
            write_cell(sheet, at, column, cell, plain)
    sheet.freeze_panes(1, len(FRONT))
    sheet.autofilter(0, 0, max(1, len(found) + len(changed)), len(titles) - 1)


def _write_summary(book: Any, sheet: Any, diff: Diff, found: Sequence[Row], lang: Lang) -> None:
    """What was compared, and how many rows there are of each relation."""
    head, plain = make_styles(book, HEAD), make_styles(book, {})
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 2, 48)
    for row, cells_ in enumerate(_list_facts(diff, lang)):
        for column, cell in enumerate(cells_):
            write_cell(sheet, row, column, cell, plain if row and column else head)
    counts = Counter(row.relation for row in found)
    sheet.write_row(6, 0, [get_phrase("relation", lang), get_phrase("count", lang)], head.plain)
    for row, relation in enumerate(RELATIONS, 7):
        sheet.write_string(row, 0, get_phrase(f"relation.{relation}", lang))
        sheet.write_number(row, 1, counts[relation])


def _list_facts(diff: Diff, lang: Lang) -> list[list[Cell]]:
    sides = (diff.left, diff.right)
    parts = [name_part(diff, side, lang) or get_phrase("whole", lang) for side in sides]
    return [
        ["", get_phrase("left", lang), get_phrase("right", lang)],
        [get_phrase("document", lang), *(printable(side.document.name) for side in sides)],
        [get_phrase("part", lang), *map(printable, parts)],
        [get_phrase("claims", lang), *(Decimal(len(side.claims)) for side in sides)],
        [get_phrase("as", lang), name_kind(diff, lang)],
    ]
