"""Findings as CSV for spreadsheets: UTF-8 with a byte order mark, and no text that one would run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal

from extractor.messages import Lang
from extractor.reports.files.spreadsheets import make_field
from extractor.reports.findings.selecting import Listing
from extractor.reports.findings.tabular import Cell, list_cells, name_columns


def encode(listings: Sequence[Listing], lang: Lang) -> bytes:
    """All findings below one header."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(name_columns(lang))
    writer.writerows([[_write(cell) for cell in cells] for cells in list_cells(listings, lang)])
    return out.getvalue().encode("utf-8-sig")


def _write(cell: Cell) -> str:
    return f"{cell:f}" if isinstance(cell, Decimal) else make_field(cell)
