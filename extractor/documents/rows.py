"""The rows of a ruled table as text: a row a line, its cells separated by tabs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from extractor.documents.boxes import round_box
from extractor.documents.frame import Frame
from extractor.documents.glyphs import Glyph
from extractor.documents.grids import Grid
from extractor.documents.layout import Line, build_lines
from extractor.model import Box, RuledCell, RuledTable, Span

# For each cell of a row its number in the grid, from left to right.
Spans = dict[int, Span]


class Row(NamedTuple):
    """A row that something is printed in: its number in the grid, and for each of its cells, by number, its lines."""

    at: int
    cells: dict[int, list[Line]]


class Place(NamedTuple):
    """What a cell covers of the grid: its first and its last row and column."""

    top: int
    left: int
    bottom: int
    right: int


def read_rows(grid: Grid, inside: Mapping[int, Sequence[Glyph]]) -> Iterator[Row]:
    """The rows of the table that hold any text, their cells from left to right, each as its printed lines.

    ``inside`` are the characters of each cell by its number. A cell over several rows stands in its first one and
    is empty in the others.
    """
    printed: set[int] = set()
    for at, numbers in enumerate(grid.cells):
        cells: dict[int, list[Line]] = {}
        for cell in numbers:
            if cell not in cells:
                cells[cell] = build_lines(inside.get(cell, ())) if cell not in printed else []
        printed.update(cells)
        if any(cells.values()):
            yield Row(at, cells)


def make_table(grid: Grid, found: Sequence[tuple[Row, Spans]], frame: Frame, page: int) -> RuledTable:
    """The table of the rows that were set, each with the stretch of the text that each of its cells took.

    Rows without text, and columns that no line of the other rows parts, are no part of it.
    """
    rows = _drop_columns([grid.cells[row.at] for row, _ in found])
    places = _find_places(rows)
    boxes = {cell: round_box(frame.to_display(box)) for cell, box in _find_boxes(grid).items() if cell in places}
    made: list[tuple[RuledCell, ...]] = []
    for row, (numbers, (_, spans)) in enumerate(zip(rows, found, strict=True)):
        cells = enumerate(numbers)
        made.append(tuple(_make_cell(places[cell], (row, at), spans[cell], boxes[cell]) for at, cell in cells))
    return RuledTable(page, round_box(frame.to_display(grid.box)), tuple(made))


def _drop_columns(rows: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """The rows without the columns that hold in each of them the cell of the column before."""
    columns = list(zip(*rows, strict=True))
    kept = [column for at, column in enumerate(columns) if not at or column != columns[at - 1]]
    return list(zip(*kept, strict=True))


def _find_places(cells: Sequence[Sequence[int]]) -> dict[int, Place]:
    """For each cell the smallest rectangle of rows and columns around it."""
    found: dict[int, Place] = {}
    for row, numbers in enumerate(cells):
        for column, cell in enumerate(numbers):
            top, left, _, right = found.get(cell, Place(row, column, row, column))
            found[cell] = Place(top, min(left, column), row, max(right, column))
    return found


def _find_boxes(grid: Grid) -> dict[int, Box]:
    """The rectangle around each cell, with the text upright."""
    boxes: dict[int, Box] = {}
    for cell, place in _find_places(grid.cells).items():
        boxes[cell] = (grid.xs[place.left], grid.ys[place.top], grid.xs[place.right + 1], grid.ys[place.bottom + 1])
    return boxes


def _make_cell(place: Place, at: tuple[int, int], span: Span, box: Box) -> RuledCell:
    """A cell in its first place; in the others that it covers, an empty one behind its text."""
    if at != (place.top, place.left):
        return RuledCell(span.end, span.end, box, 0, 0)
    down, across = place.bottom - place.top + 1, place.right - place.left + 1
    return RuledCell(span.start, span.end, box, down, across)
