"""Citations as CSV for spreadsheets: UTF-8 with a byte order mark, and no text that one would run as a formula."""

from __future__ import annotations

import csv
import io

from extractor.cite.answer import Citations
from extractor.messages import Lang
from extractor.reports.citations.rows import list_rows, name_columns
from extractor.reports.files.spreadsheets import make_field


def encode(found: Citations, lang: Lang) -> bytes:
    """A row for each number, below their heads."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(name_columns(lang))
    for row in list_rows(found, lang):
        writer.writerow(map(make_field, row))
    return out.getvalue().encode("utf-8-sig")
