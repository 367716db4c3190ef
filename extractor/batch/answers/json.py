"""An answer as JSON: a list with an object a row, on a line each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from extractor.batch.export import plain
from extractor.reports.printable import escape_json


def draw(columns: Sequence[str], answer: Iterable[Sequence[Any]]) -> Iterable[str]:
    """The pieces of the list; decimal numbers are strings, as in a result."""
    mark = "[\n"
    for row in answer:
        cells = {column: plain(cell) for column, cell in zip(columns, row, strict=True)}
        yield mark + escape_json(msgspec.json.encode(cells, enc_hook=str)).decode()
        mark = ",\n"
    yield ("[" if mark == "[\n" else "\n") + "]\n"
