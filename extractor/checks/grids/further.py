"""Lines that are divided more than once: by sex and by age, each time into lines that add up to the same total.

What divides a line again stands behind the first division, or behind words that say by what it divides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.checks.grids.growing import CERTAIN, Family, Guide, Line, grow

# A table in which more groups begin is a list of many things.
MOST = 60


def find_further(lines: Sequence[Line], found: Sequence[Family], guide: Guide) -> Iterator[Family]:
    """The lines that others, which are parts of nothing yet, are further divisions of."""
    search = Search(lines, found, guide)
    starts = sorted({*guide.breaks, *(family.end for family in found)})
    for start in starts[:MOST]:
        yield from search.divide(start)


class Search:
    """Which lines are divided, which are taken as parts, and where the parts of each end."""

    def __init__(self, lines: Sequence[Line], found: Sequence[Family], guide: Guide) -> None:
        self._lines = lines
        self._guide = guide
        self._taken = {part for family in found for part in family.parts}
        self._ends = {family.total: family.end for family in found if family.end > family.total}

    def divide(self, start: int) -> Iterator[Family]:
        """The divisions that begin with a line, one behind the other."""
        while start < len(self._lines) and start not in self._taken:
            family = self._find(start)
            if family is None:
                return
            self._taken.update(family.parts)
            yield family
            start = self._find_end(family.parts[-1])

    def _find(self, start: int) -> Family | None:
        """The nearest line in front that the lines from one on add up to, or the first of all."""
        grown = (grow(self._lines, at, self._walk(at, start), self._guide) for at in self._list_heads(start))
        return next((family for family in grown if family and self._is_certain(family)), None)

    def _is_certain(self, family: Family) -> bool:
        """Whether so many digits say so that it is no chance, though other lines are divided into these as well."""
        totals = {self._lines[family.total][lane] for lane in family.telling}
        return sum(number.count_significant() for number in totals) >= CERTAIN

    def _list_heads(self, start: int) -> list[int]:
        """The line that was divided last, the one right in front where it is no part, and the first one."""
        divided = (at for at in self._ends if at < start and self._find_end(at) <= start and at not in self._taken)
        near = [start - 1] if start - 1 not in self._taken else []
        return list(dict.fromkeys(at for at in (max(divided, default=0), *near, 0) if at < start))

    def _walk(self, at: int, start: int) -> Iterator[int]:
        """The lines from one on, without the parts of those that are sums themselves."""
        limit = self._guide.find_limits(at)[1]
        while start < (len(self._lines) if limit is None else limit) and start not in self._taken:
            yield start
            start = self._find_end(start)

    def _find_end(self, at: int) -> int:
        """Where the lines end that a line is made of, parts of its parts included."""
        end = at + 1
        while at in self._ends and self._ends[at] > end:
            end = self._ends[at]
            at = end - 1
        return end
