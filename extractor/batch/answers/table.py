"""An answer as a table on the terminal; one with too many columns is told row by row."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from extractor.batch.export import plain
from extractor.reports.printable import printable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

# The rows of one table: what follows is another, with columns as wide as its own rows need.
ROWS = 5000
# The narrowest column of words, the room between a name and its value, and what stands above a row that is told line
# by line.
NARROWEST, GAP, MARK = 12, 2, "──"
# What a table draws between two columns.
BETWEEN = 3
# So wide that no line of an answer is broken.
UNBROKEN = 100_000
Rows = Sequence[Sequence[Any]]


def draw(columns: Sequence[str], answer: Iterable[Sequence[Any]]) -> Iterable[str]:
    """The table, or the rows below each other where their numbers would not fit on one line side by side."""
    console = _make_console()
    names, rows = [printable(column) for column in columns], iter(answer)
    first = [*islice(rows, ROWS)]
    crowded = sum(width + BETWEEN for width in _measure(names, first)) > console.width
    for part in _records(names, chain(first, rows), console.width) if crowded else _grids(names, first, rows):
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


def _records(columns: Sequence[str], answer: Iterable[Sequence[Any]], width: int) -> Iterator[Text]:
    """Every row as its names and values, as many on a line as have room; what is empty is left out."""
    for number, row in enumerate(answer, 1):
        told = [(name, cell) for name, cell in zip(columns, row, strict=True) if cell is not None]
        yield _record(f"{MARK} {number}", told, width)


def _record(head: str, told: Sequence[tuple[str, Any]], width: int) -> Text:
    """A row: a name and its value are parted by a line's end only where they need more than a line."""
    from rich.text import Text

    pairs = [f"{name} {_say(cell)}" for name, cell in told]
    return Text("\n").join([Text(head), *(Text(pair, overflow="fold") for pair in _fill(pairs, width))])


def _fill(pairs: Sequence[str], width: int) -> Iterator[str]:
    """Pairs in lines of a width, none broken that has room in a line of its own.

    >>> [*_fill(["year 2024", "yuan 52800", "page 3"], 24)]
    ['year 2024   yuan 52800', 'page 3']
    """
    from rich.cells import cell_len

    line = ""
    for pair in pairs:
        longer = f"{line}{' ' * (GAP + 1)}{pair}" if line else pair
        if line and cell_len(longer) > width:
            yield line
            longer = pair
        line = longer
    yield line


def _right(cell: Any) -> Any:
    """A cell of the table: numbers on the right, on one line."""
    from rich.text import Text

    is_number = _is_number(cell)
    return Text(_say(cell), justify="right" if is_number else "left", no_wrap=is_number)


def _make_console() -> Console:
    """A console as wide as the terminal; what goes elsewhere is not broken, so that it can be searched line by line."""
    from rich.console import Console

    is_wide = not sys.stdout.isatty() and "COLUMNS" not in os.environ
    return Console(highlight=False, markup=False, emoji=False, width=UNBROKEN if is_wide else None)


def _say(cell: Any) -> str:
    return "" if cell is None else printable(str(plain(cell)))


def _is_number(cell: Any) -> bool:
    return isinstance(cell, int | float | Decimal)
