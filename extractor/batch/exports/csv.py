"""What leaves a store as CSV."""

from __future__ import annotations

from extractor.batch.export import Export, plain
from extractor.batch.store import write_csv


def write(export: Export) -> int:
    """Writes the rows; gives their number."""
    columns, rows = export.execute()
    return write_csv(export.target, columns, ([plain(cell) for cell in row] for row in rows))
