"""A comparison as CSV for spreadsheets: UTF-8 with a byte order mark, and no text that one would run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from itertools import chain

from extractor.messages import Lang
from extractor.model import Diff
from extractor.reports.comparison.beside import NOTHING, Beside
from extractor.reports.comparison.changes import list_changed
from extractor.reports.comparison.rows import Cell, fill_cells, list_rows, name_columns
from extractor.reports.files.spreadsheets import make_field


def encode(diffs: Sequence[Diff], lang: Lang, beside: Beside = NOTHING) -> list[bytes]:
    """A file for each diff: its rows with their header."""
    return [_encode(diff, lang) for diff in diffs]


def _encode(diff: Diff, lang: Lang) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(name_columns(lang))
    rows = list_rows(diff)
    pairs = (fill_cells(at, row, lang) for at, row in enumerate(rows, 1))
    for cells in chain(pairs, list_changed(diff, len(rows) + 1, lang)):
        writer.writerow(map(write_field, cells))
    return out.getvalue().encode("utf-8-sig")


def write_field(cell: Cell) -> str:
    """A cell as it is written; text that a spreadsheet would take for a formula has an apostrophe in front.

    >>> write_field("=HYPERLINK()"), write_field(Decimal("-1.50"))
    ("'=HYPERLINK()", '-1.50')
    """
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return make_field(cell)
