"""Rows laid one below the other, and the cells above that reach down over what a row leaves out."""

from __future__ import annotations

import msgspec

from extractor.tables.grids import Place

Rows = tuple[tuple[Place, ...], ...]


class Laid:
    """The rows of a table so far; all have the same length."""

    def __init__(self, width: int) -> None:
        self._rows: list[list[Place]] = []
        # For each column the row of the cell that could still reach further down.
        self._tops: list[int | None] = [None] * width

    def add(self, row: list[Place], covered: int = 0) -> None:
        """Append a row; its first ``covered`` places stand under cells that reach down to it."""
        for column, place in enumerate(row[covered:], start=covered):
            self._tops[column] = len(self._rows) if place.rowspan else None
        self._rows.append(row)

    def cover(self, count: int, heads: int = -1) -> bool:
        """Let the cells over the first ``count`` columns reach one row further down; False if one of them cannot.

        None can that is over several columns; nor can, but for the first, those of the row ``heads`` and above it.
        """
        for column, top in enumerate(self._tops[:count]):
            if top is None or self._is_fixed(top, column, heads):
                return False
            place = self._rows[top][column]
            self._rows[top][column] = msgspec.structs.replace(place, rowspan=place.rowspan + 1)
        return True

    def _is_fixed(self, top: int, column: int, heads: int) -> bool:
        """Whether the cell in this row and column is over several columns, or heads the columns below it."""
        if self._rows[top][column].colspan > 1:
            return True
        # A block's name stands beside its heads, in the first column, and reaches down past all its rows.
        lowest = heads if column else heads - 1
        return top <= lowest

    def rows(self) -> Rows:
        """All rows."""
        return tuple(map(tuple, self._rows))


def cover_places(count: int, at: int) -> list[Place]:
    """So many places that another cell covers; ``at`` is where they stand in the text."""
    return [Place(at, at, rowspan=0, colspan=0)] * count
