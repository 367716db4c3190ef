"""What leaves a store as a file that the database writes itself."""

from __future__ import annotations

import os
from contextlib import suppress

from extractor.batch.export import Export
from extractor.batch.items import shown
from extractor.reports.files.targets import OutputError, writing


def copy(export: Export, kind: str) -> int:
    """Writes the rows in the format that DuckDB calls ``kind``, beside the target first; gives their number."""
    import duckdb

    target = export.target
    beside = target.with_name(f".extract-{os.getpid()}.part")
    name = str(beside).replace("'", "''")
    try:
        with writing(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            made = export.connection.execute(f"COPY ({export.query}) TO '{name}' (FORMAT {kind})").fetchall()
            beside.replace(target)
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise OutputError("cli.unwritable", path=shown(str(target)), reason=reason) from error
    finally:
        with suppress(OSError):
            beside.unlink()
    return int(made[0][0])
