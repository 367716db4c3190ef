"""Sums of one column of amounts that a wrong digit hides: what would be the sum of some lines is a part of another.

Where a table has but one column, no other says which lines add up, so that a wrong number leaves no sum that fails: its
own is not found, nor is that of which its total is a part. Both are, once the digit is mended. One of them alone might
be chance; both at once hardly are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import accumulate, islice
from operator import add

from msgspec.structs import replace

from extractor.amounts.misprints import is_misprint
from extractor.checks.grids.families import ROUNDED, find_best, find_ends, find_tops, measure_gap, walk_down, walk_up
from extractor.checks.grids.grid import Number
from extractor.checks.grids.growing import Family, Guide, Line

# So many lines are added up, and so many others asked whether they are the sum that has this one as a part.
MOST, NEAR = 40, 200
# So many digits of the other sum that are no zeros say that it is no chance.
TELLING = 4
# What a digit that is another changes, and two that are exchanged: so many times a power of ten.
CHANGES = {*range(1, 10), *range(9, 82, 9)}


def find_mended(lines: Sequence[Line], families: Sequence[Family], guide: Guide) -> Iterator[Family]:
    """The lines that are sums but for a digit, each with the only run of lines behind it that may be its parts."""
    lanes = {lane for line in lines for lane in line}
    if len(lanes) != 1 or not all(lines):
        return
    search = Search(lines, lanes.pop(), families, guide)
    for at in search.orphans:
        found = [run for run in search.list_runs(at) if search.is_crossed(at, run)]
        if len(found) == 1:
            yield Family(at, found[0], (), (), (search.lane,))


class Search:
    """The lines of one lane, what is known of their sums, and those that are in none."""

    def __init__(self, lines: Sequence[Line], lane: int, families: Sequence[Family], guide: Guide) -> None:
        self.lane = lane
        self._lines, self._guide = lines, guide
        is_rounded = any(measure_gap(lines, one, lane) for one in families if lane in one.held)
        self._roundings = (0, 1, -1) if is_rounded else (0,)
        self._below = {one.total: one for one in families if one.parts[0] > one.total}
        self._above = {one.total: one for one in families if one.parts[0] < one.total}
        self._starts = self._find_starts()
        used = {at for one in families for at in (one.total, *one.parts)}
        self.orphans = [at for at in range(len(lines)) if at not in used]

    def list_runs(self, at: int) -> Sequence[tuple[int, ...]]:
        """The lines behind one that add up to it but for a digit of one of them all; none if some add up to it."""
        total = self._read(at)
        if total.count_significant() < TELLING:
            return []
        walk = walk_down(find_ends(len(self._lines), self._below), at, self._guide.find_limits(at)[1])
        runs = list(accumulate(((part,) for part in islice(walk, MOST)), add))[1:]
        gaps = {run: total.value - sum(self._read(part).value for part in run) for run in runs}
        grain = {run: ROUNDED * min(self._read(one).last_digit for one in (at, *run)) for run in runs}
        if any(abs(gap) <= grain[run] for run, gap in gaps.items()):
            return []
        return [run for run, gap in gaps.items() if self._is_slip_of(at, run, gap)]

    def _is_slip_of(self, at: int, run: Sequence[int], gap: int) -> bool:
        """Whether a digit of a line, or of one of its parts, explains what they differ by, but for rounding."""
        step = self._read(at).step
        gaps = [gap + step * rounding for rounding in self._roundings if _may_be_slip(gap + step * rounding, step)]
        return any(
            _is_slip(self._read(at), -gap) or any(_is_slip(self._read(part), gap) for part in run) for gap in gaps
        )

    def is_crossed(self, at: int, run: tuple[int, ...]) -> bool:
        """Whether a line, as it is or as the sum of its parts, makes another line the sum of what is in no sum."""
        below = {**self._below, at: Family(at, run, (), (), ())}
        summed = sum(self._read(part).value for part in run)
        likely = (one for one in self.orphans if one not in run and self._read(one).value > self._read(at).value)
        others = sorted(likely, key=lambda one: abs(one - at))
        ends, tops = find_ends(len(self._lines), below), find_tops(len(self._lines), below)
        mended = [{**line} for line in self._lines]
        for value in {self._read(at).value, summed}:
            mended[at] = {self.lane: replace(self._read(at), value=value)}
            if any(self._is_sum(other, at, mended, (ends, tops)) for other in others[:NEAR]):
                return True
        return False

    def _is_sum(self, other: int, at: int, lines: Sequence[Line], bounds: tuple[Sequence[int], Sequence[int]]) -> bool:
        """Whether a line is the sum of some of which one is a part, by enough of its digits."""
        if self._read(other).count_significant() < TELLING:
            return False
        (ends, tops), (first, limit) = bounds, self._guide.find_limits(other)
        if other < at:
            family = find_best(lines, other, lambda: walk_down(ends, other, limit), self._guide)
        else:
            family = find_best(lines, other, lambda: walk_up(tops, self._starts, other, first), self._guide)
        return family is not None and at in family.parts

    def _read(self, at: int) -> Number:
        return self._lines[at][self.lane]

    def _find_starts(self) -> list[int]:
        """Where what each line is made of begins, if that stands in front of it."""
        starts = list(range(len(self._lines)))
        for at in sorted(self._above):
            starts[at] = starts[min(self._above[at].parts)]
        return starts


def _may_be_slip(gap: int, step: int) -> bool:
    """Whether a gap is what a slip makes, in whatever number."""
    return bool(gap) and int(str(abs(gap // step)).rstrip("0") or 0) in CHANGES


def _is_slip(number: Number, gap: int) -> bool:
    """Whether a number with so much more has another digit in one place, or two neighbours exchanged."""
    return is_misprint(str(number.value // number.step), Fraction(number.value + gap, number.step))
