"""Shares of a whole that their table does not have: what one of its numbers is to its share, all others are.

What the five largest customers owe stands beside its share of what all owe, and so do the debts that matter beside
theirs of all debts. The largest number says what the whole is; where it is the one that is wrong, the next one does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod

from msgspec import Struct

from extractor.checks.grids.grid import RATE, Number
from extractor.checks.grids.rates import (
    FAILING,
    HARDLY,
    MOST,
    NEAREST,
    PLENTY,
    SELDOM,
    Rate,
    Sheet,
    Way,
    Wholes,
    is_asked,
    list_nearest,
    sort_wholes,
    weigh,
)

# So many different shares are told by one whole; so many of the largest numbers are asked what it is.
FEWEST, ASKED = 4, 2


class Shares(Struct, frozen=True):
    """A line of shares, the line of what they are shares of, and the lane that tells the whole; those that hold."""

    at: int
    current: int
    base: int
    held: dict[int, int]

    @property
    def weight(self) -> int:
        """How many other numbers the lanes that hold rule out."""
        return prod(self.held.values())

    def make(self, lane: int, *, is_failing: bool, is_lone: bool) -> Rate:
        """The share in a lane."""
        places = (self.at, lane), (self.current, lane), (self.current, self.base)
        return Rate("proportion", *places, is_failing, is_lone, base_rate=(self.at, self.base))


def find_proportions(sheet: Sheet, known: set[int]) -> Iterator[Rate]:
    """The shares in all lines but those that are ``known`` to be rates of numbers that the table has."""
    amounts = [at for at, line in enumerate(sheet.lines) if any(number.kind != RATE for number in line.values())]
    for at, line in enumerate(sheet.lines):
        lanes = [lane for lane, number in line.items() if is_asked(number) and number.value > 0]
        if at not in known and sheet.kinds.get(at) != "growth" and len(lanes) >= FEWEST and 2 * len(lanes) >= len(line):
            yield from _find_in_line(sheet, at, lanes, list_nearest(amounts, at))


def _find_in_line(sheet: Sheet, at: int, lanes: Sequence[int], near: Sequence[int]) -> Iterator[Rate]:
    """The shares of a line by the numbers that agree most with them, and the few that are something else."""
    found = [shares for current in near for shares in _list_shares(sheet, at, current, lanes)]
    best = max(found, key=lambda shares: shares.weight, default=None)
    if (
        best is None
        or best.weight < SELDOM * NEAREST
        or len({sheet.lines[at][lane] for lane in best.held}) < FEWEST - 1
    ):
        return
    yield from (best.make(lane, is_failing=False, is_lone=True) for lane in best.held)
    asked = sheet.lines[best.current].keys() - {best.base}
    missed = [lane for lane in lanes if lane not in best.held and lane in asked]
    if best.weight >= HARDLY * NEAREST and len(missed) * FAILING <= len(best.held) + 1:
        is_lone = len(best.held) >= PLENTY * len(missed)
        wholes = sort_wholes(sheet.lines[best.current] if missed else {})
        failed = (lane for lane in missed if not _is_of_another(sheet, best, lane, wholes))
        yield from (best.make(lane, is_failing=True, is_lone=is_lone) for lane in failed)


def _list_shares(sheet: Sheet, at: int, current: int, lanes: Sequence[int]) -> Iterator[Shares]:
    """The shares that a line has of a whole, by each of the largest of its numbers."""
    amounts = {
        lane: number for lane, number in sheet.lines[current].items() if number.kind != RATE and number.value > 0
    }
    shared = sorted((lane for lane in lanes if lane in amounts), key=lambda lane: -amounts[lane].value)
    for base in shared[:ASKED] if len(shared) >= FEWEST else ():
        pairs = {lane: (sheet.lines[at][lane], amounts[lane]) for lane in shared}
        weights = {lane: _weigh(pair, pairs[base]) for lane, pair in pairs.items() if lane != base}
        yield Shares(at, current, base, {lane: weight for lane, weight in weights.items() if weight})


def _weigh(one: tuple[Number, Number], other: tuple[Number, Number]) -> int:
    """How many other shares are ruled out where two numbers are as much as their shares; 0 where they are not."""
    (rate, current), (base_rate, base) = one, other
    slack = rate.step * base.value + base_rate.step * current.value + rate.value * base.step
    slack += base_rate.value * current.step
    if current.kind != base.kind or 2 * abs(rate.value * base.value - base_rate.value * current.value) > slack:
        return 0
    return max(1, min(MOST, 2 * rate.value * base.value // slack))


def _is_of_another(sheet: Sheet, shares: Shares, lane: int, wholes: Wholes) -> bool:
    """Whether a share is that of another number of its line."""
    near = wholes.list_near(sheet.lines[shares.current][lane], sheet.lines[shares.at][lane], sheet.scale)
    ways = (Way("ratio", shares.current, shares.current, lane=whole) for whole in near)
    return any(weigh(sheet, way, shares.at, lane) for way in ways)
