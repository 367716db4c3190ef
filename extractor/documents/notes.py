"""Notes at the foot of a page, within a paragraph that goes on overleaf: they are read before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from extractor.documents import joining
from extractor.documents import lines as words
from extractor.documents.joining import Placed

# Notes are printed at most so large, in sizes of the text.
SMALLER = 0.9

Group = list[Placed]


def group_lines(placed: Sequence[Placed], body_size: float) -> Iterator[Group]:
    """The lines of a stretch of narrative, grouped into paragraphs; ``body_size`` is that of most of its lines.

    Pages follow one another in what is given: notes that stand within a paragraph come before it, all others stay.
    """
    pages = [list(own) for _, own in groupby(placed, key=lambda item: item.page)]
    starts = [_find_notes(own, body_size) for own in pages]
    for at in range(len(pages) - 1):
        start = starts[at]
        if start and _goes_on(pages[at][:start], pages[at + 1][0]):
            pages[at] = _put_before(pages[at], start)
    return joining.group_lines([item for own in pages for item in own])


def _find_notes(page: Group, body_size: float) -> int:
    """Where the notes at the foot of a page begin among its lines; 0 where there are none."""
    start = len(page)
    while start and page[start - 1].line.size <= SMALLER * body_size:
        start -= 1
    return start if start < len(page) and words.opens_note(page[start].line.text) else 0


def _goes_on(text: Group, after: Placed) -> bool:
    """Whether the last paragraph of a page goes on at the top of the next one."""
    if words.ends_sentence(text[-1].line.text):
        return False
    return joining.is_joined(_find_last(text), after)


def _find_last(text: Group) -> Group:
    """The lines of the last paragraph."""
    return list(joining.group_lines(text))[-1]


def _put_before(page: Group, start: int) -> Group:
    """The lines of a page with its notes, from ``start`` on, in front of its last paragraph."""
    first = start - len(_find_last(page[:start]))
    return [*page[:first], *page[start:], *page[first:start]]
