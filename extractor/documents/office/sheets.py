"""Sheets become text and tables: what stands above and below a table are paragraphs, its rows are a table."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from extractor.documents.elements import MOST_PLACES, Cell, Writer
from extractor.documents.model import Document
from extractor.documents.office.gathering import gather
from extractor.model import InputError, Notice

# So many rows without text end a table, and one does above a row with a single cell, which is the next one's title.
FAR = 3

# The first row and column that a merged cell covers, and the last ones.
Merged = tuple[int, int, int, int]
Rows = dict[int, dict[int, str]]


class Sheet(Struct, frozen=True):
    """One sheet as it displays: the texts of its filled cells by row and column, and the cells that are merged.

    ``hidden`` are the rows that do not show, in ascending order; they part nothing.
    """

    name: str
    rows: Rows
    merged: Sequence[Merged] = ()
    hidden: Sequence[int] = ()


def make_document(data: bytes, name: str, form: str, sheets: Sequence[Sheet], warnings: Sequence[Notice]) -> Document:
    """The Document of a workbook's sheets. Raises ``InputError`` where no sheet holds any text."""
    writer = Writer()
    warnings = [*gather(warnings, name), *_write_sheets(sheets, writer, name), *writer.warn(name)]
    if not writer.text and not any(sheet.rows for sheet in sheets):
        raise InputError("input.empty", name=name)
    return Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        format=form,
        text=writer.text,
        paragraphs=writer.paragraphs,
        ruled=writer.tables,
        warnings=tuple(warnings),
    )


def _write_sheets(sheets: Sequence[Sheet], writer: Writer, name: str) -> Iterator[Notice]:
    """Write sheets one below the other, each under its name, with a warning for each that is too large to be read."""
    for sheet in sheets:
        columns = sorted({column for row in sheet.rows.values() for column in row})
        if len(columns) * len(sheet.rows) > MOST_PLACES:
            yield Notice("input.sheet_too_large", {"name": name, "sheet": sheet.name})
            continue
        if sheet.name and sheet.rows and not _has_title(sheet):
            writer.write_paragraph(sheet.name, large=True)
        merged = _Merged(sheet.merged, sorted(sheet.rows), columns)
        for block in _split_blocks(sheet):
            _write_block(block, merged, writer)


def _has_title(sheet: Sheet) -> bool:
    """Whether a sheet begins with a line of its own, which tells more than the sheet's name."""
    first = sheet.rows[min(sheet.rows)]
    return len(first) == 1 and _is_note(first)


def _split_blocks(sheet: Sheet) -> Iterator[list[tuple[int, dict[int, str]]]]:
    """The rows with text in stretches that make a table each."""
    block: list[tuple[int, dict[int, str]]] = []
    for at in sorted(sheet.rows):
        gap = _count_empty(sheet, block[-1][0], at) if block else 0
        if gap >= FAR or (gap and len(sheet.rows[at]) == 1):
            yield block
            block = []
        block.append((at, sheet.rows[at]))
    if block:
        yield block


def _count_empty(sheet: Sheet, above: int, below: int) -> int:
    """How many rows show between two others, without any text."""
    hidden = bisect_left(sheet.hidden, below) - bisect_right(sheet.hidden, above)
    return below - above - 1 - hidden


def _write_block(block: list[tuple[int, dict[int, str]]], merged: _Merged, writer: Writer) -> None:
    """Write a table with its title above it and its notes below, which are rows of a single cell."""
    first, last = 0, len(block)
    while first < last and len(block[first][1]) == 1:
        first += 1
    while last > first and len(block[last - 1][1]) == 1 and _is_note(block[last - 1][1]):
        last -= 1
    for _, row in block[:first]:
        _write_lines(row, writer)
    if last > first:
        writer.write_table(list(merged.place_rows(block[first:last])))
    for _, row in block[last:]:
        _write_lines(row, writer)


def _write_lines(row: Mapping[int, str], writer: Writer) -> None:
    for text in row.values():
        writer.write_paragraph(text)


def _is_note(row: Mapping[int, str]) -> bool:
    """Whether the only cell of a row holds words rather than a number."""
    return all(sum(map(str.isalpha, text)) > 1 for text in row.values())


class _Merged:
    """The merged cells of a sheet, by the rows and columns of it that hold any text."""

    def __init__(self, merged: Sequence[Merged], rows: Sequence[int], columns: Sequence[int]) -> None:
        self._columns = columns
        self._rows = rows
        self._ends: dict[tuple[int, int], tuple[int, int]] = {}
        self._above: dict[int, list[Merged]] = {}
        for top, left, bottom, right in merged:
            self._ends[top, left] = (bottom, right)

    def place_rows(self, block: list[tuple[int, dict[int, str]]]) -> Iterator[list[Cell]]:
        """The cells of a table's rows in the form of a web page: those that another covers are left out."""
        covered: set[tuple[int, int]] = set()
        last = block[-1][0]
        for at, row in block:
            cells = []
            for column in self._columns:
                if (at, column) not in covered:
                    cells.append(self._place(at, column, row.get(column, ""), last, covered))
            yield cells

    def _place(self, row: int, column: int, text: str, last: int, covered: set[tuple[int, int]]) -> Cell:
        """A cell with the rows and columns, of those that hold text, that it covers."""
        bottom, right = self._ends.get((row, column), (row, column))
        rows = self._rows[bisect_left(self._rows, row) : bisect_right(self._rows, min(bottom, last))]
        columns = self._columns[bisect_left(self._columns, column) : bisect_right(self._columns, right)]
        covered.update((one, other) for one in rows for other in columns)
        return Cell(text, len(rows), len(columns))
