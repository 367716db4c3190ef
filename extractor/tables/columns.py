"""Rows of different lengths become rows of equal length: heads over their columns, sums over their labels.

What a row lacks may have been covered from above, may belong to a wider cell, or may be empty cells at its end. The
numbers and the words of the full rows tell which; where they do not, the table is given up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile

import msgspec

from extractor.tables import forms, heads, lexicon, numbers, titles
from extractor.tables.grids import Grid, Place, Row, has_text, read_place, read_row
from extractor.tables.laying import Laid, Rows, cover_places

# What the full rows hold in a column: numbers (True), words (False), or both or nothing (None).
Types = list[bool | None]
# A table has two rows and two columns at least: less is a list, or a box around a text.
FEWEST = 2


def build_grid(text: str, rows: Sequence[Row], title: str | None = None, complete: bool = False) -> Grid | None:
    """The grid of rows as they were printed; None where the columns of a row cannot be told.

    ``complete`` says that the empty cells of a form are printed too.
    """
    rows, unit = _split_preamble(text, list(filter(has_text, rows)))
    if len(rows) < FEWEST or max(map(len, rows)) < FEWEST:
        return None
    laid = forms.lay_form(text, rows, complete) if forms.is_form(text, rows) else _lay_table(text, rows)
    return Grid(laid, title, unit) if laid else None


def _split_preamble(text: str, rows: Sequence[Row]) -> tuple[Sequence[Row], str | None]:
    """The rows without those at the top that say who made the table and in which unit; and that unit."""
    unit = None
    for at, row in enumerate(rows):
        cells = list(filter(None, read_row(text, row)))
        if not all(map(lexicon.is_aside, cells)):
            return rows[at:], unit
        unit = unit or titles.find_unit(cells)
    return (), unit


def _lay_table(text: str, rows: Sequence[Row]) -> Rows | None:
    """The rows of a table whose first rows head its columns."""
    width = max(map(len, rows))
    found = _lay_heads(text, rows, width)
    if found is None:
        return None
    body = _lay_body(text, rows[len(found) :], width)
    if body is None:
        return None
    return (*found, *body)


# ── heads ────────────────────────────────────────────────────────────────────────────────────────────────


def _lay_heads(text: str, rows: Sequence[Row], width: int) -> Rows | None:
    """The rows of heads, laid over the columns: none for a table that begins with numbers; None where it is open."""
    ends = _find_ends(text, rows, width)
    if not ends:
        return ()
    layouts = [_lay_rows(text, rows[:end], width) for end in ends]
    found = list(filter(None, layouts))
    return found[0] if len(found) == 1 else None


def _find_ends(text: str, rows: Sequence[Row], width: int) -> list[int]:
    """After how many rows the heads may end: behind the first row of full width, or behind the one below it."""
    above = list(takewhile(lambda row: not _has_number(text, row), rows))
    narrow = list(takewhile(lambda row: len(row) < width, above))
    ends = {len(narrow), min(len(narrow) + 1, len(above))}
    return sorted(ends - {0})


def _has_number(text: str, row: Row) -> bool:
    return any(map(is_number, read_row(text, row)))


def _lay_rows(text: str, rows: Sequence[Row], width: int) -> Rows | None:
    """Rows of heads laid over the columns; None where there is not one way to do so."""
    layout = heads.lay_heads([read_row(text, row) for row in rows], width)
    if layout is None:
        return None
    return tuple(_spread_row(row, places, width) for row, places in zip(rows, layout, strict=True))


def _spread_row(row: Row, layout: Sequence[heads.Head], width: int) -> tuple[Place, ...]:
    """A row of heads with the places that its cells, and those above, cover."""
    left = row[0].start
    places = cover_places(width, left)
    for place, head in zip(row, layout, strict=True):
        places[head.column] = msgspec.structs.replace(place, rowspan=head.down, colspan=head.across)
    return tuple(places)


# ── body ─────────────────────────────────────────────────────────────────────────────────────────────────


def _lay_body(text: str, rows: Sequence[Row], width: int) -> Rows | None:
    """The rows below the heads."""
    full = [read_row(text, row) for row in rows if len(row) == width]
    types = [_unite_types(column) for column in zip(*full, strict=True)] or [None] * width
    grid = Laid(width)
    for row in rows:
        above = _count_covered(text, row, types)
        if above is None or not grid.cover(above):
            return None
        grid.add(_complete_row(text, row, types, above), above)
    return grid.rows()


def _unite_types(cells: Iterable[str]) -> bool | None:
    """Whether the filled cells of a column are all numbers (True) or all words (False); None else."""
    found = set(map(tell_type, cells)) - {None}
    return found.pop() if len(found) == 1 else None


def _count_covered(text: str, row: Row, types: Types) -> int | None:
    """How many columns of a row are covered from above: all that it lacks, or none of them; None if that is open."""
    short = len(types) - len(row)
    if not short or _is_sum(text, row, types):
        return 0
    cells = read_row(text, row)
    at_left, at_right = _has_types(cells, types), _has_types(cells, types[short:])
    if at_left == at_right:
        return None
    return short if at_right else 0


def _is_sum(text: str, row: Row, types: Types) -> bool:
    """Whether the label of a sum takes the place of all the labels in front of the numbers."""
    short = len(types) - len(row)
    if short + 1 != _count_label_columns(types):
        return False
    label = lexicon.strip_space(read_place(text, row[0]))
    return lexicon.is_match("labels", "total", label)


def _complete_row(text: str, row: Row, types: Types, above: int) -> list[Place]:
    """A row with the places that are covered, and with those that are missing at its end."""
    short, left, right = len(types) - len(row), row[0].start, row[-1].end
    if above:
        return [*cover_places(above, left), *row]
    if short and _is_sum(text, row, types):
        label = msgspec.structs.replace(row[0], colspan=short + 1)
        return [label, *cover_places(short, left), *row[1:]]
    return [*row, *[Place(right, right)] * short]


def _count_label_columns(types: Types) -> int:
    """How many columns stand in front of the first number: those of codes, up to the first of words."""
    return types.index(False) + 1 if False in types else 0


def _has_types(cells: Sequence[str], types: Types) -> bool:
    """Whether no number of a row stands in a column of words, and no word in one of numbers."""
    for cell, expected in zip(cells, types, strict=False):
        found = tell_type(cell)
        if None not in (found, expected) and found != expected:
            return False
    return True


def tell_type(cell: str) -> bool | None:
    """Whether a cell holds a number (True) or words (False); None for an empty one, and for what stands for nothing.

    >>> tell_type("1,234.50"), tell_type("居民议事会"), tell_type("—")
    (True, False, None)
    """
    what = numbers.read_cell(cell).what
    if what == "empty":
        return None
    return what == "number"


def is_number(cell: str) -> bool:
    """Whether a cell holds nothing but a number.

    >>> is_number("1,234.50"), is_number("98.3%"), is_number("居民议事会"), is_number("")
    (True, True, False, False)
    """
    return tell_type(cell) is True
