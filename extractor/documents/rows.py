"""The rows of a ruled table as text: a row a line, its cells separated by tabs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from extractor.documents.bands import Cells, split_bands
from extractor.documents.boxes import round_box
from extractor.documents.cells import Spans, find_places, place_cells
from extractor.documents.frame import Frame
from extractor.documents.glyphs import Glyph
from extractor.documents.grids import Grid
from extractor.documents.layout import Line, build_lines
from extractor.documents.model import RuledTable
from extractor.documents.rulings import Ruling
from extractor.model import Box


class Row(Struct, frozen=True):
    """A row that something is printed in: its number in the grid, and for each of its cells, by number, its lines."""

    at: int
    cells: dict[int, list[Line]]


def fill_grid(
    grid: Grid, inside: Mapping[int, Sequence[Glyph]], vertical: Sequence[Ruling] = ()
) -> tuple[Grid, list[Row]]:
    """The table with the rows that no line parts taken apart, and those of its rows that hold any text.

    ``inside`` are the characters of each cell by its number, ``vertical`` the vertical lines of the page.
    """
    grid, cells = split_bands(grid, {cell: build_lines(own) for cell, own in inside.items()}, vertical)
    return grid, list(_read_rows(grid, cells))


def _read_rows(grid: Grid, cells: Cells) -> Iterator[Row]:
    """The rows of the table that hold any text, their cells from left to right, each as its printed lines.

    A cell over several rows stands in its first one and is empty in the others.
    """
    printed: set[int] = set()
    for at, numbers in enumerate(grid.cells):
        own = {cell: [] if cell in printed else cells.get(cell, []) for cell in numbers}
        printed.update(own)
        if any(own.values()):
            yield Row(at, own)


def make_table(grid: Grid, found: Sequence[tuple[Row, Spans]], frame: Frame, page: int) -> RuledTable:
    """The table of the rows that were set, each with the stretch of the text that each of its cells took.

    Rows without text, and columns that no line of the other rows parts, are no part of it.
    """
    boxes = {cell: round_box(frame.to_display(box)) for cell, box in _find_boxes(grid).items()}
    rows = place_cells([grid.cells[row.at] for row, _ in found], [spans for _, spans in found], boxes)
    return RuledTable(page, round_box(frame.to_display(grid.box)), rows)


def _find_boxes(grid: Grid) -> dict[int, Box]:
    """The rectangle around each cell, with the text upright."""
    boxes: dict[int, Box] = {}
    for cell, place in find_places(grid.cells).items():
        boxes[cell] = (grid.xs[place.left], grid.ys[place.top], grid.xs[place.right + 1], grid.ys[place.bottom + 1])
    return boxes
