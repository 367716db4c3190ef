"""Levels that are the sum of a run behind them, where the growth of all of them says so as well: found by arithmetic.

投资267.4亿元，增长2.2%. … 省属项目179.5亿元，下降11.7%；地方项目87.9亿元，增长50.5%: that a run adds up may be chance
where numbers are small or stand far off, but hardly so that the growth of the total follows from theirs, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.interval import Interval, exact, total
from extractor.amounts.misprints import count_digits
from extractor.checks.narrative.walks import is_near
from extractor.checks.relations.changes import find_told_change
from extractor.model import Claim

# Growth is told within so many claims behind a level.
BEHIND = 3
# A total and its growth have so many digits.
TELLING, FEWEST = 3, 2
# A run begins at most so many levels behind its total, and has so many at most.
FARTHEST, LONGEST = 16, 12
# Of a total of the fewest digits one of its last digit is no larger a part.
NEARLY = 0.05


class Grown(Struct, frozen=True):
    """A level, its growth, and what it was before as far as both tell."""

    level: Claim
    rate: Claim
    amount: Amount
    before: Interval
    size: float
    """The amount nearly: most runs need no more to be told from the total."""


class GrowingRun(Struct, frozen=True):
    """A total with the levels that make it up, each with its growth."""

    total: Grown
    parts: tuple[Grown, ...]


def find_growing_runs(book: Book) -> tuple[GrowingRun, ...]:
    """Every level of the narrative that a run of levels behind it adds up to, and whose growth follows from theirs."""
    return book.view(_find_all)


def _find_all(book: Book) -> tuple[GrowingRun, ...]:
    lines = (list(_read_line(book, claims)) for claims in book.told_levels.values())
    return tuple(run for line in lines for at in range(len(line)) for run in _find_runs(line, at))


def _read_line(book: Book, claims: Sequence[Claim]) -> Iterator[Grown]:
    """The exact levels among some of which a rate of growth is told."""
    for level in claims:
        rate = find_told_change(book, level, BEHIND, ("change_rate",))
        if rate and rate.dimension == "percent" and not book.amount(level).vague:
            change = book.amount(rate).rounded
            factor = exact(1) - change if rate.direction == "decrease" else exact(1) + change
            amount = book.amount(level)
            yield Grown(level, rate, amount, amount.rounded / factor, float(amount.exact))


def _find_runs(line: Sequence[Grown], at: int) -> Iterator[GrowingRun]:
    """The runs behind a level that it is the sum of, one a division."""
    whole = line[at]
    if count_digits(whole.level.value) < TELLING or count_digits(whole.rate.value) < FEWEST:
        return
    told: set[tuple[str, ...]] = set()
    for behind in _walk_behind(line, at):
        start = 0
        while start < len(behind):
            parts = _add_up(whole, behind[start:])
            names = tuple(part.level.id for part in parts)
            if parts and names not in told:
                yield GrowingRun(whole, parts)
            told.add(names)
            start += len(parts) or 1


def _walk_behind(line: Sequence[Grown], at: int) -> Iterator[Sequence[Grown]]:
    """The levels behind one: all, those that are no parts of others there, and every other one."""
    behind = line[at + 1 : at + 1 + FARTHEST]
    others = {one.level.id for one in behind}
    yield behind
    yield [one for one in behind if one.level.part_of not in others]
    yield behind[1::2]


def _add_up(whole: Grown, behind: Sequence[Grown]) -> tuple[Grown, ...]:
    """The levels up to the one with which they are the total now, and were so before; none where no run is."""
    left, most = whole.size, whole.size * NEARLY
    for at, one in enumerate(behind[:LONGEST], 1):
        left -= one.size
        if left < -most:
            break
        used = behind[:at]
        if at > 1 and left <= most and _is_sum(whole, used) and whole.before.meets(total(p.before for p in used)):
            return tuple(used)
    return ()


def _is_sum(whole: Grown, used: Sequence[Grown]) -> bool:
    """Whether levels are a total as far as they are rounded."""
    summed, step = (sum(parts) for parts in zip(*((one.amount.exact, one.amount.step) for one in used), strict=True))
    return is_near(whole.amount.exact, whole.amount.step, summed, step)
