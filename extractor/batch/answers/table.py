"""An answer as a table on the terminal; one with too many columns is told row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from extractor.batch.export import plain
from extractor.reports.printable import printable

if TYPE_CHECKING:
    from rich.table import Table

# The rows of one table: what follows is another, with columns as wide as its own rows need.
ROWS = 5000
# The narrowest column of words, the room between a name and its value, and what stands above a row that is told line
# by line.
NARROWEST, GAP, MARK = 12, 2, "──"
# What a table draws between two columns.
BETWEEN = 3
Rows = Sequence[Sequence[Any]]


def draw(columns: Sequence[str], answer: Iterable[Sequence[Any]]) -> Iterable[str]:
    """The table, or the rows below each other where their numbers would not fit on one line side by side."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    names, rows = [printable(column) for column in columns], iter(answer)
    first = [*islice(rows, ROWS)]
    crowded = sum(width + BETWEEN for width in _measure(names, first)) > console.width
    for part in _records(names, chain(first, rows)) if crowded else _grids(names, first, rows):
        with console.capture() as drawn:
            console.print(part)
        yield "\n".join(line.rstrip() for line in drawn.get().strip("\n").splitlines()) + "\n"


def _measure(columns: Sequence[str], rows: Rows) -> list[int]:
    """The room that each column needs: for its name, its longest number, and a part of its words."""
    from rich.cells import cell_len

    widths = [len(column) for column in columns]
    for row in rows:
        for at, cell in enumerate(row):
            room = cell_len(_say(cell))
            widths[at] = max(widths[at], room if _is_number(cell) else min(room, NARROWEST))
    return widths


def _grids(columns: Sequence[str], first: Rows, rows: Iterator[Sequence[Any]]) -> Iterator[Table]:
    """The rows in tables of so many that no answer is held whole: one at least, for the heading."""
    yield _grid(columns, first)
    while some := [*islice(rows, ROWS)]:
        yield _grid(columns, some)


def _grid(columns: Sequence[str], rows: Rows) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column, width in zip(columns, _measure(columns, rows), strict=True):
        table.add_column(Text(column), overflow="fold", min_width=width)
    for row in rows:
        table.add_row(*(_right(cell) for cell in row))
    return table


def _records(columns: Sequence[str], answer: Iterable[Sequence[Any]]) -> Iterator[Table]:
    """Every row as a list of names and values below one another."""
    from rich.table import Table
    from rich.text import Text

    for number, row in enumerate(answer, 1):
        table = Table.grid(padding=(0, GAP), collapse_padding=True)
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        table.add_row(Text(f"{MARK} {number}"), "")
        for column, cell in zip(columns, row, strict=True):
            if cell is not None:
                table.add_row(Text(column), Text(_say(cell), no_wrap=_is_number(cell)))
        yield table


def _right(cell: Any) -> Any:
    """A cell of the table: numbers on the right, on one line."""
    from rich.text import Text

    is_number = _is_number(cell)
    return Text(_say(cell), justify="right" if is_number else "left", no_wrap=is_number)


def _say(cell: Any) -> str:
    return "" if cell is None else printable(str(plain(cell)))


def _is_number(cell: Any) -> bool:
    return isinstance(cell, int | float | Decimal)
