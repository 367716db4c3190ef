"""The statements of a document: its tables of known kind, and where in them a metric stands."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.layout import Column, Line, Panel, expression, is_total
from extractor.claims import vocabulary
from extractor.claims.vocabulary import Stand
from extractor.model import Claim, Table


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
        self._stage, self._planned = "budget" if planned else book.genre, planned
        self._book, self.layout = book, book.layout(table)

    @cached_property
    def panels(self) -> tuple[Panel, ...]:
        """The panels of the table."""
        return self.layout.panels

    def own(self, panel: Panel) -> list[Column]:
        """The columns of a panel with the document's own figures of the stage; those that name none are of its own."""
        stage = expression(self._stage)
        staged = self._planned or any(stage.search(column.stage) for column in panel.columns if column.stage)
        return [
            column
            for column in panel.columns
            if not column.compared
            and column.year in ("", str(self._book.result.document.year))
            and (not staged or bool(stage.search(column.stage)))
        ]

    def total_column(self, panel: Panel) -> Column | None:
        """The column of the total of a panel: its only one, else the outermost that is called so."""
        columns = [column for column in self.own(panel) if not expression("carried").fullmatch(column.name)]
        if len(columns) == 1:
            return columns[0]
        totals = [column for column in columns if column.path and is_total(column.path[-1])]
        outermost = [column for column in totals if len(column.path) == min(len(one.path) for one in totals)]
        return outermost[0] if len(outermost) == 1 else None

    def total_line(self, panel: Panel) -> Line | None:
        """The row of the total of a panel: the last that is called so, or the only row where rows have no names."""
        if not panel.labels:
            return panel.lines[0] if len(panel.lines) == 1 else None
        return next((line for line in reversed(panel.lines) if not line.code and is_total(line.name)), None)

    def current_line(self, panel: Panel) -> Line | None:
        """The row of the total of the year alone, where what is carried over is told apart; else that of the total."""
        found = (line for line in panel.lines if not line.code and expression("current").fullmatch(line.name))
        return next(found, None) or self.total_line(panel)

    def side(self, name: str) -> list[Panel]:
        """The panels of one half of a table; all of them where no half is asked for."""
        if not name:
            return list(self.panels)
        return [panel for panel in self.panels if name in panel.heading]

    def cell(self, row: int, column: int) -> Spot:
        """One cell."""
        return Spot(self.table, row, column, self._book.cell(self.table, row, column))

    def find(self, stand: Stand) -> Iterator[Spot]:
        """The cells at a place of a metric."""
        if not stand.level and self.carried(stand.side):
            return
        for panel in self.side(stand.side):
            column, line = self._column(panel, stand), self._line(panel, stand)
            if column and line:
                yield self.cell(line.row, column.index)

    def carried(self, side: str) -> bool:
        """Whether an amount of this table is carried over from the year before or to the next."""
        spots = (
            self.cell(line.row, column.index).amount
            for panel in self.side(side)
            for line in panel.lines
            if expression("carried").fullmatch(line.name)
            for column in self.own(panel)
        )
        return any(amount is not None and amount.value != 0 for amount in spots)

    def _column(self, panel: Panel, stand: Stand) -> Column | None:
        """The column of a metric in a panel."""
        if stand.column is None:
            return self.total_column(panel)
        found = [column for column in self.own(panel) if stand.column.fullmatch(column.name)]
        if not found and any(stand.column.fullmatch(line.name) for line in panel.lines):
            return self.total_column(panel)
        return found[0] if len(found) == 1 else None

    def _line(self, panel: Panel, stand: Stand) -> Line | None:
        """The row of a metric in a panel; where no column has its name, a row may."""
        wanted = stand.row
        if wanted is None and stand.column and not any(stand.column.fullmatch(one.name) for one in self.own(panel)):
            wanted = stand.column
        if wanted is None:
            return self.total_line(panel)
        found = [line for line in panel.lines if wanted.fullmatch(line.name) and line.order < 3]
        return (found[-1] if is_total(found[-1].name) else found[0]) if found else None


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

    def find(self, stand: Stand) -> list[Spot]:
        """The cells at a place of a metric, over all statements of the kind."""
        if not stand.level and not stand.side and self._carried:
            return []
        return [spot for statement in self.by_kind.get(stand.kind, []) for spot in statement.find(stand)]

    @cached_property
    def _carried(self) -> bool:
        """Whether anything is carried over between years; True where no table sets income against spending."""
        twosided = [statement for statement in self.all if len(statement.panels) > 1 and not statement.panels[0].codes]
        wide = [statement for statement in twosided if all(panel.heading for panel in statement.panels)]
        return not wide or any(statement.carried("") for statement in wide)

    def items(self, code: str) -> Iterator[Amount]:
        """The amounts of a code in the columns of totals."""
        for statement in self.all:
            for panel in statement.panels:
                column = statement.total_column(panel)
                for line in panel.lines if column and panel.codes else ():
                    amount = statement.cell(line.row, column.index).amount if column and line.code == code else None
                    if amount:
                        yield amount

    def stated(self, identifier: str) -> list[tuple[Stand, list[Spot]]]:
        """The places of a metric, each with the cells there."""
        if identifier not in self._stated:
            entry = vocabulary.entries().get(identifier)
            self._stated[identifier] = [(stand, self.find(stand)) for stand in entry.stands] if entry else []
        return self._stated[identifier]


def planned(book: Book) -> Statements:
    """The statements by their columns of what is planned."""
    return Statements(book, planned=True)


def is_own(book: Book, claim: Claim) -> bool:
    """Whether a claim states the document's own figure: a level of its year, planned in a budget, else actual."""
    return _of_year(book, claim) and (claim.role == "actual" or (claim.role == "budget" and book.genre == "budget"))


def is_planned(book: Book, claim: Claim) -> bool:
    """Whether a claim in accounts states what was planned for their year."""
    return _of_year(book, claim) and claim.role == "budget" and book.genre != "budget"


def _of_year(book: Book, claim: Claim) -> bool:
    """Whether a claim of the narrative states a level of the document's year."""
    year, period = str(book.result.document.year), claim.period
    of_year = not period or not period.start or (period.start[:4] == year and (period.end or year)[:4] == year)
    return claim.kind == "level" and of_year and claim.cell is None and not claim.approximation
