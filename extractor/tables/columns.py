"""Rows of different lengths become rows of equal length: heads over their columns, sums over their labels.

What a row lacks may have been covered from above, may belong to a wider cell, or may be empty cells at its end. The
numbers and the words of the full rows tell which; where they do not, the table is given up.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from extractor.tables import forms, heads, lexicon, numbers, titles
from extractor.tables.forms import Row, words
from extractor.tables.grids import Grid, Place
from extractor.tables.laying import Laid, Rows, covered

# A cell that the full rows leave open: whether its column holds numbers, words, or both.
Types = list[bool | None]


def grid(text: str, rows: Sequence[Row], title: str | None = None, complete: bool = False) -> Grid | None:
    """The grid of rows as they were printed; None where the columns of a row cannot be told.

    ``complete`` says that the empty cells of a form are printed too.
    """
    rows, unit = _without_preamble(text, [row for row in rows if any(place.end > place.start for place in row)])
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return None
    laid = forms.laid(text, rows, complete) if forms.is_form(text, rows) else _laid(text, rows)
    return Grid(laid, title, unit) if laid else None


def _without_preamble(text: str, rows: Sequence[Row]) -> tuple[Sequence[Row], str | None]:
    """The rows without those at the top that say who made the table and in which unit; and that unit."""
    unit = None
    for at, row in enumerate(rows):
        cells = [words(text, place) for place in row if place.end > place.start]
        if not all(lexicon.matches("titles", "aside", cell) for cell in cells):
            return rows[at:], unit
        unit = unit or next(filter(None, map(titles.stated_unit, cells)), None)
    return (), unit


def _laid(text: str, rows: Sequence[Row]) -> Rows | None:
    """The rows of a table whose first rows head its columns."""
    width = max(map(len, rows))
    found = _header(text, rows, width)
    if found is None:
        return None
    body = _body(text, rows[len(found) :], width)
    return (*found, *body) if body is not None else None


# ── heads ────────────────────────────────────────────────────────────────────────────────────────────────


def _header(text: str, rows: Sequence[Row], width: int) -> Rows | None:
    """The rows of heads, laid over the columns; none for a table that begins with numbers."""
    data = next((at for at, row in enumerate(rows) if any(is_number(words(text, place)) for place in row)), len(rows))
    full = next((at for at in range(data) if len(rows[at]) == width), data)
    ends = {end for end in (full, min(full + 1, data)) if end}
    if not ends:
        return ()
    layouts = [(end, heads.laid([[words(text, place) for place in row] for row in rows[:end]], width)) for end in ends]
    found = [(end, layout) for end, layout in layouts if layout]
    if len(found) != 1:
        return None
    end, layout = found[0]
    return tuple(_spread(row, places, width) for row, places in zip(rows[:end], layout, strict=True))


def _spread(row: Row, layout: Sequence[heads.Head], width: int) -> tuple[Place, ...]:
    """A row of heads with the places that its cells, and those above, cover."""
    left = row[0].start
    places = covered(width, left)
    for place, head in zip(row, layout, strict=True):
        places[head.column] = msgspec.structs.replace(place, rowspan=head.down, colspan=head.across)
    return tuple(places)


# ── body ─────────────────────────────────────────────────────────────────────────────────────────────────


def _body(text: str, rows: Sequence[Row], width: int) -> Rows | None:
    """The rows below the heads."""
    types = _types(text, [row for row in rows if len(row) == width], width)
    grid = Laid(width)
    for row in rows:
        above = 0 if len(row) == width else _above(text, row, types)
        if above is None or not grid.cover(above):
            return None
        grid.add(_row(text, row, types, above), above)
    return grid.rows()


def _types(text: str, rows: Sequence[Row], width: int) -> Types:
    """For each column whether it holds numbers (True) or words (False); None for both, or for nothing."""
    types: Types = []
    for column in range(width):
        found = {
            is_number(words(text, row[column]))
            for row in rows
            if numbers.read(words(text, row[column])).what != "empty"
        }
        types.append(found.pop() if len(found) == 1 else None)
    return types


def _above(text: str, row: Row, types: Types) -> int | None:
    """How many columns of a row that is too short are covered from above: all that it lacks, or none of them."""
    if _is_sum(text, row, types):
        return 0
    short = len(types) - len(row)
    at_left, at_right = _fits(text, row, types), _fits(text, row, types[short:])
    return None if at_left == at_right else short * at_right


def _is_sum(text: str, row: Row, types: Types) -> bool:
    """Whether the label of a sum takes the place of all the labels in front of the numbers."""
    short = len(types) - len(row)
    return short + 1 == _label_columns(types) and lexicon.matches("labels", "total", lexicon.bare(words(text, row[0])))


def _row(text: str, row: Row, types: Types, above: int) -> list[Place]:
    """A row with the places that are covered, and with those that are missing at its end."""
    short, left, right = len(types) - len(row), row[0].start, row[-1].end
    if short and not above and _is_sum(text, row, types):
        return [msgspec.structs.replace(row[0], colspan=short + 1), *covered(short, left), *row[1:]]
    return [*covered(above, left), *row, *[Place(right, right)] * (short - above)]


def _label_columns(types: Types) -> int:
    """How many columns stand in front of the first number: those of codes, up to the first of words."""
    return next((at + 1 for at, type_ in enumerate(types) if type_ is False), 0)


def _fits(text: str, row: Row, types: Types) -> bool:
    """Whether no number of a row stands in a column of words, and no word in one of numbers."""
    cells = [words(text, place) for place in row]
    known = [(cell, type_) for cell, type_ in zip(cells, types, strict=False) if type_ is not None]
    return all(is_number(cell) == type_ for cell, type_ in known if numbers.read(cell).what != "empty")


def is_number(cell: str) -> bool:
    """Whether a cell holds nothing but a number.

    >>> is_number("1,234.50"), is_number("98.3%"), is_number("居民议事会"), is_number("")
    (True, True, False, False)
    """
    return numbers.read(cell).what == "number"
