"""The rows of a ruled table as text: a row a line, its cells separated by tabs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from extractor.documents.glyphs import Glyph
from extractor.documents.grids import Grid
from extractor.documents.layout import Line, lines


def rows(grid: Grid, inside: Mapping[int, Sequence[Glyph]]) -> Iterator[list[list[Line]]]:
    """For each row of the table its cells from left to right, each as its printed lines.

    ``inside`` are the characters of each cell by its number. A cell over several rows stands in its first one and
    is empty in the others.
    """
    printed: set[int] = set()
    for numbers in grid.cells:
        once = dict.fromkeys(numbers)
        cells = [lines(inside[cell]) if cell in inside and cell not in printed else [] for cell in once]
        printed.update(once)
        if any(cells):
            yield cells
