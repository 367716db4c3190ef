"""Numbers of the narrative that are those of a row of their name, or are but for one digit, in a table of any kind.

A row names a number where the number's own name has its label, and the rest of that stands in what is over it: 出口
under 货物进出口总值, 轻工业增加值 in a table of 工业增加值. One digit of many is no chance; of few it is none where
the row or the column has what else the narrative tells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from msgspec import UnsetType

from extractor import patterns
from extractor.amounts.amount import RATIO, Amount
from extractor.amounts.book import Book
from extractor.amounts.layout import is_total
from extractor.amounts.misprints import are_miswritten
from extractor.amounts.names import is_disjoint
from extractor.checks.grids.crossed import list_crossed
from extractor.checks.grids.labels import clean_label, read_words
from extractor.checks.grids.told import MOST_ROWS, Told, is_asked
from extractor.checks.grids.totalled import list_totalled
from extractor.claims.vocabulary import normalize_name
from extractor.model import Claim, Period, Table, TableCell

# A label of fewer characters names nothing, of fewer than ``SURE`` only what all of a name is of.
SHORTEST, SURE = 2, 3
# What a name says behind its label may stand nowhere over it: 增加值, 产量.
SAID = 3
# So many digits are not one stroke apart by chance.
PLENTY = 4
# So many numbers of a column that the narrative tells make it one that it does.
HABIT = 2
# Numbers that differ by less of their last digit are rounded.
FAR = 2

Place = tuple[str, int, int]
_expression = partial(patterns.fragment, "checks/table_rate")


class Named(NamedTuple):
    """A number of the narrative and the cells of its name; ``same`` is the first that has it."""

    claim: Claim
    cells: list[Amount]
    same: Amount | None


class Rows:
    """The rows of all tables that hold numbers, by their labels."""

    def __init__(self, book: Book) -> None:
        self.labelled: dict[str, list[tuple[Table, int]]] = {}
        for table in book.tables:
            for row in range(table.header_rows, len(table.rows)):
                label = clean_label(read_words(cell for cell in table.rows[row] if cell.value is None))
                if len(label) >= SHORTEST and not is_total(label):
                    self.labelled.setdefault(label, []).append((table, row))
        self._labels: dict[str, list[str]] = {}
        for label in sorted(self.labelled, key=len, reverse=True):
            self._labels.setdefault(label[:SHORTEST], []).append(label)
        self._found: dict[str, list[tuple[Table, int]]] = {}

    def find(self, name: str) -> list[tuple[Table, int]]:
        """The rows of the longest label that names what a name does."""
        if name not in self._found:
            self._found[name] = self._find(name)
        return self._found[name]

    def _find(self, name: str) -> list[tuple[Table, int]]:
        found = ((label, start) for start in range(len(name)) for label in self._list_labels(name, start))
        for label, start in sorted(found, key=lambda one: -len(one[0])):
            rest = name[:start], name[start + len(label) :]
            rows = [place for place in self.labelled[label][:MOST_ROWS] if _is_said(rest, label, *place)]
            if rows:
                return rows
        return []

    def _list_labels(self, name: str, start: int) -> Iterable[str]:
        labels = self._labels.get(name[start : start + SHORTEST], ())
        return (label for label in labels if name.startswith(label, start))


def is_name_of(name: str, table: Table, row: int) -> bool:
    """Whether a name is the label of a row and what stands over it, and says nothing else."""
    label = clean_label(read_words(cell for cell in table.rows[row] if cell.value is None))
    before, found, behind = name.partition(label)
    over = _read_over(table, row)
    return bool(label and found) and before in over and behind in over


def _read_over(table: Table, row: int) -> str:
    """What stands over the first number of a row, and beside it."""
    cell = next((cell for cell in table.rows[row] if cell.value is not None), None)
    return normalize_name(f"{table.title or ''}{cell.row_label or ''}{cell.column_label or ''}") if cell else ""


def _is_said(rest: tuple[str, str], label: str, table: Table, row: int) -> bool:
    """Whether what a name says around a label stands over the row, or says nothing more."""
    over = _read_over(table, row)
    if not over:
        return False
    before, behind = rest
    if len(label) < SURE:
        return before in over and behind in over
    return behind in over or len(behind) <= SAID


def find_named(book: Book) -> Iterator[Told]:
    """The numbers of the narrative that are in a row of their name, and those that are but for one digit."""
    rows = book.view(Rows)
    named = [_read_named(book, rows, claim) for claim in book.claims if is_asked(claim)]
    yield from (Told(one.claim, one.same, True) for one in named if one.same)
    told = {_find_place(one.same): one.claim for one in named if one.same}
    columns = Counter((table, column) for table, _, column in told)
    lines = {(table, row, claim.sentence.start) for (table, row, _), claim in told.items()}
    taken = set(told)
    stated = {_read_value(book.amount(claim)) for claim in book.claims if claim.is_one_told}
    for claim, cells, same in named:
        likely = (cell for cell in cells if not same and _is_slip(book.amount(claim), cell))
        slips = [cell for cell in likely if _read_value(cell) not in stated and not _stands_beside(book, claim, cell)]
        for cell in slips[:1] if len(set(map(_read_value, slips))) == 1 else ():
            table, row, column = place = _find_place(cell)
            is_known = (table, row, claim.sentence.start) in lines or columns[table, column] >= HABIT
            if place not in taken and (is_known or _has_plenty(claim)):
                taken.add(place)
                yield Told(claim, cell, False)


def _find_place(cell: Amount) -> Place:
    return cell.operand.table or "", cell.operand.row or 0, cell.operand.column or 0


def _read_named(book: Book, rows: Rows, claim: Claim) -> Named:
    told = book.amount(claim)
    in_rows = (
        cell
        for table, row in rows.find(normalize_name(claim.metric or ""))
        for cell in _list_cells(book, table, row, claim)
    )
    cells = [*in_rows, *_list_placed_cells(book, rows, claim)]
    likely = [cell for cell in cells if cell.base == told.base and not is_disjoint(told.scope, cell.scope)]
    return Named(claim, likely, next((cell for cell in likely if told.rounded.meets(cell.rounded)), None))


def _list_placed_cells(book: Book, rows: Rows, claim: Claim) -> Iterator[Amount]:
    """The numbers that a row and a column name together, and totals of the next table, of the year of a claim."""
    for table, row, column in (*list_crossed(rows.labelled, claim), *list_totalled(book, claim)):
        amount = book.cell(table, row, column) if _is_of_year(table.rows[row][column], claim) else None
        if amount:
            yield amount


def _list_cells(book: Book, table: Table, row: int, claim: Claim) -> Iterator[Amount]:
    """The numbers of a row that may be what a claim tells: of its year, growth where it tells growth."""
    for column, cell in enumerate(table.rows[row]):
        amount = book.cell(table, row, column) if cell.value is not None and _is_of_year(cell, claim) else None
        if amount and (amount.base != RATIO or _is_growth(cell) == (claim.kind == "change_rate")):
            yield amount


def _is_of_year(cell: TableCell, claim: Claim) -> bool:
    """Whether a cell is of the year of a claim, as far as both are known; of few digits both have to be."""
    years = [_read_year(cell.period or None), _read_year(claim.period)]
    if None in years:
        return _has_plenty(claim)
    return years[0] == years[1]


def _read_year(period: Period | UnsetType | None) -> str | None:
    return (period.end or "")[:4] or None if period else None


def _is_growth(cell: TableCell) -> bool:
    """Whether a cell stands in a column of growth."""
    return bool(_expression("growth").search(normalize_name(cell.column_label or "")))


def _is_slip(told: Amount, cell: Amount) -> bool:
    """Whether two numbers are one stroke apart, and more than their last digit is another."""
    is_far = abs(told.exact - cell.exact) >= FAR * max(told.step, cell.step)
    return is_far and told.exact * cell.exact > 0 and are_miswritten(told, cell)


def _read_value(amount: Amount) -> tuple[str, Fraction]:
    return amount.base, amount.exact


def _stands_beside(book: Book, claim: Claim, cell: Amount) -> bool:
    """Whether a number stands in a cell of the table of another: it is what that one tells."""
    table, told = book.table[cell.operand.table or ""], book.amount(claim)
    cells = (book.cell(table, row, column) for row, line in enumerate(table.rows) for column in range(len(line)))
    return any(other.base == told.base and told.rounded.meets(other.rounded) for other in cells if other)


def _has_plenty(claim: Claim) -> bool:
    return len(claim.value.lstrip("-").replace(".", "").strip("0")) >= PLENTY
