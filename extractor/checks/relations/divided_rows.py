"""Rows of any table that are the sides of one division (城镇, 乡村), with the rows in front of them as their totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain

from msgspec import Struct

from extractor import patterns
from extractor.amounts.amount import RATIO, Amount
from extractor.amounts.book import Book
from extractor.amounts.interval import add_up
from extractor.checks.relations.complements import Words, find_sides, name_complement, read_complement
from extractor.claims.vocabulary import normalize_name
from extractor.model import Table

# A total stands among so many rows in front of its first side: behind it the table may be divided by other names first.
# So many may stand between its sides, too.
NEAREST = 8
_expression = partial(patterns.fragment, "relations/parts")


class Division(Struct, frozen=True):
    """Rows that are the sides of a division by some words, and those in front that may be divided, the nearest first.

    ``heads`` are those of which one is: the next in front that is no side of what is divided before, or the last side
    of that. ``is_plain``: the first is no name of several things, and the words leave no rest.
    """

    words: Words
    rows: tuple[int, ...]
    before: tuple[int, ...]
    heads: tuple[int, ...]
    is_plain: bool


class DividedCells(Struct, frozen=True):
    """The sides of a division in one column, the numbers in front that may be their total, and its pattern.

    ``heads`` are those of these that no others can be meant but, where the words leave no rest.
    """

    wholes: tuple[Amount, ...]
    parts: tuple[Amount, ...]
    pattern: str
    heads: tuple[Amount, ...]


def find_divided_cells(book: Book) -> Iterator[DividedCells]:
    """The sides of every division that rows of a table without a layout of its own are called by, column by column."""
    for table in book.tables:
        names = [] if table.kind else [_name_row(table, row) for row in range(len(table.rows))]
        for division in _list_divisions(table, names):
            for column in range(len(table.rows[0])):
                yield from _read_column(book, table, division, column)


def _list_divisions(table: Table, names: Sequence[str]) -> Iterator[Division]:
    """The divisions of a table behind a row that may be what is divided."""
    found = list(_choose(list(_find_divisions(names))))
    ends: dict[int, int] = {}
    for rows, _ in found:
        ends |= {row: min(rows[-1], ends.get(row, rows[-1])) for row in rows}
    for rows, words in found:
        before = _list_wholes(table, names, rows[0], words)
        if before:
            above = range(rows[0] - 1, table.header_rows - 1, -1)
            heads = (row for row in above if ends.get(row, rows[0]) >= rows[0])
            head = next(heads, before[0])
            is_plain = not (read_complement(words).usual or _expression("several").search(names[head]))
            yield Division(words, rows, tuple(before), (head, rows[0] - 1), is_plain)


def _choose(found: Sequence[tuple[tuple[int, ...], Words]]) -> Iterator[tuple[tuple[int, ...], Words]]:
    """Divisions between whose sides nothing stands but sides of others. A row is one of a division but once."""
    sides = set(chain.from_iterable(rows for rows, _ in found))
    taken: set[tuple[Words, int]] = set()
    for rows, words in found:
        places = {(words, row) for row in rows}
        if sides.issuperset(range(rows[0], rows[-1])) and taken.isdisjoint(places):
            taken |= places
            yield rows, words


def _name_row(table: Table, row: int) -> str:
    """The label of a row without what it stands under, and without what brackets say of it."""
    labels = [cell.row_label for cell in table.rows[row] if cell.row_label]
    name = normalize_name(labels[0].rpartition("/")[2]) if labels else ""
    return name.rpartition("（")[0] if name.endswith("）") else name


def _find_divisions(names: Sequence[str]) -> Iterator[tuple[tuple[int, ...], Words]]:
    """Rows that have a dividing word each; others may stand between them."""
    for first, name in enumerate(names):
        for words in find_sides(name):
            rows = _walk(names, first, words)
            if len(rows) == len(words):
                yield rows, words


def _walk(names: Sequence[str], first: int, words: Words) -> tuple[int, ...]:
    """The rows from one on that are sides of a division, as long as each is another side."""
    found: dict[str, int] = {}
    for row in range(first, min(first + len(words) + NEAREST, len(names))):
        side = find_sides(names[row]).get(words)
        if side in found or len(found) == len(words):
            break
        if side:
            found[side] = row
    return tuple(found.values())


def _list_wholes(table: Table, names: Sequence[str], first: int, words: Words) -> list[int]:
    """The rows in front of the first side that may be divided, the nearest first: none that is a side as well."""
    before = range(first - 1, max(table.header_rows, first - NEAREST) - 1, -1)
    return [row for row in before if words not in find_sides(names[row])]


def _read_column(book: Book, table: Table, division: Division, column: int) -> Iterator[DividedCells]:
    """The sides in one column, where each of them and a row in front have a number of one unit there."""
    parts = list(filter(None, (book.cell(table, row, column) for row in division.rows)))
    if len(parts) < len(division.rows) or not all(part.exact > 0 and part.base == parts[0].base for part in parts):
        return
    cells = filter(None, (book.cell(table, row, column) for row in division.before))
    wholes = [one for one in cells if one.base == parts[0].base]
    heads = tuple(one for one in wholes if one.operand.row in division.heads and _adds_up(one, parts))
    most = max(part.exact for part in parts)
    likely = tuple(one for one in wholes if one.exact > most or (division.is_plain and one in heads))
    if likely:
        yield DividedCells(likely, tuple(parts), name_complement(division.words), heads if division.is_plain else ())


def _adds_up(whole: Amount, parts: Sequence[Amount]) -> bool:
    """Whether a number may be divided: an amount, or all of a rate, which its parts are where it is misprinted."""
    return whole.base != RATIO or 1 in (whole.exact, add_up(part.exact for part in parts))
