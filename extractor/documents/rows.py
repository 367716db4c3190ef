"""The rows of a ruled table as text: a row a line, its cells separated by tabs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extractor.documents.glyphs import Glyph
from extractor.documents.grids import Grid
from extractor.documents.layout import Line, lines


def rows(grid: Grid, glyphs: Iterable[Glyph]) -> Iterator[list[list[Line]]]:
    """For each row of the table its cells from left to right, each as its printed lines.

    A cell over several rows stands in its first one and is empty in the others.
    """
    inside: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        row, column = grid.position((glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2)
        inside.setdefault(grid.cells[row][column], []).append(glyph)
    for numbers in grid.cells:
        cells = [lines(inside.pop(cell, ())) for cell in dict.fromkeys(numbers)]
        if any(cells):
            yield cells
