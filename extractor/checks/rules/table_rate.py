"""The rates that tables of any kind give beside their numbers: completions, shares, growth."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from extractor import patterns
from extractor.amounts.amount import PARTS, PERCENT, Amount, read_in_unit, share_unit
from extractor.amounts.book import Book
from extractor.checks.engine.rule import SILENT, TOLD, Relation, Severity
from extractor.checks.grids.grid import RATE, Grid, read_grids
from extractor.checks.grids.labels import read_heads
from extractor.checks.grids.lines import list_columns, list_rows
from extractor.checks.grids.proportions import find_proportions
from extractor.checks.grids.rates import KINDS, Kind, Rate, Sheet, Spot, find_rates
from extractor.model import Table, TableCell

RULE = "table_rate"
# The operands that are in percent without a sign.
RATES = ("rate", "base_rate")


def find(book: Book) -> Iterator[Relation]:
    """Every rate that the columns, or the rows, of a table show to be of two numbers beside it."""
    for grid in book.view(read_grids).values():
        if grid.rows:
            yield from _find_in_columns(book, grid)
            yield from _find_in_rows(book, grid)


def _find_in_columns(book: Book, grid: Grid) -> Iterator[Relation]:
    columns, heads = grid.columns, read_heads(grid.table)
    sheet = Sheet(list_columns(grid), grid.scale, _name_kinds(heads.get(column, "") for column in columns))
    for rate in _find_all(sheet):
        yield from _propose(book, grid.table, rate, lambda spot: (grid.rows[spot[1]], columns[spot[0]]))


def _find_in_rows(book: Book, grid: Grid) -> Iterator[Relation]:
    for rate in _find_all(Sheet(list_rows(grid), grid.scale, _name_kinds(grid.labels))):
        yield from _propose(book, grid.table, rate, lambda spot: (grid.rows[spot[0]], spot[1]))


def _find_all(sheet: Sheet) -> Iterator[Rate]:
    """The rates of numbers that a table has, and the shares of those that it has not."""
    rates = list(find_rates(sheet))
    yield from rates
    yield from find_proportions(sheet, {rate.rate[0] for rate in rates})


def _name_kinds(labels: Iterable[str]) -> Mapping[int, Kind]:
    """Of which kind the rates of a line are, where its label says so of one kind."""
    named = ((at, list(_read_kinds(label))) for at, label in enumerate(labels))
    return {at: kinds[0] for at, kinds in named if len(kinds) == 1}


def _read_kinds(label: str) -> Iterator[Kind]:
    return (kind for kind in KINDS if patterns.fragment(f"checks/{RULE}", kind).search(label))


def _propose(book: Book, table: Table, rate: Rate, place: Callable[[Spot], tuple[int, int]]) -> Iterator[Relation]:
    """A rate by its two numbers; one that is none of many is a warning."""
    told = {"rate": rate.rate, "current": rate.current, "base": rate.base, "base_rate": rate.base_rate}
    spots = {role: spot for role, spot in told.items() if spot}
    amounts = {role: book.cell(table, *place(spot)) for role, spot in spots.items()}
    operands = tuple(_share_unit([(role, amount) for role, amount in amounts.items() if amount is not None]))
    if len(operands) == len(spots):
        severity: Severity | None = "warning" if rate.fails and not rate.is_lone else None
        row, column = place(rate.rate)
        is_told = rate.fails and not _is_at_prices(rate, table.rows[row][column])
        yield Relation(RULE, rate.kind, operands, severity, otherwise=TOLD if is_told else SILENT)


def _is_at_prices(rate: Rate, cell: TableCell) -> bool:
    """Whether growth is that of something whose growth is told at comparable prices: GDP beside sales in one table."""
    called = f"{cell.row_label or ''}{cell.column_label or ''}"
    return rate.kind == "growth" and bool(patterns.fragment("checks/change", "at_prices").search(called))


def _share_unit(operands: Sequence[tuple[str, Amount]]) -> Iterator[tuple[str, Amount]]:
    """The numbers of a rate: without a sign it is in percent, and an amount without a unit is like the other one."""
    levels = iter(share_unit([amount for role, amount in operands if role not in RATES]))
    for role, amount in operands:
        if role not in RATES:
            yield role, next(levels)
        else:
            yield role, amount if amount.base == RATE else read_in_unit(amount, PARTS[PERCENT])
