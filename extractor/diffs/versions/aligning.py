"""Which units of two versions are one another: equal ones first, then those that were reworded where they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from extractor.diffs.versions.units import Script, Unit
from extractor.passages.items import Item
from extractor.passages.words import compare_spellings

# A sentence that keeps this much of its characters and pairs of them was reworded; one that keeps less is another. So
# it is with a table, a row and their labels and cells.
LIKE = 0.4
# Between two equal units or rows so many pairs of others are held against each other; more was written anew.
CHOICES = 40_000
Places = tuple[int | None, int | None]
"""Where something stands among the others of its side, None where that side has nothing in its place."""


class Gap(Struct, frozen=True):
    """Units that are not equal, between two that are; one side may be empty."""

    left: tuple[Unit, ...]
    right: tuple[Unit, ...]


class Aligned(Struct, frozen=True):
    """Two scripts with the units that are equal but for their numbers, in order, and the gaps between them."""

    left: Script
    right: Script
    equal: tuple[tuple[Unit, Unit], ...]
    gaps: tuple[Gap, ...]

    @property
    def share(self) -> float:
        """The part of the characters that stand in equal sentences and headings, of the side that has more.

        Lines of cells do not count: one file tells what is a table, and another does not.
        """
        most = max(_measure(script.units) for script in (self.left, self.right))
        return _measure([unit for unit, _ in self.equal]) / most if most else 0.0

    def list_pairs(self) -> Iterator[tuple[Item, Item]]:
        """The claims that stand at one place of one sentence, where nothing else could be meant by it.

        A sentence that stands several times means another thing under each heading.
        """
        times = [Counter(script.keys) for script in (self.left, self.right)]
        for one, two in self.equal:
            is_only_one = times[0][one.key] == times[1][two.key] == 1
            if is_only_one or _has_same_heading(one, two):
                yield from _pair_items(one, two)


def _measure(units: Iterable[Unit]) -> int:
    """How many characters sentences and headings have."""
    return sum(len(unit.key) for unit in units if not unit.is_row)


def _has_same_heading(one: Unit, two: Unit) -> bool:
    """Whether two units stand under headings of the same words."""
    return bool(one.section and two.section) and _name(one) == _name(two)


def _name(unit: Unit) -> str:
    return unit.section.heading if unit.section else ""


def _pair_items(one: Unit, two: Unit) -> Iterator[tuple[Item, Item]]:
    for left, right in zip(one.items, two.items, strict=True):
        if left.claim.dimension == right.claim.dimension and left.claim.kind == right.claim.kind:
            yield left, right


def align(left: Script, right: Script) -> Aligned:
    """Two scripts held against each other by the words of their units."""
    equal: list[tuple[Unit, Unit]] = []
    gaps: list[Gap] = []
    for tag, first, last, begin, end in SequenceMatcher(None, left.keys, right.keys).get_opcodes():
        one, two = left.units[first:last], right.units[begin:end]
        if tag == "equal":
            equal += zip(one, two, strict=True)
        else:
            gaps.append(Gap(one, two))
    return Aligned(left, right, tuple(equal), tuple(gaps))


def match_units(gap: Gap) -> list[tuple[Unit | None, Unit | None]]:
    """The units of a gap: each with what became of it, in order, or alone."""
    lefts, rights = gap.left, gap.right
    found = match_places(len(lefts), len(rights), lambda at, to: rate_units(lefts[at], rights[to]))
    return [(None if at is None else lefts[at], None if to is None else rights[to]) for at, to in found]


def rate_units(one: Unit, two: Unit) -> float:
    """How alike the words of two units are, from 0 to 1; a number is as good as another."""
    return compare_spellings(one.key, two.key)


def match_places(rows: int, columns: int, rate: Callable[[int, int], float]) -> Iterator[Places]:
    """What stands on both sides, in order, and what on one alone; ``rate`` says how alike two are, ``LIKE`` at least.

    The sum of their likenesses is as large as it can be in one order; where there are more than ``CHOICES`` pairs, all
    stand alone.

    >>> [*match_places(2, 1, lambda at, to: (0.5, 0.9)[at])]
    [(0, None), (1, 0)]
    """
    if rows * columns > CHOICES:
        yield from ((at, None) for at in range(rows))
        yield from ((None, to) for to in range(columns))
        return
    rated = [[rate(at, to) for to in range(columns)] for at in range(rows)]
    yield from _find_way([[found if found >= LIKE else 0.0 for found in row] for row in rated], rows, columns)


def _find_way(likeness: Sequence[Sequence[float]], rows: int, columns: int) -> Iterator[Places]:
    """The best way through a table of likenesses: places of both, or of one."""
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for at in reversed(range(rows)):
        for to in reversed(range(columns)):
            found = likeness[at][to]
            paired = best[at + 1][to + 1] + found if found else 0.0
            best[at][to] = max(paired, best[at + 1][to], best[at][to + 1])
    at = to = 0
    while at < rows or to < columns:
        if at < rows and to < columns and likeness[at][to] and best[at][to] == best[at + 1][to + 1] + likeness[at][to]:
            yield at, to
            at, to = at + 1, to + 1
        elif to == columns or (at < rows and best[at][to] == best[at + 1][to]):
            yield at, None
            at += 1
        else:
            yield None, to
            to += 1
