"""Two rows, or columns, one behind the other, whose rates come to all: 短期债务 and 长期债务 in every year.

The total need not stand beside them, and need not be 100 % itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from extractor.checks.grids.grid import RATE, Grid, Number, is_all
from extractor.checks.grids.growing import Line
from extractor.checks.grids.lines import list_columns, list_rows
from extractor.checks.grids.sums import Place

# So many pairs of rates, all different, come to all by no chance; of few digits they do.
HABIT, FEWEST = 2, 3


class TwoShares(Struct, frozen=True):
    """Two cells whose rates come to all, or should as those beside them do."""

    places: tuple[Place, Place]
    is_held: bool


def find_two_shares(grid: Grid) -> Iterator[TwoShares]:
    """The rates of every two lines of a table that come to all in each lane, but for one lane at most."""
    if grid.rows:
        columns = grid.columns
        yield from _find_in(grid, list_rows(grid), lambda line, lane: (grid.rows[line], lane))
        yield from _find_in(grid, list_columns(grid), lambda line, lane: (grid.rows[lane], columns[line]))


def _find_in(grid: Grid, lines: Sequence[Line], place: Callable[[int, int], Place]) -> Iterator[TwoShares]:
    for at, (one, other) in enumerate(pairwise(lines)):
        lanes = [lane for lane in one if _is_asked(one[lane]) and lane in other and _is_asked(other[lane])]
        held = {lane for lane in lanes if _is_whole(one[lane], other[lane], grid.scale)}
        if len({one[lane].value for lane in held}) >= HABIT and len(lanes) - len(held) <= 1:
            for lane in lanes:
                yield TwoShares((place(at, lane), place(at + 1, lane)), lane in held)


def _is_asked(number: Number) -> bool:
    """Whether a number is a rate of digits enough, and not that of all."""
    return number.kind == RATE and number.count_significant() >= FEWEST and number.value > 0 and not is_all(number)


def _is_whole(one: Number, other: Number, scale: int) -> bool:
    return 2 * abs(one.value + other.value - scale) <= one.step + other.step
