"""One line of a table against a growing run of others: whether these add up to it, in which of its lanes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec import Struct

from extractor.checks.grids.grid import RATE, Number

Line = Mapping[int, Number]
# So many lines are added up at most.
LONGEST = 300
# So many digits of a total that agree in every lane are no chance: one in ten thousand, tried a few times a line.
TELLING = 4
# Where a lane does not agree, so many digits of the others have to; fewer are enough of those that are no zeros, and of
# a line that is called the total of all that stands on one side of it.
CERTAIN, SURE, CALLED = 6, 5, 3
# Of so many parts one more: the more are tried the sooner some of them add up by chance.
MANY = 12
# Rounded parts may miss their total by so many of the last digit.
SLACK = 2


class Guide(Struct, frozen=True):
    """What the labels of lines say: between which lines the parts of each may be, and which are called totals.

    ``last`` is the last of the lines, ``breaks`` are those that something without numbers stands in front of.
    """

    limits: Sequence[tuple[int, int]] = ()
    totals: Collection[int] = ()
    last: int = 0
    breaks: Collection[int] = ()

    def find_limits(self, at: int) -> tuple[int, int | None]:
        """Between which lines the parts of one may be."""
        return self.limits[at] if self.limits else (0, None)

    def find_least(self, at: int, used: Sequence[int]) -> int:
        """How many digits of the lanes that agree are asked for where another does not."""
        if at not in self.totals:
            return SURE
        return CALLED if self.has_all(used) else TELLING

    def has_all(self, parts: Sequence[int]) -> bool:
        """Whether the parts of a total reach to the first line, or to the last."""
        return not {0, self.last}.isdisjoint(parts)


ANYWHERE = Guide()


class Family(Struct, frozen=True):
    """A line that is the sum of others, by their indexes, and the lanes in which it holds and does not.

    ``telling`` are those of the lanes that hold in which more than one part says something, ``rates`` those of rates
    that do not add up, as most do not, ``far`` those that fail and whose parts are of another order than the total.
    """

    total: int
    parts: tuple[int, ...]
    held: tuple[int, ...]
    telling: tuple[int, ...]
    failed: tuple[int, ...]
    rates: tuple[int, ...] = ()
    far: tuple[int, ...] = ()

    @property
    def end(self) -> int:
        """The line behind its last."""
        return max(self.total, *self.parts) + 1


class Lane(Struct):
    """What has been added up in a lane, the total that it is held against, and what is much more than that."""

    total: Number
    most: int
    value: int = 0
    step: int = 0
    filled: int = 0

    def add(self, number: Number) -> None:
        """Adds a number of a part; one that does not reach the last digit of the total says nothing."""
        self.value += number.value
        self.step += number.step
        self.filled += 2 * abs(number.value) >= self.total.step

    def agrees(self) -> bool:
        """Whether what was added up is the total, rounding left aside."""
        slack = min(self.total.step + self.step, 2 * SLACK * self.total.step)
        return 2 * abs(self.total.value - self.value) <= slack


def grow(lines: Sequence[Line], at: int, others: Iterable[int], guide: Guide) -> Family | None:
    """The run of ``others`` that is the line ``at`` in all lanes; else, of those that are it in some, in most."""
    total, used = lines[at], list[int]()
    lanes = {lane: Lane(number, number.value + number.value // 8 + number.step) for lane, number in total.items()}
    best: Family | None = None
    for other in others:
        if not _add(lanes, lines[other]):
            continue
        used.append(other)
        family = _read_family(at, used, total, lanes, guide) if len(used) > 1 else None
        if family and is_better(family, best):
            best = family
        if (best and not best.failed) or len(used) == LONGEST or _is_passed(lanes):
            break
    return best


def is_better(one: Family, other: Family | None) -> bool:
    """Whether a family holds in more lanes than another."""
    return other is None or (len(one.telling), len(one.held)) > (len(other.telling), len(other.held))


def _add(lanes: Mapping[int, Lane], line: Line) -> bool:
    """Adds a line to the lanes in which it is of one kind with the total; whether there is any."""
    is_added = False
    for at, number in line.items():
        lane = lanes.get(at)
        if lane and number.kind == lane.total.kind:
            lane.add(number)
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


def _read_family(line: int, used: Sequence[int], total: Line, lanes: Mapping[int, Lane], guide: Guide) -> Family | None:
    """What has been added up, as the parts of a line, where so many lanes say so that it is no chance."""
    telling = [at for at, lane in lanes.items() if lane.filled > 1 and lane.agrees()]
    if not telling:
        return None
    held = [at for at, lane in lanes.items() if lane.agrees()]
    missed = [lane for lane in total if lane not in held]
    failed = [lane for lane in missed if total[lane].kind != RATE]
    digits = sum(total[lane].digits for lane in telling if total[lane].value)
    if digits < (CERTAIN if failed else TELLING) and not (failed and _is_sure(guide, line, used, telling, total)):
        return None
    rates = (lane for lane in missed if total[lane].kind == RATE)
    return Family(line, tuple(used), tuple(held), tuple(telling), tuple(failed), tuple(rates))


def _is_sure(guide: Guide, at: int, used: Sequence[int], telling: Sequence[int], total: Line) -> bool:
    """Whether so many digits of different numbers agree that another that does not is worth asking for a slip."""
    digits = sum(total[lane].count_significant() for lane in {total[lane].value: lane for lane in telling}.values())
    return digits >= guide.find_least(at, used) + len(used) // MANY
