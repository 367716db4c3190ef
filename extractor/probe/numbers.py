"""The numbers of a result in which an error can be planted: what is printed of each, and what stands beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from extractor.amounts.book import Book
from extractor.amounts.names import normalize_name
from extractor.model import Claim, Period, Result, Table, TableCell

PRINTED = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
"""Digits as they are printed; numbers in words and in other digits are left alone."""
YEAR = 4


class Number(Struct, frozen=True):
    """A number that is printed with digits: ``raw`` at ``start..end``, of it ``digits`` at ``at``.

    ``unit_at`` is where its unit is printed beside it, None where that stands elsewhere. ``row`` and ``column`` are its
    place in a table, or in the narrative its own order among all and 0. Numbers of one ``name`` and unit tell the same
    of several years.
    """

    start: int
    end: int
    raw: str
    at: int
    digits: str
    unit: str
    unit_at: int | None
    dimension: str
    place: Literal["narrative", "table"]
    table: str
    row: int
    column: int
    name: str
    year: int | None
    label: str
    path: tuple[str, ...]
    page: int | None


def list_numbers(result: Result) -> list[Number]:
    """The numbers of a result's claims and of its tables' amounts that are printed with digits, in document order."""
    book = Book(result)
    told = [number for at, claim in enumerate(result.claims) if (number := _read_claim(claim, at))]
    taken = {claim.start for claim in result.claims}
    cells = (number for table in result.tables for number in _list_cells(table, book) if number.at not in taken)
    return sorted((*told, *cells), key=lambda number: number.start)


def _read_claim(claim: Claim, at: int) -> Number | None:
    """A claim of one printed number; None for ranges, and for numbers in words."""
    printed = find_printed(claim.raw, claim.value)
    if claim.value_high is not None or not printed:
        return None
    unit_at = claim.raw.rfind(claim.unit) if claim.unit else -1
    return Number(
        start=claim.start,
        end=claim.end,
        raw=claim.raw,
        at=claim.start + printed.start(),
        digits=printed[0],
        unit=claim.unit,
        unit_at=None if unit_at < printed.end() else claim.start + unit_at,
        dimension=claim.dimension,
        place="table" if claim.cell else "narrative",
        table="",
        row=at,
        column=0,
        name=f"{claim.kind}:{normalize_name(claim.metric or '')}" if claim.metric else "",
        year=_find_year(claim.period),
        label=claim.metric or "",
        path=claim.path,
        page=claim.page,
    )


def _list_cells(table: Table, book: Book) -> Iterator[Number]:
    """The numbers of a table's body but for codes and ordinals."""
    amounts = book.layout(table).places
    for row, cells in enumerate(table.rows[table.header_rows :], table.header_rows):
        for column, cell in enumerate(cells):
            number = _read_cell(table, row, column, cell, book.page(cell.start))
            if number and column in amounts:
                yield number


def _read_cell(table: Table, row: int, column: int, cell: TableCell, page: int | None) -> Number | None:
    """A cell of one printed number; None for words, and for an empty one."""
    printed = find_printed(cell.text, cell.value or "")
    if not printed:
        return None
    labels = [label for label in (cell.row_label, cell.column_label) if label]
    return Number(
        start=cell.start,
        end=cell.end,
        raw=cell.text,
        at=cell.start + printed.start(),
        digits=printed[0],
        unit=cell.unit or "",
        unit_at=None,
        dimension="",
        place="table",
        table=table.id,
        row=row,
        column=column,
        name=f"{table.id}:{row}",
        year=_find_year(cell.period),
        label=" × ".join(str(label) for label in labels),
        path=(table.title or table.id,),
        page=page,
    )


def find_printed(raw: str, value: str) -> re.Match[str] | None:
    """The digits of a mention, where they are the number that was read.

    >>> find_printed("约1,286.40万元", "1286.40")[0], find_printed("八亿元", "8"), find_printed("第3批20户", "20")
    ('1,286.40', None, None)
    """
    found = PRINTED.search(raw)
    if not found or not value:
        return None
    same = Decimal(found[0].replace(",", "")) == abs(Decimal(value))
    return found if same else None


def _find_year(period: Period | UnsetType | None) -> int | None:
    if period is UNSET or not period or not period.start:
        return None
    return int(period.start[:YEAR])


def list_neighbours(number: Number, numbers: Sequence[Number]) -> list[Number]:
    """The numbers in the same unit right beside one: the claims of its section before and behind, the cells around."""
    place = number.table, number.path, number.unit
    others = [other for other in numbers if (other.table, other.path, other.unit) == place]
    if not number.table:
        at = others.index(number)
        return [*others[max(0, at - 1) : at], *others[at + 1 : at + 2]]
    return [other for other in others if _is_beside(number, other)]


def _is_beside(number: Number, other: Number) -> bool:
    return abs(number.row - other.row) + abs(number.column - other.column) == 1


def list_last_years(number: Number, numbers: Iterable[Number]) -> list[Number]:
    """What is told of the same thing in the same unit for the year before."""
    if number.year is None or not number.name:
        return []
    same = number.name, number.unit, number.year - 1
    return [other for other in numbers if (other.name, other.unit, other.year) == same]
