"""Forms such as the 绩效目标表: blocks of rows, each under heads of its own, become one grid.

Rows of a form have different lengths, because a cell over several columns or rows is printed once. Which columns a row
stands in follows from the block that it belongs to and from the level of its first label; a row for which neither
tells is not placed by guess: the whole form is given up.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from extractor.tables import lexicon
from extractor.tables.grids import Place
from extractor.tables.laying import Laid, Rows, covered

# So many names of columns in a row head those below it.
HEADS = 2
# Labels are short; what is longer is a statement.
LONGEST = 60


Row = Sequence[Place]


class Block(Struct, frozen=True):
    """The rows under one row of heads: how many cells wide that is, and in which columns the indicators' levels are."""

    top: int = 0
    width: int = 0
    first: int | None = None
    second: int | None = None
    third: int | None = None


def is_form(text: str, rows: Sequence[Row]) -> bool:
    """Whether a row heads the levels of indicators, or there are several blocks, each with heads of its own."""
    heads = [row for row in rows if is_head(text, row)]
    levels = any(is_label("third", words(text, place)) for row in heads for place in row)
    return levels or len(heads) > 1


def is_head(text: str, row: Row) -> bool:
    """Whether a row names the columns of those below it."""
    return sum(is_label("head", words(text, place)) for place in row) >= HEADS


def is_label(name: str, cell: str) -> bool:
    """Whether a cell is a label of this kind in ``patterns/tables/labels.toml``.

    >>> is_label("head", "预期指标值"), is_label("head", "发放救助金"), is_label("block", "年度目标")
    (True, False, True)
    """
    return len(cell) <= LONGEST and lexicon.matches("labels", name, lexicon.bare(cell))


def words(text: str, place: Place) -> str:
    """What stands in a place."""
    return text[place.start : place.end]


def opens_block(text: str, row: Row) -> bool:
    """Whether a row is the first of a block, or a field, which is a block of its own."""
    first = words(text, row[0])
    return bool(first) and (is_label("block", first) or is_label("field", first) or is_head(text, row))


def laid(text: str, rows: Sequence[Row], complete: bool = False) -> Rows | None:
    """The rows of a form with equal lengths; None if the columns of a row cannot be told.

    ``complete`` says that empty cells are printed too, so that a row that is shorter than its block is torn.
    """
    width = max(map(len, rows))
    block = Block()
    grid = Laid(width)
    for at, row in enumerate(rows):
        opens = opens_block(text, row) or not at
        block = _opened(text, row, at) if opens else block
        empty = 0 if opens else _leading(row)
        start = empty or _start(text, row, block, opens)
        if start is None or not _holds(block, start + len(row) - empty, complete) or not grid.cover(start, block.top):
            return None
        grid.add(_row(row[empty:], start, block, width), start)
    return grid.rows()


def _leading(row: Row) -> int:
    """How many empty places a row begins with."""
    return next((at for at, place in enumerate(row) if place.end > place.start), 0)


def _opened(text: str, row: Row, at: int) -> Block:
    """The block that a row opens."""
    columns = {
        level: column
        for level in ("first", "second", "third")
        for column, place in enumerate(row)
        if is_label(level, words(text, place))
    }
    return Block(at, len(row), **columns)


def _start(text: str, row: Row, block: Block, opens: bool) -> int | None:
    """The column in which a row's first place stands."""
    if opens:
        return 0
    right, first = block.width - len(row), words(text, row[0])
    levels = [(block.first, "first_level"), (block.second, "second_level")]
    known = [column for column, level in levels if column is not None and is_label(level, first)]
    if known:
        column = right if right in known else known[0] if len(known) == 1 else -1
        return column if 0 <= column <= right else None
    column = right if block.third is None else min(right, block.third)
    return column if column >= 0 else None


def _holds(block: Block, end: int, complete: bool) -> bool:
    """Whether a row that ends in front of column ``end`` fits into a block."""
    return end == block.width if complete else end <= block.width


def _row(row: Row, start: int, block: Block, width: int) -> list[Place]:
    """A row with places for what is covered from above, and at its end for what is missing or spanned."""
    left, right = row[0].start, row[-1].end
    above, rest = covered(start, left), width - start - len(row)
    if start + len(row) < block.width:
        return [*above, *row, *[Place(right, right)] * rest]
    last = msgspec.structs.replace(row[-1], colspan=rest + 1)
    return [*above, *row[:-1], last, *covered(rest, right)]
