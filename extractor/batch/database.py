"""The results of a store as one DuckDB database, made anew from the index and the JSON lines whenever asked for.

The tables are described in ``tables.sql``. The JSON is parsed and spread over them by DuckDB itself, some hundred
documents at a time, so that neither the number of documents nor of claims is bounded by memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.batch.items import shown
from extractor.batch.store import INDEX, place
from extractor.batch.whole import read_extent
from extractor.batch.work import ENDING
from extractor.reports.files.targets import OutputError, writing

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CHUNK = 200
"""Documents that are spread at a time."""
SPARE = 2**16
LONGEST = ("INTO claims", "INTO checks", "INTO cells")
"""Of the statements that fill the database, those that are to begin first: DuckDB runs each of them on one core."""
SILENT = "SET enable_progress_bar = false"
"""The database draws no bar of its own into what is printed."""
PERIOD = 'STRUCT(text VARCHAR, start VARCHAR, "end" VARCHAR)'
CELL = "STRUCT(text VARCHAR, value VARCHAR, unit VARCHAR, rowspan INTEGER, colspan INTEGER)"
OPERAND = 'STRUCT(role VARCHAR, claim VARCHAR, "table" VARCHAR, "row" INTEGER, "column" INTEGER)'
RESULT = {
    "document": """STRUCT(title VARCHAR, entity VARCHAR, year INTEGER, format VARCHAR, warnings VARCHAR[],
        sha256 VARCHAR)""",
    "text": "VARCHAR",
    "sections": """STRUCT(id VARCHAR, parent VARCHAR, level INTEGER, number VARCHAR, title VARCHAR, heading VARCHAR,
        start INTEGER, "end" INTEGER, page INTEGER)[]""",
    "claims": f"""STRUCT(id VARCHAR, section VARCHAR, path VARCHAR[], start INTEGER, "end" INTEGER, raw VARCHAR,
        sentence STRUCT(start INTEGER, "end" INTEGER), page INTEGER, value VARCHAR, value_high VARCHAR, unit VARCHAR,
        unit_implied VARCHAR, dimension VARCHAR, base_value VARCHAR, base_unit VARCHAR, approximation VARCHAR,
        interval VARCHAR[], metric VARCHAR, metric_id VARCHAR, kind VARCHAR, direction VARCHAR, baseline VARCHAR,
        period {PERIOD}, role VARCHAR, cell STRUCT("table" VARCHAR, "row" INTEGER, "column" INTEGER))[]""",
    "tables": f"""STRUCT(id VARCHAR, title VARCHAR, kind VARCHAR, section VARCHAR, page INTEGER, start INTEGER,
        "end" INTEGER, unit VARCHAR, header_rows INTEGER, "rows" {CELL}[][])[]""",
    "checks": f"""STRUCT(id VARCHAR, rule VARCHAR, status VARCHAR, severity VARCHAR, stated VARCHAR, computed VARCHAR,
        difference VARCHAR, message STRUCT(zh VARCHAR, en VARCHAR), reason VARCHAR, operands {OPERAND}[])[]""",
    "findings": f"""STRUCT(id VARCHAR, severity VARCHAR, suspect {OPERAND}, stated VARCHAR, proposed VARCHAR,
        mends VARCHAR[], breaks VARCHAR[], checks VARCHAR[], amount VARCHAR,
        message STRUCT(zh VARCHAR, en VARCHAR))[]""",
    "verification": "STRUCT(verified VARCHAR[], contradicted VARCHAR[])",
}
ENTRY = {
    "seq": "BIGINT", "path": "VARCHAR", "key": "VARCHAR", "status": "VARCHAR", "reason": "VARCHAR",
    "message": "VARCHAR", "pages": "INTEGER", "claims": "INTEGER", "seconds": "DOUBLE", "peak_mb": "DOUBLE",
}  # fmt: skip
DOCUMENTS = """
INSERT INTO documents (id, document, path, status, reason, message, same_as, pages, claims, key, seconds, peak_mb)
SELECT id, parse_filename(path, false, 'forward_slash'), path, status, reason, message,
    CASE WHEN status = 'done' AND id > first_id THEN first_id END, pages, claims, key, seconds, peak_mb
FROM (
    SELECT *, min(id) OVER (PARTITION BY key, status) AS first_id FROM (
        SELECT *, row_number() OVER (ORDER BY path) AS id FROM (
            SELECT * FROM read_json(?, columns = ?, format = 'newline_delimited', ignore_errors = true)
            QUALIFY row_number() OVER (PARTITION BY path ORDER BY seq DESC) = 1
        )
    )
)
"""
PARSED = """
CREATE OR REPLACE TABLE scratch.result AS
SELECT d.id AS document_id, d.document AS document, d.key AS key, r.document AS info, r.* EXCLUDE (document, filename)
FROM read_json(?, columns = ?, format = 'newline_delimited', compression = 'zstd', filename = true,
    maximum_object_size = ?) AS r
JOIN documents AS d ON d.key = parse_filename(r.filename)[1:64] AND d.status = 'done' AND d.same_as IS NULL
ORDER BY d.id
"""
LOST = """
UPDATE documents SET status = 'failed', reason = 'damaged_result', pages = 0, claims = 0
WHERE status = 'done' AND list_contains(?, key)
"""
KEYS = "SELECT key FROM documents WHERE status = 'done' AND same_as IS NULL ORDER BY id"


def path(out: Path) -> Path:
    """Where the database of a store is."""
    return out / "store.duckdb"


def build(out: Path) -> dict[str, int]:
    """Makes the database anew, in place of the one that is there; how many rows the tables have."""
    target, beside = path(out), out / ".store.duckdb"
    with writing(target), _failures(target):
        _remove(beside)
        try:
            made = _built(out, beside)
            beside.replace(target)
        finally:
            _remove(beside)
    return made


def _remove(database: Path) -> None:
    """Takes away a database that was not finished, and what was to be written to it."""
    for left in (database, Path(f"{database}.wal")):
        with suppress(OSError):
            left.unlink()


@contextmanager
def _failures(target: Path) -> Iterator[None]:
    """What the database says went wrong, such as a full disk, in one sentence."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise OutputError("batch.not-built", path=shown(str(target)), reason=reason) from error


def _built(out: Path, target: Path) -> dict[str, int]:
    import duckdb

    here = Path(__file__).parent
    fill = _statements((here / "fill.sql").read_text(encoding="utf-8"))
    with duckdb.connect(str(target)) as connection, ThreadPoolExecutor() as pool:
        connection.execute(SILENT)
        connection.execute("ATTACH ':memory:' AS scratch")
        connection.execute((here / "tables.sql").read_text(encoding="utf-8"))
        connection.execute(DOCUMENTS, [str(out / INDEX), ENTRY])
        keys = [str(key) for (key,) in connection.execute(KEYS).fetchall()]
        for at in range(0, len(keys), CHUNK):
            whole = _parse(connection, out, keys[at : at + CHUNK])
            list(pool.map(partial(_run, connection), fill) if whole else ())
        made = {name: _count(connection, name) for name in ("documents", "claims", "tables", "checks", "findings")}
        return made | {"lost": _count(connection, "documents WHERE reason = 'damaged_result'")}


def _parse(connection: DuckDBPyConnection, out: Path, keys: Sequence[str]) -> list[Path]:
    """Reads the results of these keys into a table, and gives their files; those that cannot be read are failures."""
    files = [file for key in keys if read_extent(file := place(out, key))]
    if not _is_parsed(connection, files):
        files = [file for file in files if _is_parsed(connection, [file])]
        _is_parsed(connection, files)
    named = {file.name.removesuffix(ENDING) for file in files}
    connection.execute(LOST, [[key for key in keys if key not in named]])
    return files


def _is_parsed(connection: DuckDBPyConnection, files: Sequence[Path]) -> bool:
    """Reads results into a table; False where one of them holds what no batch writes."""
    import duckdb

    try:
        if files:
            connection.execute(PARSED, [[str(file) for file in files], RESULT, _largest(files)])
    except (duckdb.DataError, duckdb.ProgrammingError):
        return False
    return True


def _statements(sql: str) -> list[str]:
    """The statements of a file, those that take longest first."""
    found = [statement for statement in sql.split(";") if statement.strip()]
    return sorted(
        found, key=lambda statement: next((at for at, name in enumerate(LONGEST) if name in statement), len(LONGEST))
    )


def _run(connection: DuckDBPyConnection, statement: str) -> None:
    connection.cursor().execute(statement)


def _count(connection: DuckDBPyConnection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])


def _largest(files: Sequence[Path]) -> int:
    """The length of the longest of these results, which their headers say."""
    from zstandard import frame_content_size

    lengths = [SPARE]
    for file in files:
        with suppress(OSError), file.open("rb") as start:
            lengths.append(frame_content_size(start.read(18)) + SPARE)
    return max(lengths)
