"""Funds that tables of their own tell of: what came in, what went out, what is left of the year and of all years.

The three tables of one budget have one title but for 收入, 支出 and 结余, and rows of the same funds. In the table of
what is left the row of all years stands right below that of the year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise, product

from msgspec import Struct

from extractor import patterns
from extractor.amounts.amount import RATIO, Amount
from extractor.amounts.book import Book
from extractor.amounts.layout import is_total, split_number
from extractor.checks.grids.grid import Grid, read_grids
from extractor.checks.grids.labels import read_first, read_heads
from extractor.claims.vocabulary import normalize_name

# The tables of one budget, and the fragments of how their rows end.
ROWS = {"income": "fund_income", "outgo": "fund_outgo", "left": "fund_left"}
SIDES = tuple(ROWS)

_expression = partial(patterns.fragment, "checks/balance")
Place = tuple[Grid, int, int]


class Left(Struct, frozen=True):
    """What is left, and what it comes of, by their roles."""

    left: Amount
    others: tuple[tuple[str, Amount], ...]


def find_left(book: Book) -> Iterator[Sequence[Left]]:
    """What is left of the funds of each budget: of the year, and of all years with those before."""
    for tables in _group_tables(book).values():
        if "left" in tables:
            yield list(_find_of_all_years(book, tables["left"]))
        if len(tables) == len(SIDES):
            yield list(_find_of_year(book, [tables[side] for side in SIDES]))


def _group_tables(book: Book) -> Mapping[str, Mapping[str, Grid]]:
    """The tables of each budget by their sides."""
    found: dict[str, dict[str, Grid]] = {}
    for grid in book.view(read_grids).values():
        title = _expression("of_funds").fullmatch(normalize_name(grid.table.title or ""))
        if title:
            side = next(side for side in SIDES if title[side])
            found.setdefault(f"{title['before']}{title['behind']}", {})[side] = grid
    return found


def _find_of_year(book: Book, grids: Sequence[Grid]) -> Iterator[Left]:
    """What came in without what went out, of every fund and in every column that all three tables have."""
    rows = [_name_rows(grid, side) for grid, side in zip(grids, SIDES, strict=True)]
    columns = [_name_columns(grid) for grid in grids]
    for fund, head in product(_share(rows), _share(columns)):
        places = [(grid, named[fund], of[head]) for grid, named, of in zip(grids, rows, columns, strict=True)]
        yield from _relate(book, places, ("income", "outgo"))


def _share(names: Sequence[Mapping[str, int]]) -> list[str]:
    """The names that all tables have."""
    return [name for name in names[0] if all(name in others for others in names)]


def _name_rows(grid: Grid, side: str) -> Mapping[str, int]:
    """The rows of one side by their funds, the first of each; that of all funds has no name."""
    found: dict[str, int] = {}
    for row in grid.rows:
        label = _read_label(grid, row)
        named = _expression(ROWS[side]).search(label)
        if named or is_total(label):
            found.setdefault(label[: named.start()] if named else "", row)
    return found


def _read_label(grid: Grid, row: int) -> str:
    """What a row is called, without its number and what stands in brackets."""
    return split_number(str(_expression("aside").sub("", normalize_name(read_first(grid.table, row)))))[0]


def _name_columns(grid: Grid) -> Mapping[str, int]:
    """The columns by their labels; the only one of a table needs none."""
    if len(grid.columns) == 1:
        return {"": grid.columns[0]}
    heads = read_heads(grid.table)
    return {heads.get(column, ""): column for column in reversed(grid.columns)}


def _find_of_all_years(book: Book, grid: Grid) -> Iterator[Left]:
    """What was left at the end of one year, with what is left of the next, in the columns of both."""
    labels = [_read_label(grid, row) for row in grid.rows]
    of_year, of_all = _expression("fund_left").search, _expression("fund_of_all").search
    places = zip(pairwise(grid.rows), pairwise(labels), strict=True)
    pairs = [rows for rows, (label, below) in places if of_year(label) and of_all(below)]
    for (row, below), (earlier, later) in product(pairs, _pair_years(grid)):
        yield from _relate(
            book, [(grid, below, earlier), (grid, row, later), (grid, below, later)], ("opening", "surplus")
        )


def _pair_years(grid: Grid) -> Iterator[tuple[int, int]]:
    """The columns of one year right in front of those of the next."""
    heads = read_heads(grid.table)
    years = [_expression("year").search(heads.get(column, "")) for column in grid.columns]
    for (one, year), (other, next_year) in pairwise(zip(grid.columns, years, strict=True)):
        if year and next_year and int(next_year[0]) == int(year[0]) + 1:
            yield one, other


def _relate(book: Book, places: Sequence[Place], roles: tuple[str, str]) -> Iterator[Left]:
    """What is left, last, and what it comes of, where all are amounts of one unit, and no rates."""
    amounts = [book.cell(grid.table, row, column) for grid, row, column in places]
    told = [amount for amount in amounts if amount and amount.base != RATIO]
    if len(told) == len(places) and len({amount.base for amount in told}) == 1:
        *others, left = told
        yield Left(left, tuple(zip(roles, others, strict=True)))
