"""Forms such as the 绩效目标表: blocks of rows, each under heads of its own, become one grid.

Rows of a form have different lengths, because a cell over several columns or rows is printed once. Which columns a row
stands in follows from the block that it belongs to and from the level of its first label; a row for which neither
tells is not placed by guess: the whole form is given up.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

import msgspec
from msgspec import Struct

from extractor.documents.form_labels import is_head, is_label, opens_field
from extractor.tables.grids import Place, Row, read_place, read_row
from extractor.tables.laying import Laid, Rows, cover_places

# The labels that head the levels of indicators: 一级指标, 二级指标, 三级指标.
LEVELS = ("first", "second", "third")


class Block(Struct, frozen=True):
    """The rows under one row of heads: how many cells wide that is, and in which columns the indicators' levels are."""

    top: int = 0
    width: int = 0
    first: int | None = None
    second: int | None = None
    third: int | None = None


def is_form(text: str, rows: Sequence[Row]) -> bool:
    """Whether a row heads the levels of indicators, or there are several blocks, each with heads of its own."""
    cells = [read_row(text, row) for row in rows]
    heads = list(filter(is_head, cells))
    return len(heads) > 1 or any(map(_has_levels, heads))


def _has_levels(cells: Sequence[str]) -> bool:
    """Whether a row names the column of the indicators themselves."""
    return any(is_label("third", cell) for cell in cells)


def opens_block(text: str, row: Row) -> bool:
    """Whether a row is the first of a block, or a field, which is a block of its own."""
    first = read_place(text, row[0])
    if not first:
        return False
    return opens_field(first) or is_head(read_row(text, row))


def lay_form(text: str, rows: Sequence[Row], complete: bool = False) -> Rows | None:
    """The rows of a form with equal lengths; None if the columns of a row cannot be told.

    ``complete`` says that empty cells are printed too, so that a row that is shorter than its block is torn.
    """
    width = max(map(len, rows))
    block = Block()
    grid = Laid(width)
    for at, row in enumerate(rows):
        if not at or opens_block(text, row):
            block = _open_block(text, row, at)
            empty, start = 0, 0
        else:
            empty = _count_empty(row)
            start = empty or _find_column(read_place(text, row[0]), len(row), block)
        filled = row[empty:]
        if start < 0 or not _has_room(block, start + len(filled), complete):
            return None
        if not grid.cover(start, block.top):
            return None
        grid.add(_spread_row(filled, start, block, width), start)
    return grid.rows()


def _count_empty(row: Row) -> int:
    """How many empty places a row begins with; 0 for a row of nothing else."""
    empty = list(takewhile(lambda place: not place.is_filled, row))
    return len(empty) % len(row)


def _open_block(text: str, row: Row, at: int) -> Block:
    """The block that a row opens."""
    columns: dict[str, int] = {}
    for column, cell in enumerate(read_row(text, row)):
        columns.update((level, column) for level in LEVELS if is_label(level, cell))
    return Block(at, len(row), **columns)


def _find_column(label: str, count: int, block: Block) -> int:
    """The column in which a row of ``count`` cells begins with ``label``; -1 where that is open.

    A row ends where its block does, unless its label or the width of the block says otherwise.
    """
    right = block.width - count
    known = _find_levels(label, block)
    if right in known:
        return right
    if known:
        return known[0] if len(known) == 1 and known[0] <= right else -1
    return right if block.third is None else min(right, block.third)


def _find_levels(label: str, block: Block) -> list[int]:
    """The columns of the levels that a label is of: 产出指标 is of the first, 数量指标 of the second."""
    levels = [(block.first, "first_level"), (block.second, "second_level")]
    return [column for column, level in levels if column is not None and is_label(level, label)]


def _has_room(block: Block, end: int, complete: bool) -> bool:
    """Whether a row that ends in front of column ``end`` fits into a block."""
    return end == block.width if complete else end <= block.width


def _spread_row(row: Row, start: int, block: Block, width: int) -> list[Place]:
    """A row with places for what is covered from above, and at its end for what is missing or spanned."""
    left, right = row[0].start, row[-1].end
    above, rest = cover_places(start, left), width - start - len(row)
    if start + len(row) < block.width:
        return [*above, *row, *[Place(right, right)] * rest]
    last = msgspec.structs.replace(row[-1], colspan=rest + 1)
    return [*above, *row[:-1], last, *cover_places(rest, right)]
