"""Pages with a side column: what stands beside the text, told by the lines drawn under the headings of both.

Rating agencies open their reports so. Nothing else parts such columns with certainty: the one at the side holds labels
and single words, and its baselines are those of the text.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from extractor.documents.columns import order_lines
from extractor.documents.glyphs import Glyph
from extractor.documents.layout import Line, build_lines
from extractor.documents.rulings import Ruling, Rulings

# Lines that begin as near to one another as this (points) are those of one column; pieces as near as that are one line.
ALIGNED = 8.0
JOINED = 1.0
# A column has so many lines drawn in it at least, of which so many of both stand beside none of the other one.
FEWEST = 2
COLUMNS = 2
# A line as short as this (points) is drawn under a word, not under a heading.
SHORTEST = 60.0
# Lines of two columns as near in height as this are drawn beside one another; a heading stands so far above its own.
BESIDE = 3.0
HEADING = 30.0
# So many characters may stand between two columns.
OVERHANGING = 4


class Sides(Struct, frozen=True):
    """Two columns between two heights of the page: from where to where each reaches."""

    top: float
    bottom: float
    left: tuple[float, float]
    right: tuple[float, float]


class Area(Struct, frozen=True):
    """A part of a page that is read by itself: its lines in the order of reading, and the lines drawn in it."""

    lines: list[Line]
    drawn: Rulings


def part_page(lines: Sequence[Line], found: Sequence[Glyph], drawn: Rulings) -> list[Area]:
    """The parts of a page in the order of reading: all of it, or what is above two columns, and each of these.

    ``lines`` are those that its characters ``found`` make up where the page is one.
    """
    sides = find_sides(drawn.horizontal)
    if sides:
        # What goes over both below the columns is a note.
        bottom = min((glyph.base for glyph in found if _is_across(glyph, sides)), default=math.inf) - BESIDE
        sides = find_sides([rule for rule in drawn.horizontal if rule.at < bottom], bottom)
    if not sides or _count_between(found, sides) > OVERHANGING:
        return [Area(order_lines(lines), drawn)]
    return list(_part_columns(found, drawn, sides))


def find_sides(horizontal: Sequence[Ruling], bottom: float = math.inf) -> Sides | None:
    """The two columns that horizontal lines are drawn in down to ``bottom``; None where they are not those of two."""
    if len(horizontal) < COLUMNS * FEWEST:
        return None
    rules = [rule for rule in _join_pieces(horizontal) if rule.end - rule.start >= SHORTEST]
    columns = [column for column in _list_columns(rules) if len(column) >= FEWEST]
    if len(columns) != COLUMNS:
        return None
    left, right = columns
    top = min(rule.at for rule in (*left, *right))
    edges = [(min(rule.start for rule in column), max(rule.end for rule in column)) for column in columns]
    is_crossed = any(rule.at >= top and rule.start < edges[1][0] < rule.end for rule in rules)
    if is_crossed or edges[0][1] >= edges[1][0] or _count_alone(left, right) < FEWEST:
        return None
    return Sides(top - HEADING, bottom, *edges)


def _join_pieces(horizontal: Sequence[Ruling]) -> Iterator[Ruling]:
    """The lines, those joined that were drawn piece by piece."""
    joined: Ruling | None = None
    for rule in sorted(horizontal, key=lambda rule: (round(rule.at), rule.start)):
        if joined and abs(rule.at - joined.at) <= JOINED and rule.start - joined.end <= JOINED:
            joined = joined._replace(end=max(joined.end, rule.end))
            continue
        if joined:
            yield joined
        joined = rule
    if joined:
        yield joined


def _list_columns(rules: Sequence[Ruling]) -> Iterator[list[Ruling]]:
    """Lines that begin at one place, from left to right."""
    ordered = sorted(rules, key=lambda rule: rule.start)
    starts = [at for at, (one, two) in enumerate(pairwise(ordered), 1) if two.start - one.start > ALIGNED]
    for start, end in pairwise([0, *starts, len(ordered)]):
        yield ordered[start:end]


def _count_alone(left: Sequence[Ruling], right: Sequence[Ruling]) -> int:
    """How many lines have none beside them: those of a table in two halves have."""
    pairs = ((left, right), (right, left))
    return sum(all(abs(one.at - two.at) > BESIDE for two in others) for own, others in pairs for one in own)


def _is_across(glyph: Glyph, sides: Sides) -> bool:
    """Whether a character is of a line that goes from one column to the other."""
    return glyph.base > sides.top and glyph.box[0] < sides.right[0] - JOINED < glyph.box[2]


def _count_between(found: Sequence[Glyph], sides: Sides) -> int:
    """How many characters stand between the columns: a long word at the side may end there."""
    middles = ((glyph.box[0] + glyph.box[2]) / 2 for glyph in found if sides.top < glyph.base < sides.bottom)
    return sum(sides.left[1] < middle < sides.right[0] - JOINED for middle in middles)


def _part_columns(found: Sequence[Glyph], drawn: Rulings, sides: Sides) -> Iterator[Area]:
    """What is above the columns, the one at the side, the one of the text, and what is below them."""
    start = sides.right[0] - JOINED
    yield _read_area(found, drawn, lambda height, _: height <= sides.top)
    beside = _read_area(found, drawn, lambda height, left: sides.top < height < sides.bottom and left < start)
    yield replace(beside, lines=[replace(line, column=sides.left) for line in beside.lines])
    text = _read_area(found, drawn, lambda height, left: sides.top < height < sides.bottom and left >= start)
    yield replace(text, lines=[replace(line, column=sides.right) for line in text.lines])
    yield _read_area(found, drawn, lambda height, _: height >= sides.bottom)


def _read_area(found: Sequence[Glyph], drawn: Rulings, holds: Callable[[float, float], bool]) -> Area:
    """The part of a page for whose heights and left edges ``holds`` is true."""
    lines = build_lines(glyph for glyph in found if holds(glyph.base, glyph.box[0]))
    rules = tuple(rule for rule in drawn.horizontal if holds(rule.at, rule.start))
    return Area(order_lines(lines), replace(drawn, horizontal=rules))
