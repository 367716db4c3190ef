"""The two sides of a budget in tables of their own: what all of the one comes to, all of the other does.

The tables are called alike but for their side, and so are the columns: 收入总计 of 政府性基金预算收入表 and 支出总计 of
政府性基金预算支出表, by 预算数 and 执行数.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from extractor import patterns
from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.checks.grids.labels import read_heads
from extractor.claims.vocabulary import normalize_name
from extractor.model import Table

# The tables of both sides stand within so many of each other.
NEAR = 3
_expression = partial(patterns.fragment, "checks/table_repeat")


class Side(Struct, frozen=True):
    """The total of one side in a table: where that stands among all, its side, its name without it, its columns."""

    at: int
    side: str
    name: str
    columns: dict[str, Amount]


def find_sides(book: Book) -> Iterator[tuple[Amount, Amount]]:
    """The totals of both sides of each budget, column by column."""
    waiting: dict[str, Side] = {}
    for side in _list_sides(book):
        other = waiting.get(side.name)
        if other and other.side != side.side and side.at - other.at <= NEAR:
            yield from ((other.columns[head], one) for head, one in side.columns.items() if head in other.columns)
        else:
            waiting[side.name] = side


def _list_sides(book: Book) -> Iterator[Side]:
    """The total of every table whose title is that of one side, in their order."""
    for at, table in enumerate(book.tables):
        title = _cut_brackets(normalize_name(table.title or ""))
        sides = set(_expression("side").findall(title))
        if len(sides) == 1:
            side = sides.pop()
            rows = [row for row in range(len(table.rows)) if _is_total(table, row, side)]
            if len(rows) == 1:
                yield Side(at, side, _expression("side").sub("", title), dict(_list_columns(book, table, rows[0])))


def _cut_brackets(title: str) -> str:
    return title.partition("（")[0]


def _is_total(table: Table, row: int, side: str) -> bool:
    """Whether a row is the total of all of a side."""
    found = (_expression("side_total").fullmatch(normalize_name(cell.text)) for cell in table.rows[row])
    return any(match is not None and match["side"] == side for match in found)


def _list_columns(book: Book, table: Table, row: int) -> Iterator[tuple[str, Amount]]:
    """The numbers of a row by the heads of their columns, without their side."""
    for column, head in read_heads(table).items():
        amount = book.cell(table, row, column) if table.rows[row][column].value is not None else None
        if amount and amount.value:
            yield _expression("side").sub("", head), amount
