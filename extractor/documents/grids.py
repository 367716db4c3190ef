"""Ruled tables: where the lines of a page enclose cells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, compress, pairwise

from msgspec import Struct

from extractor.documents.rulings import Ruling, Rulings
from extractor.model import Box

# Lines nearer than this (points) are one line drawn in pieces, or meet.
SNAP = 3.0
# Two columns and two rows at least: a single box is a frame, a single row an underlined or boxed heading.
FEWEST_CELLS = 4
# A head over rows that no lines enclose has so many rows at most.
HIGHEST_HEAD = 3
# So many lines between columns, each drawn in the same pieces, tell rows.
FEWEST_JOINED = 3
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

    def find_cell(self, x: float, y: float) -> int | None:
        """The number of the cell at a point; None outside of the table."""
        found = self.find_field(x, y)
        return found[0] if found else None

    def find_field(self, x: float, y: float) -> tuple[int, Box] | None:
        """The number of the cell at a point, and the rectangle between neighbouring lines around it; None outside."""
        xs, ys = self.xs, self.ys
        if not (xs[0] <= x <= xs[-1] and ys[0] <= y <= ys[-1]):
            return None
        column, row = min(bisect_right(xs, x), len(xs) - 1), min(bisect_right(ys, y), len(ys) - 1)
        return self.cells[row - 1][column - 1], (xs[column - 1], ys[row - 1], xs[column], ys[row])


def find_grids(rulings: Rulings) -> tuple[Grid, ...]:
    """The ruled tables of a page from top to bottom."""
    horizontal, vertical = merge_lines(rulings.horizontal), merge_lines(rulings.vertical)
    if max(len(horizontal), len(vertical)) > MOST_LINES:
        return ()
    made = (_make_grid(across, down) for across, down in _connect_lines(horizontal, vertical))
    found = _drop_inner(list(filter(None, made)))
    return tuple(sorted(found, key=read_top))


def join_heads(tables: Sequence[Grid], bodies: Sequence[Grid]) -> list[Grid]:
    """Tables from top to bottom, each body right below the lines of a head with as many columns joined to it."""
    heads, joined = list(tables), []
    for body in bodies:
        head = next((head for head in heads if _is_head_of(head, body)), None)
        if head:
            heads.remove(head)
        joined.append(_append_body(head, body) if head else body)
    return sorted([*heads, *joined], key=read_top)


def _is_head_of(head: Grid, body: Grid) -> bool:
    """Whether a grid of a few rows stands right above another one and has its columns."""
    gap, height = body.ys[0] - head.ys[-1], body.ys[1] - body.ys[0]
    is_near = len(head.cells) <= HIGHEST_HEAD and -SNAP <= gap <= height
    if len(head.xs) != len(body.xs) or not is_near:
        return False
    middles = [(one + two) / 2 for one, two in pairwise(body.xs)]
    return all(one < middle < two for (one, two), middle in zip(pairwise(head.xs), middles, strict=True))


def _append_body(head: Grid, body: Grid) -> Grid:
    """The rows of a body below its head, between the lines of the head."""
    further = max(chain.from_iterable(head.cells)) + 1
    cells = tuple(tuple(further + cell for cell in row) for row in body.cells)
    return Grid(head.xs, (*head.ys, *body.ys[1:]), (*head.cells, *cells))


def read_top(grid: Grid) -> tuple[float, float]:
    """Where a grid begins on its page."""
    return grid.ys[0], grid.xs[0]


def find_joints(vertical: Sequence[Ruling], grid: Grid, at: int) -> list[float]:
    """Where a row of a grid is parted by the joints of the lines between its columns: each was drawn row by row.

    ``vertical`` are the lines of the page in pieces.
    """
    top, bottom = grid.ys[at] + 2 * SNAP, grid.ys[at + 1] - 2 * SNAP
    ends: list[tuple[float, ...]] = []
    for x in grid.xs:
        pieces = [piece for piece in vertical if abs(piece.at - x) <= SNAP and piece.start < bottom and piece.end > top]
        ends.append(_snap_positions([end for piece in pieces for end in piece[1:] if top < end < bottom]))
    drawn = list(filter(None, ends))
    if len(drawn) < FEWEST_JOINED or len(set(map(len, drawn))) > 1:
        return []
    joints = list(zip(*drawn, strict=True))
    return [joint[0] for joint in joints] if all(max(joint) - min(joint) <= SNAP for joint in joints) else []


# ── lines ────────────────────────────────────────────────────────────────────────────────────────────────


def merge_lines(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Collinear lines that touch, as one: tables are often drawn cell by cell."""
    groups: list[list[Ruling]] = []
    for ruling in sorted(rulings):
        if groups and ruling.at - groups[-1][0].at <= SNAP:
            groups[-1].append(ruling)
        else:
            groups.append([ruling])
    return list(chain.from_iterable(map(_join_pieces, groups)))


def _join_pieces(group: list[Ruling]) -> Iterator[Ruling]:
    """The pieces of one line, joined where they touch."""
    at = sum(ruling.at for ruling in group) / len(group)
    ordered = sorted(group, key=lambda ruling: ruling.start)
    start, end = ordered[0].start, ordered[0].end
    for ruling in ordered[1:]:
        if ruling.start > end + SNAP:
            yield Ruling(at, start, end)
            start = ruling.start
        end = max(end, ruling.end)
    yield Ruling(at, start, end)


def _connect_lines(horizontal: list[Ruling], vertical: list[Ruling]) -> Iterator[tuple[list[Ruling], list[Ruling]]]:
    """Sets of lines that meet one another."""
    free_across, free_down = _Free(horizontal), _Free(vertical)
    while free_across.lines:
        across, down = free_across.take(slice(1)), list[Ruling]()
        # The list grows by what is reached while it is walked.
        for line in across:
            met = free_down.take_met(line)
            across += chain.from_iterable(map(free_across.take_met, met))
            down += met
        yield across, down


class _Free:
    """Parallel lines, in the order of their places, that are of no set yet."""

    def __init__(self, lines: Sequence[Ruling]) -> None:
        self.lines = list(lines)
        self._places = [line.at for line in lines]

    def take(self, here: slice) -> list[Ruling]:
        """Takes some of the lines."""
        taken = self.lines[here]
        del self.lines[here], self._places[here]
        return taken

    def take_met(self, line: Ruling) -> list[Ruling]:
        """Takes those that a line across them touches or crosses."""
        places = self._places
        near = slice(bisect_left(places, line.start - SNAP), bisect_right(places, line.end + SNAP))
        met = [one.start - SNAP <= line.at <= one.end + SNAP for one in self.lines[near]]
        if not any(met):
            return []
        taken = self.take(near)
        left = [one for one, is_met in zip(taken, met, strict=True) if not is_met]
        self.lines[near.start : near.start] = left
        places[near.start : near.start] = [one.at for one in left]
        return list(compress(taken, met))


# ── fields ───────────────────────────────────────────────────────────────────────────────────────────────


def _make_grid(across: list[Ruling], down: list[Ruling]) -> Grid | None:
    """The grid of lines that meet; None where they enclose no table."""
    if not down:
        return None
    xs = _snap_positions([*(line.at for line in down), *_find_ends(across)])
    ys = _snap_positions([*(line.at for line in across), *_find_ends(down)])
    if len(xs) * len(ys) > MOST_FIELDS or (len(xs) - 1) * (len(ys) - 1) < FEWEST_CELLS:
        return None
    cells = _number_cells(xs, ys, across, down)
    if len(set(chain.from_iterable(cells))) < FEWEST_CELLS:
        return None
    return Grid(xs, ys, cells)


def _find_ends(lines: list[Ruling]) -> tuple[float, float]:
    """Where the first of the lines begins and the last one ends."""
    return min(line.start for line in lines), max(line.end for line in lines)


def _snap_positions(values: list[float]) -> tuple[float, ...]:
    """Positions in ascending order, those that are one as one."""
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > SNAP:
            kept.append(value)
    return tuple(kept)


def _number_cells(
    xs: tuple[float, ...], ys: tuple[float, ...], across: list[Ruling], down: list[Ruling]
) -> tuple[tuple[int, ...], ...]:
    """Number the fields of the grid; fields with no line between them share a number."""
    rows, columns = len(ys) - 1, len(xs) - 1
    parent = list(range(columns * rows))
    right, below = ([_find_beside(lines, at) for at in places[1:]] for lines, places in ((down, xs), (across, ys)))
    for row in range(rows):
        middle_y = (ys[row] + ys[row + 1]) / 2
        for column in range(columns):
            middle_x = (xs[column] + xs[column + 1]) / 2
            field = row * columns + column
            if column + 1 < columns and not _is_drawn(right[column], middle_y):
                _unite_fields(parent, field, field + 1)
            if row + 1 < rows and not _is_drawn(below[row], middle_x):
                _unite_fields(parent, field, field + columns)
    roots = [_find_root(parent, field) for field in range(len(parent))]
    return tuple(tuple(roots[row * columns : (row + 1) * columns]) for row in range(rows))


def _find_beside(lines: list[Ruling], at: float) -> list[Ruling]:
    """The lines that stand at a place."""
    return [line for line in lines if abs(line.at - at) <= SNAP]


def _is_drawn(lines: list[Ruling], middle: float) -> bool:
    """Whether one of the lines reaches over the middle of a field."""
    return any(line.start <= middle <= line.end for line in lines)


def _find_root(parent: list[int], field: int) -> int:
    while parent[field] != field:
        parent[field] = parent[parent[field]]
        field = parent[field]
    return field


def _unite_fields(parent: list[int], one: int, two: int) -> None:
    first, second = sorted((_find_root(parent, one), _find_root(parent, two)))
    parent[second] = first


def _drop_inner(grids: list[Grid]) -> list[Grid]:
    """The grids without those that lie inside another one."""
    boxes = [grid.box for grid in grids]
    is_outer = [not any(_is_inside(box, other) for other in boxes) for box in boxes]
    return list(compress(grids, is_outer))


def _is_inside(box: Box, other: Box) -> bool:
    """Whether a box lies in another one that is larger."""
    is_within = other[0] <= box[0] and other[1] <= box[1] and box[2] <= other[2] and box[3] <= other[3]
    return is_within and box != other
