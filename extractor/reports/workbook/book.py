"""A workbook whose cells are text, numbers and links within it, never anything that a document's text could become."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, BinaryIO

from msgspec import Struct

from extractor.messages import Lang
from extractor.reports.files.spreadsheets import CHARACTERS, DIGITS, OPTIONS, is_risky
from extractor.reports.printable import printable
from extractor.reports.workbook.head import Head, label_field
from extractor.reports.workbook.phrases import get_phrase

# Beyond these a spreadsheet drops decimals and links.
PLACES, LINKS = 30, 60_000
# The size of letters in points.
SIZE = 10
# What prints the lines between cells.
GRID_PRINTED = 0
# The decimals that are shown of what a formula gives.
SHOWN = 6
# The characters of a margin's text, with its marks.
MARGIN = 250
# The first of the characters that are as wide as two letters, those of Hangul and behind them the ideographs.
FIRST_WIDE = "\u1100"
# The height of a line in points, and the most of them that a row shows.
LINE, MOST_LINES = 15, 26
TOP = {"valign": "top", "text_wrap": True}
HEAD = {"bold": True, "bottom": 1, "bg_color": "#e3e8ef", "text_wrap": True, "valign": "vcenter"}
LINK = {"font_color": "#1f4e9e", "underline": 1}


class Link(Struct, frozen=True):
    """Words that lead to a cell of the workbook; rows and columns count from 0."""

    text: str
    sheet: str
    row: int
    column: int = 0
    number: Decimal | None = None
    """The number that the cell holds in place of the words."""


class Formula(Struct, frozen=True):
    """What the spreadsheet computes, without the sign in front; ``value`` is what it gives, for those that do not.

    It is made of cells, numbers and words of this program alone; text of a document stands in cells.
    """

    text: str
    value: Decimal | str


class Shown(Struct, frozen=True):
    """A cell with a look of its own."""

    cell: str | Decimal | Link | Formula | None
    look: dict[str, Any]


Cell = str | Decimal | Link | Formula | Shown | None
Columns = tuple[tuple[str, int], ...]
"""The names of columns and their widths, in characters of Latin letters."""


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


def find_column(columns: Columns, name: str) -> int:
    """The place of a column, from 0.

    >>> find_column((("a", 5), ("b", 7)), "b")
    1
    """
    return [known for known, _ in columns].index(name)


def name_letter(columns: Columns, name: str) -> str:
    """The letter of a column."""
    from xlsxwriter.utility import xl_col_to_name

    letter: str = xl_col_to_name(find_column(columns, name))
    return letter


def name_cell(columns: Columns, name: str, row: int) -> str:
    """A cell of a row, from 0, as the other cells of the row refer to it: it moves with them when rows are sorted.

    >>> name_cell((("a", 5), ("b", 7)), "b", 1)
    '$B2'
    """
    return f"${name_letter(columns, name)}{row + 1}"


def write_literal(text: str) -> str:
    """Words within a format of numbers.

    >>> write_literal('ZJ-"1"')
    '"ZJ-1"'
    """
    return '"' + text.replace('"', "") + '"'


def shorten(value: Decimal) -> Decimal:
    """A number with as many decimals as are shown of what a formula gives."""
    exponent = value.as_tuple().exponent
    is_long = isinstance(exponent, int) and -exponent > SHOWN
    return round(value, SHOWN).normalize() if is_long else value


def _write_margin(left: str, centre: str, right: str) -> str:
    """What stands above or below each page; words of a document are cut so that all of it fits."""
    most = MARGIN // 3
    return f"&L{left[:most]}&C{centre[:most]}&R{right[:most]}"


def escape_margin(text: str) -> str:
    """Words as a margin shows them.

    >>> escape_margin("A&B")
    'A&&B'
    """
    return text.replace("&", "&&")


class Book:
    """A workbook in the making: its sheets, and its formats, each made once."""

    def __init__(self, out: BinaryIO, lang: Lang, head: Head) -> None:
        from xlsxwriter import Workbook

        self.lang, self.head = lang, head
        font = {"font_name": get_phrase("font", lang), "font_size": SIZE}
        self.book = Workbook(out, OPTIONS | {"default_format_properties": font})
        # No clock: the same result makes the same workbook.
        self.book.set_properties({"created": datetime(2000, 1, 1)})
        self._formats: dict[frozenset[tuple[str, Any]], Any] = {}
        self._links: Counter[str] = Counter()
        self._targets: dict[tuple[str, int, int], Any] = {}

    def sheet(self, name: str, is_upright: bool = False) -> Any:
        """A new sheet, set up for paper: A4, as wide as the page, with the head and the number of the page."""
        from extractor.reports.workbook.sheets import Sheet

        sheet = self.book.add_worksheet(name, Sheet)
        if not is_upright:
            sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.7)
        head, lang = self.head, self.lang
        above = (f"{head.entity} {head.period}".strip(), name, self._tell("index") if head.index else "")
        sheet.set_header(_write_margin(*map(escape_margin, above)))
        prepared, reviewed = (escape_margin(self._tell(one)) for one in ("prepared", "reviewed"))
        sheet.set_footer(_write_margin(prepared, reviewed, get_phrase("page-of", lang, page="&P", pages="&N")))
        return sheet

    def _tell(self, name: str) -> str:
        """A line of the head with what it is called."""
        return f"{label_field(name, self.lang)} {getattr(self.head, name)}"

    def format(self, look: dict[str, Any]) -> Any:
        """The format with these properties."""
        key = frozenset(look.items())
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
        elif isinstance(cell, Formula):
            self._formula(sheet, row, column, cell, look)
        elif isinstance(cell, Decimal) and is_lossless(cell):
            style = self.format({"num_format": choose_format(cell)} | look)
            sheet.write_number(row, column, float(cell), style)
        elif cell is not None and cell != "":
            self._text(sheet, row, column, str(cell), look)
        elif look is not TOP:
            sheet.write_blank(row, column, None, self.format(look))

    def merge(self, sheet: Any, first: tuple[int, int], last: tuple[int, int], text: str, look: dict[str, Any]) -> None:
        """One cell over several, with text."""
        sheet.merge_range(*first, *last, "", self.format(look))
        self.put(sheet, *first, text, look)

    def _text(self, sheet: Any, row: int, column: int, text: str, look: dict[str, Any]) -> None:
        """Text stays text, after an edit too: what looks like a formula is marked as quoted."""
        text = printable(text)[:CHARACTERS]
        if is_risky(text):
            look = look | {"quote_prefix": True}
        sheet.write_string(row, column, text, self.format(look))

    def _link(self, sheet: Any, row: int, column: int, link: Link, look: dict[str, Any]) -> None:
        """A link within the workbook; beyond what a sheet may hold of them, its words alone."""
        self._links[sheet.name] += 1
        if self._links[sheet.name] > LINKS or not link.text:
            self._text(sheet, row, column, link.text, look)
            return
        look = look | LINK
        sheet.write_url(row, column, self._find_target(link), self.format(look))
        if link.number is None:
            self._text(sheet, row, column, link.text, look)
        else:
            sheet.write_number(row, column, float(link.number), self.format(look))

    def _find_target(self, link: Link) -> Any:
        """Where a link leads, made once."""
        from extractor.reports.workbook.sheets import make_target

        place = link.sheet, link.row, link.column
        if place not in self._targets:
            self._targets[place] = make_target(*place)
        return self._targets[place]

    def _formula(self, sheet: Any, row: int, column: int, formula: Formula, look: dict[str, Any]) -> None:
        """A formula with its value, a number with as many decimals as that has."""
        value = formula.value
        if isinstance(value, Decimal):
            look = {"num_format": choose_format(shorten(value))} | look
        shown = float(value) if isinstance(value, Decimal) else value
        sheet.write_formula(row, column, f"={formula.text}", self.format(look), shown)

    def listing(
        self, sheet: Any, columns: Columns, rows: Sequence[Sequence[Cell]], held: int, printed: int,
        is_sorted: bool = True,
    ) -> None:  # fmt: skip
        """A header with filters that stays, as do the first ``held`` columns, and the rows below it.

        On paper go the first ``printed`` columns: all of them would be too small to read. Rows that formulas refer to
        must not be ``is_sorted`` by their readers, so they have no filters.
        """
        for column, (name, width) in enumerate(columns):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, get_phrase(name, self.lang), self.format(HEAD))
        for at, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                self.put(sheet, at, column, cell)
            sheet.set_row(at, LINE * _lines(row[:printed], columns[:printed]))
        sheet.hide_gridlines(GRID_PRINTED)
        sheet.freeze_panes(1, held)
        if is_sorted:
            sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
        sheet.repeat_rows(0)
        sheet.print_area(0, 0, len(rows), printed - 1)


def _lines(row: Sequence[Cell], columns: Columns) -> int:
    """How many lines the longest of these cells takes: not every spreadsheet finds out by itself."""
    return max(1, *(min(MOST_LINES, _wrapped(cell, width)) for cell, (_, width) in zip(row, columns, strict=True)))


def _wrapped(cell: Cell, width: int) -> int:
    inner = cell.cell if isinstance(cell, Shown) else cell
    if isinstance(inner, Formula):
        return 1
    text = inner.text if isinstance(inner, Link) else inner
    if not isinstance(text, str) or 2 * len(text) < width:
        return 1
    return -(-measure_width(text) // max(1, width - 1))


def measure_width(text: str) -> int:
    """About how many Latin letters the text is wide: an ideograph counts two.

    >>> measure_width("收入 1.5")
    8
    """
    return len(text) + sum(map(FIRST_WIDE.__le__, text))
