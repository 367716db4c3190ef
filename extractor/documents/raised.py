"""Small raised digits, the marks of notes and powers, become the raised characters that they look like.

A number of a PDF is a row of characters; that ``1349.08²`` ends in the mark of a note is told by size and place alone.
Such a digit stays in the text at its place, with its box, as the character ``²`` that Unicode has for it: offsets count
it as any other, a reader sees what the page shows, and no pattern of numbers takes it for a digit of one. A mark in
brackets stays as it is written: no number goes on in ``[2]``, and headings are quoted with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

import msgspec

from extractor.documents.glyphs import Glyph

# A mark is at most this high, and its baseline at least this far up (and no farther), in units of what it is a mark of.
SMALLER = 0.8
LOWEST, HIGHEST = 0.1, 0.65
# A mark has no more characters than this, and stands this near to what it is a mark of.
LONGEST = 5
NEAR = 0.4
# Characters that are equally large and high within these (points) are set alike.
ALIKE = 0.6
DIGITS = "0123456789-+"
RAISED = str.maketrans(DIGITS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺")
# What a mark is written with: digits in brackets of some form, several with a comma between.
OPENING, CLOSING = frozenset("[(（〔【"), frozenset("])）〕】")
MARKS = frozenset(DIGITS + ",，、*") | OPENING | CLOSING

Group = list[Glyph]


def attach_marks(groups: Sequence[Group]) -> list[Group]:
    """Lines, from top to bottom; marks that stand too high to be of their line are put into it."""
    attached: list[Group] = []
    waiting: Group = []
    below: Group
    for group, below in zip(groups, (*groups[1:], [])[: len(groups)], strict=True):
        if below and _is_above(group, below):
            waiting += group
            continue
        attached.append(sorted([*waiting, *group], key=_read_left) if waiting else group)
        waiting = []
    return attached


def _is_above(group: Group, below: Group) -> bool:
    """Whether all of a line are marks in the line below it."""
    if group[0].char not in MARKS or not _may_be_above(group[0], below):
        return False
    if not MARKS.issuperset([glyph.char for glyph in group]):
        return False
    return all(_find_base(piece, below) for piece in _split_pieces(group))


def _may_be_above(mark: Glyph, below: Group) -> bool:
    """Whether anything in a line is so much larger, and so near below, that this may be a mark of it."""
    return any(glyph.base - mark.base <= HIGHEST * (glyph.box[3] - glyph.box[1]) for glyph in below)


def _find_base(piece: Group, line: Group) -> bool:
    """Whether something in a line has the piece for its mark."""
    return len(piece) <= LONGEST and any(_is_mark_of(piece, glyph) for glyph in line)


def may_have_marks(lowest: float, highest: float) -> bool:
    """Whether a line may have marks whose lowest and highest character are so high."""
    return lowest <= SMALLER * highest


def raise_digits(line: Group) -> Group:
    """A line, from left to right, with the digits of its marks as raised characters."""
    heights = [glyph.box[3] - glyph.box[1] for glyph in line if glyph.char in MARKS]
    if not heights or min(heights) > SMALLER * max(glyph.box[3] - glyph.box[1] for glyph in line):
        return line
    pieces = list(_split_pieces(line))
    if len(pieces) == 1:
        return line
    around = zip([[], *pieces[:-1]], pieces, [*pieces[1:], []], strict=True)
    return list(chain.from_iterable(_raise_piece(before[-1:], piece, after[:1]) for before, piece, after in around))


def _raise_piece(before: Group, piece: Group, after: Group) -> Group:
    """A piece with raised digits if it is a mark of the character before or behind it."""
    if len(piece) > LONGEST or any(glyph.char not in MARKS for glyph in piece):
        return piece
    is_mark = any(_is_mark_of(piece, glyph) for glyph in (*before, *after))
    if not is_mark or _is_enclosed([*before, *piece], [*piece, *after]):
        return piece
    return [msgspec.structs.replace(glyph, char=glyph.char.translate(RAISED)) for glyph in piece]


def _is_enclosed(opening: Group, closing: Group) -> bool:
    """Whether a mark is written in brackets, be these set like its digits or otherwise."""
    return any(glyph.char in OPENING for glyph in opening) and any(glyph.char in CLOSING for glyph in closing)


def _split_pieces(line: Group) -> Iterator[Group]:
    """Stretches of a line that are set alike and stand together."""
    piece = line[:1]
    for before, glyph in pairwise(line):
        if not _is_alike(before, glyph):
            yield piece
            piece = []
        piece.append(glyph)
    yield piece


def _is_alike(before: Glyph, glyph: Glyph) -> bool:
    height = glyph.box[3] - glyph.box[1]
    if abs(before.base - glyph.base) > ALIKE or glyph.box[0] - before.box[2] > NEAR * height:
        return False
    return abs(before.box[3] - before.box[1] - height) < ALIKE


def _is_mark_of(piece: Group, glyph: Glyph) -> bool:
    """Whether a piece is small, raised and right beside a character."""
    first, last = piece[0], piece[-1]
    height = glyph.box[3] - glyph.box[1]
    if first.box[3] - first.box[1] > SMALLER * height:
        return False
    if not LOWEST * height <= glyph.base - first.base <= HIGHEST * height:
        return False
    return _follows(glyph, first, NEAR * height) or _follows(last, glyph, NEAR * height)


def _follows(one: Glyph, two: Glyph, near: float) -> bool:
    """Whether a character stands right behind another; fonts may tell boxes that are wider than what is printed."""
    return one.box[0] < two.box[0] and two.box[0] - one.box[2] < near


def _read_left(glyph: Glyph) -> float:
    return glyph.box[0]
