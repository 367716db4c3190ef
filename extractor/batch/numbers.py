"""The numbers that the page over a batch shows: what bodies told of a year, and who published what of which year."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from extractor.batch import database
from extractor.batch.asking import mended, reading
from extractor.messages import Lang
from extractor.reports.index_page.numbers import Metric, Numbers, Report, Value

MOST = 60
"""So many metrics are offered, those that most bodies tell: who asks for others asks the database."""
VALUES = """
CREATE OR REPLACE TEMP TABLE shown AS
SELECT entity, year, metric_id, role, arg_min(
    {'value': coalesce(base_value, value), 'unit': coalesce(base_unit, unit), 'contradicted': contradicted,
        'id': document_id},
    {'other': subject IS DISTINCT FROM entity, 'year': year IS DISTINCT FROM report_year, 'told': -told,
        'cell': claim IS NULL, 'id': document_id, 'start': start}
) AS best
FROM panel_long
WHERE kind = 'level' AND is_annual AND year IS NOT NULL AND part IS NULL AND scope."group" IS NULL GROUP BY ALL
"""
METRICS = """
SELECT m.id, m.{lang}, mode(s.best.unit), m.dimension FROM shown AS s JOIN metrics AS m ON m.id = s.metric_id
GROUP BY ALL ORDER BY count(DISTINCT s.entity) DESC, count(*) DESC, m.id LIMIT ?
"""
CHOSEN = """
SELECT s.entity, s.year, s.metric_id, s.role, format('{}', s.best.value), s.best.contradicted, d.key
FROM shown AS s JOIN documents AS d ON d.id = s.best.id WHERE list_contains(?, s.metric_id) ORDER BY ALL
"""
REPORTS = """
SELECT coalesce(d.entity, s.subject), d.year, coalesce(d.kind, ''), d.key
FROM documents AS d JOIN subjects AS s ON s.document_id = d.id
WHERE d.status = 'done' AND d.same_as IS NULL AND d.near_to IS NULL ORDER BY ALL
"""


def read_numbers(out: Path, lang: Lang) -> Numbers | None:
    """What the database of a store has to show; None where there is none. Raises ``InputError``, ``OutputError``."""
    return mended(out, lang, partial(_read_numbers, out, lang)) if database.path(out).is_file() else None


def _read_numbers(out: Path, lang: Lang) -> Numbers:
    with reading(out) as connection:
        connection.execute(VALUES)
        metrics = [Metric(*row) for row in connection.execute(METRICS.format(lang=lang), [MOST]).fetchall()]
        names = [one.id for one in metrics]
        values = [Value(*row) for row in connection.execute(CHOSEN, [names]).fetchall()]
        return Numbers(metrics, values, [Report(*row) for row in connection.execute(REPORTS).fetchall()])
