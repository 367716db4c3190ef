"""An answer as CSV; words that a spreadsheet would run as a formula have an apostrophe in front."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from extractor.batch.export import plain
from extractor.reports.files.spreadsheets import make_safe


def draw(columns: Sequence[str], answer: Iterable[Sequence[Any]]) -> Iterable[str]:
    """The columns and the rows, a line each."""
    yield _line(columns)
    for row in answer:
        yield _line(["" if cell is None else make_safe(str(plain(cell))) for cell in row])


def _line(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()
