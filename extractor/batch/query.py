"""A question to a store in SQL, and its answer in a format of ``answers``, within limits of time and memory."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.apart.desk import Desk
from extractor.apart.limits import Limits
from extractor.batch.asking import Bounds, mended, reading
from extractor.batch.export import rows
from extractor.batch.items import shown
from extractor.messages import Lang
from extractor.model import InputError
from extractor.reports.files.targets import standard_output
from extractor.reports.formats import ANSWERS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


GRACE = 5.0
"""Seconds that the database has to stop by itself; a single value that it is making it does not leave halfway."""
OVER = {"limits.timeout": "batch.query-time", "limits.memory": "batch.query-memory"}
"""What the limits of a process say, and what a question that went beyond them is told."""


def query(out: Path, sql: str, form: str, lang: Lang, bounds: Bounds) -> None:
    """Prints the answer to ``sql`` in the format asked for. Raises ``InputError``, ``OutputError``.

    A process of its own asks and prints: a value that SQL makes is as large as it likes, and costs that process alone.
    """
    limits = Limits(bounds.timeout and bounds.timeout + GRACE, bounds.memory_mb)
    with Desk(limits) as desk:
        try:
            mended(out, lang, partial(desk.call, shown(str(out)), _print, out, sql, form, bounds))
        except InputError as error:
            if not (message := OVER.get(error.notice.message)):
                raise
            raise InputError(message, seconds=f"{bounds.timeout:g}", memory=bounds.memory_mb) from error


def _print(out: Path, sql: str, form: str, bounds: Bounds) -> None:
    import duckdb

    draw = ANSWERS.load(form).draw
    try:
        with reading(out, bounds) as connection, standard_output() as stream:
            cursor: DuckDBPyConnection | None = connection.execute(sql)
            if cursor is None:
                raise InputError("batch.no-query")
            columns = [str(column[0]) for column in cursor.description or ()]
            for part in draw(columns, rows(cursor)):
                stream.write(part.encode("utf-8", "replace"))
    except duckdb.Error as error:
        raise InputError("batch.query", reason=" ".join(str(error).split())) from error
