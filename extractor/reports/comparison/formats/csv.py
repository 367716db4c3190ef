"""A comparison as CSV for spreadsheets: UTF-8 with a byte order mark, and no text that one would run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal

from extractor.messages import Lang
from extractor.model import Diff
from extractor.reports.comparison.rows import Cell, cells, header, rows
from extractor.reports.files.spreadsheets import safe


def encode(diffs: Sequence[Diff], lang: Lang) -> list[bytes]:
    """A file for each diff: its rows with their header."""
    return [_encode(diff, lang) for diff in diffs]


def _encode(diff: Diff, lang: Lang) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header(lang))
    writer.writerows([write_field(cell) for cell in cells(at, row, lang)] for at, row in enumerate(rows(diff), 1))
    return out.getvalue().encode("utf-8-sig")


def write_field(cell: Cell) -> str:
    """A cell as it is written; text that a spreadsheet would take for a formula has an apostrophe in front.

    >>> write_field("=HYPERLINK()"), write_field(Decimal("-1.50"))
    ("'=HYPERLINK()", '-1.50')
    """
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return safe(cell or "")
