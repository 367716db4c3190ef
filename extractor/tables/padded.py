"""Rows of pipes, which are filled up at their ends: where one table ends, and which cells a row really has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile, zip_longest

from extractor.documents.form_labels import is_label
from extractor.tables import columns, lexicon
from extractor.tables.grids import Grid, Place, has_text, read_place, read_row

# So few cells stand in a column of the other kind: a remark that lost the empty cells in front of it.
ODD = 0.04

Row = list[Place]
Titled = tuple[str | None, list[Row]]


def split_tables(text: str, rows: Sequence[Row]) -> Iterator[Titled]:
    """The tables of rows that follow each other, each with its title, and each row with the cells that it has."""
    for title, own in _cut_at_titles(text, list(filter(has_text, rows))):
        if own:
            yield title, _trim_rows(text, own)


def _cut_at_titles(text: str, rows: Sequence[Row]) -> Iterator[Titled]:
    """The rows below each title; what stands right above a title says as little of the table in front of it."""
    title: str | None = None
    own: list[Row] = []
    for row in rows:
        named = _read_title(text, row)
        if named:
            yield title, _drop_asides(text, own)
            title, own = named, []
        else:
            own.append(row)
    yield title, own


def _read_title(text: str, row: Row) -> str | None:
    """The title that takes a whole row."""
    filled = [read_place(text, place) for place in row if place.is_filled]
    return filled[0] if len(filled) == 1 and len(row) > 1 and is_label("title", filled[0]) else None


def _drop_asides(text: str, rows: Sequence[Row]) -> list[Row]:
    """Rows without those at their end that say who made a table, or its number."""
    kept = list(rows)
    while kept and all(map(lexicon.is_aside, filter(None, read_row(text, kept[-1])))):
        kept.pop()
    return kept


def _trim_rows(text: str, rows: Sequence[Row]) -> list[Row]:
    """Rows without the places at their ends, but for those of data that stand in their columns as they are."""
    heads = list(takewhile(lambda row: not any(map(columns.is_number, read_row(text, row))), rows))
    body = rows[len(heads) :]
    if not _are_even(text, body):
        return list(map(_trim, rows))
    width = max(map(len, map(_trim, rows)))
    return [*map(_trim, heads), *(_fill(row, width) for row in body)]


def _are_even(text: str, rows: Sequence[Row]) -> bool:
    """Whether the columns of rows hold numbers or words, and next to none both."""
    cells = zip_longest(*(read_row(text, row) for row in rows), fillvalue="")
    kinds = [[columns.tell_type(cell) for cell in column] for column in cells]
    odd = sum(min(kind.count(True), kind.count(False)) for kind in kinds)
    return odd <= ODD * sum(len(kind) - kind.count(None) for kind in kinds)


def _trim(row: Row) -> Row:
    filled = [at for at, place in enumerate(row) if place.is_filled]
    return row[: filled[-1] + 1]


def _fill(row: Row, width: int) -> Row:
    """A row with as many places as the table has columns."""
    end = row[-1].end
    return [*row[:width], *[Place(end, end)] * (width - len(row))]


def lay_plain(rows: Sequence[Row], title: str | None) -> Grid | None:
    """The grid of rows that are filled up where nothing tells which columns they lack; None for less than two."""
    width = max(map(len, rows), default=0)
    filled = tuple(tuple(_fill(row, width)) for row in rows)
    return Grid(filled, title) if min(len(rows), width) > 1 else None
