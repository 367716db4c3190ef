"""Guards: what looks like a quantity but is a date, an ordinal, a code, a name or an idiom.

A guard is an expression of ``patterns/guards``; a number that starts inside its match (or inside the group ``drop``
where it has one) is no quantity. Guards are laid over a whole paragraph at once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import accumulate

import regex
from msgspec import Struct

from extractor import patterns
from extractor.alternatives import alternation
from extractor.needed import Asked, find_needed, say_first

# How an expression begins that matches where a text or a clause does.
OPEN = "(?:^|"


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
    found: dict[str, regex.Pattern[str]] = {}
    for path in map(patterns.name, patterns.files("guards")):
        names = patterns.lexicon(path)
        for key, guard in patterns.load(path, Guard).items():
            found[key] = _compile(key, guard.mask or alternation(guard.words or []), names)
    return found


def _compile(key: str, expression: str, names: patterns.Names) -> regex.Pattern[str]:
    """The expression of a guard; one that begins behind a mark asks for its first character before it looks back."""
    found = patterns.compiled(key, expression, names)
    return patterns.compiled(key, say_first(found.pattern)) if expression.startswith(OPEN) else found


@cache
def _load_asked() -> Asked[tuple[str, regex.Pattern[str]]]:
    """The guards by what they need."""
    return Asked((guard, find_needed(guard[1].pattern)) for guard in expressions().items())


class Masks:
    """The masks of one text, asked by position."""

    def __init__(self, text: str) -> None:
        self._found = sorted(find_masks(text), key=lambda mask: (mask.start, mask.end))
        # Only the mask that reaches furthest among those begun can cover a position: keep it beside each; of
        # two that end together the longer.
        self._furthest = list(accumulate(self._found, _take_further))

    def at(self, position: int) -> str | None:
        """The guard whose mask covers ``position``, or None."""
        index = bisect_right(self._found, position, key=lambda mask: mask.start) - 1
        if index < 0:
            return None
        mask = self._furthest[index]
        return mask.guard if mask.end > position else None


def _take_further(last: Mask, mask: Mask) -> Mask:
    """Of two masks the one that reaches further, of two that end together the first."""
    return mask if mask.end > last.end else last


def find_masks(text: str) -> Iterator[Mask]:
    """The masks that all guards lay over ``text``; those that need what it has not are not asked."""
    for key, expression in _load_asked().list_possible(text):
        yield from lay_guard(key, expression, text)


def lay_guard(key: str, expression: regex.Pattern[str], text: str) -> Iterator[Mask]:
    """The masks that one guard lays over ``text``."""
    group: int | str = "drop" if "drop" in expression.groupindex else 0
    for match in expression.finditer(text):
        yield Mask(match.start(group), match.end(group), key)


def tried(text: str, position: int) -> list[tuple[str, str | None]]:
    """Every guard, with the words of ``text`` that it covers at ``position``, or None where it is silent."""
    covered = dict.fromkeys(expressions())
    for mask in find_masks(text):
        if mask.start <= position < mask.end:
            covered[mask.guard] = covered[mask.guard] or text[mask.start : mask.end]
    return list(covered.items())
