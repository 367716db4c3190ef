"""What a statement says of itself: which cells are the sum of which others, by codes, numbering and headers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from extractor.amounts.layout import CLASS_DIGITS, Column, Line, Panel, expression, is_total
from extractor.checks.statements.column_groups import find_column_groups
from extractor.checks.statements.numbered import find_numbered_sums
from extractor.checks.statements.statements import Statement

Place = tuple[int, int]
Side = tuple[Panel, Column]
# The codes of some classes of basic expenditure, and the row of their total, both by their names in the layout.
SUBTOTALS = (("staff", "staff_total"), ("operation", "operation_total"))


class Sum(Struct, frozen=True):
    """A cell and the cells whose sum it is, each by row and column."""

    total: Place
    parts: tuple[Place, ...]


def find_row_sums(statement: Statement) -> Iterator[Sum]:
    """The sums in each row: the columns of every group of columns that has a total."""
    for panel in statement.panels:
        for group in find_column_groups(panel):
            for line in panel.lines:
                yield Sum((line.row, group.total.index), tuple((line.row, part.index) for part in group.parts))


def find_column_sums(statement: Statement) -> Iterator[list[Sum]]:
    """The sums in each column, those of the lower levels first: by codes, or by the numbers of the rows."""
    panels = statement.panels
    if any(panel.codes for panel in panels):
        yield from _find_coded(statement)
    elif len(panels) > 1 and all(panel.heading for panel in panels):
        for panel in panels:
            yield from _find_numbered(panel)


def find_balance(statement: Statement) -> Iterator[Sum]:
    """The totals of both halves of a table of income and expenditure."""
    places = [place for name in ("income", "spending") for place in _find_totals_of(statement, name)]
    if len(places) == 2:
        yield Sum(places[0], (places[1],))


def _find_totals_of(statement: Statement, side: str) -> Iterator[Place]:
    """The cells of the totals of the panels of one half."""
    for panel in statement.panels:
        if panel.labels and not panel.codes and expression(side).search(panel.heading):
            line, column = statement.find_total_line(panel), statement.find_total_column(panel)
            if line and column:
                yield line.row, column.index


def _find_numbered(panel: Panel) -> Iterator[list[Sum]]:
    """The sums of a list of numbered rows, in every column that measures against nothing."""
    sums = find_numbered_sums(panel)
    for column in _list_columns(panel):
        yield [_place_in_column(total, parts, column) for total, parts in sums]


def _list_columns(panel: Panel) -> list[Column]:
    """The columns of a panel's own amounts, not those measured against others."""
    return [column for column in panel.columns if not column.compared]


def _place_in_column(total: Line, parts: Sequence[Line], column: Column) -> Sum:
    return Sum((total.row, column.index), tuple((part.row, column.index) for part in parts))


# ── by codes ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _find_coded(statement: Statement) -> Iterator[list[Sum]]:
    """The sums of coded rows in every column of amounts; panels side by side go on with each other."""
    shared: dict[tuple[tuple[str, ...], str], list[Side]] = defaultdict(list)
    for panel in statement.panels:
        for column in _list_columns(panel):
            shared[column.path, column.stage].append((panel, column))
    for sides in shared.values():
        coded = [(line.code, (line.row, column.index)) for line, column in _list_lines(sides) if line.code]
        places = dict(coded)
        if places and len(places) == len(coded):
            yield [*_sum_by_code(places), *_sum_totals(places, sides)]


def _list_lines(sides: Sequence[Side]) -> Iterator[tuple[Line, Column]]:
    """The rows of panels side by side, each with the column of its amount."""
    for panel, column in sides:
        yield from ((line, column) for line in panel.lines)


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


def _sum_totals(places: Mapping[str, Place], sides: Sequence[Side]) -> Iterator[Sum]:
    """The rows of totals, each with the highest codes that it adds up."""
    roots = {code: place for code, place in places.items() if not _find_above(code, places)}
    rows = [(line, (line.row, column.index)) for line, column in _list_lines(sides) if not line.code]
    grand = [place for line, place in rows if is_total(line.name)]
    if len(grand) == 1:
        yield Sum(grand[0], tuple(roots.values()))
    for codes, name in SUBTOTALS:
        yield from _sum_classes(roots, codes, [place for line, place in rows if expression(name).fullmatch(line.name)])


def _sum_classes(roots: Mapping[str, Place], codes: str, totals: Sequence[Place]) -> Iterator[Sum]:
    """The rows that add up the classes of basic expenditure of one sort."""
    parts = tuple(place for code, place in roots.items() if expression(codes).fullmatch(code))
    for place in totals if parts else ():
        yield Sum(place, parts)
