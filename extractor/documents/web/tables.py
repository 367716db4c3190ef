"""Tables of a page: which hold data and which only lay it out, and the rows of cells of those that hold data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, takewhile, zip_longest

from extractor.documents.elements import Cell
from extractor.documents.web.tree import Element

# A table has two rows and two columns at least: less is a box around a text, or a list.
FEWEST = 2
# A cell that holds more than half of its table's text, in so many paragraphs and characters, holds an article.
FEWEST_PARAGRAPHS = 4
ARTICLE = 400
PARAGRAPHS = ("p", "div", "br", "li", "h1", "h2", "h3", "h4")


def holds_data(table: Element) -> bool:
    """Whether a table has rows and columns of its own, and is not there to lay out a page or to frame a text."""
    if table.get("role") in ("presentation", "none"):
        return False
    rows = [list(filter(_has_text, row)) for row in list_rows(table)]
    widths = list(filter(None, map(len, rows)))
    if len(widths) < FEWEST or max(widths) < FEWEST:
        return False
    return not _frames_text(table, list(chain.from_iterable(rows)))


def _frames_text(table: Element, cells: list[Element]) -> bool:
    """Whether most of what a table holds is other tables, or the article in one of its cells."""
    whole = measure_text(table)
    if 2 * sum(map(measure_text, _find_inner(table))) > whole:
        return True
    return any(_holds_article(cell, whole) for cell in cells)


def _find_inner(table: Element) -> Iterator[Element]:
    """The tables in the cells of a table, but not those in theirs."""
    for inner in table.iterdescendants("table"):
        if next(inner.iterancestors("table")) is table:
            yield inner


def _holds_article(cell: Element, whole: int) -> bool:
    length = measure_text(cell)
    if length < ARTICLE or 2 * length < whole:
        return False
    return len(list(cell.iterdescendants(*PARAGRAPHS))) >= FEWEST_PARAGRAPHS


def _has_text(element: Element) -> bool:
    return any(map(str.strip, element.itertext()))


def measure_text(element: Element) -> int:
    """How many characters an element prints."""
    return sum(len(text.strip()) for text in element.itertext())


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
    yield from ([row[0]._replace(colspan=width)] for row in titles)
    body = rows[len(titles) :]
    for row, below in zip_longest(body, body[1:], fillvalue=()):
        is_full = _measure_row(row) == width
        yield _shorten(row) if is_full and below else row


def _shorten(row: Sequence[Cell]) -> Sequence[Cell]:
    """The cells of a row without the rows that all of them reach down to."""
    excess = min(cell.rowspan for cell in row) - 1
    return [cell._replace(rowspan=cell.rowspan - excess) for cell in row]


def _measure_row(row: Sequence[Cell]) -> int:
    """How many columns the cells take that begin in a row."""
    return sum(cell.colspan for cell in row)


def _is_single(row: Sequence[Cell]) -> bool:
    return len(row) == 1
