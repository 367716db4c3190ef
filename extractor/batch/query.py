"""A question to a store in SQL, and its answer in a format of ``answers``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from extractor.batch.asking import Bounds, reading
from extractor.batch.export import rows
from extractor.messages import Lang
from extractor.model import InputError
from extractor.reports.files.targets import standard_output
from extractor.reports.formats import ANSWERS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def query(out: Path, sql: str, form: str, lang: Lang, bounds: Bounds) -> None:
    """Prints the answer to ``sql`` in the format asked for. Raises ``InputError``, ``OutputError``."""
    import duckdb

    draw = ANSWERS.load(form).draw
    try:
        with reading(out, lang, bounds) as connection, standard_output() as stream:
            cursor: DuckDBPyConnection | None = connection.execute(sql)
            if cursor is None:
                raise InputError("batch.no-query")
            columns = [str(column[0]) for column in cursor.description or ()]
            for part in draw(columns, rows(cursor)):
                stream.write(part.encode("utf-8", "replace"))
    except duckdb.Error as error:
        raise InputError("batch.query", reason=" ".join(str(error).split())) from error
