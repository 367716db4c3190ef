"""What a statement says of itself: which cells are the sum of which others, by codes, numbering and headers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from msgspec import Struct

from extractor.amounts.amount import Amount
from extractor.amounts.layout import CLASS_DIGITS, Column, Line, Panel, expression
from extractor.checks.statements.column_groups import find_column_groups
from extractor.checks.statements.numbered import find_numbered_sums
from extractor.checks.statements.statements import Statement, has_codes, is_balanced

Place = tuple[int, int]
Numbers = list[tuple[Place, Amount]]
Side = tuple[Panel, Column]
Row = tuple[Line, Place]
# The codes of some classes of basic expenditure, and the row of their total, both by their names in the layout.
SUBTOTALS = (("staff", "staff_total"), ("operation", "operation_total"))


class Sum(Struct, frozen=True):
    """A cell and the cells whose sum it is, each by row and column."""

    total: Place
    parts: tuple[Place, ...]


def list_sums(statement: Statement) -> Iterator[Sum]:
    """Every sum that the layout of a statement promises, those of the lower levels first."""
    columns = chain.from_iterable(find_column_sums(statement))
    return chain(columns, find_row_sums(statement), find_balance(statement))


def find_row_sums(statement: Statement) -> Iterator[Sum]:
    """The sums in each row: the columns of every group of columns that has a total."""
    for panel in statement.panels:
        yield from find_panel_sums(panel)


def find_panel_sums(panel: Panel) -> Iterator[Sum]:
    """The sums in each row of a panel."""
    for group in find_column_groups(panel):
        for line in panel.lines:
            parts = tuple((line.row, part.index) for part in group.parts)
            yield Sum((line.row, group.total.index), parts)


def find_column_sums(statement: Statement) -> Iterator[list[Sum]]:
    """The sums in each column, those of the lower levels first: by codes, or by the numbers of the rows."""
    if any(map(has_codes, statement.panels)):
        yield from _find_coded(statement)
    elif is_balanced(statement):
        for panel in statement.panels:
            yield from find_numbered(panel)


def find_balance(statement: Statement) -> Iterator[Sum]:
    """The totals of both halves of a table of income and expenditure."""
    totals = [*_find_totals_of(statement, "income"), *_find_totals_of(statement, "spending")]
    if len(totals) == 2:
        yield Sum(totals[0], (totals[1],))


def _find_totals_of(statement: Statement, side: str) -> Iterator[Place]:
    """The cells of the totals of the panels of one half."""
    for panel in statement.panels:
        if not _is_half(panel, side):
            continue
        line = statement.find_total_line(panel)
        column = statement.find_total_column(panel)
        if line and column:
            yield line.row, column.index


def _is_half(panel: Panel, side: str) -> bool:
    """Whether a panel is one half of a table of income and expenditure, its rows named and not coded."""
    if panel.codes or not panel.labels:
        return False
    return bool(expression(side).search(panel.heading))


def find_numbered(panel: Panel) -> Iterator[list[Sum]]:
    """The sums of a list of numbered rows, in every column that measures against nothing."""
    sums = find_numbered_sums(panel)
    for column in _list_columns(panel):
        yield [_place_in_column(total, parts, column) for total, parts in sums]


def _list_columns(panel: Panel) -> list[Column]:
    """The columns of a panel's own amounts, not those measured against others."""
    return [column for column in panel.columns if not column.compared]


def _place_in_column(total: Line, parts: Sequence[Line], column: Column) -> Sum:
    places = tuple((part.row, column.index) for part in parts)
    return Sum((total.row, column.index), places)


# ── by codes ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _find_coded(statement: Statement) -> Iterator[list[Sum]]:
    """The sums of coded rows in every column of amounts; panels side by side go on with each other."""
    shared: dict[tuple[tuple[str, ...], str], list[Side]] = defaultdict(list)
    for panel in statement.panels:
        for column in _list_columns(panel):
            shared[column.path, column.stage].append((panel, column))
    for sides in shared.values():
        lines = list(_list_lines(sides))
        coded = [(line.code, place) for line, place in lines if line.code]
        places = dict(coded)
        if places and len(places) == len(coded):
            yield [*_sum_by_code(places), *_sum_totals(places, lines)]


def _list_lines(sides: Sequence[Side]) -> Iterator[Row]:
    """The rows of panels side by side, each with the place of its amount."""
    for panel, column in sides:
        for line in panel.lines:
            yield line, (line.row, column.index)


def _sum_by_code(places: Mapping[str, Place]) -> Iterator[Sum]:
    """Every code with those right below it, the longest codes first."""
    children: dict[str, list[Place]] = defaultdict(list)
    for code, place in places.items():
        above = _find_above(code, places)
        if above:
            children[above].append(place)
    for code in sorted(children, key=len, reverse=True):
        yield Sum(places[code], tuple(children[code]))


def _find_above(code: str, places: Mapping[str, Place]) -> str:
    """The nearest code above one that is listed; each level has two digits more than the one above it."""
    shorter = (code[:size] for size in range(len(code) - 2, CLASS_DIGITS - 1, -2))
    return next(filter(places.__contains__, shorter), "")


def _sum_totals(places: Mapping[str, Place], rows: Sequence[Row]) -> Iterator[Sum]:
    """The rows of totals, each with the highest codes that it adds up."""
    roots = {code: place for code, place in places.items() if not _find_above(code, places)}
    grand = _find_rows(rows, "total")
    if len(grand) == 1:
        yield Sum(grand[0], tuple(roots.values()))
    for codes, total in SUBTOTALS:
        parts = tuple(place for code, place in roots.items() if expression(codes).fullmatch(code))
        for place in _find_rows(rows, total):
            if parts:
                yield Sum(place, parts)


def _find_rows(rows: Sequence[Row], name: str) -> list[Place]:
    """The places of the rows without a code that an expression of the layout names."""
    is_named = expression(name).fullmatch
    return [place for line, place in rows if not line.code and is_named(line.name)]


def read_numbers(statement: Statement, one: Sum) -> Numbers:
    """The numbers of a sum with their places, the total in front; none without it, a part or a common unit."""
    spots = [(place, statement.read_spot(*place).amount) for place in (one.total, *one.parts)]
    numbers = [(place, amount) for place, amount in spots if amount is not None]
    if len(numbers) < 2 or numbers[0][0] != one.total:
        return []
    units = {amount.base for _, amount in numbers}
    return numbers if len(units) == 1 else []
