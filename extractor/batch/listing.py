"""What the index lists against what the database holds: whose rows are missing, and whose are to go.

A result's rows are known by its key and by what its file looked like when they were made, so that one that was damaged
or replaced since is looked at anew, and nothing else is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from extractor.batch import contents, given
from extractor.batch.store import INDEX, PASSED_OVER, place
from extractor.batch.whole import stamp

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ENTRY = {
    "seq": "BIGINT", "id": "BIGINT", "path": "VARCHAR", "key": "VARCHAR", "status": "VARCHAR", "reason": "VARCHAR",
    "message": "VARCHAR", "pages": "INTEGER", "claims": "INTEGER", "seconds": "DOUBLE", "peak_mb": "DOUBLE",
}  # fmt: skip
WANTED = """
CREATE OR REPLACE TABLE scratch.wanted AS
SELECT * EXCLUDE (first_id), CASE WHEN status = 'done' AND id > first_id THEN first_id END AS same_as
FROM (
    SELECT *, min(id) OVER (PARTITION BY key, status) AS first_id FROM (
        SELECT * EXCLUDE (seq) REPLACE (coalesce(id, greatest(0, max(id) OVER ())
                + row_number() OVER (PARTITION BY id IS NULL ORDER BY path)) AS id,
                coalesce(pages, 0) AS pages, coalesce(claims, 0) AS claims),
            parse_filename(path, false, 'forward_slash') AS document
        FROM (
            SELECT * FROM read_json(?, columns = ?, format = 'newline_delimited', ignore_errors = true)
            QUALIFY row_number() OVER (PARTITION BY path ORDER BY seq DESC) = 1
        ) WHERE status IN ('done', 'failed')
    )
)
"""
OWNERS = "SELECT id, key FROM scratch.wanted WHERE status = 'done' AND same_as IS NULL ORDER BY id"
BESIDE = (given.ALIASES, given.FILES, PASSED_OVER)
"""The files that the tables are made of, beside the index and the results."""
SPREAD = ("sections", "claims", "tables", "cells", "checks", "findings", "results")
"""The tables that hold rows of results."""


class Work(Struct, frozen=True):
    """What is to be done: documents whose rows go, keys of results that come, in order, and how many stay.

    ``stamps`` is what the file of each result looks like, ``inputs`` what else the tables are made of; ``is_done``
    says that they were made of the same.
    """

    stale: Sequence[int]
    fresh: Sequence[str]
    kept: int
    stamps: Mapping[str, str]
    inputs: str
    is_done: bool


def is_current(connection: DuckDBPyConnection, schema: str) -> bool:
    """Whether the database has the tables that this version makes."""
    made = "FROM duckdb_tables() WHERE database_name = current_database() AND table_name = 'built'"
    if not connection.execute(made).fetchone():
        return False
    return connection.execute("SELECT schema FROM built").fetchall() == [(schema,)]


def compare(connection: DuckDBPyConnection, out: Path) -> Work:
    """Reads the index into the table ``scratch.wanted`` and compares its results with those of the database."""
    connection.execute(WANTED, [str(out / INDEX), ENTRY])
    owners = connection.execute(OWNERS).fetchall()
    stamps = {key: stamp(place(out, key)) for _, key in owners}
    wanted = {number: (key, stamps[key]) for number, key in owners}
    rows = connection.execute("SELECT document_id, key, stamp FROM results").fetchall()
    held = {number: (key, seen) for number, key, seen in rows}
    stale = [number for number, seen in held.items() if wanted.get(number) != seen]
    fresh = [seen[0] for number, seen in wanted.items() if held.get(number) != seen]
    inputs = " ".join((stamp(out / INDEX), *(_hash(out / name) for name in BESIDE)))
    is_done = not stale and not fresh and connection.execute("SELECT inputs FROM built").fetchall() == [(inputs,)]
    return Work(stale, fresh, len(held) - len(stale), stamps, inputs, is_done)


def drop_rows(connection: DuckDBPyConnection, documents: Sequence[int]) -> None:
    """Takes the rows of these documents out of the tables."""
    for table in SPREAD if documents else ():
        connection.execute(f"DELETE FROM {table} WHERE list_contains(?, document_id)", [documents])


def _hash(file: Path) -> str:
    """The hash of a file that is small; empty where there is none."""
    with suppress(OSError):
        return contents.hash_file(str(file))
    return ""
