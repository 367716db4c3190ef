"""The ruled tables of a document as grids: those that go on over a page break are one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from extractor.documents.model import Document, RuledTable
from extractor.model import Box, Notice
from extractor.tables import headers, lexicon, titles
from extractor.tables.grids import Grid, Place, find_span, read_row

# Column edges nearer than this (points) are the same.
SAME_EDGE = 5.0
# Lines that may be repeated between the parts of a table.
MOST_BETWEEN = 4
# How far above a table (in characters) its title stands.
REACH = 300

Rows = tuple[tuple[Place, ...], ...]


class Part(Struct, frozen=True):
    """A grid as far as it is known, the table whose columns it has, and the page and the place where it ends."""

    grid: Grid
    table: RuledTable
    page: int | None
    end: int


def find_grids(document: Document) -> tuple[list[Grid], list[Notice]]:
    """The grids of the ruled tables in document order, and a warning for each that cannot be rebuilt."""
    found: list[Part] = []
    warnings: list[Notice] = []
    for table in document.ruled:
        rows = _place_cells(table)
        if not is_sound(rows):
            warnings.append(_warn_of_gaps(document, table, rows))
            continue
        grid = titles.split_title(Grid(rows), document.text)
        part = Part(grid, table, table.page, find_span(grid)[1])
        further = _continue_table(document, found[-1], part) if found else None
        if further is None:
            found.append(part)
        else:
            found[-1] = _append(found[-1], part, further)
    return [part.grid for part in found if is_table(part.grid)], warnings


def _warn_of_gaps(document: Document, table: RuledTable, rows: Rows) -> Notice:
    """The warning that a table cannot be rebuilt: by its page, or by its first words."""
    if table.page is not None:
        return Notice("tables.not_rebuilt", {"name": document.name, "page": table.page})
    cells = filter(None, read_row(document.text, rows[0]))
    return Notice("tables.not_laid_out", {"name": document.name, "cell": next(cells, "")})


def _place_cells(table: RuledTable) -> Rows:
    """The cells of a table as places."""
    rows = []
    for cells in table.rows:
        rows.append(tuple(Place(cell.start, cell.end, cell.box, cell.rowspan, cell.colspan) for cell in cells))
    return tuple(rows)


def _append(table: Part, part: Part, rows: Rows) -> Part:
    """A table with the rows of its next part."""
    grid = msgspec.structs.replace(table.grid, rows=(*table.grid.rows, *rows))
    return replace(table, grid=grid, page=part.page, end=part.end)


def is_table(grid: Grid) -> bool:
    """Whether a grid has columns and rows: a box around a text has none."""
    return len(grid.rows) > 1 and len(grid.rows[0]) > 1


def is_sound(rows: Rows) -> bool:
    """Whether every place is covered by one cell: missing lines make cells that are no rectangles."""
    covered = [bytearray(len(row)) for row in rows]
    for at, row in enumerate(rows):
        for column, place in enumerate(row):
            lines = covered[at : at + place.rowspan]
            if len(lines) < place.rowspan or not _cover(lines, column, place.colspan):
                return False
    return all(map(all, covered))


def _cover(lines: Sequence[bytearray], column: int, width: int) -> bool:
    """Marks the places of a cell as covered; False where one of them is already, or lies outside."""
    for line in lines:
        here = slice(column, column + width)
        if column + width > len(line) or any(line[here]):
            return False
        line[here] = b"\1" * width
    return True


# ── over a page break ────────────────────────────────────────────────────────────────────────────────────


def _continue_table(document: Document, before: Part, after: Part) -> Rows | None:
    """The rows with which the table ``before`` goes on in ``after``; None if that is another table."""
    if before.page is None or after.page != before.page + 1:
        return None
    start = find_span(after.grid)[0]
    if not _is_near(document, before, start):
        return None
    rows = _take_rows(document, before, after)
    if rows is None:
        return None
    edges, following = _find_edges(before.table), _find_edges(after.table)
    if _repeats_header(document, before.grid.rows, rows):
        following = _move_edges(following, edges)
    columns = _align_edges(edges, following)
    is_bare = not document.text[before.end : start].strip()
    if not columns and is_bare and _repeats_whole_header(document, before.grid.rows, rows):
        columns = list(range(len(rows[0]) + 1))
    if len(columns) != len(rows[0]) + 1 or columns[-1] != len(before.grid.rows[0]):
        return None
    return _drop_header(document, before.grid.rows, _spread_rows(rows, columns))


def _take_rows(document: Document, before: Part, after: Part) -> Rows | None:
    """The rows of a part; with its first, if that was read as a title; None if that begins another table."""
    rows, title = after.grid.rows, after.grid.title
    if not title or title == before.grid.title:
        return rows
    if headers.is_certain(rows, _read_top(document, rows)):
        return None
    return _place_cells(after.table)


def _is_near(document: Document, before: Part, start: int) -> bool:
    """Whether nothing stands between a part and what begins at ``start`` but the title and its like, once more."""
    between = list(filter(str.strip, document.text[before.end : start].splitlines()))
    if len(between) > MOST_BETWEEN:
        return False
    top = find_span(before.grid)[0]
    above = document.text[max(0, top - REACH) : top].splitlines()
    return set(map(_strip_line, between)) <= set(map(_strip_line, above))


def _strip_line(line: str) -> str:
    """A line without white space and without （续表）."""
    continued = lexicon.load_expression("titles", "continued")
    return lexicon.strip_space(continued.sub("", line.strip()))


def _drop_header(document: Document, first: Rows, rows: Rows) -> Rows | None:
    """The rows of a part without the header that they repeat; None if they begin with the header of another table."""
    first, top = first[: headers.MOST_ROWS + 1], rows[: headers.MOST_ROWS + 1]
    above, below = _read_top(document, first), _read_top(document, top)
    header = headers.count_rows(first, above)
    pairs = zip(above[:header], below, strict=False)
    same = len(list(takewhile(lambda pair: _is_repeated(*pair), pairs)))
    if same == 0 and headers.is_certain(top, below):
        return None
    return rows[same:]


def _repeats_header(document: Document, first: Rows, rows: Rows) -> bool:
    """Whether a part begins with the first row of its table, once more."""
    above, below = _read_top(document, first[:1]), _read_top(document, rows[:1])
    return any(above[0]) and _is_repeated(above[0], below[0])


def _repeats_whole_header(document: Document, first: Rows, rows: Rows) -> bool:
    """Whether a part begins with all that heads its table: it goes on, though each page fits its columns anew."""
    above, below = _read_top(document, first), _read_top(document, rows)
    header = headers.count_rows(first[: headers.MOST_ROWS + 1], above)
    if not header or len(below) < header or not headers.is_certain(first, above):
        return False
    return all(map(_is_repeated, above[:header], below[:header]))


def _is_repeated(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether two rows say the same."""
    return list(map(lexicon.strip_space, above)) == list(map(lexicon.strip_space, below))


def _read_top(document: Document, rows: Rows) -> list[list[str]]:
    """The cells of as many rows as a header may have, and of the one below it."""
    return [read_row(document.text, row) for row in rows[: headers.MOST_ROWS + 1]]


# ── columns ──────────────────────────────────────────────────────────────────────────────────────────────


def _find_edges(table: RuledTable) -> list[float]:
    """Where the columns of a table begin and the last one ends, in the direction in which its rows are read."""
    if table.box is None:
        return []
    firsts: dict[int, Box] = {}
    for row in table.rows:
        for column, cell in enumerate(row):
            if cell.rowspan and cell.box:
                firsts.setdefault(column, cell.box)
    boxes = [firsts[column] for column in sorted(firsts)]
    lefts, tops, rights, bottoms = map(list, zip(*boxes, strict=True)) if boxes else ([], [], [], [])
    x0, top, x1, bottom = table.box
    directions = (
        [*lefts, x1],
        [*tops, bottom],
        [-edge for edge in [*bottoms, top]],
        [-edge for edge in [*rights, x0]],
    )
    return next(filter(_ascends, directions), [])


def _ascends(edges: Sequence[float]) -> bool:
    """Whether every edge lies behind the one before it."""
    return all(one < two for one, two in pairwise(edges))


def _align_edges(edges: Sequence[float], following: Sequence[float]) -> list[int]:
    """For each column edge of a part the number of the table's edge that it is; empty if one is none of them."""
    if not edges or not following:
        return []
    found = [_find_nearest(edges, edge) for edge in following]
    for at, edge in zip(found, following, strict=True):
        if abs(edges[at] - edge) > SAME_EDGE:
            return []
    is_whole = found[0] == 0 and found[-1] == len(edges) - 1
    is_unique = len(set(found)) == len(found)
    return found if is_whole and is_unique else []


def _move_edges(edges: Sequence[float], beginning: Sequence[float]) -> list[float]:
    """Edges as if they began where others do: left and right pages have other margins."""
    if not edges or not beginning:
        return []
    return [edge - edges[0] + beginning[0] for edge in edges]


def _find_nearest(edges: Sequence[float], edge: float) -> int:
    """The number of the nearest edge, the first of two that are as near."""
    distances = [abs(one - edge) for one in edges]
    return distances.index(min(distances))


def _spread_rows(rows: Rows, columns: list[int]) -> Rows:
    """The rows of a part with a place for every column of the table; ``columns`` as of ``_align_edges``."""
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
