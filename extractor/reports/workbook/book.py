"""A workbook whose cells are text, numbers and links within it, never anything that a document's text could become."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any, BinaryIO

from msgspec import Struct

from extractor.messages import Lang
from extractor.reports.files.spreadsheets import CHARACTERS, OPTIONS, is_risky
from extractor.reports.printable import printable
from extractor.reports.workbook.head import Head, label_field
from extractor.reports.workbook.numbers import choose_format, is_lossless, shorten
from extractor.reports.workbook.phrases import get_phrase

# Beyond so many in a sheet a spreadsheet drops links.
LINKS = 60_000
# The size of letters in points.
SIZE = 10
# What prints the lines between cells.
GRID_PRINTED = 0
# The characters of a margin's text, with its marks.
MARGIN = 250
# How many bytes more than a letter an ideograph takes in UTF-8.
WIDER = 2
# The height of a line in points, and the most of them that a row shows.
LINE, MOST_LINES = 15, 26
TOP = {"valign": "top", "text_wrap": True}
HEAD = {"bold": True, "bottom": 1, "bg_color": "#e3e8ef", "text_wrap": True, "valign": "vcenter"}
LINK = {"font_color": "#1f4e9e", "underline": 1}
LINKED = TOP | LINK


class Formula(Struct, frozen=True):
    """What the spreadsheet computes, without the sign in front; ``value`` is what it gives, for those that do not.

    It is made of cells, numbers and words of this program alone; text of a document stands in cells.
    """

    text: str
    value: Decimal | str
    family: str = ""
    """The same for formulas of a column that say the same of their rows."""


class Link(Struct, frozen=True):
    """Words that lead to a cell of the workbook; rows and columns count from 0."""

    text: str
    sheet: str
    row: int
    column: int = 0
    shown: Decimal | str | Formula | None = None
    """What the cell holds in place of the words."""


class Shown(Struct, frozen=True):
    """A cell with a look of its own."""

    cell: str | Decimal | Link | Formula | None
    look: dict[str, Any]


Cell = str | Decimal | Link | Formula | Shown | None
Columns = tuple[tuple[str, int], ...]
"""The names of columns and their widths, in characters of Latin letters."""


def find_column(columns: Columns, name: str) -> int:
    """The place of a column, from 0.

    >>> find_column((("a", 5), ("b", 7)), "b")
    1
    """
    return [known for known, _ in columns].index(name)


@cache
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


def cut_text(text: str) -> str:
    """As much of a text as a cell holds, which counts characters as UTF-16 does."""
    if 2 * len(text) <= CHARACTERS:
        return text
    return text.encode("utf-16-le")[: 2 * CHARACTERS].decode("utf-16-le", "ignore")


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
        # By the identity of a look, which is kept beside so that no other gets it: most cells have one of few.
        self._styles: dict[tuple[int, str], tuple[dict[str, Any], Any]] = {}
        self._topped: dict[int, tuple[dict[str, Any], dict[str, Any]]] = {}
        self._links: Counter[str] = Counter()
        self._targets: dict[tuple[str, int, int], str] = {}
        self._texts: dict[str, tuple[str, bool]] = {}
        self._numbers: dict[str, str] = {}

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

    def _style(self, look: dict[str, Any], numbers: str = "") -> Any:
        """The format of a look, with one of numbers where the look has none."""
        key = id(look), numbers
        if key not in self._styles:
            self._styles[key] = look, self.format({"num_format": numbers} | look if numbers else look)
        return self._styles[key][1]

    def _top(self, look: dict[str, Any]) -> dict[str, Any]:
        """A look of the cells of lists."""
        if id(look) not in self._topped:
            self._topped[id(look)] = look, TOP | look
        return self._topped[id(look)][1]

    def put(self, sheet: Any, row: int, column: int, cell: Cell, look: dict[str, Any] = TOP) -> None:
        """Writes one cell as what it is."""
        if isinstance(cell, str) and cell:
            self._text(sheet, row, column, cell, look)
        elif isinstance(cell, Decimal):
            self._number(sheet, row, column, cell, look)
        elif isinstance(cell, Shown):
            self.put(sheet, row, column, cell.cell, self._top(cell.look) if look is TOP else look | cell.look)
        elif isinstance(cell, Link):
            self._link(sheet, row, column, cell, look)
        elif isinstance(cell, Formula):
            self._formula(sheet, row, column, cell, look)
        elif look is not TOP:
            sheet.write_blank(row, column, None, self._style(look))

    def merge(self, sheet: Any, first: tuple[int, int], last: tuple[int, int], text: str, look: dict[str, Any]) -> None:
        """One cell over several, with text."""
        sheet.merge_range(*first, *last, "", self.format(look))
        self.put(sheet, *first, text, look)

    def _text(self, sheet: Any, row: int, column: int, text: str, look: dict[str, Any]) -> None:
        """Text stays text, after an edit too: what looks like a formula is marked as quoted."""
        known = self._texts.get(text)
        if known is None:
            shown = cut_text(printable(text))
            known = self._texts[text] = shown, is_risky(shown)
        style = self.format(look | {"quote_prefix": True}) if known[1] else self._style(look)
        sheet.put_text(row, column, known[0], style)

    def _number(self, sheet: Any, row: int, column: int, number: Decimal, look: dict[str, Any]) -> None:
        """A number as one where a spreadsheet keeps its digits, else as text."""
        written = str(number)
        known = self._numbers.get(written)
        if known is None:
            known = self._numbers[written] = choose_format(number) if is_lossless(number) else ""
        if known:
            sheet.put_number(row, column, float(number), self._style(look, known))
        else:
            self._text(sheet, row, column, written, look)

    def _link(self, sheet: Any, row: int, column: int, link: Link, look: dict[str, Any]) -> None:
        """A link within the workbook; beyond what a sheet may hold of them, what it shows alone."""
        self._links[sheet.name] += 1
        if link.text and self._links[sheet.name] <= LINKS:
            look = LINKED if look is TOP else look | LINK
            sheet.put_link(row, column, self._find_target(link))
        self.put(sheet, row, column, link.text if link.shown is None else link.shown, look)

    def _find_target(self, link: Link) -> str:
        """Where a link leads, written once."""
        from extractor.reports.workbook.sheets import write_target

        place = link.sheet, link.row, link.column
        if place not in self._targets:
            self._targets[place] = write_target(*place)
        return self._targets[place]

    def _formula(self, sheet: Any, row: int, column: int, formula: Formula, look: dict[str, Any]) -> None:
        """A formula with its value, a number with as many decimals as that has."""
        value = formula.value
        if isinstance(value, Decimal):
            style = self._style(look, choose_format(shorten(value)))
            sheet.put_formula(row, column, formula.text, float(value), style, formula.family)
        else:
            sheet.put_formula(row, column, formula.text, value, self._style(look), formula.family)

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
            sheet.put_text(0, column, get_phrase(name, self.lang), self.format(HEAD))
        sheet.last = len(rows)
        for at, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if cell is not None:
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
    most = 1
    for cell, (_, width) in zip(row, columns, strict=True):
        text = cell if isinstance(cell, str) else _find_text(cell)
        if 2 * len(text) >= width:
            most = max(most, -(-measure_width(text) // max(1, width - 1)))
    return min(MOST_LINES, most)


def _find_text(cell: Cell) -> str:
    """The words of a cell; none where it has a number or a formula."""
    inner = cell.cell if isinstance(cell, Shown) else cell
    if isinstance(inner, str):
        return inner
    return inner.text if isinstance(inner, Link) else ""


def measure_width(text: str) -> int:
    """About how many Latin letters the text is wide: an ideograph counts two.

    >>> measure_width("收入 1.5")
    8
    """
    return len(text) + (len(text.encode("utf-8", "surrogatepass")) - len(text)) // WIDER
