"""Ledgers in tables: what there was, what came and what went, and what there is, in rows or in columns.

A debt has its years in its labels (2024年末…债务余额, 2025年…发行额, …还本额, 2025年末…债务余额); a ledger of accounts
only says 期初余额, 本期增加, 本期减少 and 期末余额.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

import msgspec
from msgspec import Struct

from extractor import patterns
from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.layout import is_total
from extractor.checks.grids.grid import Grid, read_column, read_grids
from extractor.checks.grids.labels import clean_label, read_first
from extractor.model import Table

# What the lines of a ledger hold, in their order; a debt's balance is the first or the last one by its year.
OPENING, ADDED, TAKEN, CLOSING, BALANCE = "opening", "added", "taken", "closing", "balance"
ROLES = (OPENING, CLOSING, ADDED, TAKEN)
# Less than three numbers say that nothing came or went, or that a cell was left empty.
FEWEST = 3

_expression = partial(patterns.fragment, "checks/balance")
Place = tuple[int, int]


class Line(Struct, frozen=True):
    """A row or column: what it holds of a ledger, of which kind of debt, and a balance at the end of which year."""

    at: int
    role: str = ""
    kind: str = ""
    year: int = 0


class Course(Struct, frozen=True):
    """The lines of one ledger, so far as they are read."""

    opening: Line
    added: tuple[int, ...] = ()
    taken: tuple[int, ...] = ()
    closing: int | None = None


class Ledger(Struct, frozen=True):
    """The cells of a ledger in one column, or row; ``is_debt``: of what a government owes, and not of an account."""

    closing: Amount
    opening: Amount | None
    added: tuple[Amount, ...]
    taken: tuple[Amount, ...]
    is_debt: bool


def find_ledgers(book: Book) -> Iterator[list[Ledger]]:
    """The ledgers of every table that has some, those of a table together."""
    for grid in book.view(read_grids).values():
        found = [*_find_in_rows(book, grid), *_find_in_columns(book, grid)]
        if found:
            yield found


def _find_in_rows(book: Book, grid: Grid) -> Iterator[Ledger]:
    """The ledgers whose lines are rows; what stands below a line says no more than what it is made up of."""
    table = grid.table
    lines = (
        _read_line(row, [clean_label(read_first(table, row))]) for row in range(table.header_rows, len(table.rows))
    )
    for course in _find_courses([line for line in lines if line.role]):
        for column in grid.columns if len(course.added) == 1 and len(course.taken) == 1 else ():
            yield from _read_ledger(book, table, course, partial(_place_row, column))


def _find_in_columns(book: Book, grid: Grid) -> Iterator[Ledger]:
    """The ledgers whose lines are columns, with no other column between them."""
    lines = [_read_line(column, _read_heads(grid, column)) for column in grid.columns]
    for course in _find_courses(lines):
        for row in grid.rows if course.taken else ():
            yield from _read_ledger(book, grid.table, course, partial(_place_column, row))


def _place_row(column: int, row: int) -> Place:
    return row, column


def _place_column(row: int, column: int) -> Place:
    return row, column


def _read_heads(grid: Grid, column: int) -> list[str]:
    """The labels over a column from the top down; none over one of totals of some others."""
    labels = read_column(grid, column)
    return [] if is_total(labels[-1]) else labels


def _read_line(at: int, labels: Sequence[str]) -> Line:
    """What a row or column holds, by the first of its labels that says so."""
    return next(filter(None, (_tell_role(at, label) for label in labels)), Line(at))


def _tell_role(at: int, label: str) -> Line | None:
    owed = _expression("owed").fullmatch(label)
    if owed:
        year = int(owed["year"] or 0) - (owed["start"] is not None)
        role = next(role for role in (BALANCE, ADDED, TAKEN) if owed[role])
        return Line(at, role, owed["kind"] or "", year)
    return next((Line(at, role) for role in ROLES if _expression(role).fullmatch(label)), None)


def _find_courses(lines: Iterable[Line]) -> Iterator[Course]:
    """The ledgers that lines tell one behind the other: each ends with what there is, or where another begins."""
    course: Course | None = None
    for line in lines:
        if line.role == OPENING or (line.role == BALANCE and not (course and _closes(course, line))):
            course = Course(line)
        elif course and line.kind == course.opening.kind:
            course = _go_on(course, line)
            if course and course.closing is not None:
                yield course
                course = None
        elif not line.role:
            course = None


def _closes(course: Course, line: Line) -> bool:
    """Whether a balance is that of the year behind the one that a ledger begins with."""
    return line.year == course.opening.year + 1 and line.kind == course.opening.kind


def _go_on(course: Course, line: Line) -> Course | None:
    """A ledger with one more line; None where that is none of it, or where nothing came in front of what there is."""
    if line.role == ADDED:
        return msgspec.structs.replace(course, added=(*course.added, line.at))
    if line.role == TAKEN:
        return msgspec.structs.replace(course, taken=(*course.taken, line.at))
    if line.role in (CLOSING, BALANCE) and course.added:
        return msgspec.structs.replace(course, closing=line.at)
    return None


def _read_ledger(book: Book, table: Table, course: Course, place: Callable[[int], Place]) -> Iterator[Ledger]:
    """The cells of a ledger, so far as they hold numbers of one unit; a debt has what there was, and what came."""
    cell = partial(_read_cell, book, table, place)
    opening, closing = cell(course.opening.at), cell(course.closing)
    added, taken = (tuple(filter(None, map(cell, lines))) for lines in (course.added, course.taken))
    told = [one for one in (closing, opening, *added, *taken) if one]
    is_debt = course.opening.role == BALANCE
    is_whole = len(told) >= FEWEST and not (is_debt and not (opening and added))
    if closing and is_whole and {one.base for one in told} == {closing.base}:
        yield Ledger(closing, opening, added, taken, is_debt)


def _read_cell(book: Book, table: Table, place: Callable[[int], Place], at: int | None) -> Amount | None:
    return None if at is None else book.cell(table, *place(at))
