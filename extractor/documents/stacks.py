"""Numbers that stand below one another in a cell: several ones, or one that was broken over lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from extractor.documents import lines as words
from extractor.documents.layout import Line

# In units of the character size: a line is full where less than this room is left beside it.
ROOM = 1.8
# A number takes so many lines of its cell at most.
MOST_LINES = 4


class Entry(Struct, frozen=True):
    """A line of a cell, with the height of its middle on the page.

    ``is_full`` says that no room is left behind it, ``is_wide`` that there is none beside it.
    ``is_number`` is true of the first line of a number, ``goes_on`` of its other lines.
    """

    cell: int
    line: Line
    middle: float
    is_full: bool
    is_wide: bool
    is_number: bool = False
    goes_on: bool = False


def read_cell(cell: int, printed: Sequence[Line], left: float, right: float) -> list[Entry]:
    """The lines of a cell between two edges, with the numbers in them; among more words than numbers there are none."""
    lengths = list(_measure_numbers(list(map(squeeze, printed))))
    if 2 * sum(map(bool, lengths)) < len(lengths):
        lengths = [0] * len(lengths)
    entries: list[Entry] = []
    for line, length in zip(printed, lengths, strict=True):
        room = ROOM * line.size
        is_wide = right - left - (line.x1 - line.x0) < room
        entries.append(Entry(cell, line, line.middle, right - line.x1 < room, is_wide, length > 0, length < 0))
    return entries


def may_be_one(cell: Sequence[Entry]) -> bool:
    """Whether a cell holds no more than one number."""
    return sum(entry.is_number for entry in cell) < 2 or is_filled(cell)


def is_filled(cell: Sequence[Entry]) -> bool:
    """Whether the lines of a whole cell are one number for whose digits it is too narrow."""
    texts = [squeeze(entry.line) for entry in cell]
    if not words.is_whole_number("".join(texts)):
        return False
    return all(entry.is_wide for entry in cell[:-1]) and len(texts[-1]) < len(texts[0])


def is_stacked(cell: Sequence[Line]) -> bool:
    """Whether several lines of a cell are digits and nothing else."""
    return len(cell) > 1 and sum(words.is_digits(squeeze(line)) for line in cell) > 1


def squeeze(line: Line) -> str:
    """A line's text, a sign that stands apart at its number."""
    text = line.text
    return text[:1] + text[2:] if text[1:2] == " " and not text[0].isalnum() else text


def _measure_numbers(texts: Sequence[str]) -> Iterator[int]:
    """For each line how many lines the number takes that begins with it; 0 for words, -1 within a number."""
    at = 0
    while at < len(texts):
        length = _measure_number(texts, at)
        yield length
        yield from [-1] * (length - 1)
        at += max(length, 1)


def _measure_number(texts: Sequence[str], at: int) -> int:
    """How many lines a number takes that begins with the line ``at``; 0 if none does."""
    is_begun = at + 1 < len(texts) and words.is_digits(texts[at]) and words.is_digits(texts[at + 1])
    if not is_begun or not _is_cut(texts[at], texts[at + 1]):
        return int(words.is_number(texts[at]))
    for length in range(min(MOST_LINES, len(texts) - at), 1, -1):
        if _is_broken(texts[at : at + length]):
            return length
    return int(words.is_number(texts[at]))


def _is_broken(pieces: Sequence[str]) -> bool:
    """Whether pieces that are no numbers by themselves are one together.

    >>> _is_broken(["12,345,6", "78.90"]), _is_broken(["100", "200"])
    (True, False)
    """
    if not all(map(words.is_digits, pieces)) or all(map(words.is_whole_number, pieces)):
        return False
    return words.is_whole_number("".join(pieces)) and all(_is_cut(*pair) for pair in pairwise(pieces))


def _is_cut(above: str, below: str) -> bool:
    """Whether a number is cut between two pieces: one of them is no number by itself."""
    return not (words.is_whole_number(above) and words.is_whole_number(below))
