"""What leaves a store as Parquet, which the database writes itself."""

from __future__ import annotations

from extractor.batch.copying import copy
from extractor.batch.export import Export


def write(export: Export) -> int:
    """Writes the rows; gives their number."""
    return copy(export, "parquet, COMPRESSION zstd")
