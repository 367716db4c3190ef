"""A grid becomes a Table: its header, its units, and the number in each of its cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import chain, count

import msgspec
from msgspec import UNSET, Struct

from extractor.documents.model import Document
from extractor.model import Section, Table, TableCell
from extractor.tables import headers, kinds, numbers, titles
from extractor.tables.grids import Grid, Place, find_span, read_row
from extractor.tables.headers import Column
from extractor.tables.units import Units


class Read(Struct, frozen=True):
    """A table, and its cells that should be numbers and are none."""

    table: Table
    malformed: tuple[TableCell, ...]


class Reader:
    """Reads the grids of one document."""

    def __init__(self, document: Document, lines: titles.Lines, sections: Sequence[Section]) -> None:
        self._document = document
        self._lines = lines
        self._sections = sorted(sections, key=lambda section: section.start)

    def read_table(self, grid: Grid, name: str) -> Read:
        """The table of a grid, called ``name``."""
        document = self._document
        grid = titles.split_title(grid, document.text)
        texts = [read_row(document.text, row) for row in grid.rows]
        start, end = find_span(grid)
        caption = self._lines.read_caption(start)
        header = headers.count_rows(grid.rows, texts)
        title = _choose_title(grid.title, caption.title)
        unit = grid.unit or caption.unit
        if not unit:
            unit = titles.find_unit(chain.from_iterable(texts[: header or 1]))
        body = Body(headers.read_columns(grid.rows, texts, header), unit)
        rows = list(map(_make_cells, grid.rows[:header], texts))
        rows += map(body.read_row, grid.rows[header:], texts[header:])
        table = Table(
            id=name,
            title=title,
            kind=kinds.name_kind(title, headers.join_labels(texts, header)),
            section=self._find_section(start),
            page=document.page(start),
            start=start,
            end=end,
            unit=unit,
            header_rows=header,
            rows=tuple(map(self._finish_row, rows)),
        )
        return Read(table, tuple(body.malformed))

    def _finish_row(self, row: Sequence[TableCell]) -> tuple[TableCell, ...]:
        return tuple(map(self._add_confidence, row)) if self._document.doubts else tuple(row)

    def _add_confidence(self, cell: TableCell) -> TableCell:
        """A cell with how surely its characters were recognised."""
        confidence = self._document.confidence(cell.start, cell.end)
        return cell if confidence is UNSET else msgspec.structs.replace(cell, confidence=confidence)

    def _find_section(self, start: int) -> str | None:
        """The innermost section around a place."""
        at = bisect_right(self._sections, start, key=lambda section: section.start)
        for section in reversed(self._sections[:at]):
            if start < section.end:
                return section.id
        return None


class Body:
    """Reads the rows below the header, from the top down."""

    def __init__(self, columns: Sequence[Column], unit: str | None) -> None:
        self._columns = columns
        self._units = Units(columns, unit)
        self.malformed: list[TableCell] = []

    def read_row(self, places: Sequence[Place], texts: Sequence[str]) -> list[TableCell]:
        """The cells of the next row."""
        self._units.begin_row(texts)
        return list(map(self._read_cell, count(), places, texts))

    def _read_cell(self, at: int, place: Place, text: str) -> TableCell:
        """The cell of column ``at``; one that another covers has no number."""
        if not place.rowspan:
            self._units.take_covered(at)
            return _make_cell(place, text)
        reading = self._read_number(at, text)
        if reading.what == "number":
            return _make_cell(place, text, reading.value, self._units.name_unit(at, reading.unit))
        if reading.what == "words":
            self._units.take_words(at, place, text)
        cell = _make_cell(place, text)
        if reading.what == "malformed" and self._has_values(at):
            self.malformed.append(cell)
        return cell

    def _read_number(self, at: int, text: str) -> numbers.Reading:
        """What a cell holds; in a column of codes or of units all are words."""
        column = self._columns[at]
        is_named = column.is_code or column.holds_units
        return numbers.WORDS if text and is_named else numbers.read_cell(text)

    def _has_values(self, at: int) -> bool:
        """Whether a column holds what its rows are about: the first without a label holds their names."""
        return at > 0 or bool(self._columns[at].labels)


def _choose_title(own: str | None, above: str | None) -> str | None:
    """The title in the table itself, unless there is none or the one above it tells the statement."""
    if not own or kinds.find_statement(above, ""):
        return above
    return own


def _make_cells(places: Sequence[Place], texts: Sequence[str]) -> list[TableCell]:
    """The cells of a row of the header."""
    return list(map(_make_cell, places, texts))


def _make_cell(place: Place, text: str, value: str | None = None, unit: str | None = None) -> TableCell:
    return TableCell(text, place.start, place.end, value, unit, place.box, place.rowspan, place.colspan)
