"""What stands on every document once all results are in the tables: whose it is, and what it is nearly the same as.

All of it is made anew from the results, the index and what one gave, so that it is the same however the tables came
about. What is on the way stands in temporary tables, which a transaction may fill beside those of the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.batch import given
from extractor.batch.entities import Document, Entity, find_entities
from extractor.batch.likeness import ALIKE, SURE, Version, find_versions
from extractor.batch.meanings import insert_rows
from extractor.batch.names import is_draft
from extractor.batch.store import PASSED_OVER, PASSED_OVER_COLUMNS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

GIVEN = """
CREATE OR REPLACE TEMP TABLE given (path VARCHAR, url VARCHAR, title VARCHAR, publisher VARCHAR, published VARCHAR)
"""
IDENTITY = "CREATE OR REPLACE TEMP TABLE identity (document_id INTEGER, entity_id INTEGER, near_to INTEGER)"
READ = """
SELECT r.document_id AS id, coalesce(r.entity, g.publisher) AS entity, r.parent, r.place,
    coalesce(r.title, g.title) AS title, coalesce(r.publisher, g.publisher) AS publisher, r.year, r.stage, r.kind,
    coalesce(CAST(r.published AS VARCHAR), g.published, '') AS published, w.claims, w.pages, w.document,
    r.sketch
FROM results AS r JOIN scratch.wanted AS w ON w.id = r.document_id LEFT JOIN given AS g ON g.path = w.path
ORDER BY r.document_id
"""

PASSED = "INSERT INTO passed_over FROM read_csv(?, header = true, all_varchar = true, columns = ?)"

Row = Mapping[str, Any]


def add_identities(connection: DuckDBPyConnection, out: Path) -> None:
    """Fills the table of entities, and temporary ones of what was given and of whose each document is."""
    connection.execute(GIVEN)
    files = given.load_files(out)
    insert_rows(
        connection, "given", [(one.path, *_known(one.url, one.title, one.publisher, one.date)) for one in files]
    )
    rows = _read(connection)
    entities, owner = find_entities(map(_make_document, rows), given.load_aliases(out))
    near = find_versions(_make_version(row, owner.get(row["id"])) for row in rows)
    connection.execute(IDENTITY)
    told = [(row["id"], owner.get(row["id"]), near.get(row["id"])) for row in rows]
    insert_rows(connection, "identity", told)
    connection.execute("DELETE FROM entities")
    insert_rows(connection, "entities", [*map(_list_fields, entities)])


def add_passed_over(connection: DuckDBPyConnection, out: Path) -> None:
    """Fills the table of what the last batch did not read."""
    connection.execute("DELETE FROM passed_over")
    if (out / PASSED_OVER).is_file():
        columns = dict.fromkeys(PASSED_OVER_COLUMNS, "VARCHAR")
        connection.execute(PASSED, [str(out / PASSED_OVER), columns])


def _known(*words: str) -> Iterable[str | None]:
    return (word or None for word in words)


def _read(connection: DuckDBPyConnection) -> Sequence[Row]:
    cursor = connection.execute(READ)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _make_document(row: Row) -> Document:
    return Document(row["id"], row["entity"], row["parent"], (row["place"], row["title"], row["publisher"]))


def _make_version(row: Row, entity: int | None) -> Version:
    about = (entity, row["year"], row["stage"], row["kind"])
    draft = is_draft(row["title"], row["document"])
    least = ALIKE if entity else SURE
    return Version(row["id"], about, row["sketch"], draft, row["claims"], row["published"], least, bool(row["pages"]))


def _list_fields(entity: Entity) -> tuple[Any, ...]:
    aliases = [*entity.aliases]
    return entity.id, entity.name, entity.kind, entity.level, entity.place, entity.parent, aliases
