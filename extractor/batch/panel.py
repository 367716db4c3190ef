"""The wide panel: one row an entity and year, one column a metric by kind and role, what was budgeted and done apart.

It has the figures of the panel that are of a whole year or its end and of the whole entity, and of several values of
one metric the one that is meant (``panel_best``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, get_args

from msgspec import Struct

from extractor import patterns
from extractor.batch.meanings import USUAL, insert_rows
from extractor.claims.vocabulary import load_metrics
from extractor.messages import Lang, render
from extractor.model import Kind, Notice, Role

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FILE = "panel"
ROLES: tuple[str, ...] = get_args(Role)
KINDS: tuple[str, ...] = get_args(Kind)
MADE = """
CREATE OR REPLACE TEMP TABLE instead (metric_id VARCHAR, rank INTEGER, other VARCHAR);
CREATE OR REPLACE TEMP TABLE headings (
    metric_id VARCHAR, kind VARCHAR, role VARCHAR, heading VARCHAR, position INTEGER
);
"""
TOLD = "SELECT DISTINCT metric_id, kind, role FROM standing"
# What a report does not state itself it may tell as another metric: the rank says how far that is from its own. What is
# of no fund is of all of them.
STANDING = """
CREATE OR REPLACE TEMP TABLE standing AS
WITH meant AS (
    SELECT metric_id AS own, 0 AS rank, * FROM panel_best
    UNION ALL
    SELECT instead.metric_id, instead.rank, panel_best.* FROM panel_best JOIN instead ON other = panel_best.metric_id
)
SELECT entity, year, own AS metric_id, kind, role, arg_min(
    {'value': coalesce(base_value, value), 'contradicted': contradicted, 'document': document, 'page': page,
        'place': pointer(claim, "table", "row", "column"), 'at': place},
    {'rank': rank, 'votes': -votes, 'fund': coalesce(fund <> '', false), 'id': document_id, 'start': start}
) AS best
FROM meant WHERE part IS NULL GROUP BY ALL
"""
PANEL = """
CREATE OR REPLACE TEMP TABLE panel AS
WITH named AS (SELECT * FROM standing JOIN headings USING (metric_id, kind, role))
SELECT * FROM (
    SELECT entity, any_value(best.at ORDER BY position) AS place, year,
        string_agg(DISTINCT best.document, ' / ' ORDER BY best.document) AS documents,
        string_agg(heading, '; ' ORDER BY position) FILTER (best.contradicted) AS contradicted,
        string_agg(concat(heading, ': ', best.document, coalesce(' p. ' || best.page, ''), ' ', best.place), '; '
            ORDER BY position) AS sources
    FROM named GROUP BY entity, year
) JOIN (
    PIVOT (SELECT entity, year, heading, best.value AS value FROM named)
    ON heading IN ({headings}) USING any_value(value) GROUP BY entity, year
) USING (entity, year)
ORDER BY entity, year
"""
EMPTY = """
CREATE OR REPLACE TEMP TABLE panel (
    entity VARCHAR, year INTEGER, place VARCHAR, documents VARCHAR, contradicted VARCHAR, sources VARCHAR
)
"""


class Column(Struct, frozen=True, forbid_unknown_fields=True):
    """A metric of the panel as its pattern has it; the legend of the file says what the fields mean."""

    instead: list[str] = []


def make_panel(connection: DuckDBPyConnection, lang: Lang) -> None:
    """Makes the table ``panel`` for this connection alone; its columns are called like the metrics in ``lang``."""
    connection.execute(MADE)
    insert_rows(connection, "instead", list(_list_instead()))
    connection.execute(STANDING)
    told: list[tuple[str, str, str]] = sorted(connection.execute(TOLD).fetchall(), key=_find_place)
    names = [name_column(metric, kind, role, lang) for metric, kind, role in told]
    insert_rows(
        connection, "headings", [(*one, name, at) for at, (one, name) in enumerate(zip(told, names, strict=True))]
    )
    connection.execute(PANEL.format(headings=", ".join(map(_quote, names))) if names else EMPTY)


def _list_instead() -> Iterator[tuple[str, int, str]]:
    """Each metric with those that it may have the value of, and how far these are from its own."""
    for key, column in patterns.load(FILE, Column).items():
        for rank, other in enumerate(column.instead, start=1):
            yield key.removeprefix(f"{FILE}."), rank, other


def _find_place(column: tuple[str, str, str]) -> tuple[int, ...]:
    """Where a column stands: by its metric, as these are written, then by its kind and role."""
    metric, kind, role = column
    return [*load_metrics()].index(metric), KINDS.index(kind), ROLES.index(role)


def name_column(metric: str, kind: str, role: str, lang: Lang) -> str:
    """What the column of a metric is called.

    >>> name_column("budget.general.revenue", "level", "actual", "zh")
    '一般公共预算收入'
    >>> name_column("budget.general.revenue", "change_rate", "budget", "en")
    'general public budget, revenue (change rate, budget)'
    """
    entry = load_metrics()[metric]
    usual = ("actual", USUAL.get(entry.dimension, "level"))
    notes = [f"names.{part}" for part in (f"kind.{kind}", f"role.{role}") if part.partition(".")[2] not in usual]
    said = render(Notice("names.joint"), lang).join(render(Notice(note), lang) for note in notes)
    name = entry.zh if lang == "zh" else entry.en
    return render(Notice("names.noted", {"name": name, "notes": said}), lang) if said else name


def _quote(heading: str) -> str:
    return "'" + heading.replace("'", "''") + "'"
