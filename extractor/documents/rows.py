"""The rows of a ruled table as text: a row a line, its cells separated by tabs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extractor.documents.glyphs import Glyph
from extractor.documents.grids import Grid
from extractor.documents.layout import Line, lines
from extractor.documents.lines import needs_space
from extractor.model import Box

Cell = tuple[str, tuple[Box | None, ...]]


def rows(grid: Grid, glyphs: Iterable[Glyph]) -> Iterator[list[list[Line]]]:
    """For each row of the table its cells from left to right, each as its printed lines.

    A cell over several rows stands in its first one and is empty in the others.
    """
    inside: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        row, column = grid.position((glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2)
        inside.setdefault(grid.cells[row][column], []).append(glyph)
    for row in grid.cells:
        cells = [lines(inside.pop(cell, ())) for cell in dict.fromkeys(row)]
        if any(cells):
            yield cells


def joined(cell: list[Line]) -> Cell:
    """The printed lines of one cell as one text, with the characters' boxes."""
    text: list[str] = []
    boxes: list[Box | None] = []
    for line in cell:
        if text and needs_space(text[-1], line.text[0]):
            text.append(" ")
            boxes.append(None)
        text += line.text
        boxes += line.boxes
    return "".join(text), tuple(boxes)
