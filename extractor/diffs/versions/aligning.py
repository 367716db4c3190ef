"""Which units of two versions are one another: equal ones first, then those that were reworded where they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from extractor.diffs.versions.units import Script, Unit
from extractor.passages.items import Item
from extractor.passages.words import compare_spellings

# A sentence that keeps this much of its characters and pairs of them was reworded; one that keeps less is another.
LIKE = 0.4
# Between two equal units so many pairs of others are held against each other; more is a chapter that was written anew.
CHOICES = 40_000


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
    """The units of a gap: each with what became of it, in order, or alone.

    The sum of their likenesses is as large as it can be in one order.
    """
    if len(gap.left) * len(gap.right) > CHOICES:
        return [*((one, None) for one in gap.left), *((None, two) for two in gap.right)]
    likeness = [[_compare(one, two) for two in gap.right] for one in gap.left]
    return [
        (gap.left[at] if at is not None else None, gap.right[to] if to is not None else None)
        for at, to in find_way(likeness, len(gap.left), len(gap.right))
    ]


def _compare(one: Unit, two: Unit) -> float:
    """How alike two units are; 0 where they are too little so."""
    found = rate_units(one, two)
    return found if found >= LIKE else 0.0


def rate_units(one: Unit, two: Unit) -> float:
    """How alike the words of two units are, from 0 to 1; a number is as good as another."""
    return compare_spellings(one.key, two.key)


def find_way(likeness: Sequence[Sequence[float]], rows: int, columns: int) -> Iterator[tuple[int | None, int | None]]:
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
