"""Characters of a page become printed lines: grouped by baseline, ordered, spaced as the print shows."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from operator import sub

import msgspec
from msgspec import Struct

from extractor.documents import lines as words
from extractor.documents import raised
from extractor.documents.glyphs import Glyph
from extractor.model import Box

# In units of the character size. Baselines this near are one line (indices and mixed fonts shift a little). A wide
# gap is a space between Chinese characters, any gap between words one between letters or digits and behind 第一部分.
SAME_LINE = 0.4
WIDE_GAP = 0.45
WORD_GAP = 0.15
# The same character printed again this near is one printed twice for weight.
TWICE = 0.3
# The second print comes at most so many characters behind the first one.
TWIN_REACH = 3
# A title set with its characters apart has gaps that differ by no more than this.
EVEN = 0.3
# What the numbers of a letter-spaced line are written with: no space parts these for being as far apart as the others.
NUMERIC = frozenset("0123456789.,%")
# With fewer gaps than this (公 告) they are even by chance.
FEWEST_APART = 3


class Line(Struct, frozen=True):
    """One printed line: its text, for every character of it the box (None for a space), and its measures.

    ``column`` is the left and right edge of the column that it is of, on a page that has several.
    """

    text: str
    boxes: tuple[Box | None, ...]
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    column: tuple[float, float] | None = None

    @property
    def middle(self) -> float:
        """The height of the line's middle on the page."""
        return (self.top + self.bottom) / 2


def build_lines(glyphs: Iterable[Glyph]) -> list[Line]:
    """The printed lines of some of a page's characters, from top to bottom."""
    groups = raised.attach_marks(list(_group_glyphs(sorted(glyphs))))
    return list(map(_build_line, groups))


def _group_glyphs(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    """The characters of each line from left to right; ``glyphs`` are sorted."""
    start = 0
    while start < len(glyphs):
        end, reach = len(glyphs), glyphs[start].base + SAME_LINE * _measure_size(glyphs[start])
        if glyphs[-1].base > reach:
            end = bisect_right(glyphs, reach, start, key=_read_base)
        group = glyphs[start:end]
        # On one baseline they are sorted by their places.
        yield group if group[0].base == group[-1].base else sorted(group, key=_read_left)
        start = end


def _read_base(glyph: Glyph) -> float:
    return glyph.base


def _read_left(glyph: Glyph) -> float:
    return glyph.box[0]


def _measure_size(glyph: Glyph) -> float:
    return max(glyph.box[3] - glyph.box[1], 1.0)


# ── characters printed twice ─────────────────────────────────────────────────────────────────────────────


def _may_have_twins(lefts: Sequence[float], rights: Sequence[float]) -> bool:
    """Whether any characters, by their left and right edges, are so near to one another that they may be twins."""
    nearest: float = min(map(sub, lefts[1:], lefts), default=math.inf)
    widest: float = max(map(sub, rights, lefts))
    return nearest <= TWICE * widest


def _drop_twins(group: list[Glyph]) -> list[Glyph]:
    """The line without the second print of characters that are printed twice."""
    kept: list[Glyph] = []
    for glyph in group:
        twin = _find_twin(kept[-TWIN_REACH:], glyph)
        if twin is None:
            kept.append(glyph)
        else:
            kept[kept.index(twin, -TWIN_REACH)] = msgspec.structs.replace(twin, bold=True)
    return kept


def _find_twin(printed: list[Glyph], glyph: Glyph) -> Glyph | None:
    """The first print of a character that is printed again."""
    for other in printed:
        if other.char == glyph.char and _is_near(other, glyph):
            return other
    return None


def _is_near(one: Glyph, two: Glyph) -> bool:
    near = TWICE * max(1.0, one.box[2] - one.box[0])
    return abs(one.box[0] - two.box[0]) < near and abs(one.base - two.base) < near


# ── spaces ───────────────────────────────────────────────────────────────────────────────────────────────


def _build_line(glyphs: list[Glyph]) -> Line:
    """The line of characters that stand in one, with spaces where the print shows some."""
    printed = [glyph.box for glyph in glyphs]
    lefts, tops, rights, bottoms = zip(*printed, strict=True)
    if _may_have_twins(lefts, rights) and len(single := _drop_twins(glyphs)) < len(glyphs):
        return _build_line(single)
    heights = sorted(map(sub, bottoms, tops))
    glyphs = raised.raise_digits(glyphs) if raised.may_have_marks(heights[0], heights[-1]) else glyphs
    size = max(heights[len(glyphs) // 2], 1.0)
    gaps = list(map(sub, lefts[1:], rights))
    text = "".join([glyph.char for glyph in glyphs])
    boxes: tuple[Box | None, ...] = tuple(printed)
    if gaps and max(gaps) > WORD_GAP * size:
        text, boxes = _insert_spaces(text, boxes, _find_spaces(glyphs, text, [gap / size for gap in gaps]))
    bold = [glyph.bold for glyph in glyphs].count(True) * 2 > len(glyphs)
    return Line(text, boxes, lefts[0], min(tops), max(rights), max(bottoms), size, bold)


def _insert_spaces(text: str, boxes: tuple[Box | None, ...], places: list[int]) -> tuple[str, tuple[Box | None, ...]]:
    """A line's characters and their boxes, with a space in front of some of them."""
    parts = [slice(*pair) for pair in pairwise([0, *places, len(text)])]
    spaced = chain.from_iterable([(None, *boxes[part]) for part in parts])
    return " ".join([text[part] for part in parts]), tuple(spaced)[1:]


def _find_spaces(glyphs: list[Glyph], text: str, gaps: list[float]) -> list[int]:
    """In front of which characters a space stands; ``gaps``, in units of the size, are behind each but the last."""
    if _is_set_apart(text, gaps):
        return []
    marker = words.named_marker(text)
    apart = min(sorted(gaps)[len(gaps) // 2], WIDE_GAP)
    wide = [at for at, gap in enumerate(gaps, start=1) if gap > WORD_GAP]
    if apart > WORD_GAP / 2:
        wide = [at for at in wide if not _is_spread(glyphs[at - 1], glyphs[at], gaps[at - 1] - apart)]
    return [at for at in wide if at == marker or _is_space(glyphs[at - 1], glyphs[at], gaps[at - 1])]


def _is_space(before: Glyph, glyph: Glyph, gap: float) -> bool:
    """Whether a gap wider than ``WORD_GAP`` is a space; those that justification opens are none."""
    here, there = before.char.isascii(), glyph.char.isascii()
    if not there and words.is_closing_mark(glyph.char):
        return False
    if gap > WIDE_GAP:
        return True
    # Between two words of Latin letters any gap is a space, between Chinese ones only what the file calls one.
    if here != there:
        return False
    return here or glyph.spaced


def _is_spread(before: Glyph, glyph: Glyph, beyond: float) -> bool:
    """Whether two characters are of one number in a letter-spaced line; their gap is so far ``beyond`` the spacing."""
    return beyond < WORD_GAP and before.char in NUMERIC and glyph.char in NUMERIC and not glyph.spaced


def _is_set_apart(text: str, gaps: list[float]) -> bool:
    """Whether the line is a title with even gaps between all its characters."""
    if len(gaps) < FEWEST_APART or any(map(str.isascii, text)):
        return False
    narrowest, widest = min(gaps), max(gaps)
    return narrowest > WIDE_GAP and widest - narrowest < EVEN
