"""Where only the lines between the rows of a table are drawn, or only those between its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec
from msgspec import Struct

from extractor.documents.grids import SNAP, Grid, merge_lines
from extractor.documents.layout import Line
from extractor.documents.rulings import Ruling
from extractor.documents.stretches import Row

# Lines of one table begin and end at the same places, but for so many points.
SAME_END = 5.0
# A line above the head, one below it and one at the foot.
FEWEST_LINES = 3
# Rows with numbers between them.
FEWEST_ROWS = 2
# Lines between columns: one alone parts a page.
FEWEST_BETWEEN = 2


class Enclosure(Struct, frozen=True):
    """Rows ``start`` to ``end`` of a page (the last one not included) and the heights of the lines around them."""

    start: int
    end: int
    ys: tuple[float, ...]


def find_enclosures(rows: Sequence[Row], horizontal: Sequence[Ruling]) -> Iterator[Enclosure]:
    """The runs of rows that lines of one length part; ``rows`` are those of a page in its order."""
    for lines in _group_lines(horizontal):
        run: list[float] = []
        has_data = False
        for above, below in pairwise(lines):
            between = [enclose(row) for row in rows if above.at < row.middle < below.at]
            is_part = _is_within(between, above) and (_is_body(between, above) if has_data else _is_top(between))
            if not is_part:
                yield from _make_enclosure(rows, run)
                run = []
            else:
                run = [*(run or [above.at]), below.at]
            has_data = is_part and (has_data or _has_data(between))
        yield from _make_enclosure(rows, run)


def _is_within(rows: Sequence[Row], line: Ruling) -> bool:
    """Whether no row reaches over the ends of a line."""
    start, end = line.start - SAME_END, line.end + SAME_END
    return all(start <= row.words[0].box[0] and row.words[-1].box[2] <= end for row in rows)


def _is_top(rows: Sequence[Row]) -> bool:
    """Whether rows between two lines may begin a table: numbers, or heads of several columns."""
    return _has_data(rows) or (bool(rows) and all(len(row.words) > 1 and not row.ends_sentence for row in rows))


def _is_body(rows: Sequence[Row], line: Ruling) -> bool:
    """Whether rows between two lines go on with a table: numbers, or a label in the first half of a line."""
    return _has_data(rows) or (len(rows) == 1 and _is_label(rows[0], line))


def _is_label(row: Row, line: Ruling) -> bool:
    return len(row.words) == 1 and not row.ends_sentence and row.words[0].box[2] < (line.start + line.end) / 2


def _has_data(rows: Sequence[Row]) -> bool:
    """Whether one of the rows holds numbers, and none a sentence."""
    return any(row.is_data for row in rows) and not any(row.ends_sentence for row in rows)


def _group_lines(lines: Sequence[Ruling]) -> Iterator[list[Ruling]]:
    """Lines that begin and end at the same places, each group in the order of the page."""
    groups: list[list[Ruling]] = []
    for line in merge_lines(lines):
        group = next((group for group in groups if _are_alike(group[0], line)), None)
        if group is None:
            groups.append([line])
        else:
            group.append(line)
    return iter(groups)


def _are_alike(one: Ruling, two: Ruling) -> bool:
    return abs(one.start - two.start) <= SAME_END and abs(one.end - two.end) <= SAME_END


def _make_enclosure(rows: Sequence[Row], ys: Sequence[float]) -> Iterator[Enclosure]:
    """The rows between the first and the last of some lines, if enough of them hold numbers."""
    if len(ys) < FEWEST_LINES:
        return
    inside = [at for at, row in enumerate(rows) if ys[0] < row.middle < ys[-1]]
    if sum(enclose(rows[at]).is_data for at in inside) >= FEWEST_ROWS:
        yield Enclosure(inside[0], inside[-1] + 1, tuple(ys))


def enclose(row: Row) -> Row:
    """A row between lines, of which one number is enough."""
    return msgspec.structs.replace(row, is_enclosed=True)


# ── lines between columns ────────────────────────────────────────────────────────────────────────────────


def find_columns(lines: Sequence[Line], vertical: Sequence[Ruling]) -> Iterator[Grid]:
    """Grids of one row between vertical lines that begin and end together; ``lines`` are those of the page.

    The outer columns reach as far as what is printed between the ends of the lines.
    """
    for group in _group_lines(vertical):
        inside = [line for line in lines if group[0].start <= line.middle <= group[0].end]
        if len(group) < FEWEST_BETWEEN or len(inside) <= FEWEST_ROWS:
            continue
        left, right = min(line.x0 for line in inside) - SNAP, max(line.x1 for line in inside) + SNAP
        inner = [line.at for line in group]
        xs = (*([left] if left < inner[0] else []), *inner, *([right] if right > inner[-1] else []))
        yield Grid(xs, (group[0].start, group[0].end), (tuple(range(len(xs) - 1)),))
