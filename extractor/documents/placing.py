"""Which cell each character of a page belongs to: where it stands, but for words and numbers wider than their cells."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from extractor.documents import lines as words
from extractor.documents.glyphs import Glyph
from extractor.documents.grids import Grid
from extractor.model import Box

# In units of the character size: characters of a word are no further apart, and reach no further into one another, but
# where boxes are wider than what is printed: then one begins so far behind the other.
ADJACENT = 0.12
OVERLAP = ADVANCE = 0.3
TIGHT = 0.05
# An edge goes through a character if so much of it (points) is left on both sides.
STRUCK = 1.0
# A rectangle that no place is in.
NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)


class Home(Struct, frozen=True):
    """The number of a table and of one of its cells."""

    table: int
    cell: int


Inside = list[dict[int, list[Glyph]]]


def sort_glyphs(tables: Sequence[Grid], found: Sequence[Glyph]) -> tuple[Inside, Sequence[Glyph]]:
    """The characters of each table by the number of their cell, and those outside of tables.

    ``found`` are in the order of the file, in which those of a word follow one another.
    """
    inside: Inside = [{} for _ in tables]
    if not tables:
        return inside, found
    outside: list[Glyph] = []
    homes = _find_homes(tables, found)
    for start, end in pairwise([0, *_list_turns(homes), len(homes)] if homes else []):
        home = homes[start]
        own = outside if home is None else inside[home.table].setdefault(home.cell, [])
        own.extend(found[start:end])
    return inside, outside


def _list_turns(homes: Sequence[Home | None]) -> list[int]:
    """The characters that may be of another cell than those before them."""
    return [at for at, pair in enumerate(pairwise(homes), start=1) if pair[0] is not pair[1]]


def _find_homes(tables: Sequence[Grid], found: Sequence[Glyph]) -> list[Home | None]:
    """The cell of each character, the same for all characters of a word that reaches over an edge."""
    homes = list(_find_places(tables, found))
    for at in [at for at in _list_turns(homes) if homes[at] != homes[at - 1]]:
        # Most cells begin with a word of their own.
        if not _is_adjacent(found[at - 1], found[at]):
            continue
        run, own = _find_run(found, at), homes[at] or homes[at - 1]
        if own:
            here = slice(run.start, run.stop)
            homes[here] = _settle_run(found[here], homes[here], tables[own.table].xs)
    return homes


def _find_places(tables: Sequence[Grid], found: Sequence[Glyph]) -> Iterator[Home | None]:
    """The cell that the middle of each character stands in: most stand where the one before does."""
    home, (left, high, right, low) = None, NOWHERE
    for glyph in found:
        x0, top, x1, bottom = glyph.box
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        if not (left <= x < right and high <= y < low):
            home, (left, high, right, low) = _find_home(tables, x, y)
        yield home


def _find_home(tables: Sequence[Grid], x: float, y: float) -> tuple[Home | None, Box]:
    """The cell that a place is in, and a rectangle around the place that is in the same cell, or in no table.

    The rectangle is ``NOWHERE`` where none is that simple.
    """
    for number, grid in enumerate(tables):
        found = grid.find_field(x, y)
        if found:
            cell, field = found
            is_shared = any(_meet(other.box, field) for other in tables[:number])
            return Home(number, cell), NOWHERE if is_shared else field
    return None, _find_gap(tables, y)


def _find_gap(tables: Sequence[Grid], y: float) -> Box:
    """The strip of a page around a height between two tables; ``NOWHERE`` beside a table."""
    if any(grid.ys[0] <= y <= grid.ys[-1] for grid in tables):
        return NOWHERE
    high = max((grid.ys[-1] for grid in tables if grid.ys[-1] < y), default=-math.inf)
    low = min((grid.ys[0] for grid in tables if grid.ys[0] > y), default=math.inf)
    return (-math.inf, math.nextafter(high, math.inf), math.inf, low)


def _meet(one: Box, two: Box) -> bool:
    return one[0] <= two[2] and two[0] <= one[2] and one[1] <= two[3] and two[1] <= one[3]


def _find_run(found: Sequence[Glyph], at: int) -> range:
    """The characters around a place that stand side by side, all of them of Latin letters and digits, or none."""
    start, end = at, at + 1
    while start and _is_adjacent(found[start - 1], found[start]):
        start -= 1
    while end < len(found) and _is_adjacent(found[end - 1], found[end]):
        end += 1
    return range(start, end)


def _is_adjacent(one: Glyph, two: Glyph) -> bool:
    """Whether two characters stand side by side in a word."""
    size = one.box[3] - one.box[1]
    if words.is_latin(one.char) != words.is_latin(two.char) or abs(one.base - two.base) > STRUCK:
        return False
    is_behind = two.box[0] - one.box[2] >= -OVERLAP * size or two.box[0] - one.box[0] >= ADVANCE * size
    return is_behind and two.box[0] - one.box[2] <= ADJACENT * size


def _settle_run(found: Sequence[Glyph], own: Sequence[Home | None], xs: Sequence[float]) -> list[Home | None]:
    """The cells of the characters of a word that reaches over an edge: one and the same, unless it is several words.

    A number is in the cell that most of it stands in, or outside of the table; what is drawn over an edge and is no
    number is where it begins.
    """
    text = "".join(glyph.char for glyph in found)
    turns = [at for at in range(1, len(own)) if own[at] != own[at - 1]]
    is_struck = any(_is_struck(found[at - 1], found[at], xs) for at in turns)
    is_whole = words.is_whole_number(text)
    is_digits, has_end = words.is_digits(text), None in own
    inner = [_measure_gap(found[at - 1], found[at]) for at in range(1, len(own)) if at not in turns]
    is_tight = all(_is_tight(found[at - 1], found[at], max(inner, default=0.0)) for at in turns)
    if is_whole and (is_struck or is_tight or has_end or not _are_numbers(text, turns)):
        return [_find_widest(found, own)] * len(own)
    if not is_struck or (has_end and not is_digits):
        return list(own)
    is_begun = turns[0] > 1 or is_digits
    return [own[0] if is_begun else own[1]] * len(own)


def _is_struck(before: Glyph, after: Glyph, xs: Sequence[float]) -> bool:
    """Whether the edge between two characters goes through one of them."""
    for x in xs:
        if _find_middle(before) < x <= _find_middle(after):
            return x < before.box[2] - STRUCK or x > after.box[0] + STRUCK
    return False


def _is_tight(before: Glyph, after: Glyph, widest: float) -> bool:
    """Whether two characters touch, as those of one number do: between those of two cells some room is left."""
    return _measure_gap(before, after) <= max(TIGHT * (after.box[3] - after.box[1]), widest)


def _measure_gap(before: Glyph, after: Glyph) -> float:
    return after.box[0] - before.box[2]


def _find_middle(glyph: Glyph) -> float:
    return (glyph.box[0] + glyph.box[2]) / 2


def _are_numbers(text: str, turns: Sequence[int]) -> bool:
    """Whether the pieces of a text between some places are numbers by themselves."""
    return all(words.is_whole_number(text[start:end]) for start, end in pairwise([0, *turns, len(text)]))


def _find_widest(found: Sequence[Glyph], own: Sequence[Home | None]) -> Home | None:
    """The cell that most of a word stands in, the last of several."""
    widths: defaultdict[Home | None, float] = defaultdict(float)
    for glyph, home in zip(found, own, strict=True):
        widths[home] += glyph.box[2] - glyph.box[0]
    return max(reversed(widths), key=lambda home: widths[home])
