"""What may be asked for: the tables and views of a data set with their columns, and the metrics, in the reader's words.

Names and types are those of the database that the SQL of this room makes; ``patterns/data_set`` has their meanings.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from extractor import patterns
from extractor.batch.database import make_tables
from extractor.claims.vocabulary import load_metrics
from extractor.messages import Lang

FOLDER = "data_set"
HEADINGS = ("table", "column", "type", "meaning")
METRICS = "metric_id"
COLUMNS = """
SELECT table_name, column_name, regexp_replace(data_type, '\\(.*', '') FROM duckdb_columns()
WHERE database_name = current_database() AND NOT internal ORDER BY table_name, column_index
"""
Row = tuple[str, str, str, str]


class Meaning(Struct, frozen=True, forbid_unknown_fields=True):
    """What a table or a column means, as its pattern has it; the legend of the file says what the fields mean."""

    zh: str
    en: str
    column: str = ""
    tables: list[str] = []

    def speak(self, lang: Lang) -> str:
        """The meaning in a language."""
        return self.zh if lang == "zh" else self.en


def describe_store(lang: Lang) -> Iterator[Row]:
    """The tables that may be asked for with their columns, then the metrics: name, type and meaning of each."""
    columns = list_columns()
    for table, told in load_tables().items():
        yield table, "", "", told.speak(lang)
        for column, kind in columns[table]:
            yield table, column, kind, find_meaning(table, column).speak(lang)
    for one in load_metrics().values():
        yield METRICS, one.id, one.dimension, one.zh if lang == "zh" else one.en


def list_columns() -> dict[str, list[tuple[str, str]]]:
    """The columns of every table and view, each with its type, in their order."""
    import duckdb

    found: dict[str, list[tuple[str, str]]] = {}
    with duckdb.connect() as connection:
        make_tables(connection)
        for table, column, kind in connection.execute(COLUMNS).fetchall():
            found.setdefault(str(table), []).append((str(column), str(kind)))
    return found


def load_tables() -> dict[str, Meaning]:
    """The tables and views that may be asked for, in the order written; the others are of no use to a question."""
    found = patterns.load(f"{FOLDER}/tables", Meaning)
    return {key.rpartition(".")[2]: meaning for key, meaning in found.items()}


def find_meaning(table: str, column: str) -> Meaning:
    """What a column of a table means. Raises ``KeyError`` where nothing tells."""
    for key, meaning in patterns.load(f"{FOLDER}/columns", Meaning).items():
        if column == (meaning.column or key.rpartition(".")[2]) and table in (meaning.tables or (table,)):
            return meaning
    raise KeyError(f"{table}.{column}")
