"""What the words of a paragraph say of a number that stands behind their clause."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from extractor.claims.context import Context
from extractor.claims.readings import Reading
from extractor.scope import Found


def cut_facets(found: Sequence[Found], start: int, end: int) -> tuple[Found, ...]:
    """The facets that a paragraph names between two offsets; they stand in their order."""
    first, last = (bisect_left(found, at, key=read_start) for at in (start, end))
    return tuple(found[first:last])


def read_start(found: Found) -> int:
    """Where a facet is named."""
    return found.start


def find_reached(reading: Reading, context: Context) -> Iterator[Found]:
    """Of each facet the last one in front of a mention's clause that reaches the mention: no other one is chosen."""
    mention, at = reading.mention, reading.quantity.start
    begins = mention.sentence.start
    for kind, governing in context.governing.items():
        here = _list_back(governing, begins, mention.clause)
        before = _list_back(context.lasting[kind], 0, min(begins, mention.clause))
        yield from islice((one for one in chain(here, before) if context.reaches(one.start, at)), 1)


def _list_back(found: Sequence[Found], start: int, end: int) -> Iterator[Found]:
    """The facets between two offsets, the last one first."""
    first, last = (bisect_left(found, at, key=read_start) for at in (start, end))
    return map(found.__getitem__, range(last - 1, first - 1, -1))
