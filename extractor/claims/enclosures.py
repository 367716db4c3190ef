"""Enclosures: which brackets a place of a paragraph stands in, so that what they hold stays inside."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

import regex
from msgspec import Struct

from extractor.claims.sentences import load_marks

# Brackets in brackets nest no deeper than this in print; what is deeper is the debris of a table.
DEEPEST = 8
# A bracket that does not close within so many characters was never meant to: nine in ten hold fewer than 40.
LONGEST = 400


class Enclosures(Struct, frozen=True):
    """Where brackets of a text open and close: from ``places[i]`` on, ``inside[i]`` are the ones that are open.

    A bracket is known by the offset at which it opens.
    """

    places: tuple[int, ...] = ()
    inside: tuple[tuple[int, ...], ...] = ()

    def at(self, offset: int) -> tuple[int, ...]:
        """The brackets around an offset, the outermost first."""
        index = bisect_right(self.places, offset) - 1
        return self.inside[index] if index >= 0 else ()

    def reaches(self, origin: int, offset: int) -> bool:
        """Whether what stands at ``origin`` may be meant at ``offset``: no bracket around it has closed in between.

        >>> found = find_enclosures("汽车61万辆（含拖拉机3万辆），增加5万辆。")
        >>> found.reaches(2, 17), found.reaches(10, 17), found.reaches(2, 10)
        (True, False, True)
        """
        around = self.at(origin)
        return not around or self.at(offset)[: len(around)] == around


def find_enclosures(text: str) -> Enclosures:
    """The brackets of a text that close again; one that never does encloses nothing.

    >>> find_enclosures("收入（万元）20（其中：税收15）").inside
    ((2,), (), (8,), ())
    """
    spans = sorted(_pair_brackets(text))
    places: list[int] = []
    inside: list[tuple[int, ...]] = []
    for place, opened in _walk_spans(spans):
        places.append(place)
        inside.append(opened)
    return Enclosures(tuple(places), tuple(inside))


def _pair_brackets(text: str) -> Iterator[tuple[int, int]]:
    """The offsets at which brackets open and close."""
    opened: list[int] = []
    for mark in _compile_marks().finditer(text):
        if mark.lastgroup == "open":
            opened = [*opened[1 - DEEPEST :], mark.start()]
        elif opened:
            start = opened.pop()
            if mark.start() - start <= LONGEST:
                yield start, mark.start()


def _walk_spans(spans: list[tuple[int, int]]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Each place at which a bracket opens or closes, and the brackets that are open from there on."""
    opened: list[tuple[int, int]] = []
    for start, end in spans:
        while opened and opened[-1][1] < start:
            closed = opened.pop()
            yield closed[1], tuple(one for one, _ in opened)
        opened.append((start, end))
        yield start, tuple(one for one, _ in opened)
    while opened:
        closed = opened.pop()
        yield closed[1], tuple(one for one, _ in opened)


@cache
def _compile_marks() -> regex.Pattern[str]:
    """Brackets, quotation marks left aside."""
    marks = load_marks()
    quotes = set(marks["quotes"])
    opening, closing = (regex.escape("".join(set(marks[name]) - quotes)) for name in ("open", "close"))
    return regex.compile(f"(?P<open>[{opening}])|(?P<close>[{closing}])")
