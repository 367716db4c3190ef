"""A comparison as CSV for spreadsheets: UTF-8 with a byte order mark, and no text that one would run as a formula."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from extractor.messages import Lang
from extractor.model import Diff
from extractor.reports.diff_rows import Cell, cells, header, rows
from extractor.reports.spreadsheets import safe


def data(diff: Diff, lang: Lang) -> bytes:
    """The rows with their header."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header(lang))
    writer.writerows([field(cell) for cell in cells(at, row, lang)] for at, row in enumerate(rows(diff), 1))
    return out.getvalue().encode("utf-8-sig")


def field(cell: Cell) -> str:
    """A cell as it is written; text that a spreadsheet would take for a formula has an apostrophe in front.

    >>> field("=HYPERLINK()"), field(Decimal("-1.50"))
    ("'=HYPERLINK()", '-1.50')
    """
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return safe(cell or "")
