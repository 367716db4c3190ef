"""The panel: one row a document, one column a canonical metric, as its year's report states it.

A metric's value is that of a claim of a level, in the document's own year where the text names one. Of several, what
was done comes before what was planned, what checks confirm before what they contradict, and then the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor import patterns
from extractor.messages import Lang, Sentence

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FILE = "messages/metrics"
STATED = """
CREATE OR REPLACE TEMP TABLE stated AS
SELECT document_id, metric_id, first(base_value ORDER BY
    list_position(['actual', 'budget', 'target'], role),
    list_position(['verified', 'unverified', 'contradicted'], verification), start) AS value
FROM claims JOIN (SELECT id AS document_id, year FROM documents) USING (document_id)
WHERE kind = 'level' AND metric_id IS NOT NULL AND base_value IS NOT NULL AND value_high IS NULL
    AND (period_start IS NULL OR year IS NULL OR (year = TRY_CAST(period_start[1:4] AS INTEGER)
        AND year = TRY_CAST(coalesce(period_end, period_start)[1:4] AS INTEGER)))
GROUP BY document_id, metric_id
"""
PANEL = """
CREATE OR REPLACE TEMP TABLE panel AS
SELECT any_value(d.document) AS document, any_value(d.entity) AS entity, any_value(d.year) AS year,
    any_value(d.title) AS title, {columns}, any_value(d.path) AS path, d.id AS document_id
FROM documents AS d LEFT JOIN stated AS s ON s.document_id = d.id
WHERE d.status = 'done' AND d.same_as IS NULL GROUP BY d.id ORDER BY d.id
"""


def make(connection: DuckDBPyConnection, lang: Lang) -> None:
    """Makes the table ``panel`` for this connection alone; its columns are named in ``lang``."""
    columns = ", ".join(_column(metric, name) for metric, name in names(lang).items())
    connection.execute(STATED)
    connection.execute(PANEL.format(columns=columns))


def names(lang: Lang) -> dict[str, str]:
    """What every canonical metric is called, by its id."""
    found = patterns.load(FILE, Sentence)
    return {key.removeprefix(f"{FILE}."): name.zh if lang == "zh" else name.en for key, name in found.items()}


def _column(metric: str, name: str) -> str:
    quoted = name.replace('"', '""')
    return f"any_value(s.value) FILTER (s.metric_id = '{metric}') AS \"{quoted}\""
