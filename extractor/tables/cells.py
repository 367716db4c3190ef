"""A grid becomes a Table: its header, its units, and the number in each of its cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from extractor.model import Document, Section, Table, TableCell
from extractor.tables import headers, kinds, numbers, titles
from extractor.tables.grids import Grid, Place, span
from extractor.tables.headers import Column
from extractor.tables.units import Units


class Read(NamedTuple):
    """A table, and its cells that should be numbers and are none."""

    table: Table
    malformed: tuple[TableCell, ...]


class Reader:
    """Reads the grids of one document."""

    def __init__(self, document: Document, lines: titles.Lines, sections: Sequence[Section]) -> None:
        self._document = document
        self._lines = lines
        self._sections = sorted(sections, key=lambda section: section.start)

    def table(self, grid: Grid, name: str) -> Read:
        """The table of a grid, called ``name``."""
        document = self._document
        grid = titles.parted(grid, document.text)
        texts = [[document.text[place.start : place.end] for place in row] for row in grid.rows]
        start, end = span(grid)
        above = self._lines.caption(start)
        header = headers.count(grid.rows, texts)
        title = above.title if not grid.title or kinds.told(above.title, "") else grid.title
        unit = grid.unit or above.unit or _stated(texts[: header or 1])
        body = Body(headers.columns(grid.rows, texts, header), unit)
        rows = [
            body.row(*row) if at >= header else [_cell(*cell) for cell in zip(*row, strict=True)]
            for at, row in enumerate(zip(grid.rows, texts, strict=True))
        ]
        table = Table(
            id=name,
            title=title,
            kind=kinds.kind(title, headers.labels(texts, header)),
            section=self._section(start),
            page=document.page(start),
            start=start,
            end=end,
            unit=unit,
            header_rows=header,
            rows=tuple(map(tuple, rows)),
        )
        return Read(table, tuple(body.malformed))

    def _section(self, start: int) -> str | None:
        """The innermost section around a place."""
        at = bisect_right(self._sections, start, key=lambda section: section.start)
        return next((section.id for section in reversed(self._sections[:at]) if start < section.end), None)


class Body:
    """Reads the rows below the header, from the top down."""

    def __init__(self, columns: Sequence[Column], unit: str | None) -> None:
        self._columns = columns
        self._units = Units(columns, unit)
        self.malformed: list[TableCell] = []

    def row(self, places: Sequence[Place], texts: Sequence[str]) -> list[TableCell]:
        """The cells of the next row."""
        self._units.row(texts)
        return [self._read(at, place, text) for at, (place, text) in enumerate(zip(places, texts, strict=True))]

    def _read(self, at: int, place: Place, text: str) -> TableCell:
        if not place.rowspan:
            self._units.covered(at)
            return _cell(place, text)
        column = self._columns[at]
        reading = numbers.WORDS if text and (column.is_code or column.holds_units) else numbers.read(text)
        if reading.what == "number":
            return _cell(place, text, reading.value, self._units.number(at, reading.unit))
        if reading.what == "words":
            self._units.words(at, place, text)
        cell = _cell(place, text)
        if reading.what == "malformed" and (at or column.labels):
            self.malformed.append(cell)
        return cell


def _cell(place: Place, text: str, value: str | None = None, unit: str | None = None) -> TableCell:
    return TableCell(text, place.start, place.end, value, unit, place.box, place.rowspan, place.colspan)


def _stated(texts: Sequence[Sequence[str]]) -> str | None:
    """The unit that a cell of the header states for the whole table."""
    return next((unit for row in texts for text in row if (unit := titles.stated_unit(text))), None)
