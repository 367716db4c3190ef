"""Lines that are two others together, which need not stand beside one another: assets are debts and equity.

What stands between them are details that need not be complete, so that no run of lines adds up. So many digits agree in
lines that are made up of two that it is no chance, though every two of many are tried.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from extractor.checks.grids.grid import RATE, Number
from extractor.checks.grids.growing import SLACK, Family, Guide, Line

# The two stand among so many lines behind the one that they make up, or in front of it; so many of its lanes are tried.
REACH, TRIED = 40, 2
# So many more digits of different numbers than say how many there are to be tried are no chance.
CERTAIN = 4
Values = dict[tuple[int, str], list[int]]
"""The numbers of all lines in a lane, of one kind."""


def find_pairs(lines: Sequence[Line], known: Collection[int], guide: Guide) -> Iterator[Family]:
    """The lines that are two others in nearly all lanes, but for those ``known`` to be made up of some."""
    certain = CERTAIN + len(str(len(lines) * min(len(lines), REACH) ** 2))
    values: Values = {}
    for at in range(len(lines)):
        if at not in known:
            found = (_read_family(lines, at, pair, certain) for pair in _list_pairs(lines, at, guide, values))
            yield from islice(filter(None, found), 1)


def _list_pairs(lines: Sequence[Line], at: int, guide: Guide, values: Values) -> Iterator[tuple[int, int]]:
    """Each two lines behind a line, and each two in front of it, that come to it in one of its longest numbers."""
    first, last = guide.find_limits(at)
    behind = range(at + 1, min(at + 1 + REACH, len(lines) if last is None else last))
    before = range(max(first, at - REACH), at)
    amounts = [lane for lane, number in lines[at].items() if number.kind != RATE and number.value > 0]
    for lane in sorted(amounts, key=lambda lane: -lines[at][lane].count_significant())[:TRIED]:
        total = lines[at][lane]
        if (lane, total.kind) not in values:
            values[lane, total.kind] = _list_values(lines, lane, total.kind)
        for others in (behind, before):
            yield from _match(values[lane, total.kind], total.value, others)


def _list_values(lines: Sequence[Line], lane: int, kind: str) -> list[int]:
    """The number of each line in a lane; 0 where it has none of a kind."""
    numbers = (line.get(lane) for line in lines)
    return [number.value if number and number.kind == kind else 0 for number in numbers]


def _match(values: Sequence[int], whole: int, others: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Each two of some lines that come to a number, by their numbers."""
    seen: dict[int, int] = {}
    for other in others:
        value = values[other]
        if 0 < value < whole:
            first = seen.get(whole - value)
            if first is not None:
                yield first, other
            seen.setdefault(value, other)


def _read_family(lines: Sequence[Line], at: int, pair: tuple[int, int], certain: int) -> Family | None:
    """Two lines as the parts of another, where so many digits say so that it is no chance."""
    total = lines[at]
    asked = [lane for lane, number in total.items() if number.kind != RATE and _has_both(lines, pair, lane, number)]
    held = [lane for lane in asked if _adds_up(lines, pair, lane, total[lane])]
    failed = tuple(lane for lane in asked if lane not in held)
    digits = sum(number.count_significant() for number in {total[lane] for lane in held})
    if digits < certain or len(held) <= len(failed):
        return None
    return Family(at, pair, tuple(held), tuple(held), failed)


def _has_both(lines: Sequence[Line], pair: tuple[int, int], lane: int, total: Number) -> bool:
    numbers = [lines[part].get(lane) for part in pair]
    return all(number is not None and number.kind == total.kind and number.value for number in numbers)


def _adds_up(lines: Sequence[Line], pair: tuple[int, int], lane: int, total: Number) -> bool:
    summed = sum(lines[part][lane].value for part in pair)
    return abs(total.value - summed) <= SLACK // 2 * total.step
