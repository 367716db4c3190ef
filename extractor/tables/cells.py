"""A grid becomes a Table: its header, its units, and the number in each of its cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from extractor.model import Document, Section, Table, TableCell
from extractor.tables import headers, kinds, lexicon, numbers, titles
from extractor.tables.grids import Grid, Place, span
from extractor.tables.headers import Column


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


class Label(NamedTuple):
    """The words in front of a number in its row: the unit they state, and whether it is one of their own."""

    unit: str | None = None
    has_own_unit: bool = False


NO_LABEL = Label()


class Body:
    """Reads the rows below the header, from the top down."""

    def __init__(self, columns: Sequence[Column], unit: str | None) -> None:
        self._columns = columns
        self._unit = unit
        # For each column the label that reaches down over several rows, and the row behind its last one.
        self._reaching: dict[int, tuple[Label, int]] = {}
        self._at = 0
        self.malformed: list[TableCell] = []

    def row(self, places: Sequence[Place], texts: Sequence[str]) -> list[TableCell]:
        """The cells of the next row."""
        unit = self._unit_of_row(texts)
        around: str | None = None
        label, behind_number = NO_LABEL, False
        cells = []
        for at, (place, text, column) in enumerate(zip(places, texts, self._columns, strict=True)):
            reading = numbers.WORDS if text and (column.is_code or column.holds_units) else numbers.read(text)
            found = self._label(at, place, text, reading)
            if found:
                around = found.unit or around if place.rowspan != 1 else around
                label = found._replace(unit=found.unit or (around if behind_number else label.unit))
            behind_number = reading.what == "number" or (behind_number and not found)
            cells.append(self._cell(place, text, reading, column, label._replace(unit=unit or label.unit)))
            if reading.what == "malformed" and (at or column.labels):
                self.malformed.append(cells[-1])
        self._at += 1
        return cells

    def _unit_of_row(self, texts: Sequence[str]) -> str | None:
        """The unit in the row's own column of units."""
        words = (text for column, text in zip(self._columns, texts, strict=True) if column.holds_units)
        return next((word for word in map(lexicon.bare, words) if lexicon.is_unit(word)), None)

    def _label(self, at: int, place: Place, text: str, reading: numbers.Reading) -> Label | None:
        """What a cell says of the numbers behind it: its own words, or those of the cell that reaches over it."""
        if not place.rowspan:
            label, end = self._reaching.get(at, (NO_LABEL, 0))
            return label if self._at < end else None
        if reading.what != "words":
            return None
        label = _label(text)
        if place.rowspan > 1:
            self._reaching[at] = (label, self._at + place.rowspan)
        return label

    def _cell(self, place: Place, text: str, reading: numbers.Reading, column: Column, label: Label) -> TableCell:
        unit: str | None = None
        if reading.value is not None:
            has_own = column.has_own_unit or label.has_own_unit
            unit = reading.unit or column.unit or label.unit or (None if has_own else self._unit)
        return _cell(place, text, reading.value, unit)


def _label(text: str) -> Label:
    words = lexicon.bare(text)
    return Label(headers.unit(words), lexicon.matches("headers", "own", words))


def _cell(place: Place, text: str, value: str | None = None, unit: str | None = None) -> TableCell:
    return TableCell(text, place.start, place.end, value, unit, place.box, place.rowspan, place.colspan)


def _stated(texts: Sequence[Sequence[str]]) -> str | None:
    """The unit that a cell of the header states for the whole table."""
    return next((unit for row in texts for text in row if (unit := titles.stated_unit(text))), None)
