"""Series of the narrative, and the words behind them that say how they went: 分别为7.0、7.7和8.2万亿元，逐季攀升."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise

import regex
from msgspec import Struct

from extractor import patterns
from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.model import Claim

WAYS = ("up", "down")
# Fewer numbers make no course.
FEWEST = 3
# A course is that of a level, or of a rate of one.
MEASURED = ("level", "rate", "share")
# Words of a course stand within so many characters behind the last number.
AHEAD = 24

_expression = partial(patterns.fragment, "checks/course")


class Course(Struct, frozen=True):
    """The steps of a course, each from an earlier number to a later one, the way it went, and the words of it."""

    steps: tuple[tuple[Amount, Amount], ...]
    way: str
    words: str
    is_sure: bool = True


def find_series(book: Book) -> Iterator[Course]:
    """Every series of the narrative behind which words say how it went."""
    for claims in book.sentences:
        for run in _list_runs(claims):
            last = run[-1]
            match = _expression("behind").match(book.text, last.end, last.end + AHEAD)
            if match and _is_in_order(book, run):
                yield read_course(_order(list(map(book.amount, run)), match, _has_times(run)), match)


def read_course(amounts: Sequence[Amount], match: regex.Match[str], is_sure: bool = True) -> Course:
    """The steps that words speak of: every one, or the one from the first number to the last."""
    steps = list(pairwise(amounts)) if match["steady"] else [(amounts[0], amounts[-1])]
    way = next(way for way in WAYS if match[way])
    return Course(tuple(steps), way, match[0].lstrip("，,"), is_sure)


def _list_runs(claims: Sequence[Claim]) -> Iterator[list[Claim]]:
    """The numbers of one thing that stand one behind the other, each of a later time."""
    run: list[Claim] = []
    for claim in claims:
        if run and not _is_next(run[-1], claim):
            yield from [run] if len(run) >= FEWEST else []
            run = []
        run.append(claim)
    yield from [run] if len(run) >= FEWEST else []


def _is_next(one: Claim, two: Claim) -> bool:
    """Whether a number of the narrative is of what the one in front is of."""
    return not two.cell and two.kind in MEASURED and _name_thing(one) == _name_thing(two)


def _order(amounts: list[Amount], match: regex.Match[str], is_timed: bool) -> list[Amount]:
    """Numbers in the order of time; where none tells its own, the last may be in front: then all went the other way."""
    falling = all(one.exact > two.exact for one, two in pairwise(amounts))
    rising = all(one.exact < two.exact for one, two in pairwise(amounts))
    is_turned = not is_timed and (falling if match["up"] else rising)
    return amounts[::-1] if is_turned else amounts


def _has_times(run: Sequence[Claim]) -> bool:
    """Whether each number tells a time of its own."""
    return len({claim.period.start if claim.period else None for claim in run}) == len(run)


def _is_in_order(book: Book, run: Sequence[Claim]) -> bool:
    """Whether each number is of a later time than the one in front, or right behind it where none tells its time."""
    starts = [claim.period.start if claim.period else None for claim in run]
    if len(set(starts)) == 1:
        return all(_expression("joined").fullmatch(book.text, one.end, two.start) for one, two in pairwise(run))
    return all(one is not None and two is not None and one < two for one, two in pairwise(starts))


def _name_thing(claim: Claim) -> tuple[str | None, ...]:
    return claim.metric, claim.kind, claim.base_unit, claim.role
