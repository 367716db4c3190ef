"""Ruled tables: where the lines of a page enclose cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from msgspec import Struct

from extractor.documents.rulings import Ruling, Rulings
from extractor.model import Box

# Lines nearer than this (points) are one line drawn in pieces, or meet.
SNAP = 3.0
# Two columns and two rows at least: a single box is a frame, a single row an underlined or boxed heading.
FEWEST_CELLS = 4
# A page with more lines or a grid with more fields is a drawing.
MOST_LINES = 3000
MOST_FIELDS = 20_000


class Grid(Struct, frozen=True):
    """One ruled table: where its lines stand, and for each row the cell that every column belongs to.

    ``cells[row][column]`` is the number of the cell; neighbours that no line parts have the same number.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[int, ...], ...]

    @property
    def box(self) -> Box:
        """The rectangle around the table, with the text upright."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def cell(self, x: float, y: float) -> int | None:
        """The number of the cell at a point; None outside of the table."""
        xs, ys = self.xs, self.ys
        if not (xs[0] <= x <= xs[-1] and ys[0] <= y <= ys[-1]):
            return None
        row = min(bisect_right(ys, y), len(ys) - 1) - 1
        return self.cells[row][min(bisect_right(xs, x), len(xs) - 1) - 1]


def find(rulings: Rulings) -> tuple[Grid, ...]:
    """The ruled tables of a page from top to bottom."""
    horizontal, vertical = _merged(rulings.horizontal), _merged(rulings.vertical)
    if max(len(horizontal), len(vertical)) > MOST_LINES:
        return ()
    found = [grid for across, down in _connected(horizontal, vertical) if (grid := _grid(across, down)) is not None]
    return tuple(sorted(_outermost(found), key=lambda grid: (grid.ys[0], grid.xs[0])))


def _merged(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Collinear lines that touch, as one: tables are often drawn cell by cell."""
    groups: list[list[Ruling]] = []
    for ruling in sorted(rulings):
        if groups and ruling.at - groups[-1][0].at <= SNAP:
            groups[-1].append(ruling)
        else:
            groups.append([ruling])
    return [joined for group in groups for joined in _joined(group)]


def _joined(group: list[Ruling]) -> Iterator[Ruling]:
    at = sum(ruling.at for ruling in group) / len(group)
    ordered = sorted(group, key=lambda ruling: ruling.start)
    start, end = ordered[0].start, ordered[0].end
    for ruling in ordered[1:]:
        if ruling.start > end + SNAP:
            yield Ruling(at, start, end)
            start = ruling.start
        end = max(end, ruling.end)
    yield Ruling(at, start, end)


def _connected(horizontal: list[Ruling], vertical: list[Ruling]) -> Iterator[tuple[list[Ruling], list[Ruling]]]:
    """Sets of lines that meet one another."""
    free = set(range(len(vertical)))
    seen: set[int] = set()
    for start in range(len(horizontal)):
        if start in seen:
            continue
        across, down, todo = [start], [], [start]
        seen.add(start)
        while todo:
            line = horizontal[todo.pop()]
            met = [index for index in free if _meet(line, vertical[index])]
            free.difference_update(met)
            down += met
            new = [
                index
                for index in range(len(horizontal))
                if index not in seen and any(_meet(horizontal[index], vertical[other]) for other in met)
            ]
            seen.update(new)
            across += new
            todo += new
        yield [horizontal[index] for index in across], [vertical[index] for index in sorted(down)]


def _meet(across: Ruling, down: Ruling) -> bool:
    return across.start - SNAP <= down.at <= across.end + SNAP and down.start - SNAP <= across.at <= down.end + SNAP


def _grid(across: list[Ruling], down: list[Ruling]) -> Grid | None:
    if not down:
        return None
    xs = _positions([line.at for line in down] + [min(line.start for line in across), max(line.end for line in across)])
    ys = _positions([line.at for line in across] + [min(line.start for line in down), max(line.end for line in down)])
    if len(xs) * len(ys) > MOST_FIELDS:
        return None
    cells = _cells(xs, ys, across, down)
    return Grid(xs, ys, cells) if len({cell for row in cells for cell in row}) >= FEWEST_CELLS else None


def _positions(values: list[float]) -> tuple[float, ...]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > SNAP:
            kept.append(value)
    return tuple(kept)


def _cells(
    xs: tuple[float, ...], ys: tuple[float, ...], across: list[Ruling], down: list[Ruling]
) -> tuple[tuple[int, ...], ...]:
    """Number the fields of the grid; fields with no line between them share a number."""
    columns = len(xs) - 1
    parent = list(range(columns * (len(ys) - 1)))
    for row, column in ((row, column) for row in range(len(ys) - 1) for column in range(columns)):
        middle_x, middle_y = (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2
        field = row * columns + column
        if column + 1 < columns and not _drawn(down, xs[column + 1], middle_y):
            _unite(parent, field, field + 1)
        if row + 2 < len(ys) and not _drawn(across, ys[row + 1], middle_x):
            _unite(parent, field, field + columns)
    return tuple(
        tuple(_root(parent, row * columns + column) for column in range(columns)) for row in range(len(ys) - 1)
    )


def _drawn(lines: list[Ruling], at: float, middle: float) -> bool:
    return any(abs(line.at - at) <= SNAP and line.start <= middle <= line.end for line in lines)


def _root(parent: list[int], field: int) -> int:
    while parent[field] != field:
        parent[field] = parent[parent[field]]
        field = parent[field]
    return field


def _unite(parent: list[int], one: int, two: int) -> None:
    roots = sorted((_root(parent, one), _root(parent, two)))
    parent[roots[1]] = roots[0]


def _outermost(grids: list[Grid]) -> list[Grid]:
    """Without the grids that lie inside another one."""
    return [grid for grid in grids if not any(_inside(grid.box, other.box) for other in grids if other is not grid)]


def _inside(box: Box, other: Box) -> bool:
    return other[0] <= box[0] and other[1] <= box[1] and other[2] >= box[2] and other[3] >= box[3] and box != other
