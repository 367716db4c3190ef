"""The statements of a document: its tables of known kind, and where in them a metric stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
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
        own = [column for column in panel.columns if not column.compared and column.year in self._years]
        staged = self._planned or any(self._is_staged(column) for column in panel.columns)
        return list(filter(self._is_staged, own)) if staged else own

    def _is_staged(self, column: Column) -> bool:
        """Whether a column names the stage whose figures are asked for."""
        return bool(self._stage.search(column.stage))

    def find_total_column(self, panel: Panel) -> Column | None:
        """The column of the total of a panel: its only one, else the outermost that is called so."""
        columns = [column for column in self.find_own_columns(panel) if not is_carried(column.name)]
        if len(columns) == 1:
            return columns[0]
        totals = [column for column in columns if column.path and is_total(column.path[-1])]
        depth = min((len(column.path) for column in totals), default=0)
        return _take_single([column for column in totals if len(column.path) == depth])

    def find_total_line(self, panel: Panel) -> Line | None:
        """The row of the total of a panel: the last that is called so, or the only row where rows have no names."""
        if not panel.labels:
            return _take_single(panel.lines)
        totals = (line for line in reversed(panel.lines) if is_total(line.name) and not line.code)
        return next(totals, None)

    def find_current_line(self, panel: Panel) -> Line | None:
        """The row of the total of the year alone, where what is carried over is told apart; else that of the total."""
        is_current = expression("current").fullmatch
        found = (line for line in panel.lines if is_current(line.name) and not line.code)
        return next(found, None) or self.find_total_line(panel)

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
            column, line = self._find_column(panel, stand), self._find_line(panel, stand)
            if column and line:
                yield self.read_spot(line.row, column.index)

    def has_carried(self, side: str) -> bool:
        """Whether an amount of this table is carried over from the year before or to the next."""
        return any(amount.value != 0 for panel in self.find_panels(side) for amount in self._read_carried(panel))

    def _read_carried(self, panel: Panel) -> Iterator[Amount]:
        """The amounts of a panel's own columns in the rows of what is carried over."""
        rows = [line.row for line in panel.lines if is_carried(line.name)]
        columns = self.find_own_columns(panel) if rows else []
        for row in rows:
            found = (self.read_spot(row, column.index).amount for column in columns)
            yield from filter(None, found)

    def _find_column(self, panel: Panel, stand: Stand) -> Column | None:
        """The column of a metric in a panel: the one that has its name, or where a row has it that of the total."""
        wanted = stand.column
        if wanted is None:
            return self.find_total_column(panel)
        found = [column for column in self.find_own_columns(panel) if wanted.fullmatch(column.name)]
        if not found and _find_lines(panel, wanted):
            return self.find_total_column(panel)
        return _take_single(found)

    def _find_line(self, panel: Panel, stand: Stand) -> Line | None:
        """The row of a metric in a panel; where no column has its name, a row may."""
        wanted = stand.row or self._find_row_name(panel, stand)
        if wanted is None:
            return self.find_total_line(panel)
        found = [line for line in _find_lines(panel, wanted) if line.order < OF_WHICH]
        if not found:
            return None
        return found[-1] if is_total(found[-1].name) else found[0]

    def _find_row_name(self, panel: Panel, stand: Stand) -> regex.Pattern[str] | None:
        """The name of a column that a panel has no column for: one of its rows may have it."""
        wanted = stand.column
        if wanted is None:
            return None
        has_column = any(wanted.fullmatch(one.name) for one in self.find_own_columns(panel))
        return None if has_column else wanted


def is_carried(name: str) -> bool:
    """Whether a row or column of this name is carried over from the year before or to the next.

    >>> is_carried("年初结转和结余"), is_carried("事业收入")
    (True, False)
    """
    return bool(expression("carried").fullmatch(name))


def _find_lines(panel: Panel, name: regex.Pattern[str]) -> list[Line]:
    return [line for line in panel.lines if name.fullmatch(line.name)]


class Statements:
    """All statements of a document, by their columns of what is planned or of the document's own stage."""

    def __init__(self, book: Book, planned: bool = False) -> None:
        self._book = book
        self._stated: dict[str, list[tuple[Stand, list[Spot]]]] = {}
        self.all = tuple(Statement(book, table, planned) for table in book.tables if table.kind)

    @cached_property
    def by_kind(self) -> dict[str, list[Statement]]:
        """The statements of each kind."""
        found: dict[str, list[Statement]] = {}
        for statement in self.all:
            found.setdefault(statement.kind, []).append(statement)
        return found

    def find_spots(self, stand: Stand) -> list[Spot]:
        """The cells at a place of a metric, over all statements of the kind."""
        anywhere = not stand.level and not stand.side
        if anywhere and self._has_carried:
            return []
        return [spot for statement in self.by_kind.get(stand.kind, []) for spot in statement.find_spots(stand)]

    @cached_property
    def _has_carried(self) -> bool:
        """Whether anything is carried over between years; True where no table sets income against spending."""
        balanced = list(filter(_is_balanced, self.all))
        return not balanced or any(statement.has_carried("") for statement in balanced)

    def read_items(self, code: str) -> Iterator[Amount]:
        """The amounts of a code in the columns of totals."""
        for statement in self.all:
            for panel in filter(_has_codes, statement.panels):
                yield from _read_items(statement, panel, code)

    def find_stated(self, identifier: str) -> list[tuple[Stand, list[Spot]]]:
        """The places of a metric, each with the cells there."""
        if identifier not in self._stated:
            entry = vocabulary.load_metrics().get(identifier)
            stands = entry.stands if entry else ()
            self._stated[identifier] = [(stand, self.find_spots(stand)) for stand in stands]
        return self._stated[identifier]


def _has_codes(panel: Panel) -> bool:
    return bool(panel.codes)


def _is_balanced(statement: Statement) -> bool:
    """Whether a statement sets income against spending: panels side by side, each with a heading and none of codes."""
    panels = statement.panels
    if len(panels) < 2 or panels[0].codes:
        return False
    return all(panel.heading for panel in panels)


def _read_items(statement: Statement, panel: Panel, code: str) -> Iterator[Amount]:
    """The amounts of a code in the column of the total of a panel."""
    column = statement.find_total_column(panel)
    rows = [line.row for line in panel.lines if line.code == code] if column else []
    amounts = [statement.read_spot(row, column.index).amount for row in rows if column]
    return filter(None, amounts)


def _take_single(found: Sequence[T]) -> T | None:
    """The one that was found; None where there are several, or none."""
    return found[0] if len(found) == 1 else None


def read_planned(book: Book) -> Statements:
    """The statements by their columns of what is planned."""
    return Statements(book, planned=True)


def is_own(book: Book, claim: Claim) -> bool:
    """Whether a claim states the document's own figure: a level of its year, planned in a budget, else actual."""
    own = {"actual", "budget"} if book.genre == "budget" else {"actual"}
    return claim.role in own and _is_of_year(book, claim)


def is_preliminary(book: Book, claim: Claim) -> bool:
    """Whether a claim in accounts states what was planned for their year."""
    if book.genre == "budget" or claim.role != "budget":
        return False
    return _is_of_year(book, claim)


def _is_of_year(book: Book, claim: Claim) -> bool:
    """Whether a claim of the narrative states a level of the document's year."""
    if claim.kind != "level" or claim.cell or claim.approximation:
        return False
    return _lies_in_year(claim.period, str(book.result.document.year))


def _lies_in_year(period: Period | None, year: str) -> bool:
    """Whether a period begins and ends in a year, as far as it says; an open one may."""
    if not period or not period.start:
        return True
    return {period.start[:4], (period.end or year)[:4]} == {year}
