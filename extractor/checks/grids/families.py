"""Which rows of a table are the sum of which others, and which columns: found by arithmetic, without a word.

Rows and columns are asked alike. A *line* is a row, its *lanes* are the columns that cross it (or the other way
round); a line is a total where in its lanes the lines beside it add up to it. Lines that were found to be parts of
another are passed over, so that a total of subtotals adds up the subtotals. A lane in which a family does not hold,
though the lane adds up in others, is what an error looks like.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, pairwise

import msgspec
from msgspec.structs import replace

from extractor.checks.grids.further import find_further
from extractor.checks.grids.grid import is_all
from extractor.checks.grids.growing import ANYWHERE, Family, Guide, Line, grow, is_better
from extractor.checks.grids.pairs import find_pairs

# A lane adds up if of so many families it fails in one at most.
FAILING = 4
# Two gaps that one number makes differ by so many of the last digit, as their parts are rounded.
ROUNDED = 4
# Rates add up in a lane where they do so in so many other families.
HABIT = 2


def find_families(lines: Sequence[Line], guide: Guide = ANYWHERE) -> list[Family]:
    """Every line that is the sum of lines behind it, else of lines in front of it, failing where its lanes add up.

    Where lines have limits, what these leave is asked without them: the net profit and the tax are the profit, though
    they are numbered like it.
    """
    found = _find_within(lines, guide)
    if not guide.limits:
        return found
    used = set(chain.from_iterable((family.total, *family.parts) for family in found))
    anywhere = _find_within(lines, replace(guide, limits=()))
    return [*found, *(family for family in anywhere if family.total not in used)]


def _find_within(lines: Sequence[Line], guide: Guide) -> list[Family]:
    """Every line that is the sum of others within its limits."""
    below = _find_below(lines, guide)
    above = _find_above(lines, below, guide)
    found = [*(family for at, family in below.items() if at not in above), *above.values()]
    found += find_further(lines, found, guide)
    found += find_pairs(lines, {family.total for family in found}, guide)
    return _drop_failures(lines, found)


def _drop_failures(lines: Sequence[Line], families: Sequence[Family]) -> list[Family]:
    """Families without the failures of lanes that do not add up: those of most rates, of what is measured."""
    holding = Counter(lane for family in families for lane in family.telling)
    shares = set(_list_shares(lines, families, holding))
    asked = [_ask_rates(lines, family, shares) for family in families]
    mostly = [family for family in asked if len(family.failed) <= len(family.telling)]
    silent = _find_silent(lines, asked, holding), _find_silent(lines, mostly, holding)
    return [_drop_lanes(lines, family, silent[len(family.failed) <= len(family.telling)]) for family in asked]


def _find_silent(lines: Sequence[Line], families: Sequence[Family], holding: Mapping[int, int]) -> set[int]:
    """The lanes whose failures say nothing, as they come from more than one number."""
    gaps: dict[int, list[int]] = {}
    for family in families:
        for lane in family.failed:
            gaps.setdefault(lane, []).append(measure_gap(lines, family, lane))
    slack = {lane: ROUNDED * max(line[lane].step for line in lines if lane in line) for lane in gaps}
    return {lane for lane, found in gaps.items() if not _is_mistake(found, holding[lane], slack[lane])}


def _list_shares(lines: Sequence[Line], families: Sequence[Family], holding: Mapping[int, int]) -> Iterator[int]:
    """The lanes of rates that add up: to 100 %, there or in other lanes, or in several families."""
    for family in families:
        total = lines[family.total]
        is_whole = sum(is_all(total[lane]) for lane in family.telling) >= HABIT
        for lane in (*family.telling, *family.rates):
            if is_whole or holding[lane] >= HABIT or total[lane].is_whole:
                yield lane


def _ask_rates(lines: Sequence[Line], family: Family, shares: set[int]) -> Family:
    """A family that fails in lanes of rates, too, where those add up; not where they are of something else."""
    wrong = (lane for lane in family.rates if lane in shares and _is_alike(lines, family, lane))
    return msgspec.structs.replace(family, failed=(*family.failed, *wrong))


def measure_gap(lines: Sequence[Line], family: Family, lane: int) -> int:
    """By how much a line is more than its parts in a lane."""
    total = lines[family.total][lane]
    numbers = (lines[part].get(lane) for part in family.parts)
    return total.value - sum(number.value for number in numbers if number and number.kind == total.kind)


def _is_mistake(gaps: Sequence[int], holding: int, slack: int) -> bool:
    """Whether the failures of a lane come from one number, or are few beside the families that hold in it.

    A number that is wrong is missing in its own total, and too much in that of its parts, rounding left aside.
    """
    sizes = list(map(abs, gaps))
    return len(gaps) * FAILING <= max(FAILING, holding) or max(sizes) - min(sizes) <= slack


def _drop_lanes(lines: Sequence[Line], family: Family, silent: set[int]) -> Family:
    """A family without the failures in some lanes; those in which the parts are of another order are told apart."""
    told = [lane for lane in family.failed if lane not in silent]
    near = tuple(lane for lane in told if _is_alike(lines, family, lane))
    return msgspec.structs.replace(family, failed=near, far=tuple(lane for lane in told if lane not in near))


def _is_alike(lines: Sequence[Line], family: Family, lane: int) -> bool:
    return 2 * abs(measure_gap(lines, family, lane)) <= abs(lines[family.total][lane].value)


# ── in which order lines are added up ────────────────────────────────────────────────────────────────────────────────


def _find_below(lines: Sequence[Line], guide: Guide) -> dict[int, Family]:
    """The lines that are sums of those behind them, from the last to the first: parts are known before their total."""
    ends = list(range(1, len(lines) + 1))
    found: dict[int, Family] = {}
    for at in reversed(range(len(lines))):
        family = find_best(lines, at, lambda at=at: walk_down(ends, at, guide.find_limits(at)[1]), guide)  # type: ignore[misc]
        if family:
            found[at] = family
            ends[at] = ends[family.parts[-1]]
    return found


def walk_down(ends: Sequence[int], at: int, limit: int | None) -> Iterator[int]:
    """The lines behind one, without the parts of those that are sums themselves."""
    at += 1
    while at < (len(ends) if limit is None else limit):
        yield at
        at = ends[at]


def _find_above(lines: Sequence[Line], below: Mapping[int, Family], guide: Guide) -> dict[int, Family]:
    """The lines that are sums of those in front of them; none that is one of those behind it just as well."""
    tops, starts = find_tops(len(lines), below), list(range(len(lines)))
    found: dict[int, Family] = {}
    for at in range(len(lines)):
        known = below.get(at)
        if known and not known.failed:
            continue
        family = find_best(lines, at, lambda at=at: walk_up(tops, starts, at, guide.find_limits(at)[0]), guide)  # type: ignore[misc]
        if family and is_better(family, known):
            starts[at] = starts[family.parts[-1]]
            found[at] = family
    return found


def find_tops(count: int, below: Mapping[int, Family]) -> list[int]:
    """For each line the outermost one that it is a part of, itself where it is of none."""
    tops = list(range(count))
    for at in range(count):
        if at in below:
            tops[at + 1 : _find_end(below, at)] = [tops[at]] * (_find_end(below, at) - at - 1)
    return tops


def find_ends(count: int, below: Mapping[int, Family]) -> list[int]:
    """Where what each line is made of ends, parts of its parts included."""
    ends = list(range(1, count + 1))
    for at in sorted(below, reverse=True):
        ends[at] = ends[max(below[at].parts)]
    return ends


def _find_end(below: Mapping[int, Family], at: int) -> int:
    """Where the lines end that a line is made of, parts of its parts included."""
    while at in below:
        at = below[at].parts[-1]
    return at + 1


def walk_up(tops: Sequence[int], starts: Sequence[int], at: int, limit: int) -> Iterator[int]:
    """The lines in front of one, without the parts of those that are sums themselves."""
    at -= 1
    while at >= limit and tops[at] >= limit:
        at = tops[at]
        yield at
        at = starts[at] - 1


def find_best(lines: Sequence[Line], at: int, walk: Callable[[], Iterator[int]], guide: Guide) -> Family | None:
    """The lines that a line is the sum of; else, where the one part of a part says the same again, without that.

    Nor are those its parts that have no number where it is a sum (收入合计 of each fund, and below it what came in this
    year), if without them it is one elsewhere, too.
    """
    walked: list[int] = []
    family = grow(lines, at, _note(walk(), walked), guide)
    if family and family.failed:
        held = set(family.held)
        whole = grow(lines, at, (other for other in walk() if not held.isdisjoint(lines[other])), guide)
        family = whole if whole and is_better(whole, family) else family
    if (family and not family.failed) or not _has_twins(lines, walked):
        return family
    other = grow(lines, at, _skip_twins(lines, walk()), guide)
    return other if other and is_better(other, family) else family


def _note(walk: Iterator[int], walked: list[int]) -> Iterator[int]:
    """Lines as they come; which of them were asked for is noted."""
    for at in walk:
        walked.append(at)
        yield at


def _has_twins(lines: Sequence[Line], walked: Sequence[int]) -> bool:
    """Whether of some lines one says just what the one before it says."""
    return any(lines[one] == lines[two] for one, two in pairwise(walked))


def _skip_twins(lines: Sequence[Line], walk: Iterator[int]) -> Iterator[int]:
    """Lines without those that say just what the one before them says."""
    last: Line = {}
    for at in walk:
        if lines[at] != last:
            yield at
        last = lines[at]
