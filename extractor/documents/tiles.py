"""Tables whose cells are filled rectangles side by side, without a line between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from extractor.documents import lines as words
from extractor.documents import placing
from extractor.documents.glyphs import Glyph
from extractor.documents.grids import Grid, find_grids
from extractor.documents.rulings import Ruling, Rulings
from extractor.model import Box

# A cell is no smaller than this (points): what is smaller is a bar or a mark.
NARROWEST, LOWEST = 12.0, 7.0
# Two columns and two rows at least, and more cells than a legend or two boxes over two have.
FEWEST = 2
FEWEST_CELLS = 6


def find_tiled(filled: Sequence[Box], ruled: Sequence[Grid], found: Sequence[Glyph]) -> list[Grid]:
    """The tables that filled rectangles make up on a page with these characters, apart from those that lines enclose.

    Each cell is one rectangle: bars of charts and paper behind a text do not fill a grid. Rows hold numbers: a coloured
    head or column alone is a part of a table.
    """
    cells = {_round_box(box) for box in filled if box[2] - box[0] >= NARROWEST and box[3] - box[1] >= LOWEST}
    if len(cells) < FEWEST_CELLS or all(_is_within(box, ruled) for box in cells):
        return []
    edges = [_list_edges(box) for box in sorted(cells)]
    across, down = (tuple(chain.from_iterable(lines)) for lines in zip(*edges, strict=True))
    tiled = [grid for grid in find_grids(Rulings(across, down)) if _is_tiled(grid, cells)]
    apart = [grid for grid in tiled if not any(_overlap(grid, other) for other in ruled)]
    return [grid for grid in apart if _count_rows(grid, found) >= FEWEST]


def _is_within(box: Box, ruled: Sequence[Grid]) -> bool:
    """Whether the middle of a rectangle lies in a table that lines enclose, and so whatever it is a cell of."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(left < x < right and top < y < bottom for left, top, right, bottom in (grid.box for grid in ruled))


def _round_box(box: Box) -> Box:
    """A rectangle to the tenth of a point: what is filled twice is one."""
    x0, top, x1, bottom = box
    return round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1)


def _list_edges(box: Box) -> tuple[tuple[Ruling, Ruling], tuple[Ruling, Ruling]]:
    """The horizontal and the vertical edges of a rectangle."""
    x0, top, x1, bottom = box
    return (Ruling(top, x0, x1), Ruling(bottom, x0, x1)), (Ruling(x0, top, bottom), Ruling(x1, top, bottom))


def _is_tiled(grid: Grid, cells: set[Box]) -> bool:
    """Whether a grid has columns and rows, and each of its cells is one of the rectangles."""
    own, numbers = list(_find_cells(grid, cells)), set(chain.from_iterable(grid.cells))
    if min(len(grid.xs), len(grid.ys)) <= FEWEST or len(numbers) < FEWEST_CELLS:
        return False
    return None not in own and len(own) == len(set(own)) == len(numbers)


def _find_cells(grid: Grid, cells: set[Box]) -> Iterator[int | None]:
    """The cell around the middle of each rectangle that lies in a grid."""
    left, top, right, bottom = grid.box
    for box in cells:
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if left <= x <= right and top <= y <= bottom:
            yield grid.find_cell(x, y)


def _count_rows(grid: Grid, found: Sequence[Glyph]) -> int:
    """How many rows of a grid hold a number."""
    ((inside,), _) = placing.sort_glyphs([grid], found)
    texts = {cell: "".join(glyph.char for glyph in sorted(own)) for cell, own in inside.items()}
    numbers = {cell for cell, text in texts.items() if words.is_number(text)}
    return sum(not numbers.isdisjoint(row) for row in grid.cells)


def _overlap(one: Grid, two: Grid) -> bool:
    a, b = one.box, two.box
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
