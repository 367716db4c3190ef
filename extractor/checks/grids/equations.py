"""Sums of numbered rows: of lists with their totals, and of items that come out like others, as a table says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from extractor import patterns
from extractor.checks.grids.grid import RATE, Grid
from extractor.checks.grids.grid import Row as Numbers
from extractor.checks.grids.outline import Row, find_item, find_listed_totals, find_numbered_below
from extractor.checks.grids.sums import Place, divide
from extractor.claims.vocabulary import normalize_name
from extractor.model import Table
from extractor.sections.markers import read_ordinal

FILE = "checks/table_sum"
# An equation of fewer items says that one is another.
FEWEST = 3

Term = tuple[int, bool]
"""An item by its number, and whether it is added."""


class Equation(Struct, frozen=True):
    """A cell, and the cells that are added up to it and taken away, each by row and column."""

    total: Place
    added: tuple[Place, ...]
    taken: tuple[Place, ...] = ()


def find_listed(grid: Grid, rows: Sequence[Row]) -> Iterator[list[Equation]]:
    """The total of each numbered list as what the list has, in every column."""
    for total, parts in find_listed_totals(rows):
        places = [[(part, column) for part in parts] for column in grid.columns]
        yield [Equation((total, column), tuple(place)) for column, place in zip(grid.columns, places, strict=True)]


def find_nested(grid: Grid, rows: Sequence[Row]) -> Iterator[list[Equation]]:
    """The rows that have numbered ones right below them as what these come to, in the columns of these labels."""
    numbers = dict(zip(grid.rows, grid.numbers, strict=True))
    nested = list(find_numbered_below(rows))
    for column in next(iter(divide(grid)), grid.columns) if nested else ():
        sums = (_add_alike(numbers, total, parts, column) for total, parts in nested)
        yield list(filter(None, sums))


def _add_alike(numbers: Mapping[int, Numbers], total: int, parts: Sequence[int], column: int) -> Equation | None:
    """Rows as the parts of another in a column, where two or more of them have numbers of its kind there."""
    whole = numbers[total].get(column)
    if whole is None or whole.kind == RATE:
        return None
    places = [part for part in parts if column in numbers[part]]
    is_alike = all(numbers[part][column].kind == whole.kind for part in places)
    return Equation((total, column), tuple((part, column) for part in places)) if is_alike and len(places) > 1 else None


def find_told(grid: Grid, rows: Sequence[Row]) -> Iterator[list[Equation]]:
    """What the words of a table say of its numbered items, in every column: solved for the first behind the sign."""
    for terms in filter(None, _read_terms(grid.table)):
        items = [(find_item(rows, ordinal), is_added) for ordinal, is_added in terms]
        told = [(row, is_added) for row, is_added in items if row is not None]
        if len(told) == len(terms):
            yield [_solve(told, column) for column in grid.columns]


def _solve(terms: Sequence[tuple[int, bool]], column: int) -> Equation:
    """An equation in a column, its first item being what the others come to."""
    (total, _), *others = terms
    added = tuple((row, column) for row, is_added in others if is_added)
    return Equation((total, column), added, tuple((row, column) for row, is_added in others if not is_added))


def _read_terms(table: Table) -> Iterator[list[Term]]:
    """The equations that cells of words tell."""
    for row in table.rows:
        for cell in row:
            if cell.text and cell.value is None:
                yield _read_equation(normalize_name(cell.text))


def _read_equation(words: str) -> list[Term]:
    """The first item behind the sign, then all others as what they come to; nothing where words are no equation."""
    sign = patterns.fragment(FILE, "comes_to").search(words)
    if sign is None:
        return []
    left, right = map(list, map(_read_side, (words[: sign.start()], words[sign.end() :])))
    if not left or not right or len(left) + len(right) < FEWEST:
        return []
    (first, _), *rest = right
    return [(first, True), *left, *((ordinal, not is_added) for ordinal, is_added in rest)]


def _read_side(words: str) -> Iterator[Term]:
    """The items that one side of an equation names."""
    for item in patterns.fragment(FILE, "told_item").finditer(words):
        yield read_ordinal(item["item"]), item["taken"] is None
