"""What is owed beside what may be, in a table: two rows, or two columns, whose labels say the same but for that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from extractor import patterns
from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.checks.grids.grid import read_column, read_grids
from extractor.checks.grids.labels import clean_label, read_first
from extractor.tables.labels import JOIN

_expression = partial(patterns.fragment, "checks/limit")


def find_ceilings(book: Book) -> Iterator[tuple[Amount, Amount]]:
    """Each balance of a table with its ceiling in the same column, or row."""
    for grid in book.view(read_grids).values():
        rows = _pair({row: clean_label(read_first(grid.table, row)) for row in grid.rows})
        places = [((one, column), (other, column)) for one, other in rows for column in grid.columns]
        columns = _pair({column: JOIN.join(read_column(grid, column)) for column in grid.columns})
        places += [((row, one), (row, other)) for one, other in columns for row in grid.rows]
        for one, other in places:
            yield from _hold(book.cell(grid.table, *one), book.cell(grid.table, *other))


def _hold(balance: Amount | None, ceiling: Amount | None) -> Iterator[tuple[Amount, Amount]]:
    """Two cells that hold amounts of one unit; that nothing is owed says nothing."""
    if balance and ceiling and balance.value and balance.base == ceiling.base:
        yield balance, ceiling


def _pair(labels: Mapping[int, str]) -> Iterator[tuple[int, int]]:
    """The balances, each with the one ceiling of what it is of."""
    ceilings: dict[str, list[int]] = {}
    for at, label in labels.items():
        if _expression("may_owe").search(label):
            ceilings.setdefault(_name_debt("may_owe", label), []).append(at)
    for at, label in labels.items():
        is_balance = _expression("owes").search(label) and not _expression("may_owe").search(label)
        found = ceilings.get(_name_debt("owes", label), []) if is_balance else []
        yield from ((at, ceiling) for ceiling in found if len(found) == 1)


def _name_debt(side: str, label: str) -> str:
    """What a label says of what is owed, without the words that call it a balance or a ceiling."""
    return str(_expression(side).sub("", _expression("unsaid").sub("", label)))
