"""Metrics in one statement that the vocabulary knows to be the sum of others, which another statement has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.checks.statements.statements import Spot, Statements
from extractor.claims import vocabulary
from extractor.claims.vocabulary import Entry


class ComposedCell(Struct, frozen=True):
    """A cell of a metric, and the cells of its parts in another table."""

    total: Amount
    parts: tuple[Amount, ...]


def find_composed_cells(book: Book) -> Iterator[ComposedCell]:
    """Each metric with parts against each other table that has a place for all of them."""
    statements = book.view(Statements)
    for entry in vocabulary.load_metrics().values():
        for table, parts in _find_parts(statements, entry).items():
            yield from _find_totals(statements, entry, table, parts)


def _find_parts(statements: Statements, entry: Entry) -> Mapping[str, tuple[Amount, ...]]:
    """The amounts of the parts of a metric in each table that has a place for all of them; empty cells are left out."""
    places = [_find_places(statements, part) for part in entry.parts]
    found: dict[str, tuple[Amount, ...]] = {}
    if not places:
        return found
    for table in places[0]:
        if all(table in place for place in places):
            amounts = (place[table].amount for place in places)
            found[table] = tuple(filter(None, amounts))
    return found


def _find_totals(statements: Statements, entry: Entry, table: str, parts: tuple[Amount, ...]) -> Iterator[ComposedCell]:
    """The cells of a metric in tables other than that of its parts."""
    if not parts:
        return
    for name, spot in _find_places(statements, entry.id).items():
        if name != table and spot.amount:
            yield ComposedCell(spot.amount, parts)


def _find_places(statements: Statements, identifier: str) -> Mapping[str, Spot]:
    """The first place of a metric in each table that has one; places that only mirror it are none."""
    found: dict[str, Spot] = {}
    for stand, spots in statements.find_stated(identifier):
        if stand.mirror:
            continue
        for spot in spots:
            found.setdefault(spot.table.id, spot)
    return found
