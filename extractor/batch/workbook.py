"""Rows as an Excel workbook: numbers as numbers, words as words, more sheets where one cannot hold all rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, islice
from typing import Any, BinaryIO

from extractor.messages import Lang, render
from extractor.model import Notice
from extractor.reports.files.spreadsheets import NUMBER, keep_number
from extractor.reports.terminal.speech import say

ROWS = 1_048_576
"""The rows of a sheet, its heading among them; Excel opens no more."""
LENGTH = 32_767
"""The characters of a cell."""
NUMERIC = frozenset(("value", "value_high", "low", "high", "stated", "proposed", "computed", "difference"))
"""Columns that are text in the database, where every digit counts, and numbers in a workbook that can hold them."""
WIDE = {
    "sentence": 60,
    "message": 60,
    "metric": 24,
    "section": 30,
    "document": 30,
    "entity": 30,
    "title": 30,
    "path": 40,
}
NARROW = 12
FIRST_YEAR = 1900
"""Of earlier days, and of the first year, a workbook knows no numbers: they stand as text."""
OPTIONS = {
    "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}  # fmt: skip


def write(file: BinaryIO, name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], lang: Lang) -> int:
    """Writes the rows to ``file``, on as many sheets as they need; gives their number."""
    from xlsxwriter import Workbook

    left, count, sheets = iter(rows), 0, 0
    with Workbook(file, OPTIONS) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        while (first := next(left, None)) is not None or not sheets:
            sheets += 1
            sheet = book.add_worksheet(name if sheets == 1 else f"{name} {sheets}")
            some = chain([first], islice(left, ROWS - 2)) if first is not None else iter(())
            count += _sheet(sheet, columns, some, bold)
    if sheets > 1:
        say(render(Notice("batch.sheets", {"rows": count, "sheets": sheets}), lang))
    return count


def _sheet(sheet: Any, columns: Sequence[str], rows: Iterator[Sequence[Any]], bold: Any) -> int:
    from rich.cells import cell_len

    for at, column in enumerate(columns):
        sheet.set_column(at, at, WIDE.get(column, max(NARROW, cell_len(column) + 4)))
        sheet.write_string(0, at, column, bold)
    sheet.freeze_panes(1, 1)
    numeric = [column in NUMERIC for column in columns]
    line = 0
    for line, row in enumerate(rows, start=1):
        for at, cell in enumerate(row):
            _cell(sheet, line, at, cell, numeric[at])
    sheet.autofilter(0, 0, line, len(columns) - 1)
    return line


def _cell(sheet: Any, line: int, at: int, cell: Any, numeric: bool) -> None:
    if cell is None:
        return
    if isinstance(cell, date) and cell.year > FIRST_YEAR:
        sheet.write_datetime(line, at, cell)
        return
    held = keep_number(Decimal(cell) if numeric and isinstance(cell, str) and NUMBER.fullmatch(cell) else cell)
    if held is not None:
        sheet.write_number(line, at, held)
    else:
        sheet.write_string(line, at, str(cell)[:LENGTH])
