"""What of a sheet shows where it is printed: no hidden rows and columns, and nothing beside its print areas."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from extractor.documents.office.sheets import Rows, Sheet
from extractor.model import Notice


def keep_shown(
    sheet: Sheet, columns: Collection[int], printed: Sequence[range], name: str
) -> tuple[list[Sheet], list[Notice]]:
    """A sheet as it shows, and what there is to warn of: how much of it is left out.

    ``columns`` are those that are hidden, ``printed`` those of each print area, none where it has none. Areas beside
    one another are pages of their own.
    """
    hidden = set(sheet.hidden)
    filled = {column for row in sheet.rows.values() for column in row}
    aside = {column for column in filled.difference(columns) if not is_printed(column, printed)}
    left_out = aside.union(columns)
    rows = {at: own for at, row in sheet.rows.items() if (own := _drop_columns(row, left_out))}
    counts = {
        "rows_hidden": len(hidden.intersection(rows)),
        "columns_hidden": len(filled.intersection(columns)),
        "cells_unprinted": sum(len(aside.intersection(row)) for row in sheet.rows.values()) if aside else 0,
    }
    kept = replace(sheet, rows={at: row for at, row in rows.items() if at not in hidden})
    return list(_split_areas(kept, printed)), list(_warn(sheet.name, name, counts))


def _drop_columns(row: dict[int, str], columns: Collection[int]) -> dict[int, str]:
    return {column: text for column, text in row.items() if column not in columns}


def is_printed(column: int, printed: Sequence[range]) -> bool:
    """Whether a column is printed, by those of each print area; all are where nothing is told."""
    return not printed or any(column in columns for columns in printed)


def _warn(sheet: str, name: str, counts: dict[str, int]) -> Iterator[Notice]:
    """A warning for each kind of what is left out."""
    for message, count in counts.items():
        if count:
            yield Notice(f"input.{message}", {"name": name, "sheet": sheet, "count": count})


def _split_areas(sheet: Sheet, printed: Sequence[range]) -> Iterator[Sheet]:
    """A sheet as it is printed: areas beside one another are pages of their own."""
    areas = sorted(set(printed), key=lambda area: area.start)
    if any(one.stop > other.start for one, other in pairwise(areas)) or len(areas) < 2:
        yield sheet
        return
    for area in areas:
        yield replace(sheet, rows=dict(_cut_rows(sheet.rows, area)))


def _cut_rows(rows: Rows, area: range) -> Iterator[tuple[int, dict[int, str]]]:
    """The rows with text in some columns."""
    for at, row in rows.items():
        inside = {column: text for column, text in row.items() if column in area}
        if inside:
            yield at, inside


def read_column(letters: str) -> int:
    """The number of a column, from 1.

    >>> read_column("A"), read_column("AB")
    (1, 28)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
