"""Rows that no line parts: what stands between two lines of a table, taken apart by its baselines.

A band is a row of a grid. Where its cells hold numbers below one another that stand on the same baselines, each of
these is a row; lines without numbers belong to the row whose label they go on with, or are rows of their own. Where the
lines between the columns were drawn row by row, their joints part the rows. Where nothing does with certainty the band
stays a row, and numbers that share a cell stay apart in its text.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, pairwise

from msgspec.structs import replace

from extractor.documents import baselines, stacks
from extractor.documents.cells import Place, find_places
from extractor.documents.grids import Grid, find_joints
from extractor.documents.layout import Line
from extractor.documents.rulings import Ruling
from extractor.documents.stacks import Entry

# The lines of cells, by the number of the cell.
Cells = dict[int, list[Line]]
Entries = list[Entry]


def split_bands(grid: Grid, cells: Cells, vertical: Sequence[Ruling] = ()) -> tuple[Grid, Cells]:
    """The table with a row for each of the rows that no line parts, and the lines of its cells.

    ``vertical`` are the vertical lines of the page as they were drawn, piece by piece.
    """
    if not any(map(stacks.is_stacked, cells.values())):
        return grid, cells
    places = find_places(grid.cells)
    bands = list(_read_bands(grid, places, cells))
    counts = Counter(chain.from_iterable(map(set, grid.cells)))
    chosen = (list(_choose_cells(counts, band)) for band in bands)
    found = [baselines.find_rows(own, partial(find_joints, vertical, grid, at)) for at, own in enumerate(chosen)]
    builder = _Builder(grid, places, cells, set(chain.from_iterable(map(_list_parted, found))))
    for at, rows in enumerate(found):
        builder.add_band(at, rows, list(chain.from_iterable(bands[at])))
    grid = Grid(grid.xs, tuple(builder.ys), tuple(builder.rows))
    return grid, _set_cells(grid, builder.cells)


def _read_entries(grid: Grid, places: Mapping[int, Place], cells: Cells) -> dict[int, Entries]:
    """The lines of each cell, with the numbers in them."""
    return {
        cell: stacks.read_cell(cell, lines, grid.xs[places[cell].left], grid.xs[places[cell].right + 1])
        for cell, lines in cells.items()
        if cell in places
    }


def _set_cells(grid: Grid, cells: Cells) -> Cells:
    """The lines of the cells that are in a grid, numbers that share one set apart."""
    known = find_places(grid.cells)
    read = _read_entries(grid, known, {cell: lines for cell, lines in cells.items() if len(lines) > 1})
    return {cell: _set_apart(read[cell]) if cell in read else lines for cell, lines in cells.items() if cell in known}


def _set_apart(entries: Entries) -> list[Line]:
    """The lines of a cell, with a space in front of each number below another one."""
    lines = [entry.line for entry in entries]
    if stacks.may_be_one(entries):
        return lines
    for at, entry in enumerate(entries):
        if at and entry.is_number:
            lines[at] = replace(lines[at], text=" " + lines[at].text, boxes=(None, *lines[at].boxes))
    return lines


# ── the bands of a table ─────────────────────────────────────────────────────────────────────────────────


def _read_bands(grid: Grid, places: Mapping[int, Place], cells: Cells) -> Iterator[list[Entries]]:
    """The cells of each band as their lines; of a cell over several bands, those lines that stand in the band.

    A band is empty if no cell that reaches into it has several lines: there is nothing to take apart.
    """
    tall = {cell for cell, lines in cells.items() if len(lines) > 1}
    wanted = set(chain.from_iterable(numbers for numbers in grid.cells if not tall.isdisjoint(numbers)))
    read = _read_entries(grid, places, {cell: cells[cell] for cell in wanted & cells.keys()})
    for at, numbers in enumerate(grid.cells):
        own = [_cut_cell(read[cell], places[cell], at, grid.ys) for cell in sorted(set(numbers)) if cell in read]
        yield list(filter(None, own))


def _cut_cell(cell: Entries, place: Place, at: int, ys: Sequence[float]) -> Entries:
    """The lines of a cell that stand in a band."""
    if place.top == place.bottom:
        return cell
    top = -math.inf if at == place.top else ys[at]
    bottom = math.inf if at == place.bottom else ys[at + 1]
    return [entry for entry in cell if top <= entry.middle < bottom]


def _choose_cells(counts: Mapping[int, int], band: Iterable[Entries]) -> Iterator[Entries]:
    """The cells of a band that may tell its rows: a single line of a cell over several bands may belong to each.

    ``counts`` is how many bands each cell reaches into.
    """
    return (cell for cell in band if len(cell) > 1 or counts[cell[0].cell] == 1)


def _list_parted(rows: Sequence[Entries]) -> set[int]:
    """The cells that stand in several of some rows."""
    counts = Counter(chain.from_iterable({entry.cell for entry in row} for row in rows))
    return {cell for cell, count in counts.items() if count > 1}


class _Builder:
    """Collects the rows of a table; ``parted`` are the cells that are taken apart in each band that they reach into."""

    def __init__(self, grid: Grid, places: Mapping[int, Place], cells: Cells, parted: set[int]) -> None:
        self._grid = grid
        self._places = places
        self._parted = parted
        self._next = max(chain.from_iterable(grid.cells)) + 1
        self.rows: list[tuple[int, ...]] = []
        self.ys = [grid.ys[0]]
        self.cells = dict(cells)

    def add_band(self, at: int, rows: Sequence[Entries], entries: Entries) -> None:
        """Append the rows of a band with these ``entries``; a band without ``rows`` is one."""
        numbers = self._grid.cells[at]
        placed = {entry.cell for entry in chain.from_iterable(rows) if self._is_whole(entry.cell)}
        self.ys += [_find_middle(*pair) for pair in pairwise(rows)]
        self.ys.append(self._grid.ys[at + 1])
        rows = [list(row) for row in rows] or [[]]
        found = set(map(id, chain.from_iterable(rows)))
        for entry in entries:
            if entry.cell in self._parted and id(entry) not in found:
                min(rows, key=lambda row: _measure_distance(row, entry)).append(entry)
        parted = placed | self._parted.intersection(numbers)
        self.rows += [self._number_row(numbers, parted, row) for row in rows]

    def _is_whole(self, cell: int) -> bool:
        """Whether a cell stands in one band."""
        return self._places[cell].top == self._places[cell].bottom

    def _number_row(self, numbers: Sequence[int], parted: set[int], row: Entries) -> tuple[int, ...]:
        """The cells of a new row, with its lines; cells that are not taken apart go on in it."""
        new = {cell: self._next + at for at, cell in enumerate(sorted(parted))}
        self._next += len(new)
        for entry in row:
            if entry.cell in parted:
                self.cells.setdefault(new[entry.cell], []).append(entry.line)
        return tuple(new.get(cell, cell) for cell in numbers)


def _find_middle(above: Entries, below: Entries) -> float:
    """Halfway between two rows."""
    return (max(map(baselines.read_middle, above)) + min(map(baselines.read_middle, below))) / 2


def _measure_distance(row: Entries, entry: Entry) -> float:
    """How far a line is from those of a row."""
    return min((abs(entry.middle - other.middle) for other in row), default=0.0)
