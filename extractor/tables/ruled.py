"""The ruled tables of a document as grids: those that go on over a page break are one."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import msgspec

from extractor.model import Box, Document, Notice, RuledTable
from extractor.tables import headers, lexicon, titles
from extractor.tables.grids import Grid, Place, span

# Column edges nearer than this (points) are the same.
SAME_EDGE = 5.0
# Lines that may be repeated between the parts of a table.
MOST_BETWEEN = 4
# How far above a table (in characters) its title stands.
REACH = 300

Rows = tuple[tuple[Place, ...], ...]


class Part(NamedTuple):
    """A grid as far as it is known, the table whose columns it has, and the page and the place where it ends."""

    grid: Grid
    table: RuledTable
    page: int
    end: int


def grids(document: Document) -> tuple[list[Grid], list[Notice]]:
    """The grids of the ruled tables in document order, and a warning for each that cannot be rebuilt."""
    found: list[Part] = []
    warnings: list[Notice] = []
    for table in document.ruled:
        rows = _rows(table)
        if not is_sound(rows):
            warnings.append(Notice("tables.not_rebuilt", {"name": document.name, "page": table.page}))
            continue
        grid = titles.parted(Grid(rows), document.text)
        part = Part(grid, table, table.page, span(grid)[1])
        further = _continued(document, found[-1], part) if found else None
        if further is None:
            found.append(part)
        else:
            grid = msgspec.structs.replace(found[-1].grid, rows=(*found[-1].grid.rows, *further))
            found[-1] = found[-1]._replace(grid=grid, page=part.page, end=part.end)
    return [part.grid for part in found if is_table(part.grid)], warnings


def _rows(table: RuledTable) -> Rows:
    return tuple(
        tuple(Place(cell.start, cell.end, cell.box, cell.rowspan, cell.colspan) for cell in row) for row in table.rows
    )


def is_table(grid: Grid) -> bool:
    """Whether a grid has columns and rows: a box around a text has none."""
    return len(grid.rows) > 1 and len(grid.rows[0]) > 1


def is_sound(rows: Rows) -> bool:
    """Whether every place is covered by one cell: missing lines make cells that are no rectangles."""
    covered = [bytearray(len(row)) for row in rows]
    for at, row in enumerate(rows):
        for column, place in enumerate(row):
            if at + place.rowspan > len(rows) or column + place.colspan > len(row):
                return False
            for line in covered[at : at + place.rowspan]:
                if any(line[column : column + place.colspan]):
                    return False
                line[column : column + place.colspan] = b"\1" * place.colspan
    return all(all(line) for line in covered)


# ── over a page break ────────────────────────────────────────────────────────────────────────────────────


def _continued(document: Document, before: Part, after: Part) -> Rows | None:
    """The rows with which the table ``before`` goes on in ``after``; None if that is another table."""
    grid, rows = before.grid, after.grid.rows
    if after.page != before.page + 1 or not _is_near(document, before, span(after.grid)[0]):
        return None
    if after.grid.title and after.grid.title != grid.title:
        if headers.is_certain(rows, _texts(document, rows)):
            return None
        rows = _rows(after.table)
    columns = _aligned(_edges(before.table), _edges(after.table))
    if len(columns) != len(rows[0]) + 1 or columns[-1] != len(grid.rows[0]):
        return None
    return _without_header(document, grid.rows, _spread(rows, columns))


def _is_near(document: Document, before: Part, start: int) -> bool:
    """Whether nothing stands between a part and what begins at ``start`` but the title and its like, once more."""
    grid = before.grid
    between = [line for line in document.text[before.end : start].splitlines() if line.strip()]
    if len(between) > MOST_BETWEEN:
        return False
    above = document.text[max(0, span(grid)[0] - REACH) : span(grid)[0]].splitlines() if between else []
    repeated = {_once(line) for line in above}
    return all(_once(line) in repeated for line in between)


def _once(line: str) -> str:
    return lexicon.bare(lexicon.expression("titles", "continued").sub("", line.strip()))


def _without_header(document: Document, first: Rows, rows: Rows) -> Rows | None:
    """The rows of a part without the header that they repeat; None if they begin with the header of another table."""
    first, top = first[: headers.MOST_ROWS + 1], rows[: headers.MOST_ROWS + 1]
    above, below = _texts(document, first), _texts(document, top)
    header = headers.count(first, above)
    same = 0
    while same < min(header, len(below)) and list(map(lexicon.bare, above[same])) == list(
        map(lexicon.bare, below[same])
    ):
        same += 1
    if same == 0 and headers.is_certain(top, below):
        return None
    return rows[same:]


def _texts(document: Document, rows: Rows) -> list[list[str]]:
    return [[document.text[place.start : place.end] for place in row] for row in rows[: headers.MOST_ROWS + 1]]


# ── columns ──────────────────────────────────────────────────────────────────────────────────────────────


def _edges(table: RuledTable) -> list[float]:
    """Where the columns of a table begin and the last one ends, in the direction in which its rows are read."""
    firsts: dict[int, Box] = {}
    for row in table.rows:
        for column, cell in enumerate(row):
            if cell.rowspan:
                firsts.setdefault(column, cell.box)
    boxes = [firsts[column] for column in sorted(firsts)]
    x0, top, x1, bottom = table.box
    directions = (
        [box[0] for box in boxes] + [x1],
        [box[1] for box in boxes] + [bottom],
        [-box[3] for box in boxes] + [-top],
        [-box[2] for box in boxes] + [-x0],
    )
    return next((edges for edges in directions if all(one < two for one, two in pairwise(edges))), [])


def _aligned(edges: list[float], following: list[float]) -> list[int]:
    """For each column edge of a part the number of the table's edge that it is; empty if one is none of them."""
    found = [min(range(len(edges)), key=lambda at: abs(edges[at] - edge)) for edge in following] if edges else []
    near = all(abs(edges[at] - edge) <= SAME_EDGE for at, edge in zip(found, following, strict=True))
    whole = bool(found) and found[0] == 0 and found[-1] == len(edges) - 1
    return found if near and whole and len(set(found)) == len(found) else []


def _spread(rows: Rows, columns: list[int]) -> Rows:
    """The rows of a part with a place for every column of the table; ``columns`` as of ``_aligned``."""
    if columns == list(range(len(columns))):
        return rows
    return tuple(_spread_row(row, columns) for row in rows)


def _spread_row(row: tuple[Place, ...], columns: list[int]) -> tuple[Place, ...]:
    spread: list[Place] = []
    for at, place in enumerate(row):
        colspan = columns[at + place.colspan] - columns[at] if place.rowspan else 0
        spread.append(msgspec.structs.replace(place, colspan=colspan))
        covered = Place(place.end, place.end, place.box, 0, 0)
        spread += [covered] * (columns[at + 1] - columns[at] - 1)
    return tuple(spread)
