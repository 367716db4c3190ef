"""Characters of a page become printed lines: grouped by baseline, ordered, spaced as the print shows."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from extractor.documents.glyphs import Glyph
from extractor.model import Box

# In units of the character size. Baselines this near are one line (indices and mixed fonts shift a little);
# a gap this wide is a space between Chinese characters, or between two letters or digits.
SAME_LINE = 0.4
WIDE_GAP = 0.45
WORD_GAP = 0.15
# The same character printed again this near is one printed twice for weight.
TWICE = 0.3
# A title set with its characters apart has gaps that differ by no more than this.
EVEN = 0.3
# Unicode categories of the marks that stand right behind a character.
CLOSING = ("Pe", "Pf", "Po")


class Line(NamedTuple):
    """One printed line: its text, for every character of it the box (None for a space), and its measures."""

    text: str
    boxes: tuple[Box | None, ...]
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool

    @property
    def middle(self) -> float:
        """The height of the line's middle on the page."""
        return (self.top + self.bottom) / 2


def lines(glyphs: Iterable[Glyph]) -> list[Line]:
    """The printed lines of some of a page's characters, from top to bottom."""
    return [_line(once) for group in _by_baseline(glyphs) if (once := _once(group))]


def _by_baseline(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    group: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.base, glyph.x0)):
        if group and glyph.base - group[0].base > SAME_LINE * _size(group[0]):
            yield group
            group = []
        group.append(glyph)
    if group:
        yield group


def _size(glyph: Glyph) -> float:
    return max(glyph.bottom - glyph.top, 1.0)


def _once(group: list[Glyph]) -> list[Glyph]:
    """The line from left to right, without the second print of characters that are printed twice."""
    kept: list[Glyph] = []
    for glyph in sorted(group, key=lambda glyph: glyph.x0):
        twin = next((other for other in kept[-3:] if other.char == glyph.char and _twins(other, glyph)), None)
        if twin is None:
            kept.append(glyph)
        else:
            kept[kept.index(twin, -3)] = twin._replace(bold=True)
    return kept


def _twins(one: Glyph, two: Glyph) -> bool:
    near = TWICE * max(1.0, one.x1 - one.x0)
    return abs(one.x0 - two.x0) < near and abs(one.base - two.base) < near


def _line(glyphs: list[Glyph]) -> Line:
    size = sorted(map(_size, glyphs))[len(glyphs) // 2]
    apart = _set_apart(glyphs, size)
    chars: list[str] = [glyphs[0].char]
    boxes: list[Box | None] = [_box(glyphs[0])]
    for before, glyph in pairwise(glyphs):
        if not apart and _is_space(before, glyph, size):
            chars.append(" ")
            boxes.append(None)
        chars.append(glyph.char)
        boxes.append(_box(glyph))
    return Line(
        "".join(chars), tuple(boxes), glyphs[0].x0, min(glyph.top for glyph in glyphs),
        max(glyph.x1 for glyph in glyphs), max(glyph.bottom for glyph in glyphs), size,
        sum(glyph.bold for glyph in glyphs) * 2 > len(glyphs),
    )  # fmt: skip


def _box(glyph: Glyph) -> Box:
    return (glyph.x0, glyph.top, glyph.x1, glyph.bottom)


def _is_space(before: Glyph, glyph: Glyph, size: float) -> bool:
    """Whether the gap is a space; the small ones that justification opens are none."""
    if not glyph.char.isascii() and unicodedata.category(glyph.char) in CLOSING:
        return False
    if glyph.spaced and not before.char.isascii() and not glyph.char.isascii():
        return glyph.x0 - before.x1 > WORD_GAP * size
    needed = WORD_GAP if before.char.isascii() and glyph.char.isascii() else WIDE_GAP
    return glyph.x0 - before.x1 > needed * size


def _set_apart(glyphs: list[Glyph], size: float) -> bool:
    """Whether the line is a title with even gaps between all its characters."""
    gaps = [glyph.x0 - before.x1 for before, glyph in pairwise(glyphs)]
    if len(gaps) < 3 or any(glyph.char.isascii() for glyph in glyphs):
        return False
    return min(gaps) > WIDE_GAP * size and max(gaps) - min(gaps) < EVEN * size
