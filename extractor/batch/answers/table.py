"""An answer as a table on the terminal; one with too many columns is told row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

from extractor.batch.export import plain
from extractor.reports.printable import printable

if TYPE_CHECKING:
    from rich.table import Table

# The rows of one table: what follows is another, with columns as wide as its own rows need.
ROWS = 5000
# The narrowest column of a table, the room between two, and what stands above a row that is told line by line.
NARROWEST, GAP, MARK = 4, 2, "──"


def draw(columns: Sequence[str], answer: Iterable[Sequence[Any]]) -> Iterable[str]:
    """The table, or the rows below each other."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    names = [printable(column) for column in columns]
    for part in _records(names, answer) if _crowded(names, console.width) else _grids(names, answer):
        with console.capture() as drawn:
            console.print(part)
        yield "\n".join(line.rstrip() for line in drawn.get().strip("\n").splitlines()) + "\n"


def _crowded(columns: Sequence[str], width: int) -> bool:
    """Whether so many columns would have no room for their names side by side."""
    return sum(max(NARROWEST, len(column)) + GAP for column in columns) > width


def _grids(columns: Sequence[str], answer: Iterable[Sequence[Any]]) -> Iterator[Table]:
    """The rows in tables of so many that no answer is held whole: one at least, for the heading."""
    rows = iter(answer)
    yield _grid(columns, islice(rows, ROWS))
    while some := [*islice(rows, ROWS)]:
        yield _grid(columns, some)


def _grid(columns: Sequence[str], answer: Iterable[Sequence[Any]]) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in answer:
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
                table.add_row(Text(column), Text(printable(str(plain(cell)))))
        yield table


def _right(cell: Any) -> Any:
    """A cell of the table: numbers on the right."""
    from rich.text import Text

    text = "" if cell is None else printable(str(plain(cell)))
    return Text(text, justify="right" if isinstance(cell, int | float | Decimal) else "left")
