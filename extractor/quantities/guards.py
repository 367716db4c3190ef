"""Guards: what looks like a quantity but is a date, an ordinal, a code, a name or an idiom.

A guard is an expression of ``patterns/guards``; a number that starts inside its match (or inside the group ``drop``
where it has one) is no quantity. Guards are laid over a whole paragraph at once.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache

import regex
from msgspec import Struct

from extractor import patterns


class Guard(Struct, frozen=True, forbid_unknown_fields=True):
    """One guard: an expression, or a list of words that are names or idioms as they stand."""

    mask: str | None = None
    words: list[str] | None = None


class Mask(Struct, frozen=True):
    """The stretch of a text in which a guard drops numbers."""

    start: int
    end: int
    guard: str


@cache
def expressions() -> dict[str, regex.Pattern[str]]:
    """Every guard compiled, by its full name."""
    return {
        key: patterns.compiled(key, guard.mask or patterns.alternation(guard.words or []), names)
        for file in patterns.files("guards")
        for names in [patterns.lexicon(patterns.name(file))]
        for key, guard in patterns.load(patterns.name(file), Guard).items()
    }


class Masks:
    """The masks of one text, asked by position."""

    def __init__(self, text: str) -> None:
        found = [mask for key, expression in expressions().items() for mask in _masks(key, expression, text)]
        self._found = sorted(found, key=lambda mask: (mask.start, mask.end))
        # Only the mask that reaches furthest among those begun can cover a position: keep it beside each; of
        # two that end together the longer.
        self._furthest: list[Mask] = []
        for mask in self._found:
            last = self._furthest[-1] if self._furthest else mask
            self._furthest.append(mask if mask.end > last.end else last)

    def at(self, position: int) -> str | None:
        """The guard whose mask covers ``position``, or None."""
        index = bisect_right(self._found, position, key=lambda mask: mask.start) - 1
        if index < 0 or self._furthest[index].end <= position:
            return None
        return self._furthest[index].guard


def _masks(key: str, expression: regex.Pattern[str], text: str) -> list[Mask]:
    """The masks one guard lays over ``text``."""
    group: int | str = "drop" if "drop" in expression.groupindex else 0
    return [Mask(match.start(group), match.end(group), key) for match in expression.finditer(text)]


def tried(text: str, position: int) -> list[tuple[str, str | None]]:
    """Every guard, with the words of ``text`` that it covers at ``position``, or None where it is silent."""
    found = []
    for key, expression in expressions().items():
        covering = (mask for mask in _masks(key, expression, text) if mask.start <= position < mask.end)
        mask = next(covering, None)
        found.append((key, text[mask.start : mask.end] if mask else None))
    return found
