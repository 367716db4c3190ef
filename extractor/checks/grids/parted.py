"""Numbers of the narrative that a form parts under one head: 行政诉讼9件 is 4 and 5 under the two heads below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.layout import is_total
from extractor.checks.grids.labels import clean_label
from extractor.claims.vocabulary import normalize_name
from extractor.model import Claim, Table
from extractor.tables.labels import JOIN

# A head, others below it, and what each of these has.
LEVELS = 3

Name = tuple[str, str]
"""What a column is called at the top and at the bottom."""


class Parted(Struct, frozen=True):
    """A number of the narrative, and the cells of its name that make it up."""

    claim: Claim
    cells: tuple[Amount, ...]


def find_parted(book: Book) -> Iterator[Parted]:
    """The numbers of the narrative whose name two columns or more share in the one row of a form."""
    for table in book.tables:
        groups = dict(_group_columns(book, table))
        for claim in book.claims if groups else ():
            cells = _find_cells(book, claim, groups)
            if cells:
                yield Parted(claim, cells)


def _group_columns(book: Book, table: Table) -> Iterator[tuple[Name, tuple[Amount, ...]]]:
    """The cells that have the same name at the top and at the bottom, of a table with one row of numbers."""
    rows = [at for at, row in enumerate(table.rows) if any(cell.column_label and cell.value for cell in row)]
    found: dict[Name, dict[str, int]] = {}
    for column, cell in enumerate(table.rows[rows[0]]) if len(rows) == 1 else ():
        labels = (cell.column_label or "").split(JOIN)
        if len(labels) == LEVELS and cell.value is not None:
            top, middle, bottom = map(clean_label, labels)
            found.setdefault((top, bottom), {}).setdefault(middle, column)
    for name, columns in found.items():
        cells = [book.cell(table, rows[0], column) for column in columns.values()]
        if len(cells) > 1 and all(cells):
            yield name, tuple(filter(None, cells))


def _find_cells(book: Book, claim: Claim, groups: Mapping[Name, tuple[Amount, ...]]) -> tuple[Amount, ...] | None:
    """The cells of a number's own name below that of its total; of a total those that are called so."""
    if not claim.is_one_told or claim.kind != "level" or claim.cell or not claim.metric:
        return None
    metric = normalize_name(claim.metric)
    whole = normalize_name(book.claim[claim.part_of].metric or "") if claim.part_of else None
    for (top, bottom), cells in groups.items():
        if (whole or metric).endswith(top) and (bottom == metric if whole else is_total(bottom)):
            return cells
    return None
