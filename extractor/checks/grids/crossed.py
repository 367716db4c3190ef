"""Cells that a row and a column name together: 黄冈市地区生产总值 stands in the row 黄冈市 under GDP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from extractor.checks.grids.labels import clean_label
from extractor.checks.grids.told import MOST_ROWS
from extractor.claims.vocabulary import identify_metric, normalize_name
from extractor.model import Claim, Table, TableCell

# A label of fewer characters is no place.
SHORTEST = 2


def list_crossed(rows: Mapping[str, Sequence[tuple[Table, int]]], claim: Claim) -> Iterator[tuple[Table, int, int]]:
    """The cells, by table, row and column, whose row and column together are called what a level is.

    The row is what the level's name begins with, or the place that it is of where its name does not say that.
    """
    if claim.kind != "level":
        return
    for label, rest in _split_name(rows, claim):
        meant = identify_metric(rest, dimension=claim.dimension)
        for table, row in rows[label][:MOST_ROWS]:
            for column, cell in enumerate(table.rows[row]):
                if cell.value is not None and _is_called(cell, rest, meant, claim):
                    yield table, row, column


def _split_name(rows: Mapping[str, Sequence[tuple[Table, int]]], claim: Claim) -> Iterator[tuple[str, str]]:
    """The labels of rows that may be those of a claim, with what its name says besides."""
    name = normalize_name(claim.metric or "")
    for end in range(SHORTEST, len(name)):
        if name[:end] in rows:
            yield name[:end], name[end:]
    place = claim.scope.place.value if claim.scope and claim.scope.place else None
    if place and place in rows:
        yield place, name


def _is_called(cell: TableCell, rest: str, meant: str | None, claim: Claim) -> bool:
    """Whether the head of a cell's column is a name, or means the same metric as it."""
    head = clean_label(cell.column_label or "")
    if head and head == rest:
        return True
    return bool(head and meant) and identify_metric(head, dimension=claim.dimension) == meant
