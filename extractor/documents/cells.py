"""The cells of a table in their places: numbers of cells, a row each, become rows of cells with their spans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from extractor.documents.model import RuledCell
from extractor.model import Box, Span

# For each cell of a row the stretch of the text that it took, by its number.
Spans = Mapping[int, Span]


class Place(Struct, frozen=True):
    """What a cell covers of the grid: its first and its last row and column."""

    top: int
    left: int
    bottom: int
    right: int


def place_cells(
    rows: Sequence[Sequence[int]], spans: Sequence[Spans], boxes: Mapping[int, Box] | None = None
) -> tuple[tuple[RuledCell, ...], ...]:
    """The cells of rows that hold the number of a cell in every place; ``boxes`` are their rectangles by number.

    Columns that no row parts from the one before are no part of the table.

    >>> rows = place_cells([[1, 1], [2, 3]], [{1: Span(0, 2)}, {2: Span(3, 4), 3: Span(5, 6)}])
    >>> [[(cell.start, cell.colspan) for cell in row] for row in rows]
    [[(0, 2), (2, 0)], [(3, 1), (5, 1)]]
    """
    rows = _drop_columns(rows)
    places = find_places(rows)
    made: list[tuple[RuledCell, ...]] = []
    for at, (numbers, row) in enumerate(zip(rows, spans, strict=True)):
        cells = ((column, cell, boxes[cell] if boxes else None) for column, cell in enumerate(numbers))
        made.append(tuple(_make_cell(places[cell], (at, column), row[cell], box) for column, cell, box in cells))
    return tuple(made)


def _drop_columns(rows: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """The rows without the columns that hold in each of them the cell of the column before."""
    columns = list(zip(*rows, strict=True))
    kept = [column for at, column in enumerate(columns) if not at or column != columns[at - 1]]
    return list(zip(*kept, strict=True))


def find_places(cells: Sequence[Sequence[int]]) -> dict[int, Place]:
    """For each cell the smallest rectangle of rows and columns around it."""
    found: dict[int, Place] = {}
    for row, numbers in enumerate(cells):
        for column, cell in enumerate(numbers):
            known = found.get(cell)
            if known:
                found[cell] = Place(known.top, min(known.left, column), row, max(known.right, column))
            else:
                found[cell] = Place(row, column, row, column)
    return found


def _make_cell(place: Place, at: tuple[int, int], span: Span, box: Box | None) -> RuledCell:
    """A cell in its first place; in the others that it covers, an empty one behind its text."""
    if at != (place.top, place.left):
        return RuledCell(span.end, span.end, box, 0, 0)
    down, across = place.bottom - place.top + 1, place.right - place.left + 1
    return RuledCell(span.start, span.end, box, down, across)
