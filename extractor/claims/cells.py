"""Claims in the cells of tables: the cell, what heads it, and the path that goes on into the table."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from msgspec import Struct

from extractor.model import ClaimCell, Table
from extractor.tables.labels import JOIN, Labels


class Stand(Struct, frozen=True):
    """Where a claim in a table stands, what the table is called, and the project that a 绩效目标表 is about."""

    cell: ClaimCell
    title: str | None
    project: str | None

    @property
    def label(self) -> str:
        """What heads the cell: its column, or its row where no column has a head."""
        return self.cell.column_label or self.cell.row_label

    @property
    def subject(self) -> str | None:
        """What a number without words of its own is of: the innermost label of its row."""
        return self.cell.row_label.rpartition(JOIN)[2] or None

    def path(self, headings: tuple[str, ...]) -> tuple[str, ...]:
        """The headings and what goes on below them: the title, unless the last heading is that, and the project."""
        below = [self.title, self.project]
        if self.title and "".join(headings[-1:]).endswith(self.title):
            below = [self.project]
        return (*headings, *filter(None, below))


class Cells:
    """The cells of a document's tables by their offsets; labels are made for tables that hold claims only."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self._places = sorted(
            (cell.start, cell.end, number, row, column)
            for number, table in enumerate(tables)
            for row, cells in enumerate(table.rows)
            for column, cell in enumerate(cells)
            if cell.end > cell.start
        )
        self._tables = tables
        self._labels: dict[int, Labels] = {}

    def at(self, offset: int) -> Stand | None:
        """Where the character at ``offset`` stands; None outside of tables."""
        index = bisect_right(self._places, offset, key=lambda place: place[0]) - 1
        if index < 0 or offset >= self._places[index][1]:
            return None
        _, _, number, row, column = self._places[index]
        table = self._tables[number]
        if number not in self._labels:
            self._labels[number] = Labels(table)
        labels = self._labels[number]
        found = labels.find_labels(row, column)
        cell = ClaimCell(table.id, row, column, found.row, found.column)
        return Stand(cell, table.title, labels.project)
