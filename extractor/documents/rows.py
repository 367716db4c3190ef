"""The rows of a ruled table as text: a row a line, its cells separated by tabs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from extractor.documents.frame import Frame
from extractor.documents.glyphs import Glyph
from extractor.documents.grids import Grid
from extractor.documents.layout import Line, lines
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


def rows(grid: Grid, inside: Mapping[int, Sequence[Glyph]]) -> Iterator[Row]:
    """The rows of the table that hold any text, their cells from left to right, each as its printed lines.

    ``inside`` are the characters of each cell by its number. A cell over several rows stands in its first one and
    is empty in the others.
    """
    printed: set[int] = set()
    for at, numbers in enumerate(grid.cells):
        once = dict.fromkeys(numbers)
        cells = {cell: lines(inside[cell]) if cell in inside and cell not in printed else [] for cell in once}
        printed.update(once)
        if any(cells.values()):
            yield Row(at, cells)


def ruled(grid: Grid, found: Sequence[tuple[Row, Spans]], frame: Frame, page: int) -> RuledTable:
    """The table of the rows that were set, each with the stretch of the text that each of its cells took.

    Rows without text, and columns that no line of the other rows parts, are no part of it.
    """
    kept = [grid.cells[row.at] for row, _ in found]
    columns = [at for at in range(len(kept[0])) if not at or any(row[at] != row[at - 1] for row in kept)]
    places = _places([[row[at] for at in columns] for row in kept])
    boxes = {cell: _rounded(frame.to_display(box)) for cell, box in _boxes(grid).items() if cell in places}
    made = tuple(
        tuple(_cell(numbers[at], places, (row, column), spans, boxes) for column, at in enumerate(columns))
        for row, (numbers, (_, spans)) in enumerate(zip(kept, found, strict=True))
    )
    return RuledTable(page, _rounded(frame.to_display(grid.box)), made)


def _places(cells: Sequence[Sequence[int]]) -> dict[int, Place]:
    """For each cell the smallest rectangle of rows and columns around it."""
    found: dict[int, Place] = {}
    for row, numbers in enumerate(cells):
        for column, cell in enumerate(numbers):
            top, left, _, right = found.get(cell, Place(row, column, row, column))
            found[cell] = Place(top, min(left, column), row, max(right, column))
    return found


def _boxes(grid: Grid) -> dict[int, Box]:
    """The rectangle around each cell, with the text upright."""
    return {
        cell: (grid.xs[place.left], grid.ys[place.top], grid.xs[place.right + 1], grid.ys[place.bottom + 1])
        for cell, place in _places(grid.cells).items()
    }


def _cell(number: int, places: dict[int, Place], at: tuple[int, int], spans: Spans, boxes: dict[int, Box]) -> RuledCell:
    place, span = places[number], spans[number]
    if at == (place.top, place.left):
        rows_, columns = place.bottom - place.top + 1, place.right - place.left + 1
        return RuledCell(span.start, span.end, boxes[number], rows_, columns)
    return RuledCell(span.end, span.end, boxes[number], 0, 0)


def _rounded(box: Box) -> Box:
    return (round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2))
