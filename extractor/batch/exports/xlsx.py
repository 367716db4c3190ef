"""What leaves a store as a workbook."""

from __future__ import annotations

from extractor.batch import workbook
from extractor.batch.export import Export
from extractor.reports.files.targets import replacing


def write(export: Export) -> int:
    """Writes the rows, on as many sheets as they need; gives their number."""
    columns, rows = export.execute()
    with replacing(export.target) as file:
        return workbook.write(file, export.what, columns, rows, export.lang)
