"""What leaves a store: its panel, claims, cells, findings and all else, in a format of ``exports``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from extractor.batch import panel
from extractor.batch.asking import mended, reading
from extractor.batch.exported import PANEL, read_query
from extractor.messages import Lang
from extractor.reports.files.parts import name_part
from extractor.reports.formats import EXPORTS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

BATCH = 2000


class Export(Struct, frozen=True):
    """What leaves: the query of ``what`` to a store, the file it goes to, and the language of its headings."""

    connection: DuckDBPyConnection
    what: str
    query: str
    target: Path
    lang: Lang

    def execute(self) -> tuple[list[str], Iterator[Sequence[Any]]]:
        """The names of the columns, and the rows."""
        cursor = self.connection.execute(self.query)
        return [str(column[0]) for column in cursor.description or ()], rows(cursor)


def export(out: Path, what: str, form: str, target: Path, lang: Lang) -> int:
    """Writes what is asked for to ``target`` and gives the number of its rows. Raises ``OutputError``."""
    return mended(out, lang, partial(_export, out, what, form, target, lang))


def _export(out: Path, what: str, form: str, target: Path, lang: Lang) -> int:
    with reading(out, target=name_part(target)) as connection:
        if what == PANEL:
            panel.make_panel(connection, lang)
        wanted = Export(connection, what, read_query(what, lang), target, lang)
        count: int = EXPORTS.load(form).write(wanted)
    return count


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
