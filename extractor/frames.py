"""Lists of a result as tables of pandas or polars: a row a claim, a cell, a check or a finding.

What stands within an entry has columns of its own (``period_start``, ``scope_level``), and numbers are ``Decimal``, as
they are printed; ``astype(float)`` makes them what arithmetic of frames wants.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from importlib import import_module
from typing import Any, Literal

import msgspec

Library = Literal["pandas", "polars"]
What = Literal["claims", "cells", "checks", "findings"]
Row = dict[str, Any]
# The columns of each frame, whatever a document has.
SCOPE = tuple(f"scope_{facet}" for facet in (
    "level", "fund", "account", "side", "stage", "measure", "group", "place", "owner"
))  # fmt: skip
PERIOD = ("period_text", "period_start", "period_end")
MESSAGE = ("message_zh", "message_en")
COLUMNS: Mapping[What, tuple[str, ...]] = {
    "claims": (
        "id", "section", "path", "page", "start", "end", "raw", "value", "value_high", "unit", "unit_implied",
        "dimension", "base_value", "base_unit", "approximation", "metric", "metric_id", "kind", "direction", "baseline",
        *PERIOD, *SCOPE, "role", "part_of", "share_of", "cell_table", "cell_row", "cell_column", "cell_row_label",
        "cell_column_label", "evidence", "confidence",
    ),
    "cells": (
        "table", "title", "row", "column", "text", "start", "end", "value", "unit", "row_label", "column_label",
        "metric_id", *PERIOD, *SCOPE, "rowspan", "colspan", "confidence",
    ),
    "checks": (
        "id", "rule", "status", "severity", "stated", "computed", "difference", *MESSAGE, "reason", "formula", "power",
        "binding", "claims", "evidence",
    ),
    "findings": (
        "id", "severity", "claim", "stated", "proposed", "amount", *MESSAGE, "checks", "mends", "breaks",
    ),
}  # fmt: skip
# Numbers are decimal strings in a result.
NUMBERS = frozenset(("value", "value_high", "base_value", "stated", "computed", "difference", "proposed", "amount"))
WHOLE = frozenset(("page", "start", "end", "row", "column", "cell_row", "cell_column", "rowspan", "colspan"))
PARTS = frozenset(("confidence", "power"))
# Lists of words are one cell each, as people read them; other lists are left out.
JOINED = {"path": " / ", "evidence": " ", "checks": " ", "mends": " ", "breaks": " "}


def list_rows(result: Any, what: What) -> list[Row]:
    """The rows of one list of a result."""
    if what == "cells":
        return [*_list_cells(result.tables)]
    entries: Iterable[Any] = getattr(result, what)
    return [_add_claims(what, entry, flatten(msgspec.to_builtins(entry))) for entry in entries]


def _add_claims(what: What, entry: Any, row: Row) -> Row:
    """A row with the ids of the claims that a check is of, or that a finding suspects."""
    if what == "checks":
        return row | {"claims": " ".join(one.claim for one in entry.operands if one.claim)}
    return row | {"claim": entry.suspect.claim} if what == "findings" else row


def _list_cells(tables: Iterable[Any]) -> Iterator[Row]:
    """A row for each cell of each table with words or a number, with its place."""
    for table in tables:
        for at, cells in enumerate(table.rows):
            for column, cell in enumerate(cells):
                if cell.text:
                    place = {"table": table.id, "title": table.title, "row": at, "column": column}
                    yield place | flatten(msgspec.to_builtins(cell))


def flatten(fields: Mapping[str, Any], front: str = "") -> Row:
    """The fields of an entry with those within it, by joined names.

    >>> flatten({"value": "3.0", "period": {"start": "2024-01-01"}, "path": ["一", "二"]})
    {'value': Decimal('3.0'), 'period_start': '2024-01-01', 'path': '一 / 二'}
    """
    row: Row = {}
    for name, value in fields.items():
        row |= _flatten_one(name, value, front)
    return row


def _flatten_one(name: str, value: Any, front: str) -> Row:
    key = f"{front}{name}"
    if isinstance(value, Mapping):
        return {key: value["value"]} if set(value) == {"value", "from"} else flatten(value, f"{key}_")
    if name in JOINED:
        return {key: JOINED[name].join(value)}
    return {key: Decimal(value)} if name in NUMBERS and value is not None else {key: value}


def make_frame(rows: Iterable[Mapping[str, Any]], names: Iterable[str], library: Library = "pandas") -> Any:
    """Rows as a frame of a library with columns of these names. Raises ``ImportError`` where it is not installed."""
    module, listed = load_library(library), [*rows]
    columns = {name: [row.get(name) for row in listed] for name in names}
    if library == "pandas":
        frame = module.DataFrame(columns, dtype=None if listed else object)
        return frame.astype({name: "Int64" for name in columns if name in WHOLE})
    kinds = {name: kind for name in columns if (kind := _choose_kind(module, name, columns[name]))}
    return module.DataFrame(columns, schema_overrides=kinds)


def load_library(library: Library) -> Any:
    """The module of a library. Raises ``ImportError`` with what to do where it is not installed."""
    try:
        return import_module(library)
    except ImportError as error:
        raise ImportError(f"{library} is not installed: pip install 'narrative-extractor[frames]'") from error


def _choose_kind(polars: Any, name: str, values: Iterable[Any]) -> Any:
    """The type of a column of polars; None for numbers that are there, whose digits tell it."""
    if name in NUMBERS:
        return polars.Decimal if all(value is None for value in values) else None
    if name in WHOLE:
        return polars.Int64
    return polars.Float64 if name in PARTS else polars.String
