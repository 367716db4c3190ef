"""A question to a store in SQL, and its answer as a table, CSV or JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
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
    from rich.table import Table

Form = Literal["table", "csv", "json"]
# The narrowest column of a table, the room between two, and what stands above a row that is told line by line.
NARROWEST, GAP, MARK = 4, 2, "──"


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
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    parts = _records(columns, answer) if _crowded(columns, console.width) else [_grid(columns, answer)]
    for part in parts:
        with console.capture() as drawn:
            console.print(part)
        yield "\n".join(line.rstrip() for line in drawn.get().strip("\n").splitlines()) + "\n"


def _crowded(columns: Sequence[str], width: int) -> bool:
    """Whether so many columns would have no room for their names side by side."""
    return sum(max(NARROWEST, len(column)) + GAP for column in columns) > width


def _grid(columns: Sequence[str], answer: Iterable[Sequence[Any]]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in answer:
        table.add_row(*(_right(cell) for cell in row))
    return table


def _records(columns: Sequence[str], answer: Iterable[Sequence[Any]]) -> Iterator[Table]:
    """Every row as a list of names and values below one another."""
    from rich.table import Table
    from rich.text import Text

    for number, row in enumerate(answer, 1):
        table = Table.grid(padding=(0, GAP), collapse_padding=True)
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        table.add_row(Text(f"{MARK} {number}"), "")
        for column, cell in zip(columns, row, strict=True):
            if cell is not None:
                table.add_row(Text(column), Text(printable(str(plain(cell)))))
        yield table


def _right(cell: Any) -> Any:
    """A cell of the table: numbers on the right."""
    from rich.text import Text

    text = "" if cell is None else printable(str(plain(cell)))
    return Text(text, justify="right" if isinstance(cell, int | float | Decimal) else "left")


PRINTED = {"table": _table, "csv": _csv, "json": _json}
