"""What leaves a store: its claims, checks, documents or panel as CSV, workbook, Parquet or JSON Lines."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from extractor.batch import panel
from extractor.batch.database import reading
from extractor.batch.items import shown
from extractor.batch.store import write_csv
from extractor.messages import Lang, render
from extractor.model import Notice
from extractor.reports.delivery import say, spoken
from extractor.reports.targets import OutputError, replacing, writing

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

What = Literal["claims", "checks", "documents", "panel"]
Form = Literal["csv", "xlsx", "parquet", "jsonl"]
QUERIES = {
    "claims": """
        SELECT document, entity, year, claims.page, metric, metric_id, value, value_high, unit, unit_implied,
            approximation, kind, direction, baseline, period, period_start, period_end, role, base_value, base_unit,
            low, high, dimension, verification, claims.path AS section, sentence, raw, claims.id, document_id
        FROM claims JOIN (SELECT id AS document_id, entity, year FROM documents) USING (document_id)
        ORDER BY document_id, claims.start""",
    "checks": """
        SELECT document, entity, year, rule, checks.status, severity, message_{lang} AS message, stated, computed,
            difference, checks.reason, CAST(to_json(operands) AS VARCHAR) AS operands, checks.id, document_id
        FROM checks JOIN (SELECT id AS document_id, entity, year FROM documents) USING (document_id)
        ORDER BY document_id, checks.id""",
    "documents": """
        SELECT d.document, d.status, d.reason, d.message, same.document AS same_as, d.title, d.entity, d.year, d.format,
            d.pages, d.claims, array_to_string(d.warnings, ' ') AS warnings, d.path, d.sha256, d.seconds, d.peak_mb,
            d.id
        FROM documents AS d LEFT JOIN documents AS same ON d.same_as = same.id ORDER BY d.id""",
    "panel": "SELECT * FROM panel",
}
BATCH = 2000


def export(out: Path, what: What, form: Form, target: Path, lang: Lang) -> int:
    """Writes what is asked for to ``target``; 2 where that cannot be done."""
    with spoken(lang) as failed:
        with reading(out) as connection:
            rows = _written(connection, what, form, target, lang)
        say(render(Notice("batch.exported", {"path": shown(str(target)), "rows": rows}), lang))
        return 0
    return failed


def form_of(target: Path, form: Form | None) -> Form:
    """The format that is asked for, or the one that the name's ending tells; CSV where it tells none."""
    endings: dict[str, Form] = {".csv": "csv", ".xlsx": "xlsx", ".parquet": "parquet", ".jsonl": "jsonl"}
    return form or endings.get(target.suffix.lower(), "csv")


def _written(connection: DuckDBPyConnection, what: What, form: Form, target: Path, lang: Lang) -> int:
    if what == "panel":
        panel.make(connection, lang)
    query = QUERIES[what].format(lang=lang)
    if form in ("parquet", "jsonl"):
        return _copied(connection, query, form, target)
    cursor = connection.execute(query)
    columns = [str(column[0]) for column in cursor.description or ()]
    if form == "csv":
        return write_csv(target, columns, ([plain(cell) for cell in row] for row in rows(cursor)))
    from extractor.batch import workbook

    with replacing(target) as file:
        return workbook.write(file, what, columns, rows(cursor), lang)


def rows(cursor: DuckDBPyConnection) -> Iterator[Sequence[Any]]:
    """The rows of an answer, a few thousand in memory at a time."""
    while some := cursor.fetchmany(BATCH):
        yield from some


def plain(cell: Any) -> Any:
    """A cell as it is written in text: a decimal number without the zeros that only its column's type adds.

    >>> plain(Decimal("32000000.0000000000")), plain(Decimal("0.1520")), plain("0.10")
    ('32000000', '0.152', '0.10')
    """
    return f"{cell.normalize():f}" if isinstance(cell, Decimal) else cell


def _copied(connection: DuckDBPyConnection, query: str, form: Form, target: Path) -> int:
    """The answer as a file that the database writes itself, beside the target first."""
    import duckdb

    beside = target.with_name(f".extract-{os.getpid()}.part")
    kind = "parquet, COMPRESSION zstd" if form == "parquet" else "json"
    name = str(beside).replace("'", "''")
    try:
        with writing(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            made = connection.execute(f"COPY ({query}) TO '{name}' (FORMAT {kind})").fetchall()
            beside.replace(target)
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise OutputError("cli.unwritable", path=shown(str(target)), reason=reason) from error
    finally:
        with suppress(OSError):
            beside.unlink()
    return int(made[0][0])
