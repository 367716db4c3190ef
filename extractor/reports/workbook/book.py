"""A workbook whose cells are text, numbers and links within it, never anything that a document's text could become."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, BinaryIO

from msgspec import Struct

from extractor.messages import Lang, render
from extractor.model import Notice
from extractor.reports.files.spreadsheets import is_risky
from extractor.reports.printable import printable

# Beyond these a spreadsheet drops digits, characters, decimals and links.
DIGITS, CHARACTERS, PLACES, LINKS = 15, 32_767, 30, 60_000
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# The height of a line in points, and the most of them that a row shows.
LINE, MOST_LINES = 15, 20
TOP = {"valign": "top", "text_wrap": True}
HEAD = {"bold": True, "bottom": 1, "bg_color": "#e3e8ef", "text_wrap": True, "valign": "vcenter"}
LINK = {"font_color": "#1f4e9e", "underline": 1}


class Link(Struct, frozen=True):
    """Words that lead to a cell of the workbook; rows and columns count from 0."""

    text: str
    sheet: str
    row: int
    column: int = 0


class Shown(Struct, frozen=True):
    """A cell with a look of its own."""

    cell: str | Decimal | Link | None
    look: dict[str, Any]


Cell = str | Decimal | Link | Shown | None
Columns = tuple[tuple[str, int], ...]
"""The names of columns and their widths, in characters of Latin letters."""


def get_phrase(name: str, lang: Lang, **facts: str | int) -> str:
    """The word or phrase of this name in ``messages/papers``."""
    return render(Notice(f"papers.{name}", facts), lang)


def read_number(text: str | None) -> Decimal | None:
    """The number that a result holds as a string; None for what is no finite number.

    >>> read_number("165.71"), read_number("x"), read_number("NaN")
    (Decimal('165.71'), None, None)
    """
    try:
        found = Decimal(text) if text is not None else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() else None


def is_lossless(value: Decimal) -> bool:
    """Whether a spreadsheet, whose numbers are floats of 15 digits, keeps the value."""
    return len(value.normalize().as_tuple().digits) <= DIGITS and abs(value.adjusted()) < 300


def choose_format(value: Decimal) -> str:
    """Thousands, and as many decimals as the number is written with.

    >>> choose_format(Decimal("18976.760")), choose_format(Decimal("5"))
    ('#,##0.000', '#,##0')
    """
    exponent = value.as_tuple().exponent
    places = min(PLACES, max(0, -exponent)) if isinstance(exponent, int) else 0
    return "#,##0." + "0" * places if places else "#,##0"


class Book:
    """A workbook in the making: its sheets, and its formats, each made once."""

    def __init__(self, out: BinaryIO, lang: Lang) -> None:
        from xlsxwriter import Workbook

        self.lang = lang
        self.book = Workbook(out, OPTIONS)
        # No clock: the same result makes the same workbook.
        self.book.set_properties({"created": datetime(2000, 1, 1)})
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._links: dict[str, int] = {}

    def sheet(self, name: str) -> Any:
        """A new sheet, set up for paper: A4 across, as wide as the page, numbered."""
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P / &N")
        return sheet

    def format(self, look: dict[str, Any]) -> Any:
        """The format with these properties."""
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(look)
        return self._formats[key]

    def put(self, sheet: Any, row: int, column: int, cell: Cell, look: dict[str, Any] | None = None) -> None:
        """Writes one cell as what it is."""
        look = TOP if look is None else look
        if isinstance(cell, Shown):
            self.put(sheet, row, column, cell.cell, look | cell.look)
        elif isinstance(cell, Link):
            self._link(sheet, row, column, cell, look)
        elif isinstance(cell, Decimal) and is_lossless(cell):
            style = self.format({"num_format": choose_format(cell)} | look)
            sheet.write_number(row, column, float(cell), style)
        elif cell is not None and cell != "":
            self._text(sheet, row, column, str(cell), look)
        elif look is not TOP:
            sheet.write_blank(row, column, None, self.format(look))

    def _text(self, sheet: Any, row: int, column: int, text: str, look: dict[str, Any]) -> None:
        """Text stays text, after an edit too: what looks like a formula is marked as quoted."""
        text = printable(text)[:CHARACTERS]
        if is_risky(text):
            look = look | {"quote_prefix": True}
        sheet.write_string(row, column, text, self.format(look))

    def _link(self, sheet: Any, row: int, column: int, link: Link, look: dict[str, Any]) -> None:
        """A link within the workbook; beyond what a sheet may hold of them, its words alone."""
        count = self._links[sheet.name] = self._links.get(sheet.name, 0) + 1
        text = printable(link.text)[:CHARACTERS]
        if count > LINKS or not text:
            self._text(sheet, row, column, text, look)
            return
        from xlsxwriter.utility import xl_rowcol_to_cell

        name = link.sheet.replace("'", "''")
        target = f"internal:'{name}'!{xl_rowcol_to_cell(link.row, link.column)}"
        quoted = {"quote_prefix": True} if is_risky(text) else {}
        sheet.write_url(row, column, target, self.format(look | LINK | quoted), string=text)

    def listing(self, sheet: Any, columns: Columns, rows: Sequence[Sequence[Cell]], held: int, printed: int) -> None:
        """A header with filters that stays, as do the first ``held`` columns, and the rows below it.

        On paper go the first ``printed`` columns: all of them would be too small to read.
        """
        for column, (name, width) in enumerate(columns):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, get_phrase(name, self.lang), self.format(HEAD))
        for at, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                self.put(sheet, at, column, cell)
            sheet.set_row(at, LINE * _lines(row[:printed], columns[:printed]))
        sheet.freeze_panes(1, held)
        sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
        sheet.repeat_rows(0)
        sheet.print_area(0, 0, len(rows), printed - 1)


def _lines(row: Sequence[Cell], columns: Columns) -> int:
    """How many lines the longest of these cells takes: not every spreadsheet finds out by itself."""
    return max(1, *(min(MOST_LINES, _wrapped(cell, width)) for cell, (_, width) in zip(row, columns, strict=True)))


def _wrapped(cell: Cell, width: int) -> int:
    inner = cell.cell if isinstance(cell, Shown) else cell
    text = inner.text if isinstance(inner, Link) else inner
    if not isinstance(text, str) or 2 * len(text) < width:
        return 1
    return -(-measure_width(text) // max(1, width - 1))


def measure_width(text: str) -> int:
    """About how many Latin letters the text is wide: an ideograph counts two.

    >>> measure_width("收入 1.5")
    8
    """
    return len(text) + sum(char >= "\u1100" for char in text)
