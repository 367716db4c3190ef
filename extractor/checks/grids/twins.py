"""Rows that are called like those of a sum that holds elsewhere: they add up like it.

A block of rows comes again under another total of its table (铁路, 公路, 水运 under what was carried, and how far), or
under the same one in another table, of another level or year. Where its numbers alone do not say that they add up, as
in a table of one column, the block that does says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from extractor.checks.grids.grid import RATE, Grid
from extractor.checks.grids.growing import SLACK, TELLING
from extractor.checks.grids.labels import SHORTEST
from extractor.checks.grids.sums import Habit, Sum

# A longer block is looked for as little as a name that stands in more places.
LONGEST, MOST = 40, 40
# Of so many blocks one may fail.
FAILING = 4
# What the names of a block add to what its numbers say.
NAMED = 2

Where = tuple[str, int]


class Block(Struct, frozen=True):
    """Rows that add up, by their names and offsets; the name of the total is apart. ``at`` is where they stand."""

    names: tuple[str, ...]
    total: int
    parts: tuple[int, ...]
    title: str
    at: Where

    @property
    def first(self) -> str:
        """The name of its first part."""
        return self.names[self.parts[0]]


class Names:
    """The names of the rows of all tables, and where they stand."""

    def __init__(self, grids: Mapping[str, Grid]) -> None:
        self.grids = grids
        self.labels = {key: list(grid.labels) for key, grid in grids.items()}
        self._places: dict[str, list[Where]] = {}
        for key, labels in self.labels.items():
            for at, label in enumerate(labels):
                self._places.setdefault(label, []).append((key, at))

    def find(self, block: Block) -> Iterator[Where]:
        """Where rows of the names of a block stand, elsewhere under the same total or in its table under any."""
        for table, line in self._places[block.first][:MOST]:
            start = line - block.parts[0]
            if start >= 0 and (table, start) != block.at and self._is_like(block, table, start):
                yield table, start

    def _is_like(self, block: Block, table: str, start: int) -> bool:
        names = self.labels[table][start : start + len(block.names)]
        if len(names) < len(block.names) or (table != block.at[0] and names[block.total] != block.title):
            return False
        names[block.total] = ""
        return tuple(names) == block.names


def find_twins(grids: Mapping[str, Grid], found: Mapping[str, Sequence[Sum]]) -> Iterator[tuple[str, Sum]]:
    """The sums of rows that are called like those of others that hold, by their tables, but for those found already."""
    names = Names(grids)
    known = {(table, one.key) for table, sums in found.items() for one in sums}
    told = set(known)
    for block, held in _list_blocks(names, found).items():
        if not _is_telling(names.grids[block.at[0]], held):
            continue
        sums = [(table, one) for table, one in _add_up(names, block, held) if (table, one.key) not in told]
        failing = sum(one.fails for _, one in sums)
        for table, one in sums:
            if not one.fails or failing * FAILING <= max(FAILING, len(sums)):
                told.add((table, one.key))
                yield table, one


def _is_telling(grid: Grid, held: Sequence[Sum]) -> bool:
    """Whether rows add up to so many digits that say something that it is no chance."""
    lines = dict(zip(grid.rows, grid.numbers, strict=True))
    totals = {lines[row][column] for row, column in (one.total for one in held)}
    return sum(number.count_significant() for number in totals) >= TELLING


def _list_blocks(names: Names, found: Mapping[str, Sequence[Sum]]) -> dict[Block, list[Sum]]:
    """The blocks of rows that add up down their columns, each with its sums."""
    blocks: dict[Block, list[Sum]] = {}
    for table, sums in found.items():
        lines = {row: at for at, row in enumerate(names.grids[table].rows)}
        for one in sums:
            block = _read_block(names.labels[table], lines, table, one) if _is_asked(one) else None
            if block:
                blocks.setdefault(block, []).append(one)
    return blocks


def _is_asked(one: Sum) -> bool:
    return not one.fails and one.key[1] and len(one.parts) > 1


def _read_block(labels: Sequence[str], lines: Mapping[int, int], table: str, one: Sum) -> Block | None:
    """The names of the rows of a sum, from the first to the last; None where a part has none."""
    total, *parts = (lines[row] for row, _ in (one.total, *one.parts))
    start, end = min(total, *parts), max(total, *parts) + 1
    names = list(labels[start:end])
    title, names[total - start] = names[total - start], ""
    is_named = all(len(labels[part]) >= SHORTEST for part in parts)
    if not is_named or len(names) > LONGEST:
        return None
    return Block(tuple(names), total - start, tuple(part - start for part in parts), title, (table, start))


def _add_up(names: Names, block: Block, held: Sequence[Sum]) -> Iterator[tuple[str, Sum]]:
    """The sums that rows of the names of a block are, where they stand; in its own table in its own columns."""
    own = {one.total[1] for one in held}
    for table, start in names.find(block):
        grid = names.grids[table]
        columns = own if table == block.at[0] else grid.numbers[start + block.total].keys()
        sums = (_read_sum(grid, block, start, column, len(held)) for column in columns)
        yield from ((table, one) for one in sums if one)


def _read_sum(grid: Grid, block: Block, start: int, column: int, telling: int) -> Sum | None:
    """Rows of a table as a sum in a column; None where they are of different kinds or rates, or too few."""
    total = grid.numbers[start + block.total].get(column)
    places = [start + part for part in block.parts if column in grid.numbers[start + part]]
    parts = [grid.numbers[place][column] for place in places]
    if total is None or len(parts) < 2 or {part.kind for part in parts} != {total.kind} or total.kind == RATE:
        return None
    gap = abs(total.value - sum(part.value for part in parts))
    is_held = 2 * gap <= min(total.step + sum(part.step for part in parts), 2 * SLACK * total.step)
    is_lone = gap > total.last_digit
    habit = None if is_held else Habit(is_lone, False, False, telling, telling + NAMED)
    cells = tuple((grid.rows[place], column) for place in places)
    return Sum((grid.rows[start + block.total], column), cells, habit, 2 * gap > abs(total.value))
