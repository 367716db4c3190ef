"""The tables of a document in the working papers: cell for cell, numbers as numbers, what fails in its colour."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import product
from typing import Any

from extractor.model import Table, TableCell
from extractor.reports.printable import printable
from extractor.reports.workbook.book import HEAD, LINE, MOST_LINES, Book, Link, Shown, measure_width
from extractor.reports.workbook.cells import LOOKS
from extractor.reports.workbook.numbers import choose_format, is_lossless, read_number, write_literal
from extractor.reports.workbook.phrases import get_phrase
from extractor.reports.workbook.places import ABOVE, Papers

GRID = {"border": 1, "border_color": "#b8c0cc", "valign": "top", "text_wrap": True}
TITLE = {"bold": True, "font_size": 13}
PLAIN = {"font_color": "#454b54"}
# The narrowest and the widest column, in characters of Latin letters.
NARROW, WIDE = 8, 36
_PERCENT = re.compile(r"[%％]\s*$")


def write(book: Book, papers: Papers) -> None:
    """A sheet for each table, or one for all where there are many."""
    sheets: dict[str, Any] = {}
    for table in papers.result.tables:
        name, row = papers.tables[table.id]
        alone = name not in sheets and row == ABOVE
        sheet = sheets.setdefault(name, None) or book.sheet(name)
        sheets[name] = sheet
        _write_head(book, sheet, table, row - ABOVE, papers)
        _write_body(book, sheet, table, row, papers)
        if alone:
            _fit_sizes(sheet, table, row)
    for table in papers.result.tables if len(sheets) == len(papers.tables) else ():
        sheets[papers.tables[table.id][0]].freeze_panes(ABOVE + table.header_rows, 1)


def _write_head(book: Book, sheet: Any, table: Table, row: int, papers: Papers) -> None:
    """The title; the page, the unit and the section, with a link there; and the way back."""
    book.put(sheet, row, 0, printable(table.title or table.id), TITLE)
    section = papers.section(table.section)
    facts = [
        get_phrase("on-page", papers.lang, page=table.page) if table.page is not None else "",
        get_phrase("in-unit", papers.lang, unit=printable(table.unit)) if table.unit else "",
        section.text if section else "",
    ]
    told = "  ".join(filter(None, facts))
    book.put(sheet, row + 1, 0, Link(told, section.sheet, section.row) if section else told, PLAIN)
    book.put(sheet, row + 2, 0, Link(get_phrase("back", papers.lang), papers.sheet("summary"), 0), PLAIN)


def _write_body(book: Book, sheet: Any, table: Table, start: int, papers: Papers) -> None:
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(table.rows):
        for column, cell in enumerate(line):
            if (row, column) in taken:
                continue
            look = HEAD | GRID if row < table.header_rows else GRID
            if (table.id, row, column) in papers.failing:
                severities = {check.severity for check in papers.failing[table.id, row, column]}
                look = look | LOOKS["error" if "error" in severities else "warning"]
            covered = _find_covered(table, row, column, cell) - taken
            taken |= covered
            if len(covered) > 1 and len(covered) == cell.rowspan * cell.colspan:
                last = start + row + cell.rowspan - 1, column + cell.colspan - 1
                sheet.merge_range(start + row, column, *last, "", book.format(look))
            _write_cell(book, sheet, (start + row, column), cell, look, _find_mark(table, row, column, papers))


def _find_covered(table: Table, row: int, column: int, cell: TableCell) -> set[tuple[int, int]]:
    """The places of the grid that a cell takes up, within the table."""
    down = range(row, min(len(table.rows), row + max(1, cell.rowspan)))
    across = range(column, min(len(table.rows[0]), column + max(1, cell.colspan)))
    return set(product(down, across))


def _find_mark(table: Table, row: int, column: int, papers: Papers) -> str:
    """The tick mark of a cell, as a part of its number's format: room for one where it has none."""
    status = papers.marks.get((table.id, row, column))
    sign = get_phrase(f"mark.{status or 'holds'}", papers.lang)
    return write_literal(f" {sign}") if status else f"_ _{sign}"


def _write_cell(book: Book, sheet: Any, at: tuple[int, int], cell: TableCell, look: dict[str, Any], mark: str) -> None:
    """A number with the decimals written, its percent sign and its tick mark; all else as text."""
    value = read_number(cell.value)
    if value is None or not is_lossless(value) or "num_format" in look:
        book.put(sheet, *at, printable(cell.text) or None, look)
        return
    sign = '"%"' if _PERCENT.search(cell.text) else ""
    style = {"num_format": choose_format(value) + sign + mark, "align": "right"}
    book.put(sheet, *at, Shown(Decimal(value), style), look)


def _fit_sizes(sheet: Any, table: Table, start: int) -> None:
    """Columns and rows that hold what is in them, within bounds: not every spreadsheet finds the heights itself."""
    widths = [_measure_column(table, column) for column in range(len(table.rows[0]) if table.rows else 0)]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for row, line in enumerate(table.rows):
        lines = max(
            (_count_lines(cell, sum(widths[at : at + max(1, cell.colspan)])) for at, cell in enumerate(line)), default=1
        )
        if lines > 1:
            sheet.set_row(start + row, LINE * min(MOST_LINES, lines))


def _measure_column(table: Table, column: int) -> int:
    """As wide as its longest cell below the header asks for."""
    longest = max((measure_width(row[column].text) for row in table.rows if row[column].colspan == 1), default=0)
    return min(WIDE, max(NARROW, longest + 2))


def _count_lines(cell: TableCell, width: int) -> int:
    """How many lines a cell takes in each of the rows that it spans."""
    lines = sum(max(1, -(-measure_width(line) // max(1, width - 1))) for line in cell.text.split("\n"))
    return -(-lines // max(1, cell.rowspan))
