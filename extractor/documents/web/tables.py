"""Tables of a page: which hold data and which only lay it out, and the rows of cells of those that hold data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, takewhile, zip_longest

from msgspec import Struct
from msgspec.structs import replace

from extractor.documents.elements import Cell
from extractor.documents.web.tree import Element

# A table has two rows and two columns at least: less is a box around a text, or a list.
FEWEST = 2
# A cell that holds more than half of its table's text, in so many paragraphs and characters, holds an article.
FEWEST_PARAGRAPHS = 4
ARTICLE = 400
PARAGRAPHS = frozenset(("p", "div", "br", "li", "h1", "h2", "h3", "h4"))
TABLE = "table"
MEASURED = frozenset((TABLE, "td", "th"))


class Size(Struct, frozen=True):
    """How much a table or a cell holds: characters, characters in the tables right within it, and paragraphs."""

    text: int
    inner: int
    paragraphs: int


Sizes = dict[Element, Size]


class _Measuring:
    """The sizes of the tables and cells of an element that is walked through.

    A table is right within a table and within each cell between the two.
    """

    def __init__(self) -> None:
        self.sizes: Sizes = {}
        self._begun: list[tuple[int, int]] = []
        self._inner = [0]
        self._text = self._paragraphs = 0

    def enter(self, element: Element) -> None:
        """Count what an element begins with."""
        if element.tag in MEASURED:
            self._begun.append((self._text, self._paragraphs))
            self._inner.append(0)
        self._paragraphs += element.tag in PARAGRAPHS
        self._text += _count_printed(element.text)

    def leave(self, element: Element) -> None:
        """Keep the size of an element, and count what is behind it."""
        if element.tag in MEASURED:
            text, paragraphs = self._begun.pop()
            size = Size(self._text - text, self._inner.pop(), self._paragraphs - paragraphs)
            self._inner[-1] += size.text if element.tag == TABLE else size.inner
            self.sizes[element] = size
        self._text += _count_printed(element.tail)


def measure_tables(top: Element) -> Sizes:
    """The sizes of all tables and cells within an element."""
    from lxml import etree

    measuring = _Measuring()
    for event, element in etree.iterwalk(top, events=("start", "end")):
        if event == "start":
            measuring.enter(element)
        else:
            measuring.leave(element)
    return measuring.sizes


def _count_printed(text: str | None) -> int:
    return len(text.strip()) if text else 0


def holds_data(table: Element, sizes: Sizes) -> bool:
    """Whether a table has rows and columns of its own, and is not there to lay out a page or to frame a text."""
    if table.get("role") in ("presentation", "none"):
        return False
    rows = [[cell for cell in row if sizes[cell].text] for row in list_rows(table)]
    widths = list(filter(None, map(len, rows)))
    if len(widths) < FEWEST or max(widths) < FEWEST:
        return False
    return not _frames_text(sizes[table], [sizes[cell] for cell in chain.from_iterable(rows)])


def _frames_text(whole: Size, cells: Sequence[Size]) -> bool:
    """Whether most of what a table holds is other tables, or the article in one of its cells."""
    return 2 * whole.inner > whole.text or any(_holds_article(cell, whole) for cell in cells)


def _holds_article(cell: Size, whole: Size) -> bool:
    if cell.text < ARTICLE or 2 * cell.text < whole.text:
        return False
    return cell.paragraphs >= FEWEST_PARAGRAPHS


def list_rows(table: Element) -> Iterator[list[Element]]:
    """The cells that begin in each row of a table, without those of tables within it."""
    for row in table.iterchildren("tr", "thead", "tbody", "tfoot"):
        for one in [row] if row.tag == "tr" else row.iterchildren("tr"):
            yield list(one.iterchildren("td", "th"))


def read_spans(cell: Element) -> tuple[int, int]:
    """Over how many rows and columns a cell reaches: one where it does not say, and all rows below for rowspan 0."""
    rows = _read_span(cell.get("rowspan"))
    return rows or ALL, max(1, _read_span(cell.get("colspan")))


# More rows than any table has.
ALL = 65_534


def _read_span(written: str | None) -> int:
    """A number of rows or columns; 1 for what is none."""
    digits = (written or "").strip()[:6]
    return min(ALL, int(digits)) if digits.isascii() and digits.isdecimal() else 1


# ── rows as they are meant ───────────────────────────────────────────────────────────────────────────────


def mend_rows(rows: Sequence[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    """The rows of a table with the spans that are meant: pages that were made by hand leave some out or repeat them.

    A cell that stands alone above rows with more is over all columns. Cells that fill a row and all reach down into a
    row that has cells of its own do not reach so far, or the cells of that row would stand beside the table.
    """
    width = max(map(_measure_row, rows))
    titles = list(takewhile(_is_single, rows))
    yield from ([replace(row[0], colspan=width)] for row in titles)
    body = rows[len(titles) :]
    for row, below in zip_longest(body, body[1:], fillvalue=()):
        is_full = _measure_row(row) == width
        yield _shorten(row) if is_full and below else row


def _shorten(row: Sequence[Cell]) -> Sequence[Cell]:
    """The cells of a row without the rows that all of them reach down to."""
    excess = min(cell.rowspan for cell in row) - 1
    return [replace(cell, rowspan=cell.rowspan - excess) for cell in row]


def _measure_row(row: Sequence[Cell]) -> int:
    """How many columns the cells take that begin in a row."""
    return sum(cell.colspan for cell in row)


def _is_single(row: Sequence[Cell]) -> bool:
    return len(row) == 1
