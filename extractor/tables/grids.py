"""Grids: tables as found, before their titles, headers and numbers are read."""

from __future__ import annotations

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


class Grid(Struct, frozen=True):
    """Rows of equal length in document order; ``title`` and ``unit`` where the grid itself states them.

    ``start`` is where the table begins in the text if rows that are no data stand above ``rows``.
    """

    rows: tuple[tuple[Place, ...], ...]
    title: str | None = None
    unit: str | None = None
    start: int | None = None


def span(grid: Grid) -> tuple[int, int]:
    """Where the text of a grid begins and ends in the document."""
    start = min(place.start for place in grid.rows[0]) if grid.start is None else grid.start
    return start, max(place.end for place in grid.rows[-1])
