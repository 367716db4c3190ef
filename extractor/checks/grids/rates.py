"""Which rows or columns of a table are rates of which others: shares and completions, growth, found by arithmetic.

Rows and columns are asked alike, as *lines* with *lanes* (see ``families``). A line of rates is what one line is of
another, or by how much it is more; or what each number of a line is of one of its own, its total; or by how much that
is more than its neighbour, as in a table of years. What holds in so many lanes that it is no chance is what the line
means, and the few numbers of it that are something else stand out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, islice, permutations, product
from math import prod
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from extractor.checks.grids.grid import RATE, Number
from extractor.checks.grids.growing import Line

Kind = Literal["ratio", "growth", "fall", "proportion", "gone"]
# What is tried where no label says what its rates are, and what labels say.
TRIED: tuple[Kind, ...] = ("ratio", "growth")
KINDS: tuple[Kind, ...] = (*TRIED, "fall")
Spot = tuple[int, int]
"""A number by its line and lane."""
# Lines that a rate is of stand near it: so many are tried, in so many of its lanes first.
NEAREST, SAMPLE = 8, 6
# A line has a whole for each of its divisions; more that say 100 % are what was completed.
WHOLES = 8
# A rate of fewer digits is met by anything.
FEWEST = 2
# No number rules out more than so many others.
MOST = 10_000
# By chance a way is found once in so many tables, one that its label names less often; more is asked of what fails.
SELDOM, HARDLY, NAMED = 500, 4000, 50
# Of so many numbers one may be wrong.
FAILING = 3
# So many rows without a number that are 100 % less say what such rows are.
GONE = 2
# So many that hold leave no doubt of the one that does not.
PLENTY = 6


class Way(Struct, frozen=True):
    """How a line of rates comes about: of which line, of which base; that in the same lane, beside it, or in one."""

    kind: Kind
    current: int
    base: int
    turn: int = 0
    lane: int | None = None

    def find(self, lane: int) -> tuple[Spot, Spot]:
        """The number and the base that the rate in a lane is of."""
        return (self.current, lane), (self.base, lane + self.turn if self.lane is None else self.lane)


class Rate(Struct, frozen=True):
    """A rate with the number that it is of and the base of that; ``fails`` where it is something else.

    Of one that fails, ``is_lone`` says that there are so many others that hold that it is no doubt.
    """

    kind: Kind
    rate: Spot
    current: Spot | None
    base: Spot | None
    fails: bool
    is_lone: bool
    base_rate: Spot | None = None


class Sheet(Struct, frozen=True):
    """The lines of a table; what 1 is in its numbers; of which kind the rates of a line are, where its label says."""

    lines: Sequence[Line]
    scale: int
    kinds: Mapping[int, Kind]


def find_rates(sheet: Sheet) -> Iterator[Rate]:
    """The rates in all lines, each with what it is made of."""
    amounts = [at for at, line in enumerate(sheet.lines) if any(number.kind != RATE for number in line.values())]
    for at, line in enumerate(sheet.lines):
        lanes = [lane for lane, number in line.items() if is_asked(number)]
        if lanes and 2 * len(lanes) >= len(line):
            yield from _find_in_line(sheet, at, lanes, amounts)


def is_asked(number: Number) -> bool:
    """Whether a number is a rate of enough digits."""
    return number.kind == RATE and number.digits >= FEWEST and number.value != 0


def _find_in_line(sheet: Sheet, at: int, lanes: Sequence[int], amounts: Sequence[int]) -> Iterator[Rate]:
    """The rates of a line, by the way that most of its lanes say."""
    near = list_nearest(amounts, at)
    sample = sorted(lanes, key=lambda lane: -sheet.lines[at][lane].digits)[:SAMPLE]
    if not _has_amounts(sheet, near, sample):
        return
    named = sheet.kinds.get(at)
    ways = list(_list_ways(sheet, near, at, TRIED if named is None else (named,)))
    likely = [way for way in ways if _is_likely(sheet, way, at, sample)]
    best = max(likely, key=lambda way: _weigh_all(sheet, way, at, sample), default=None)
    if best is not None:
        line = RateLine(sheet, at, best, Fraction(len(ways), 1 if named is None else NAMED))
        yield from _read_line(line, lanes, ways)


def list_nearest(amounts: Sequence[int], at: int) -> list[int]:
    """The nearest of some lines, in their order, to another one.

    >>> list_nearest(range(0, 100, 2), 50)
    [48, 52, 46, 54, 44, 56, 42, 58]
    """
    middle = bisect_left(amounts, at)
    around = amounts[max(0, middle - NEAREST) : middle + NEAREST + 1]
    return sorted((other for other in around if other != at), key=lambda other: abs(other - at))[:NEAREST]


def _has_amounts(sheet: Sheet, near: Sequence[int], sample: Sequence[int]) -> bool:
    """Whether half of the lanes that are tried hold a number that a rate may be of: every way asks for that."""
    filled = sum(any(_is_amount(sheet.lines[other].get(lane)) for other in near) for lane in sample)
    return 2 * filled >= len(sample)


def _is_amount(number: Number | None) -> bool:
    return number is not None and number.kind != RATE


def _list_ways(sheet: Sheet, near: Sequence[int], at: int, kinds: Collection[Kind]) -> Iterator[Way]:
    """Every way in which the rates of a line may come of the lines near it: of a whole that is first, last or 100 %."""
    for kind, (current, base) in product(kinds, permutations(near, 2)):
        yield Way(kind, current, base)
    yield from (way for way in _list_own_ways(sheet, near, at) if way.kind in kinds)


def _list_own_ways(sheet: Sheet, near: Sequence[int], at: int) -> Iterator[Way]:
    """The ways in which rates may come of one line: of the number beside each, or of a whole."""
    wholes = list(islice((lane for lane, rate in sheet.lines[at].items() if rate.value == sheet.scale), WHOLES))
    for line in near:
        yield from (Way("growth", line, line, turn) for turn in (-1, 1))
        lanes = sheet.lines[line]
        yield from (Way("ratio", line, line, lane=lane) for lane in sorted({min(lanes), max(lanes), *wholes}))


def _is_likely(sheet: Sheet, way: Way, at: int, sample: Sequence[int]) -> bool:
    """Whether a way holds in half of the lanes that are tried."""
    missed = 0
    for lane in sample:
        missed += not weigh(sheet, way, at, lane)
        if 2 * missed > len(sample):
            return False
    return True


def _weigh_all(sheet: Sheet, way: Way, at: int, lanes: Iterable[int]) -> int:
    """How many other numbers the lanes in which a way holds rule out."""
    return prod(weigh(sheet, way, at, lane) or 1 for lane in lanes)


def weigh(sheet: Sheet, way: Way, at: int, lane: int) -> int:
    """How many other rates a way rules out in a lane; 0 where it does not hold there or has no numbers."""
    numbers = _read_numbers(sheet, way, lane)
    if numbers is None:
        return 0
    rate, (current, base) = sheet.lines[at][lane], numbers
    share = sheet.scale - rate.value if way.kind == "fall" else rate.value
    share += sheet.scale if way.kind == "growth" else 0
    slack = rate.step * base.value + sheet.scale * current.step + abs(share) * base.step
    if 2 * abs(share * base.value - sheet.scale * current.value) > slack:
        return 0
    return max(1, min(MOST, 2 * abs(rate.value) * base.value // slack))


def _read_numbers(sheet: Sheet, way: Way, lane: int) -> tuple[Number, Number] | None:
    """The number and the base that a rate is of: two amounts of one kind, the base more than nothing."""
    current, base = (sheet.lines[line].get(at) for line, at in way.find(lane))
    if current is None or base is None or base.value <= 0:
        return None
    return (current, base) if current.kind == base.kind != RATE else None


class RateLine(Struct, frozen=True):
    """A line of rates, the way in which they come about, and among how many it was found."""

    sheet: Sheet
    at: int
    way: Way
    tries: Fraction

    def make(self, lane: int, is_failing: bool, is_lone: bool) -> Rate:
        """The rate in a lane."""
        return Rate(self.way.kind, (self.at, lane), *self.way.find(lane), is_failing, is_lone)


def _read_line(line: RateLine, lanes: Sequence[int], ways: Sequence[Way]) -> Iterator[Rate]:
    """The rates of a line whose way is no chance; those that are something else where nearly all others are not."""
    sheet, way, at = line.sheet, line.way, line.at
    held = [lane for lane in lanes if weigh(sheet, way, at, lane)]
    weight = _weigh_all(sheet, way, at, held)
    if weight < SELDOM * line.tries:
        return
    yield from (line.make(lane, False, True) for lane in held)
    yield from _read_gone(line, lanes)
    missed = [lane for lane in lanes if _is_missed(line, lane)]
    if weight >= HARDLY * line.tries and len(missed) * FAILING <= len(held) + 1:
        wholes = sort_wholes(sheet.lines[way.base] if missed and way.lane is not None else {})
        failed = [lane for lane in missed if not _is_otherwise(line, lane, ways, wholes)]
        yield from (line.make(lane, True, len(held) >= PLENTY * len(missed)) for lane in failed)


def _read_gone(line: RateLine, lanes: Sequence[int]) -> Iterator[Rate]:
    """The growth of what has no number any more, which is 100 % less where several are; the few that are not fail."""
    way, lines = line.way, line.sheet.lines
    base = lines[way.base] if way.kind == "growth" and not way.turn else {}
    empty = [lane for lane in lanes if lane in base and base[lane].value > 0 and lane not in lines[way.current]]
    held = [lane for lane in empty if lines[line.at][lane].value == -line.sheet.scale]
    missed = len(empty) - len(held)
    for lane in empty if len(held) >= GONE and missed * FAILING <= len(held) + 1 else ():
        like = next(other for other in held if other != lane)
        is_failing = lines[line.at][lane].value != -line.sheet.scale
        is_lone = len(held) >= PLENTY * missed
        yield Rate("gone", (line.at, lane), None, None, is_failing, is_lone, base_rate=(line.at, like))


class Wholes(Struct, frozen=True):
    """The numbers of a line that others may be shares of, each with its lane, by their size; the coarsest last digit.

    They are found by their size, as each rate of a long table would ask each number of it.
    """

    numbers: Sequence[Spot]
    step: int

    def list_near(self, part: Number, rate: Number, scale: int) -> list[int]:
        """The lanes of all that a number can be such a share of, and of some that it is nearly of."""
        if rate.value <= 0:
            return []
        due, slack = 2 * scale * part.value, scale * part.step + rate.value * self.step
        low, high = (due - slack) // (2 * rate.value + rate.step), (due + slack) // (2 * rate.value - rate.step)
        between = slice(bisect_left(self.numbers, (low,)), bisect_left(self.numbers, (high + 1,)))
        return [lane for _, lane in self.numbers[between]]


def sort_wholes(line: Line) -> Wholes:
    """The numbers of a line by their size."""
    numbers = sorted((number.value, lane) for lane, number in line.items())
    return Wholes(numbers, max((number.step for number in line.values()), default=0))


def _is_otherwise(line: RateLine, lane: int, ways: Sequence[Way], wholes: Wholes) -> bool:
    """Whether a rate comes about in another way, or of another whole: below 负债合计 stand shares of 总债务."""
    sheet, at = line.sheet, line.at
    near = wholes.list_near(sheet.lines[line.way.current][lane], sheet.lines[at][lane], sheet.scale)
    of_others = (replace(line.way, lane=whole) for whole in near)
    return any(weigh(sheet, other, at, lane) for other in chain(ways, of_others))


def _is_missed(line: RateLine, lane: int) -> bool:
    """Whether a rate is not what its line means, though it has the numbers for it."""
    numbers = _read_numbers(line.sheet, line.way, lane)
    if numbers is None or numbers[0].value < 0 or (line.way.kind == "ratio" and not numbers[0].value):
        return False
    return not weigh(line.sheet, line.way, line.at, lane)
