"""Rows with codes in a table of no known layout: a code is all of those right below it, the total all of the highest.

208 has 20805 and 20808 below it, which have 2080501 and others; the pieces of a code may stand apart: 208 05 01.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from extractor.amounts.layout import CLASS_DIGITS, PIECE_DIGITS, is_total
from extractor.checks.grids.equations import Equation
from extractor.checks.grids.grid import RATE, Grid
from extractor.checks.grids.grid import Row as Numbers
from extractor.kept import compile_expression
from extractor.model import TableCell

CODE = compile_expression(r"[1-9]\d{2}(?:\d{2}){0,3}")
# Fewer rows with codes are no list of accounts.
FEWEST = 4


def find_coded(grid: Grid) -> Iterator[list[Equation]]:
    """The codes that others begin with as what these come to, and the total of all codes, in every column."""
    rows, labels = _read_codes(grid)
    sums = [*_list_below(rows), *_list_total(grid, rows)] if 2 * len(rows) > max(len(grid.rows), 2 * FEWEST - 1) else []
    numbers = dict(zip(grid.rows, grid.numbers, strict=True))
    for column in grid.columns if sums else ():
        if column >= labels:
            found = (_add_alike(numbers, total, parts, column) for total, parts in sums)
            yield list(filter(None, found))


def _read_codes(grid: Grid) -> tuple[dict[str, int], int]:
    """The rows with numbers by their codes, and how many columns these and the names take; none if two have one."""
    found = [(*_join_code(grid.table.rows[row]), row) for row in grid.rows]
    coded = {code: row for code, _, row in found if code}
    is_once = len(coded) == sum(bool(code) for code, *_ in found)
    return coded if is_once else {}, max((width for code, width, _ in found if code), default=0)


def _join_code(cells: Sequence[TableCell]) -> tuple[str, int]:
    """The code in front of the name of a row, its pieces together, and how many cells both take; else an empty one."""
    texts = ["".join(cell.text.split()) for cell in cells]
    named = next((at for at, text in enumerate(texts) if text and not text.isdecimal()), 0)
    code = "".join(texts[:named])
    return (code, named + 1) if CODE.fullmatch(code) and cells[named].value is None else ("", 0)


def _list_below(rows: Mapping[str, int]) -> Iterator[tuple[int, list[int]]]:
    """Each row that others are right below, with those."""
    below: dict[str, list[int]] = defaultdict(list)
    for code, row in rows.items():
        below[_find_above(code, rows)].append(row)
    yield from ((rows[code], found) for code, found in below.items() if code)


def _find_above(code: str, rows: Mapping[str, int]) -> str:
    """The nearest code above one that has a row; empty where none has."""
    shorter = (code[:size] for size in range(len(code) - PIECE_DIGITS, CLASS_DIGITS - 1, -PIECE_DIGITS))
    return next(filter(rows.__contains__, shorter), "")


def _list_total(grid: Grid, rows: Mapping[str, int]) -> Iterator[tuple[int, list[int]]]:
    """The one row that is called the total, with the rows of the highest codes."""
    coded = set(rows.values())
    totals = [row for row, label in zip(grid.rows, grid.labels, strict=True) if row not in coded and is_total(label)]
    if len(totals) == 1:
        yield totals[0], [row for code, row in rows.items() if not _find_above(code, rows)]


def _add_alike(numbers: Mapping[int, Numbers], total: int, parts: Sequence[int], column: int) -> Equation | None:
    """Rows as what another is in a column, those of them that have numbers of its kind there."""
    whole = numbers[total].get(column)
    places = [part for part in parts if column in numbers[part]]
    if whole is None or whole.kind == RATE or not places:
        return None
    is_alike = all(numbers[part][column].kind == whole.kind for part in places)
    return Equation((total, column), tuple((part, column) for part in places)) if is_alike else None
