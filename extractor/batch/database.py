"""The results of a store as one DuckDB database: brought up to what the index lists, or made anew.

The tables are described in ``tables.sql``. The JSON is parsed and spread over them by DuckDB itself (``fill.sql``),
some hundred documents at a time, so that neither the number of documents nor of claims is bounded by memory. What is
spread already stays (``listing`` tells what does not); ``documents.sql`` then says anew what stands on every document.
A database that is brought up to date changes within transactions, one that is made anew replaces the other as a whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.batch import listing
from extractor.batch.concluding import add_identities, add_passed_over
from extractor.batch.items import shown
from extractor.batch.likeness import sketch
from extractor.batch.meanings import add_meanings, add_metrics, add_stages, add_views, list_worded_views
from extractor.batch.store import place
from extractor.batch.whole import read_extent
from extractor.batch.work import patterns_hash
from extractor.reports.files.targets import OutputError, writing

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

HERE = Path(__file__).parent
CHUNK = 200
"""Documents that are spread at a time."""
SPARE = 2**16
LONGEST = ("INTO claims", "INTO checks", "INTO cells")
"""Of the statements that fill the database, those that are to begin first: DuckDB runs each of them on one core."""
SILENT = "SET enable_progress_bar = false"
"""The database draws no bar of its own into what is printed."""
PERIOD = 'STRUCT(text VARCHAR, start VARCHAR, "end" VARCHAR)'
SCOPE = """STRUCT(level STRUCT("value" VARCHAR), fund STRUCT("value" VARCHAR), account STRUCT("value" VARCHAR),
    side STRUCT("value" VARCHAR), stage STRUCT("value" VARCHAR), measure STRUCT("value" VARCHAR),
    "group" STRUCT("value" VARCHAR), place STRUCT("value" VARCHAR), owner STRUCT("value" VARCHAR))"""
CELL = f"""STRUCT(text VARCHAR, start INTEGER, "end" INTEGER, value VARCHAR, unit VARCHAR, rowspan INTEGER,
    colspan INTEGER, row_label VARCHAR, column_label VARCHAR, metric_id VARCHAR, period {PERIOD}, scope {SCOPE})"""
OPERAND = 'STRUCT(role VARCHAR, claim VARCHAR, "table" VARCHAR, "row" INTEGER, "column" INTEGER)'
RESULT = {
    "document": """STRUCT(title VARCHAR, entity VARCHAR, year INTEGER, kind VARCHAR, stage VARCHAR, place VARCHAR,
        parent VARCHAR, publisher VARCHAR, published VARCHAR, url VARCHAR, format VARCHAR, warnings VARCHAR[],
        sha256 VARCHAR)""",
    "text": "VARCHAR",
    "pages": 'STRUCT(number INTEGER, start INTEGER, "end" INTEGER)[]',
    "sections": """STRUCT(id VARCHAR, parent VARCHAR, level INTEGER, number VARCHAR, title VARCHAR, heading VARCHAR,
        start INTEGER, "end" INTEGER, page INTEGER)[]""",
    "claims": f"""STRUCT(id VARCHAR, section VARCHAR, path VARCHAR[], start INTEGER, "end" INTEGER, raw VARCHAR,
        sentence STRUCT(start INTEGER, "end" INTEGER), page INTEGER, value VARCHAR, value_high VARCHAR, unit VARCHAR,
        unit_implied VARCHAR, dimension VARCHAR, base_value VARCHAR, base_unit VARCHAR, approximation VARCHAR,
        interval VARCHAR[], metric VARCHAR, metric_id VARCHAR, kind VARCHAR, direction VARCHAR, baseline VARCHAR,
        period {PERIOD}, scope {SCOPE}, role VARCHAR, part_of VARCHAR, share_of VARCHAR,
        cell STRUCT("table" VARCHAR, "row" INTEGER, "column" INTEGER))[]""",
    "tables": f"""STRUCT(id VARCHAR, title VARCHAR, kind VARCHAR, section VARCHAR, page INTEGER, start INTEGER,
        "end" INTEGER, unit VARCHAR, header_rows INTEGER, "rows" {CELL}[][])[]""",
    "checks": f"""STRUCT(id VARCHAR, rule VARCHAR, status VARCHAR, severity VARCHAR, stated VARCHAR, computed VARCHAR,
        difference VARCHAR, message STRUCT(zh VARCHAR, en VARCHAR), reason VARCHAR, operands {OPERAND}[])[]""",
    "findings": f"""STRUCT(id VARCHAR, severity VARCHAR, suspect {OPERAND}, stated VARCHAR, proposed VARCHAR,
        mends VARCHAR[], breaks VARCHAR[], checks VARCHAR[], amount VARCHAR,
        message STRUCT(zh VARCHAR, en VARCHAR))[]""",
    "verification": "STRUCT(verified VARCHAR[], contradicted VARCHAR[])",
}
PARSED = """
CREATE OR REPLACE TABLE scratch.result AS
SELECT w.id AS document_id, w.document AS document, w.key AS key, s.stamp AS stamp, r.document AS info,
    r.* EXCLUDE (document, filename)
FROM read_json(?, columns = ?, format = 'newline_delimited', compression = 'zstd', filename = true,
    maximum_object_size = ?) AS r
JOIN scratch.wanted AS w ON w.key = parse_filename(r.filename)[1:64] AND w.status = 'done' AND w.same_as IS NULL
JOIN scratch.seen AS s ON s.key = w.key
ORDER BY w.id
"""
SEEN = "CREATE OR REPLACE TABLE scratch.seen AS SELECT unnest(?) AS key, unnest(?) AS stamp"
SKETCHES = """
CREATE OR REPLACE TABLE scratch.sketch AS
SELECT unnest(?::INTEGER[]) AS document_id, unnest(?::BIGINT[][]) AS sketch
"""
COUNTED = ("documents", "claims", "tables", "checks", "findings")


def path(out: Path) -> Path:
    """Where the database of a store is."""
    return out / "store.duckdb"


def is_current(connection: DuckDBPyConnection) -> bool:
    """Whether this version made the tables of an open database."""
    return listing.is_current(connection, _schema())


def update(out: Path) -> dict[str, int]:
    """Brings the database up to what the index lists; how many rows the tables have. Raises ``OutputError``.

    It is made anew where there is none, where another version made it or it is damaged or in use, and where most of
    the results are new. What a run that was killed left of one beside it is removed.
    """
    import duckdb

    _remove(_beside(out))
    with suppress(duckdb.Error):
        if path(out).is_file() and (made := _update(out)):
            return made
    return build(out)


def _update(out: Path) -> dict[str, int] | None:
    """Brings the database up to date where it stands; None where it is better made anew."""
    with _opened(path(out)) as connection:
        if not is_current(connection):
            return None
        work = listing.compare(connection, out)
        if len(work.fresh) > max(CHUNK, work.kept):
            return None
        if not work.is_done:
            _change(connection, out, work)
        return _count_rows(connection)


def _change(connection: DuckDBPyConnection, out: Path, work: listing.Work) -> None:
    """Takes out what is stale and puts in what is fresh, within transactions: where it stops, a later one goes on."""
    stale = work.stale
    for parsed, last in _parse_all(connection, out, work):
        connection.execute("BEGIN")
        listing.drop_rows(connection, stale)
        for statement in _statements("fill") if parsed else ():
            connection.execute(statement)
        if last:
            _conclude(connection, out, work)
        connection.execute("COMMIT")
        stale = ()


def _conclude(connection: DuckDBPyConnection, out: Path, work: listing.Work) -> None:
    """Says anew what stands on every document, when all results are in the tables."""
    add_identities(connection, out)
    add_passed_over(connection, out)
    connection.execute(_read_sql("documents"))
    connection.execute("DELETE FROM built")
    connection.execute("INSERT INTO built VALUES (?, ?)", [_schema(), work.inputs])


def build(out: Path) -> dict[str, int]:
    """Makes the database anew, in place of the one that is there; how many rows the tables have."""
    target, beside = path(out), _beside(out)
    with writing(target), _failures(target):
        _remove(beside)
        try:
            made = _built(out, beside)
            _log(target).unlink(missing_ok=True)
            beside.replace(target)
        finally:
            _remove(beside)
    return made


def _beside(out: Path) -> Path:
    """Where the database of a store is until it is finished."""
    return out / ".store.duckdb"


def _remove(database: Path) -> None:
    """Takes away a database that was not finished, and what was to be written to it."""
    for left in (database, _log(database)):
        with suppress(OSError):
            left.unlink()


def _log(database: Path) -> Path:
    """Where the database keeps what is not yet in its file: that of another must not be taken for its own."""
    return Path(f"{database}.wal")


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
    with _opened(target) as connection, ThreadPoolExecutor() as pool:
        make_tables(connection)
        work = listing.compare(connection, out)
        for parsed, _ in _parse_all(connection, out, work):
            list(pool.map(partial(_run, connection), _statements("fill") if parsed else ()))
        _conclude(connection, out, work)
        return _count_rows(connection)


def make_tables(connection: DuckDBPyConnection) -> None:
    """Makes the tables and views of a store, empty but for the words that are the same in every store."""
    connection.execute(_read_sql("tables"))
    add_metrics(connection)
    add_views(connection)


@contextmanager
def _opened(database: Path) -> Iterator[DuckDBPyConnection]:
    """The database, and beside it in memory what is on the way into it."""
    import duckdb

    with duckdb.connect(str(database)) as connection:
        connection.execute(SILENT)
        connection.execute("ATTACH ':memory:' AS scratch")
        add_stages(connection)
        yield connection


def _parse_all(connection: DuckDBPyConnection, out: Path, work: listing.Work) -> Iterator[tuple[bool, bool]]:
    """Parses what is fresh, some at a time: whether there is anything to fill in, and whether it is the last."""
    connection.execute(SEEN, [[*work.stamps], [*work.stamps.values()]])
    chunks = [work.fresh[at : at + CHUNK] for at in range(0, len(work.fresh), CHUNK)] or [()]
    for at, keys in enumerate(chunks, 1):
        yield _parse(connection, out, keys), at == len(chunks)


def _count_rows(connection: DuckDBPyConnection) -> dict[str, int]:
    made = {name: _count(connection, name) for name in COUNTED}
    return made | {"lost": _count(connection, "documents WHERE reason = 'damaged_result'")}


def _parse(connection: DuckDBPyConnection, out: Path, keys: Sequence[str]) -> bool:
    """Reads the results of these keys into a table, those that can be read; whether there are such."""
    files = [file for key in keys if read_extent(file := place(out, key))]
    if not _is_parsed(connection, files):
        files = [file for file in files if _is_parsed(connection, [file])]
        _is_parsed(connection, files)
    if files:
        add_meanings(connection)
        _add_sketches(connection)
    return bool(files)


def _add_sketches(connection: DuckDBPyConnection) -> None:
    """Makes the table of what tells these results from others that are nearly the same."""
    found = connection.execute("SELECT document_id, text FROM scratch.result").fetchall()
    connection.execute(SKETCHES, [[number for number, _ in found], [sketch(text or "") for _, text in found]])


def _is_parsed(connection: DuckDBPyConnection, files: Sequence[Path]) -> bool:
    """Reads results into a table; False where one of them holds what no batch writes."""
    import duckdb

    try:
        if files:
            connection.execute(PARSED, [[str(file) for file in files], RESULT, _largest(files)])
    except (duckdb.DataError, duckdb.ProgrammingError):
        return False
    return True


@cache
def _read_sql(name: str) -> str:
    return (HERE / f"{name}.sql").read_text(encoding="utf-8")


@cache
def _schema() -> str:
    """What tells the tables of one version from those of another."""
    said = "".join(_read_sql(name) for name in ("tables", "fill", "documents", "meanings", "views"))
    worded = "".join(file.read_text(encoding="utf-8") for file in list_worded_views())
    return hashlib.sha256(f"{said}{worded}{RESULT}{patterns_hash()}".encode()).hexdigest()


@cache
def _statements(name: str) -> tuple[str, ...]:
    """The statements of a file, those that take longest first."""
    found = [statement for statement in _read_sql(name).split(";") if statement.strip()]
    return tuple(sorted(found, key=_rank_length))


def _rank_length(statement: str) -> int:
    return next((at for at, name in enumerate(LONGEST) if name in statement), len(LONGEST))


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
