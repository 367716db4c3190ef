"""Which characters of two texts differ: what a reader is shown marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

import regex
from msgspec import Struct

# A number and a foreign word are one, a Chinese character is one by itself, and white space says nothing.
TOKEN = regex.compile(r"[0-9０-９]+(?:[.,，．][0-9０-９]+)*|[A-Za-z]+|\S")
# Stretches with no more than so many equal characters between them are one to a reader.
GAP = 1
Stretch = tuple[int, int]
"""Where a stretch of a text begins and ends."""


class Run(Struct, frozen=True):
    """What stands in place of what: a stretch of each text, an empty one where nothing does."""

    left: Stretch
    right: Stretch


@lru_cache(maxsize=256)
def find_runs(left: str, right: str) -> tuple[Run, ...]:
    """Where two texts differ, in their order; spaces and line breaks do not count.

    >>> [("小于5%"[slice(*run.left)], "大于5%"[slice(*run.right)]) for run in find_runs("小于5%", "大于5%")]
    [('小', '大')]
    >>> find_runs("增长 6.5%", "增长6.5%")
    ()
    """
    if left == right:
        return ()
    first, second = ([(token[0], token.span()) for token in TOKEN.finditer(text)] for text in (left, right))
    return tuple(align_tokens(first, second))


def align_tokens(
    left: Sequence[tuple[str, Stretch]], right: Sequence[tuple[str, Stretch]], gap: int = GAP
) -> list[Run]:
    """Where two series of words differ, each word with its place; with ``gap`` words between them they are one."""
    first_words, second_words = ([word for word, _ in side] for side in (left, right))
    codes = SequenceMatcher(None, first_words, second_words, autojunk=False).get_opcodes()
    changed = (code[1:] for code in codes if code[0] != "equal")
    return [
        Run(_find_stretch(left, first, last), _find_stretch(right, begin, end))
        for first, last, begin, end in _join_neighbours(changed, gap)
    ]


def _join_neighbours(changed: Iterator[tuple[int, int, int, int]], gap: int) -> Iterator[tuple[int, int, int, int]]:
    """Differences with hardly anything between them as one."""
    before: tuple[int, int, int, int] | None = None
    for first, last, begin, end in changed:
        if before and first - before[1] <= gap:
            before = (before[0], last, before[2], end)
            continue
        if before:
            yield before
        before = (first, last, begin, end)
    if before:
        yield before


def _find_stretch(tokens: Sequence[tuple[str, Stretch]], first: int, last: int) -> Stretch:
    """Where words stand; an empty series stands in front of the word at its place."""
    if first < last:
        return tokens[first][1][0], tokens[last - 1][1][1]
    at = tokens[first][1][0] if first < len(tokens) else tokens[-1][1][1] if tokens else 0
    return at, at
