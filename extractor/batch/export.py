"""What leaves a store: its claims, findings, checks, documents or panel, in a format of ``exports``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from extractor.batch import panel
from extractor.batch.asking import mended, reading
from extractor.messages import Lang
from extractor.reports.files.parts import name_part
from extractor.reports.formats import EXPORTS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

What = Literal["claims", "findings", "checks", "documents", "panel"]
QUERIES = {
    "claims": """
        SELECT document, entity, year, claims.page, metric, metric_id, value, value_high, unit, unit_implied,
            approximation, kind, direction, baseline, period, period_start, period_end, role, base_value, base_unit,
            low, high, dimension, verification, claims.path AS section, sentence, raw, claims.id, document_id
        FROM claims JOIN (SELECT id AS document_id, entity, year FROM documents) USING (document_id)
        ORDER BY document_id, claims.start""",
    "findings": """
        SELECT f.document, entity, year, f.severity, coalesce(c.page, t.page) AS page, c.metric, t.title AS "table",
            f.stated, f.proposed, f.amount, f.message_{lang} AS message, c.path AS section, c.sentence,
            len(f.checks) AS checks, f.id, f.document_id
        FROM findings AS f JOIN (SELECT id AS document_id, entity, year FROM documents) USING (document_id)
        LEFT JOIN claims AS c ON c.document_id = f.document_id AND c.id = f.claim
        LEFT JOIN tables AS t ON t.document_id = f.document_id AND t.id = f."table"
        ORDER BY document_id, f.severity, f.amount DESC NULLS LAST, f.id""",
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


class Export(Struct, frozen=True):
    """What leaves: the query of ``what`` to a store, the file it goes to, and the language of its headings."""

    connection: DuckDBPyConnection
    what: What
    query: str
    target: Path
    lang: Lang

    def execute(self) -> tuple[list[str], Iterator[Sequence[Any]]]:
        """The names of the columns, and the rows."""
        cursor = self.connection.execute(self.query)
        return [str(column[0]) for column in cursor.description or ()], rows(cursor)


def export(out: Path, what: What, form: str, target: Path, lang: Lang) -> int:
    """Writes what is asked for to ``target`` and gives the number of its rows. Raises ``OutputError``."""
    return mended(out, lang, partial(_export, out, what, form, target, lang))


def _export(out: Path, what: What, form: str, target: Path, lang: Lang) -> int:
    with reading(out, target=name_part(target)) as connection:
        if what == "panel":
            panel.make(connection, lang)
        wanted = Export(connection, what, QUERIES[what].format(lang=lang), target, lang)
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
