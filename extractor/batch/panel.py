"""The panel: one row a document, one column a canonical metric, as its year's report states it.

A metric's value is that of a claim of a level, in the document's own year where the text names one. Of several, what
was done comes before what was planned, what checks confirm before what they contradict, and then the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from extractor import patterns
from extractor.claims.vocabulary import load_metrics
from extractor.messages import Lang

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FILE = "panel"
STATED = """
CREATE OR REPLACE TEMP TABLE stated AS
SELECT document_id, metric_id, first(base_value ORDER BY
    list_position(['actual', 'budget', 'target'], role),
    list_position(['verified', 'unverified', 'contradicted'], verification), start) AS value
FROM claims JOIN (SELECT id AS document_id, year FROM documents) USING (document_id)
WHERE kind = 'level' AND metric_id IS NOT NULL AND base_value IS NOT NULL AND value_high IS NULL
    AND (period_start IS NULL OR year IS NULL
        OR (year = year(period_start) AND year = year(coalesce(period_end, period_start))))
GROUP BY document_id, metric_id
"""
PANEL = """
CREATE OR REPLACE TEMP TABLE panel AS
SELECT any_value(d.document) AS document, any_value(d.entity) AS entity, any_value(d.year) AS year,
    any_value(d.title) AS title, {columns}, any_value(d.path) AS path, d.id AS document_id
FROM documents AS d LEFT JOIN stated AS s ON s.document_id = d.id
WHERE d.status = 'done' AND d.same_as IS NULL GROUP BY d.id ORDER BY d.id
"""


class Column(Struct, frozen=True, forbid_unknown_fields=True):
    """A column of the panel as its pattern has it; the legend of the file says what the fields mean."""

    instead: list[str] = []


def make(connection: DuckDBPyConnection, lang: Lang) -> None:
    """Makes the table ``panel`` for this connection alone; its columns are called like the metrics in ``lang``."""
    found = patterns.load(FILE, Column)
    columns = [_selected(key.removeprefix(f"{FILE}."), column, lang) for key, column in found.items()]
    connection.execute(STATED)
    connection.execute(PANEL.format(columns=", ".join(columns)))


def _selected(metric: str, column: Column, lang: Lang) -> str:
    values = [f"any_value(s.value) FILTER (s.metric_id = '{one}')" for one in (metric, *column.instead)]
    entry = load_metrics()[metric]
    name = (entry.zh if lang == "zh" else entry.en).replace('"', '""')
    return f'coalesce({", ".join(values)}) AS "{name}"'
