"""Sums of one column of amounts that a wrong digit hides: what would be the sum of some lines is a part of another.

Where no other column says which lines add up, a wrong number leaves no sum that fails: its own is not found, nor is
that of which its total is a part. Both are, once the digit is mended. One of them alone might be chance; both at once
hardly are. Nor is it where the total is known to be a part, and the lines up to the next one are in no sum.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate, islice, takewhile

from msgspec.structs import replace

from extractor.amounts.misprints import is_misprint
from extractor.checks.grids.families import ROUNDED, find_best, find_ends, find_tops, measure_gap, walk_down, walk_up
from extractor.checks.grids.grid import RATE, Number
from extractor.checks.grids.growing import Family, Guide, Line

# So many lines are added up, and so many others asked whether they are the sum that has this one as a part.
MOST, NEAR = 40, 200
# So many digits of the other sum that are no zeros say that it is no chance.
TELLING = 4
# Where so many lines are the sum of others, most lines between two of them are the parts of the first.
HABIT = 6
# What a digit that is another changes, and two that are exchanged: so many times a power of ten.
CHANGES = {*range(1, 10), *range(9, 82, 9)}


def find_mended(lines: Sequence[Line], families: Sequence[Family], guide: Guide) -> Iterator[Family]:
    """The lines that are sums in a lane but for a digit, where no lane says that they are."""
    for lane in sorted({lane for line in lines for lane in line}):
        for one in _find_in(lines, lane, families, guide):
            whole = replace(one, parts=_fill(lines, lane, one.parts))
            if all(_adds_up(lines, whole, other) for other in lines[one.total] if other != lane):
                yield one


def _fill(lines: Sequence[Line], lane: int, parts: Sequence[int]) -> tuple[int, ...]:
    """Some parts with the lines among them that have no number in a lane."""
    return tuple(at for at in range(min(parts), max(parts) + 1) if at in parts or lane not in lines[at])


def _adds_up(lines: Sequence[Line], family: Family, lane: int) -> bool:
    """Whether the parts of a line add up to it in another lane, if that is no rate and they have numbers there."""
    total = lines[family.total][lane]
    is_asked = total.kind != RATE and any(lane in lines[part] for part in family.parts)
    return not is_asked or abs(measure_gap(lines, family, lane)) <= ROUNDED * total.step


def _find_in(lines: Sequence[Line], lane: int, families: Sequence[Family], guide: Guide) -> Iterator[Family]:
    """The lines that are sums in one lane but for a digit."""
    places = [at for at, line in enumerate(lines) if lane in line and line[lane].kind != RATE]
    index = {at: number for number, at in enumerate(places)}
    known = [one for one in (_cut(one, lane, index) for one in families) if one]
    filled = [{lane: lines[at][lane]} for at in places]
    for one in _find_in_lane(filled, lane, known, _cut_guide(guide, places)):
        yield replace(one, total=places[one.total], parts=tuple(places[part] for part in one.parts))


def _cut(family: Family, lane: int, index: Mapping[int, int]) -> Family | None:
    """A family by the places of its lines among those that have a number in a lane; None where that has no sum."""
    parts = tuple(index[part] for part in family.parts if part in index)
    if lane not in family.held or family.total not in index or not parts:
        return None
    return replace(family, total=index[family.total], parts=parts)


def _cut_guide(guide: Guide, places: Sequence[int]) -> Guide:
    """A guide for some of its lines."""
    limits = [guide.limits[at] for at in places] if guide.limits else []
    cut = [(bisect_left(places, low), None if top is None else bisect_left(places, top)) for low, top in limits]
    return replace(guide, limits=cut, totals=(), last=len(places) - 1, breaks=())


def _find_in_lane(lines: Sequence[Line], lane: int, families: Sequence[Family], guide: Guide) -> Iterator[Family]:
    """The lines that are sums but for a digit, each with the only run of lines behind it that may be its parts."""
    search = Search(lines, lane, families, guide)
    for at in search.orphans:
        found = [run for run in search.list_runs(at) if search.is_crossed(at, run)]
        if len(found) == 1:
            yield Family(at, found[0], (), (), (search.lane,))
    for at, run in search.list_closed():
        yield Family(at, run, (), (), (search.lane,))


class Search:
    """The lines of one lane, what is known of their sums, and those that are in none."""

    def __init__(self, lines: Sequence[Line], lane: int, families: Sequence[Family], guide: Guide) -> None:
        self.lane = lane
        self._lines, self._guide = lines, guide
        is_rounded = any(measure_gap(lines, one, lane) for one in families if lane in one.held)
        self._roundings = (0, 1, -1) if is_rounded else (0,)
        self._below = {one.total: one for one in families if one.parts[0] > one.total}
        self._above = {one.total: one for one in families if one.parts[0] < one.total}
        self._starts, self._ends = self._find_starts(), find_ends(len(lines), self._below)
        self._parts = sorted({part for one in families for part in one.parts})
        used = {at for one in families for at in (one.total, *one.parts)}
        self.orphans = [at for at in range(len(lines)) if at not in used]

    def list_runs(self, at: int) -> Sequence[tuple[int, ...]]:
        """The lines behind one that add up to it but for a digit of one of them all; none if some add up to it."""
        total = self._read(at)
        if total.count_significant() < TELLING:
            return []
        parts = list(islice(walk_down(self._ends, at, self._guide.find_limits(at)[1]), MOST))
        gaps = [total.value - value for value in accumulate(self._read(part).value for part in parts)]
        grains = list(accumulate((self._read(one).last_digit for one in (at, *parts)), min))
        ends = range(2, len(parts) + 1)
        if any(abs(gaps[end - 1]) <= ROUNDED * grains[end] for end in ends):
            return []
        return [tuple(parts[:end]) for end in ends if self._is_slip_of(at, parts[:end], gaps[end - 1])]

    def _is_slip_of(self, at: int, run: Sequence[int], gap: int) -> bool:
        """Whether a digit of a line, or of one of its parts, explains what they differ by, but for rounding."""
        step = self._read(at).step
        gaps = [gap + step * rounding for rounding in self._roundings if _may_be_slip(gap + step * rounding, step)]
        return any(
            _is_slip(self._read(at), -gap) or any(_is_slip(self._read(part), gap) for part in run) for gap in gaps
        )

    def list_closed(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """The parts of sums with the lines between each and the next line of a sum, where these are one digit off.

        Most that stand there are the parts of what stands in front of them, in a table in which most are.
        """
        orphans, used = set(self.orphans), {*self._below, *self._above}
        behind = ((at, tuple(takewhile(orphans.__contains__, range(at + 1, len(self._lines))))) for at in self._parts)
        runs = [(at, run) for at, run in behind if at not in used and len(run) > 1]
        if len(runs) <= 1 + len(used) // HABIT:
            slips = [(at, one) for at, run in runs for one in self.list_runs(at) if one == run[: len(one)]]
            yield from slips if len(slips) == 1 else ()

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
