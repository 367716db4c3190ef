"""Which rows of a table are the sum of which others, and which columns: found by arithmetic, without a word.

Rows and columns are asked alike. A *line* is a row, its *lanes* are the columns that cross it (or the other way
round); a line is a total where in its lanes the lines beside it add up to it. Lines that were found to be parts of
another are passed over, so that a total of subtotals adds up the subtotals. A lane in which a family does not hold,
though the lane adds up in others, is what an error looks like.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import msgspec
from msgspec import Struct

from extractor.checks.grids.grid import Grid, Number

Line = Mapping[int, Number]
# The unit of rates, which add up to nothing but 100 %.
RATE = "1"
# So many lines are added up at most.
LONGEST = 150
# So many digits of a total that agree in every lane are no chance: one in ten thousand, tried a few times a line.
TELLING = 4
# Where a lane does not agree, so many digits of the others have to; fewer are enough of those that are no zeros.
CERTAIN, SURE = 6, 5
# Of so many parts one more: the more are tried the sooner some of them add up by chance.
MANY = 12
# A lane adds up if of so many families it fails in one at most.
FAILING = 4
# Rounded parts may miss their total by so many of the last digit.
SLACK = 2


class Guide(NamedTuple):
    """What the labels of lines say: between which lines the parts of each may be, and which are called totals."""

    limits: Sequence[tuple[int, int]] = ()
    totals: Collection[int] = ()

    def find_limits(self, at: int) -> tuple[int, int | None]:
        """Between which lines the parts of one may be."""
        return self.limits[at] if self.limits else (0, None)

    def find_least(self, at: int) -> int:
        """How many digits of the lanes that agree are asked for where another does not."""
        return TELLING if at in self.totals else SURE


ANYWHERE = Guide()


class Family(Struct, frozen=True):
    """A line that is the sum of others, by their indexes, and the lanes in which it holds and does not.

    ``telling`` are those of the lanes that hold in which more than one part says something.
    """

    total: int
    parts: tuple[int, ...]
    held: tuple[int, ...]
    telling: tuple[int, ...]
    failed: tuple[int, ...]


class Lane(Struct):
    """What has been added up in a lane, and what more than that is much more than its total."""

    most: int
    value: int = 0
    step: int = 0
    filled: int = 0

    def add(self, number: Number) -> None:
        """Adds a number of a part."""
        self.value += number.value
        self.step += number.step
        self.filled += 1 if number.value else 0


def list_rows(grid: Grid) -> list[Line]:
    """The rows of a table as lines, its columns being their lanes."""
    return list(grid.numbers)


def list_columns(grid: Grid) -> list[Line]:
    """The columns of a table as lines, its rows being their lanes."""
    return [{at: row[column] for at, row in enumerate(grid.numbers) if column in row} for column in grid.columns]


def find_families(lines: Sequence[Line], guide: Guide = ANYWHERE) -> list[Family]:
    """Every line that is the sum of lines behind it, else of lines in front of it, failing where its lanes add up.

    Where lines have limits, what these leave is asked without them: the net profit and the tax are the profit, though
    they are numbered like it.
    """
    found = _find_within(lines, guide)
    if not guide.limits:
        return found
    used = set(chain.from_iterable((family.total, *family.parts) for family in found))
    anywhere = _find_within(lines, guide._replace(limits=()))
    return [*found, *(family for family in anywhere if family.total not in used)]


def _find_within(lines: Sequence[Line], guide: Guide) -> list[Family]:
    """Every line that is the sum of others within its limits."""
    below = _find_below(lines, guide)
    above = _find_above(lines, below, guide)
    found = [*(family for at, family in below.items() if at not in above), *above.values()]
    return _drop_failures(lines, found)


def _drop_failures(lines: Sequence[Line], families: Sequence[Family]) -> list[Family]:
    """Families without the failures of lanes that do not add up: those of rates, of what is measured."""
    holding = Counter(lane for family in families for lane in family.telling)
    gaps: dict[int, list[int]] = {}
    for family in families:
        for lane in family.failed:
            gaps.setdefault(lane, []).append(_measure_gap(lines, family, lane))
    silent = {lane for lane, found in gaps.items() if not _is_mistake(found, holding[lane])}
    return [_drop_lanes(lines, family, silent) for family in families]


def _measure_gap(lines: Sequence[Line], family: Family, lane: int) -> int:
    """By how much a line is more than its parts in a lane."""
    total = lines[family.total][lane]
    numbers = (lines[part].get(lane) for part in family.parts)
    return total.value - sum(number.value for number in numbers if number and number.kind == total.kind)


def _is_mistake(gaps: Sequence[int], holding: int) -> bool:
    """Whether the failures of a lane come from one number, or are few beside the families that hold in it.

    A number that is wrong is missing in its own total, and too much in that of its parts.
    """
    return len(gaps) * FAILING <= max(FAILING, holding) or len({abs(gap) for gap in gaps}) == 1


def _drop_lanes(lines: Sequence[Line], family: Family, silent: set[int]) -> Family:
    """A family without the failures in some lanes, and in those where the parts are of another order than the total."""
    told = (lane for lane in family.failed if lane not in silent and _is_alike(lines, family, lane))
    return msgspec.structs.replace(family, failed=tuple(told))


def _is_alike(lines: Sequence[Line], family: Family, lane: int) -> bool:
    return 2 * abs(_measure_gap(lines, family, lane)) <= abs(lines[family.total][lane].value)


# ── in which order lines are added up ────────────────────────────────────────────────────────────────────────────────


def _find_below(lines: Sequence[Line], guide: Guide) -> dict[int, Family]:
    """The lines that are sums of those behind them, from the last to the first: parts are known before their total."""
    ends = list(range(1, len(lines) + 1))
    found: dict[int, Family] = {}
    for at in reversed(range(len(lines))):
        family = _find_best(lines, at, lambda at=at: _walk_down(ends, at, guide.find_limits(at)[1]), guide)  # type: ignore[misc]
        if family:
            found[at] = family
            ends[at] = ends[family.parts[-1]]
    return found


def _walk_down(ends: Sequence[int], at: int, limit: int | None) -> Iterator[int]:
    """The lines behind one, without the parts of those that are sums themselves."""
    at += 1
    while at < (len(ends) if limit is None else limit):
        yield at
        at = ends[at]


def _find_above(lines: Sequence[Line], below: Mapping[int, Family], guide: Guide) -> dict[int, Family]:
    """The lines that are sums of those in front of them; none that is one of those behind it just as well."""
    tops, starts = _find_tops(len(lines), below), list(range(len(lines)))
    found: dict[int, Family] = {}
    for at in range(len(lines)):
        known = below.get(at)
        if known and not known.failed:
            continue
        family = _find_best(lines, at, lambda at=at: _walk_up(tops, starts, at, guide.find_limits(at)[0]), guide)  # type: ignore[misc]
        if family and _is_better(family, known):
            starts[at] = starts[family.parts[-1]]
            found[at] = family
    return found


def _find_tops(count: int, below: Mapping[int, Family]) -> list[int]:
    """For each line the outermost one that it is a part of, itself where it is of none."""
    tops = list(range(count))
    for at in range(count):
        if at in below:
            tops[at + 1 : _find_end(below, at)] = [tops[at]] * (_find_end(below, at) - at - 1)
    return tops


def _find_end(below: Mapping[int, Family], at: int) -> int:
    """Where the lines end that a line is made of, parts of its parts included."""
    while at in below:
        at = below[at].parts[-1]
    return at + 1


def _walk_up(tops: Sequence[int], starts: Sequence[int], at: int, limit: int) -> Iterator[int]:
    """The lines in front of one, without the parts of those that are sums themselves."""
    at -= 1
    while at >= limit and tops[at] >= limit:
        at = tops[at]
        yield at
        at = starts[at] - 1


def _find_best(lines: Sequence[Line], at: int, walk: Callable[[], Iterator[int]], guide: Guide) -> Family | None:
    """The lines that a line is the sum of; else, where the one part of a part says the same again, without that."""
    family = grow(lines, at, walk(), guide)
    if family and not family.failed:
        return family
    other = grow(lines, at, _skip_twins(lines, walk()), guide)
    return other if other and _is_better(other, family) else family


def _is_better(one: Family, other: Family | None) -> bool:
    """Whether a family holds in more lanes than another."""
    return other is None or (len(one.telling), len(one.held)) > (len(other.telling), len(other.held))


def _skip_twins(lines: Sequence[Line], walk: Iterator[int]) -> Iterator[int]:
    """Lines without those that say just what the one before them says."""
    last: Line = {}
    for at in walk:
        if lines[at] != last:
            yield at
        last = lines[at]


# ── one line against a growing run of others ─────────────────────────────────────────────────────────────────────────


def grow(lines: Sequence[Line], at: int, others: Iterable[int], guide: Guide) -> Family | None:
    """The run of ``others`` that is the line ``at`` in all lanes; else, of those that are it in some, in most."""
    total, used = lines[at], list[int]()
    lanes = {lane: Lane(number.value + number.value // 8 + number.step) for lane, number in total.items()}
    best: Family | None = None
    for other in others:
        if not _add(total, lanes, lines[other]):
            continue
        used.append(other)
        family = _read_family(at, used, total, lanes, guide) if len(used) > 1 else None
        if family and _is_better(family, best):
            best = family
        if (best and not best.failed) or len(used) == LONGEST or _is_passed(lanes):
            break
    return best


def _add(total: Line, lanes: Mapping[int, Lane], line: Line) -> bool:
    """Adds a line to the lanes in which it is of one kind with the total; whether there is any."""
    is_added = False
    for lane, number in line.items():
        if lane in lanes and number.kind == total[lane].kind:
            lanes[lane].add(number)
            is_added = True
    return is_added


def _is_passed(lanes: Mapping[int, Lane]) -> bool:
    """Whether much more has been added up than the total is, in every lane that says anything, if one does."""
    is_filled = False
    for lane in lanes.values():
        if lane.filled and lane.value <= lane.most:
            return False
        is_filled = is_filled or lane.filled > 0
    return is_filled


def _read_family(at: int, used: Sequence[int], total: Line, lanes: Mapping[int, Lane], guide: Guide) -> Family | None:
    """What has been added up, as the parts of a line, where so many lanes say so that it is no chance."""
    telling = [lane for lane, number in total.items() if lanes[lane].filled > 1 and _agrees(number, lanes[lane])]
    if not telling:
        return None
    held = [lane for lane, number in total.items() if _agrees(number, lanes[lane])]
    failed = [lane for lane, number in total.items() if not (number.kind == RATE or _agrees(number, lanes[lane]))]
    digits = sum(total[lane].digits for lane in telling if total[lane].value)
    if digits < (CERTAIN if failed else TELLING) and not (failed and _is_sure(guide, at, used, telling, total)):
        return None
    return Family(at, tuple(used), tuple(held), tuple(telling), tuple(failed))


def _is_sure(guide: Guide, at: int, used: Sequence[int], telling: Sequence[int], total: Line) -> bool:
    """Whether so many digits of different numbers agree that another that does not is worth asking for a slip."""
    digits = sum(total[lane].count_significant() for lane in {total[lane].value: lane for lane in telling}.values())
    return digits >= guide.find_least(at) + len(used) // MANY


def _agrees(total: Number, lane: Lane) -> bool:
    """Whether what was added up in a lane is its total, rounding left aside."""
    slack = min(total.step + lane.step, 2 * SLACK * total.step)
    return 2 * abs(total.value - lane.value) <= slack
