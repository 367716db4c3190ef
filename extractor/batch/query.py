"""A question to a store, by its name or in SQL, and its answer in a format of ``answers``, within limits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.apart.desk import Desk
from extractor.apart.limits import Limits
from extractor.batch.asking import Bounds, mended, reading
from extractor.batch.export import rows
from extractor.batch.items import shown
from extractor.batch.questions import ENTITY, find_question, is_name
from extractor.messages import Lang, render
from extractor.model import InputError, Notice
from extractor.reports.files.targets import standard_output
from extractor.reports.formats import ANSWERS
from extractor.reports.terminal.speech import say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


# What is drawn for a reader, who is told where there is nothing to draw.
TABLE = "table"
# The database proposes tables of its own for a name that it does not know.
INTERNAL = re.compile(r"Did you mean \"(?:pg_|duckdb_|sqlite_|information_schema)[^?]*\?")
GRACE = 5.0
"""Seconds that the database has to stop by itself; a single value that it is making it does not leave halfway."""
OVER = {"limits.timeout": "batch.query-time", "limits.memory": "batch.query-memory"}
"""What the limits of a process say, and what a question that went beyond them is told."""


def query(out: Path, asked: str, entity: str | None, form: str, lang: Lang, bounds: Bounds) -> None:
    """Prints the answer to a question, by its name or in SQL, in the format asked for.

    ``entity`` are words of the names of the entities that it is asked of. Raises ``InputError``, ``OutputError``.

    A process of its own asks and prints: a value that SQL makes is as large as it likes, and costs that process alone.
    """
    sql = find_question(asked, lang).write_sql(lang) if is_name(asked) else asked
    limits = Limits(bounds.timeout and bounds.timeout + GRACE, bounds.memory_mb)
    with Desk(limits) as desk:
        try:
            mended(out, lang, partial(desk.call, shown(str(out)), _print, out, sql, entity, form, lang, bounds))
        except InputError as error:
            if not (message := OVER.get(error.notice.message)):
                raise
            raise InputError(message, seconds=f"{bounds.timeout:g}", memory=bounds.memory_mb) from error


def _print(out: Path, sql: str, entity: str | None, form: str, lang: Lang, bounds: Bounds) -> None:
    import duckdb

    try:
        with reading(out, bounds) as connection:
            cursor: DuckDBPyConnection | None = connection.execute(sql, _bind(sql, entity))
            if cursor is None:
                raise InputError("batch.no-query")
            answer = rows(cursor)
            first = next(answer, None)
            if first is None and form == TABLE:
                say(render(Notice("batch.no-rows-of" if entity else "batch.no-rows", {"entity": entity or ""}), lang))
                return
            names = [str(column[0]) for column in cursor.description or ()]
            show(names, answer if first is None else chain([first], answer), form)
    except duckdb.Error as error:
        raise InputError("batch.query", reason=" ".join(INTERNAL.sub("", str(error)).split())) from error


def show(columns: Sequence[str], answer: Iterable[Sequence[Any]], form: str) -> None:
    """Prints columns and rows in a format. Raises ``OutputError``."""
    draw = ANSWERS.load(form).draw
    with standard_output() as stream:
        for part in draw(columns, answer):
            stream.write(part.encode("utf-8", "replace"))


def _bind(sql: str, entity: str | None) -> dict[str, str | None]:
    """The values of what a question leaves open: a question that leaves nothing open takes none."""
    return {ENTITY: entity} if f"${ENTITY}" in sql else {}
