"""The statements of a document: its tables of known kind, and where in them a metric stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain, filterfalse
from operator import attrgetter
from typing import TypeVar

import regex
from msgspec import Struct

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.layout import Column, Line, Panel, expression, is_total
from extractor.claims import vocabulary
from extractor.claims.vocabulary import Stand
from extractor.model import Claim, Period, Table

T = TypeVar("T")
# The order that the numbering of a row has where it is a 其中 of the row above, and no item of its own.
OF_WHICH = 3
# The roles of a document's own figures, by what it is.
OWN_ROLES = {"accounts": ("actual",), "budget": ("actual", "budget")}


class Spot(Struct, frozen=True):
    """A cell of a statement; ``amount`` is None where it is empty."""

    table: Table
    row: int
    column: int
    amount: Amount | None


class Statement:
    """A table of known kind, with its columns of the document's year and of one stage: what is planned, or actual."""

    def __init__(self, book: Book, table: Table, planned: bool = False) -> None:
        self.table, self.kind = table, table.kind or ""
        self._stage, self._planned = expression("budget" if planned else book.genre), planned
        self._book, self.layout = book, book.layout(table)

    @cached_property
    def panels(self) -> tuple[Panel, ...]:
        """The panels of the table."""
        return self.layout.panels

    @cached_property
    def _years(self) -> tuple[str, str]:
        """What a column of the document's own figures names as its year: nothing, or that year."""
        return "", str(self._book.result.document.year)

    def find_own_columns(self, panel: Panel) -> list[Column]:
        """The columns of a panel with the document's own figures of the stage; those that name none are of its own."""
        own = list(filter(self._is_of_year, panel.columns))
        if self._planned or any(map(self._is_staged, panel.columns)):
            return list(filter(self._is_staged, own))
        return own

    def _is_of_year(self, column: Column) -> bool:
        """Whether a column has figures of the document's year, and measures against nothing."""
        return not column.compared and column.year in self._years

    def _is_staged(self, column: Column) -> bool:
        """Whether a column names the stage whose figures are asked for."""
        return bool(self._stage.search(column.stage))

    def find_total_column(self, panel: Panel) -> Column | None:
        """The column of the total of a panel: its only one, else the outermost that is called so."""
        columns = list(filterfalse(_is_carried_column, self.find_own_columns(panel)))
        if len(columns) == 1:
            return columns[0]
        totals = list(filter(_is_total_column, columns))
        depth = min(map(_measure_depth, totals), default=0)
        return _take_single([column for column in totals if _measure_depth(column) == depth])

    def find_total_line(self, panel: Panel) -> Line | None:
        """The row of the total of a panel: the last that is called so, or the only row where rows have no names."""
        if not panel.labels:
            return _take_single(panel.lines)
        return next(filter(_is_total_line, reversed(panel.lines)), None)

    def find_current_line(self, panel: Panel) -> Line | None:
        """The row of the total of the year alone, where what is carried over is told apart; else that of the total."""
        return next(filter(_is_current_line, panel.lines), None) or self.find_total_line(panel)

    def find_panels(self, side: str) -> list[Panel]:
        """The panels of one half of a table; all of them where no half is asked for."""
        return [panel for panel in self.panels if side in panel.heading]

    def read_spot(self, row: int, column: int) -> Spot:
        """One cell."""
        return Spot(self.table, row, column, self._book.cell(self.table, row, column))

    def find_spots(self, stand: Stand) -> Iterator[Spot]:
        """The cells at a place of a metric."""
        if not stand.level and self.has_carried(stand.side):
            return
        for panel in self.find_panels(stand.side):
            column = self._find_column(panel, stand)
            line = self._find_line(panel, stand)
            if column and line:
                yield self.read_spot(line.row, column.index)

    def has_carried(self, side: str) -> bool:
        """Whether an amount of this table is carried over from the year before or to the next."""
        carried = chain.from_iterable(map(self._read_carried, self.find_panels(side)))
        return any(map(attrgetter("value"), carried))

    def _read_carried(self, panel: Panel) -> Iterator[Amount]:
        """The amounts of a panel's own columns in the rows of what is carried over."""
        for line in panel.lines:
            if is_carried(line.name):
                spots = (self.read_spot(line.row, column.index) for column in self.find_own_columns(panel))
                yield from filter(None, map(attrgetter("amount"), spots))

    def _find_column(self, panel: Panel, stand: Stand) -> Column | None:
        """The column of a metric in a panel: the one that has its name, or where a row has it that of the total."""
        wanted = stand.column
        if wanted is None:
            return self.find_total_column(panel)
        found = self._find_named_columns(panel, wanted)
        if not found and _find_lines(panel, wanted):
            return self.find_total_column(panel)
        return _take_single(found)

    def _find_named_columns(self, panel: Panel, name: regex.Pattern[str]) -> list[Column]:
        """The document's own columns that have a name."""
        return [column for column in self.find_own_columns(panel) if name.fullmatch(column.name)]

    def _find_line(self, panel: Panel, stand: Stand) -> Line | None:
        """The row of a metric in a panel; where no column has its name, a row may."""
        wanted = stand.row or self._find_row_name(panel, stand)
        if wanted is None:
            return self.find_total_line(panel)
        found = list(filterfalse(_is_of_which, _find_lines(panel, wanted)))
        if found and is_total(found[-1].name):
            return found[-1]
        return next(iter(found), None)

    def _find_row_name(self, panel: Panel, stand: Stand) -> regex.Pattern[str] | None:
        """The name of a column that a panel has no column for: one of its rows may have it."""
        if stand.column and not self._find_named_columns(panel, stand.column):
            return stand.column
        return None


def is_carried(name: str) -> bool:
    """Whether a row or column of this name is carried over from the year before or to the next.

    >>> is_carried("年初结转和结余"), is_carried("事业收入")
    (True, False)
    """
    return bool(expression("carried").fullmatch(name))


def _is_carried_column(column: Column) -> bool:
    return is_carried(column.name)


def _is_total_column(column: Column) -> bool:
    """Whether the last label of a column is that of a total."""
    return any(map(is_total, column.path[-1:]))


def _measure_depth(column: Column) -> int:
    """How many labels stand over a column."""
    return len(column.path)


def _is_total_line(line: Line) -> bool:
    """Whether a row without a code is called a total."""
    if line.code:
        return False
    return is_total(line.name)


def _is_current_line(line: Line) -> bool:
    """Whether a row without a code is called the total of the year alone."""
    if line.code:
        return False
    return bool(expression("current").fullmatch(line.name))


def _is_of_which(line: Line) -> bool:
    """Whether a row is a 其中 of the row above it."""
    return line.order >= OF_WHICH


def _find_lines(panel: Panel, name: regex.Pattern[str]) -> list[Line]:
    return [line for line in panel.lines if name.fullmatch(line.name)]


class Statements:
    """All statements of a document, by their columns of what is planned or of the document's own stage."""

    def __init__(self, book: Book, planned: bool = False) -> None:
        self._book = book
        self._stated: dict[str, list[tuple[Stand, list[Spot]]]] = {}
        self.all = tuple(Statement(book, table, planned) for table in filter(attrgetter("kind"), book.tables))

    @cached_property
    def by_kind(self) -> dict[str, list[Statement]]:
        """The statements of each kind."""
        found: dict[str, list[Statement]] = {}
        for statement in self.all:
            found.setdefault(statement.kind, []).append(statement)
        return found

    def find_spots(self, stand: Stand) -> list[Spot]:
        """The cells at a place of a metric, over all statements of the kind."""
        is_total = not (stand.level or stand.side)
        if is_total and self._has_carried:
            return []
        statements = self.by_kind.get(stand.kind, [])
        return list(chain.from_iterable(statement.find_spots(stand) for statement in statements))

    @cached_property
    def _has_carried(self) -> bool:
        """Whether anything is carried over between years; True where no table sets income against spending."""
        balanced = list(filter(is_balanced, self.all))
        return not balanced or any(statement.has_carried("") for statement in balanced)

    def read_items(self, code: str) -> Iterator[Amount]:
        """The amounts of a code in the columns of totals."""
        for statement in self.all:
            for panel in filter(has_codes, statement.panels):
                yield from _read_items(statement, panel, code)

    def find_stated(self, identifier: str) -> list[tuple[Stand, list[Spot]]]:
        """The places of a metric, each with the cells there."""
        if identifier not in self._stated:
            entry = vocabulary.load_metrics().get(identifier)
            stands = entry.stands if entry else ()
            self._stated[identifier] = [(stand, self.find_spots(stand)) for stand in stands]
        return self._stated[identifier]


def has_codes(panel: Panel) -> bool:
    """Whether a panel lists accounts by their codes."""
    return bool(panel.codes)


def is_balanced(statement: Statement) -> bool:
    """Whether a statement sets income against spending: panels side by side, each with a heading and none of codes."""
    panels = statement.panels
    if len(panels) < 2 or has_codes(panels[0]):
        return False
    return all(map(attrgetter("heading"), panels))


def _read_items(statement: Statement, panel: Panel, code: str) -> Iterator[Amount]:
    """The amounts of a code in the column of the total of a panel."""
    column = statement.find_total_column(panel)
    if column is None:
        return
    for line in panel.lines:
        amount = statement.read_spot(line.row, column.index).amount if line.code == code else None
        if amount:
            yield amount


def _take_single(found: Sequence[T]) -> T | None:
    """The one that was found; None where there are several, or none."""
    if len(found) != 1:
        return None
    return found[0]


def read_planned(book: Book) -> Statements:
    """The statements by their columns of what is planned."""
    return Statements(book, planned=True)


def is_own(book: Book, claim: Claim) -> bool:
    """Whether a claim states the document's own figure: a level of its year, planned in a budget, else actual."""
    if claim.role not in OWN_ROLES[book.genre]:
        return False
    return _is_of_year(book, claim)


def is_preliminary(book: Book, claim: Claim) -> bool:
    """Whether a claim in accounts states what was planned for their year."""
    is_planned = claim.role == "budget" and claim.role not in OWN_ROLES[book.genre]
    return is_planned and _is_of_year(book, claim)


def _is_of_year(book: Book, claim: Claim) -> bool:
    """Whether a claim of the narrative states a level of the document's year."""
    if claim.cell or claim.approximation:
        return False
    if claim.kind != "level":
        return False
    year = str(book.result.document.year)
    return _has_year(claim.period, year) or _is_misdated(book, claim)


def _is_misdated(book: Book, claim: Claim) -> bool:
    """Whether a claim has its year from a heading alone, of the part that explains the document's own statements."""
    said = claim.period.text if claim.period else ""
    if not said or said in book.text[claim.sentence.start : claim.sentence.end]:
        return False
    return any(said in heading and expression("explained").search(heading) for heading in claim.path)


def _has_year(period: Period | None, year: str) -> bool:
    """Whether a period begins and ends in a year, as far as it says; an open one may."""
    if not period or not period.start:
        return True
    years = {period.start[:4], (period.end or year)[:4]}
    return years == {year}
