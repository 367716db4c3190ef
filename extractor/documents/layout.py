"""Characters of a page become printed lines: grouped by baseline, ordered, spaced as the print shows."""

from __future__ import annotations

import math
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from operator import sub
from typing import NamedTuple

from extractor.documents import lines as words
from extractor.documents.glyphs import Glyph
from extractor.model import Box

# In units of the character size. Baselines this near are one line (indices and mixed fonts shift a little). A wide
# gap is a space between Chinese characters, any gap between words one between letters or digits and behind 第一部分.
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
    return [_line(_once(group)) for group in _by_baseline(sorted(glyphs))]


def _by_baseline(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    """The characters of each line from left to right; ``glyphs`` are sorted."""
    start = 0
    while start < len(glyphs):
        end, reach = len(glyphs), glyphs[start].base + SAME_LINE * _size(glyphs[start])
        if glyphs[-1].base > reach:
            end = bisect_right(glyphs, reach, start, key=_baseline)
        yield sorted(glyphs[start:end], key=_left)
        start = end


def _baseline(glyph: Glyph) -> float:
    return glyph.base


def _left(glyph: Glyph) -> float:
    return glyph.box[0]


def _size(glyph: Glyph) -> float:
    return max(glyph.box[3] - glyph.box[1], 1.0)


def _once(group: list[Glyph]) -> list[Glyph]:
    """The line without the second print of characters that are printed twice."""
    lefts, _, rights, _ = zip(*[glyph.box for glyph in group], strict=True)
    if min(map(sub, lefts[1:], lefts), default=math.inf) > TWICE * max(map(sub, rights, lefts)):
        return group
    kept: list[Glyph] = []
    for glyph in group:
        twin = next((other for other in kept[-3:] if other.char == glyph.char and _twins(other, glyph)), None)
        if twin is None:
            kept.append(glyph)
        else:
            kept[kept.index(twin, -3)] = twin._replace(bold=True)
    return kept


def _twins(one: Glyph, two: Glyph) -> bool:
    near = TWICE * max(1.0, one.box[2] - one.box[0])
    return abs(one.box[0] - two.box[0]) < near and abs(one.base - two.base) < near


def _line(glyphs: list[Glyph]) -> Line:
    boxes = [glyph.box for glyph in glyphs]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    size = max(sorted(map(sub, bottoms, tops))[len(glyphs) // 2], 1.0)
    gaps = list(map(sub, lefts[1:], rights))
    text = "".join([glyph.char for glyph in glyphs])
    spaced: tuple[Box | None, ...] = tuple(boxes)
    if max(gaps, default=0.0) > WORD_GAP * size:
        text, spaced = _spaced(glyphs, text, [gap / size for gap in gaps])
    bold = sum([glyph.bold for glyph in glyphs]) * 2 > len(glyphs)
    return Line(text, spaced, lefts[0], min(tops), max(rights), max(bottoms), size, bold)


def _spaced(glyphs: list[Glyph], text: str, gaps: list[float]) -> tuple[str, tuple[Box | None, ...]]:
    """The text with spaces where the ``gaps`` (in units of the size) are some, and the boxes with None there."""
    marker = words.named_marker(text)
    apart = _set_apart(text, gaps)
    chars: list[str] = [glyphs[0].char]
    boxes: list[Box | None] = [glyphs[0].box]
    for at, (gap, (before, glyph)) in enumerate(zip(gaps, pairwise(glyphs), strict=True), start=1):
        if gap > WORD_GAP and not apart and (at == marker or _is_space(before, glyph, gap)):
            chars.append(" ")
            boxes.append(None)
        chars.append(glyph.char)
        boxes.append(glyph.box)
    return "".join(chars), tuple(boxes)


def _is_space(before: Glyph, glyph: Glyph, gap: float) -> bool:
    """Whether a gap wider than ``WORD_GAP`` is a space; those that justification opens are none."""
    here, there = before.char.isascii(), glyph.char.isascii()
    if not there and unicodedata.category(glyph.char) in CLOSING:
        return False
    return gap > WIDE_GAP or (here and there) or (glyph.spaced and not here and not there)


def _set_apart(text: str, gaps: list[float]) -> bool:
    """Whether the line is a title with even gaps between all its characters."""
    if len(gaps) < 3 or any(char.isascii() for char in text):
        return False
    return min(gaps) > WIDE_GAP and max(gaps) - min(gaps) < EVEN
