"""An answer as CSV: no word is a formula for a spreadsheet or a command for a terminal, in headings neither."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from extractor.batch.export import plain
from extractor.reports.files.spreadsheets import make_field


def draw(columns: Sequence[str], answer: Iterable[Sequence[Any]]) -> Iterable[str]:
    """The columns and the rows, a line each."""
    yield _line(columns)
    for row in answer:
        yield _line([plain(cell) for cell in row])


def _line(cells: Sequence[object]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(map(make_field, cells))
    return text.getvalue()
