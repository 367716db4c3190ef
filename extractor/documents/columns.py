"""Pages set in columns: the lines that were read across them, parted and put into the order of reading.

A gutter is a stretch of the width that no line of several in a row prints in, and that has words on both sides. Tables
and lists of labels have such stretches too. Columns of a text differ from these in what stands between two gutters:
nearly every line reaches the right edge, sentences go on from line to line, and marks of sentences stand among them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from extractor.documents import lines as words
from extractor.documents.layout import Line

# In units of the character size: a gutter, a column, how far from its right edge a full line ends, and how far apart
# the lines of one set of columns are.
GUTTER = 0.9
NARROWEST = 6.0
RAGGED = 1.6
FAR = 3.0
# The share of a column's lines, but its last one, that are full, and how many marks of sentences a line has.
FULL = 0.55
MARKS = 0.35
# Columns within columns, as a heading over two of six makes them, are no deeper than this.
DEEPEST = 3
# By so many lines a gutter shows that there is one; two may be those of an imprint.
SHOWN = 3

Row = list[Line]
Free = tuple[float, float]


class Band(Struct, frozen=True):
    """Lines that the same gutters part: up to the row ``end``, at the ``gutters`` from left to right."""

    end: int
    gutters: tuple[Free, ...]


def order_lines(lines: Sequence[Line]) -> list[Line]:
    """A page's lines, from top to bottom, in the order of reading; those of columns know the edges of theirs."""
    rows = [_part_line(line) for line in lines]
    if sum(len(row) > 1 for row in rows) < SHOWN - 1 and not _is_staggered(lines):
        return list(lines)
    return list(_read_block(rows, None, 0))


def _is_staggered(lines: Sequence[Line]) -> bool:
    """Whether lines stand beside one another: those of columns whose baselines differ."""
    return sum(two.top < one.bottom and (two.x0 > one.x1 or one.x0 > two.x1) for one, two in pairwise(lines)) >= SHOWN


def _part_line(line: Line) -> Row:
    """The pieces of a line between gaps as wide as a gutter."""
    if None not in line.boxes:
        return [line]
    pieces: Row = []
    start, last = 0, line.x0
    for at, box in enumerate(line.boxes):
        if box and at and not line.boxes[at - 1] and box[0] - last > GUTTER * line.size:
            pieces.append(_cut_line(line, start, at - 1))
            start = at
        last = box[2] if box else last
    return [*pieces, _cut_line(line, start, len(line.boxes))] if pieces else [line]


def _cut_line(line: Line, start: int, end: int) -> Line:
    boxes = [box for box in line.boxes[start:end] if box]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    text = line.text[start:end]
    return Line(
        text, line.boxes[start:end], lefts[0], min(tops), max(rights), max(bottoms), line.size, line.bold, line.column
    )


def _join_pieces(row: Row) -> Line:
    """Pieces of a line with a space between them, as they were."""
    if len(row) == 1:
        return row[0]
    boxes = tuple(box for piece in row for box in (None, *piece.boxes))[1:]
    top, bottom = min(piece.top for piece in row), max(piece.bottom for piece in row)
    text = " ".join(piece.text for piece in row)
    return replace(row[0], text=text, boxes=boxes, top=top, x1=row[-1].x1, bottom=bottom)


# ── bands of columns ─────────────────────────────────────────────────────────────────────────────────────


def _read_block(rows: Sequence[Row], edges: Free | None, depth: int) -> Iterator[Line]:
    """The lines of a part of a page that ``edges`` bound, column by column where there are any."""
    at = 0
    find_band = cache(partial(_find_band, rows))
    while at < len(rows):
        band = find_band(at)
        if len(rows[at]) == 1 and len(find_band(at + 1).gutters) > len(band.gutters):
            # A line that stands over several columns is above them, not of one.
            band = Band(at + 1, ())
        columns = _split_band(rows[at : band.end], band.gutters) if depth < DEEPEST else []
        if len(columns) > 1 and band.end - at >= SHOWN and all(map(_is_prose, columns)):
            for column in columns:
                yield from _read_block(column, _find_edges(column), depth + 1)
        else:
            yield from (replace(_join_pieces(row), column=edges) for row in rows[at : band.end])
        at = band.end


def _find_band(rows: Sequence[Row], start: int) -> Band:
    """The longest band from the row ``start`` on; a row without gutters is one of its own."""
    free: list[Free] = [(-math.inf, math.inf)]
    gutters: tuple[Free, ...] = ()
    left, right = math.inf, -math.inf
    for at in range(start, len(rows)):
        row = rows[at]
        if at > start and row[0].top - rows[at - 1][0].bottom > FAR * row[0].size:
            return Band(at, gutters)
        free = _narrow(free, row)
        left, right = min(left, row[0].x0), max(right, row[-1].x1)
        found = tuple((low, high) for low, high in free if left < low and high < right)
        if not found and (gutters or at - start >= SHOWN):
            return Band(at if gutters else start + 1, gutters)
        gutters = found
    return Band(len(rows) if gutters else start + 1, gutters)


def _narrow(free: Sequence[Free], row: Row) -> list[Free]:
    """What of the free stretches of the width is free in a row too, and as wide as a gutter."""
    ends = [-math.inf, *(piece.x1 for piece in row)]
    starts = [*(piece.x0 for piece in row), math.inf]
    least = GUTTER * row[0].size
    gaps = list(zip(ends, starts, strict=True))
    both = [(a if a > c else c, b if b < d else d) for a, b in free for c, d in gaps]
    return [(low, high) for low, high in both if high - low >= least]


def _split_band(rows: Sequence[Row], gutters: Sequence[Free]) -> list[list[Row]]:
    """The rows of each column, from left to right."""
    bounds = [-math.inf, *((low + high) / 2 for low, high in gutters), math.inf]
    columns = [[[piece for piece in row if low <= piece.x0 < high] for row in rows] for low, high in pairwise(bounds)]
    return [own for column in columns if (own := [row for row in column if row])]


def _find_edges(column: Sequence[Row]) -> Free:
    return min(row[0].x0 for row in column), max(row[-1].x1 for row in column)


# ── what a column of text looks like ─────────────────────────────────────────────────────────────────────


def _is_prose(column: Sequence[Row]) -> bool:
    """Whether the lines between two gutters are those of a text that goes on from one to the next."""
    left, right = _find_edges(column)
    size = column[len(column) // 2][0].size
    if len(column) < 2 or right - left < NARROWEST * size:
        return False
    full = [row for row in column[:-1] if row[-1].x1 >= right - RAGGED * size]
    if len(full) < FULL * (len(column) - 1) or all(words.ends_sentence(row[-1].text) for row in full):
        return False
    return sum(_count_marks(piece.text) for row in column for piece in row) >= MARKS * len(column)


def _count_marks(text: str) -> int:
    """How many marks of sentences a piece of a line has; a point or a comma of a number is none."""
    return sum(not char.isascii() and words.is_closing_mark(char) for char in text)
