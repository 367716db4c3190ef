"""Grids: tables as found, before their titles, headers and numbers are read."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from extractor.model import Box


class Place(Struct, frozen=True):
    """One place of a grid: the stretch of the document's text in it, and its rectangle where there are pages.

    A cell over several rows or columns stands in its first place; the others that it covers have rowspan and colspan 0.
    """

    start: int
    end: int
    box: Box | None = None
    rowspan: int = 1
    colspan: int = 1

    @property
    def is_filled(self) -> bool:
        """Whether any character stands in the place."""
        return self.end > self.start


# A row as it was printed: rows of one table may differ in length until they are laid out.
Row = Sequence[Place]


class Grid(Struct, frozen=True):
    """Rows of equal length in document order; ``title`` and ``unit`` where the grid itself states them.

    ``start`` is where the table begins in the text if rows that are no data stand above ``rows``.
    """

    rows: tuple[tuple[Place, ...], ...]
    title: str | None = None
    unit: str | None = None
    start: int | None = None


def find_span(grid: Grid) -> tuple[int, int]:
    """Where the text of a grid begins and ends in the document, ``start`` included and ``end`` not."""
    top, bottom = grid.rows[0], grid.rows[-1]
    end = max(place.end for place in bottom)
    if grid.start is not None:
        return grid.start, end
    return min(place.start for place in top), end


def read_place(text: str, place: Place) -> str:
    """What stands in a place."""
    return text[place.start : place.end]


def read_row(text: str, row: Row) -> list[str]:
    """What stands in each place of a row."""
    return [text[place.start : place.end] for place in row]


def has_text(row: Row) -> bool:
    """Whether any place of a row is filled."""
    return any(place.is_filled for place in row)
