"""A question to a store in SQL, and its answer as a table, CSV or JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from extractor.batch.database import reading
from extractor.batch.export import plain, rows
from extractor.messages import Lang
from extractor.model import InputError
from extractor.reports.delivery import spoken
from extractor.reports.printable import printable
from extractor.reports.spreadsheets import safe
from extractor.reports.targets import standard_output

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Form = Literal["table", "csv", "json"]


def query(out: Path, sql: str, form: Form, lang: Lang) -> int:
    """Prints the answer to ``sql``; 2 where there is none."""
    import duckdb

    with spoken(lang) as failed:
        try:
            with reading(out) as connection, standard_output() as stream:
                cursor: DuckDBPyConnection | None = connection.execute(sql)
                if cursor is None:
                    raise InputError("batch.no-query")
                columns = [str(column[0]) for column in cursor.description or ()]
                for part in PRINTED[form](columns, rows(cursor)):
                    stream.write(part.encode("utf-8", "replace"))
            return 0
        except duckdb.Error as error:
            raise InputError("batch.query", reason=" ".join(str(error).split())) from error
    return failed


def _csv(columns: Sequence[str], answer: Iterable[Sequence[Any]]) -> Iterable[str]:
    yield _line(columns)
    for row in answer:
        yield _line(["" if cell is None else safe(str(plain(cell))) for cell in row])


def _line(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


def _json(columns: Sequence[str], answer: Iterable[Sequence[Any]]) -> Iterable[str]:
    """A list with an object a row, on a line each; decimal numbers are strings, as in a result."""
    import msgspec

    mark = "[\n"
    for row in answer:
        cells = {column: plain(cell) for column, cell in zip(columns, row, strict=True)}
        yield mark + msgspec.json.encode(cells, enc_hook=str).decode()
        mark = ",\n"
    yield ("[" if mark == "[\n" else "\n") + "]\n"


def _table(columns: Sequence[str], answer: Iterable[Sequence[Any]]) -> Iterable[str]:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in answer:
        table.add_row(*(_right(cell) for cell in row))
    console = Console(highlight=False, markup=False, emoji=False)
    with console.capture() as drawn:
        console.print(table)
    yield "\n".join(line.rstrip() for line in drawn.get().strip("\n").splitlines()) + "\n"


def _right(cell: Any) -> Any:
    """A cell of the table: numbers on the right."""
    from rich.text import Text

    text = "" if cell is None else printable(str(plain(cell)))
    return Text(text, justify="right" if isinstance(cell, int | float | Decimal) else "left")


PRINTED = {"table": _table, "csv": _csv, "json": _json}
