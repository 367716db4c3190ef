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
from extractor.reports.printable import printable

# Beyond these a spreadsheet drops digits, and characters.
DIGITS, CHARACTERS = 15, 32_767
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
# Text of a document is never a formula, a link or a number.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def encode(diffs: Sequence[Diff], lang: Lang, beside: Beside = NOTHING) -> list[bytes]:
    """A workbook for each diff; the same for the same comparison, so it carries no clock."""
    return [_encode(diff, lang) for diff in diffs]


def _encode(diff: Diff, lang: Lang) -> bytes:
    from xlsxwriter import Workbook

    out, found = io.BytesIO(), list_rows(diff)
    with Workbook(out, OPTIONS) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#eceef1", "text_wrap": True, "valign": "top"})
        comparison = book.add_worksheet(get_phrase("comparison", lang))
        _write_comparison(book, comparison, found, list_changed(diff, len(found) + 1, lang), head, lang)
        _write_summary(book.add_worksheet(get_phrase("summary", lang)), diff, found, head, lang)
    return out.getvalue()


def _write_comparison(
    book: Any, sheet: Any, found: Sequence[Row], changed: Sequence[Sequence[Cell]], head: Any, lang: Lang
) -> None:
    """One row for each pair and each single claim, the relation in its colour; then what else changed."""
    titles = name_columns(lang)
    for column, (name, title) in enumerate(zip((*FRONT, *SIDE, *SIDE, *BACK), titles, strict=True)):
        sheet.set_column(column, column, WIDTHS.get(name, 12))
        sheet.write_string(0, column, title, head)
    plain = book.add_format({"valign": "top", "text_wrap": True})
    formats = {
        relation: book.add_format({"font_color": ink, "bg_color": ground, "valign": "top"})
        for relation, (ink, ground) in LIGHT.items()
    }
    for at, row in enumerate(found, 1):
        for column, cell in enumerate(fill_cells(at, row, lang)):
            _write_cell(sheet, at, column, cell, formats[row.relation] if column == FRONT.index("relation") else plain)
    for at, cells in enumerate(changed, len(found) + 1):
        for column, cell in enumerate(cells):
            _write_cell(sheet, at, column, cell, plain)
    sheet.freeze_panes(1, len(FRONT))
    sheet.autofilter(0, 0, max(1, len(found) + len(changed)), len(titles) - 1)


def _write_cell(sheet: Any, row: int, column: int, cell: Cell, style: Any) -> None:
    """A number as one if a spreadsheet keeps all its digits, all else as text."""
    if isinstance(cell, Decimal) and len(cell.normalize().as_tuple().digits) <= DIGITS:
        sheet.write_number(row, column, float(cell), style)
    elif cell is not None:
        text = format(cell, "f") if isinstance(cell, Decimal) else cell
        sheet.write_string(row, column, text[:CHARACTERS], style)


def _write_summary(sheet: Any, diff: Diff, found: Sequence[Row], head: Any, lang: Lang) -> None:
    """What was compared, and how many rows there are of each relation."""
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 2, 48)
    for row, cells_ in enumerate(_list_facts(diff, lang)):
        for column, cell in enumerate(cells_):
            _write_cell(sheet, row, column, cell, None if row and column else head)
    counts = Counter(row.relation for row in found)
    sheet.write_row(6, 0, [get_phrase("relation", lang), get_phrase("count", lang)], head)
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
