"""What leaves a store as a file that the database writes itself."""

from __future__ import annotations

from extractor.batch.export import Export
from extractor.batch.items import shown
from extractor.reports.files.parts import name_part, open_part
from extractor.reports.files.targets import OutputError, writing


def copy(export: Export, kind: str) -> int:
    """Writes the rows in the format that DuckDB calls ``kind``, beside the target first; gives their number."""
    import duckdb

    target = export.target
    name = str(name_part(target)).replace("'", "''")
    try:
        with writing(target), open_part(target):
            options = f"FORMAT {kind}, USE_TMP_FILE false"
            made = export.connection.execute(f"COPY ({export.query}) TO '{name}' ({options})").fetchall()
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise OutputError("cli.unwritable", path=shown(str(target)), reason=reason) from error
    return int(made[0][0])
