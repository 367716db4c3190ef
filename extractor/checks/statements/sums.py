"""What a statement says of itself: which cells are the sum of which others, by codes, numbering and headers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

from extractor.amounts.layout import CLASS_DIGITS, Column, Line, Panel, expression, groups, is_total
from extractor.checks.statements.statements import Statement

Place = tuple[int, int]


class Sum(Struct, frozen=True):
    """A cell and the cells whose sum it is, each by row and column."""

    total: Place
    parts: tuple[Place, ...]


def across(statement: Statement) -> Iterator[Sum]:
    """The sums in each row: the columns of every group of columns that has a total."""
    for panel in statement.panels:
        for group in groups(panel):
            for line in panel.lines:
                yield Sum((line.row, group.total.index), tuple((line.row, part.index) for part in group.parts))


def down(statement: Statement) -> Iterator[list[Sum]]:
    """The sums in each column, those of the lower levels first: by codes, or by the numbers of the rows."""
    if any(panel.codes for panel in statement.panels):
        yield from _coded(statement)
    elif all(panel.heading for panel in statement.panels) and len(statement.panels) > 1:
        for panel in statement.panels:
            sums = _listed(panel)
            for column in panel.columns:
                if not column.compared:
                    yield [_in_column(total, parts, column) for total, parts in sums]


def balance(statement: Statement) -> Iterator[Sum]:
    """The totals of both halves of a table of income and expenditure."""
    halves = [
        (line.row, column.index)
        for name in ("income", "spending")
        for panel in statement.panels
        if panel.labels and not panel.codes and expression(name).search(panel.heading)
        for line, column in [(statement.total_line(panel), statement.total_column(panel))]
        if line and column
    ]
    if len(halves) == 2:
        yield Sum(halves[0], (halves[1],))


def _in_column(total: Line, parts: Sequence[Line], column: Column) -> Sum:
    return Sum((total.row, column.index), tuple((part.row, column.index) for part in parts))


def _coded(statement: Statement) -> Iterator[list[Sum]]:
    """The sums of coded rows in every column of amounts; panels side by side go on with each other."""
    columns: dict[tuple[tuple[str, ...], str], list[tuple[Panel, Column]]] = defaultdict(list)
    for panel in statement.panels:
        for column in panel.columns:
            if not column.compared:
                columns[column.path, column.stage].append((panel, column))
    for shared in columns.values():
        places = {line.code: (line.row, column.index) for panel, column in shared for line in panel.lines if line.code}
        codes = Counter(line.code for panel, _ in shared for line in panel.lines if line.code)
        if places and max(codes.values()) == 1:
            yield [*_by_code(places), *_totals(places, shared)]


def _by_code(places: dict[str, Place]) -> Iterator[Sum]:
    """Every code with those right below it, the longest codes first."""
    children: dict[str, list[Place]] = defaultdict(list)
    for code, place in places.items():
        above = _above(code, places)
        if above:
            children[above].append(place)
    for code in sorted(children, key=len, reverse=True):
        yield Sum(places[code], tuple(children[code]))


def _above(code: str, places: dict[str, Place]) -> str:
    """The nearest code above one that is listed."""
    return next((code[:size] for size in range(len(code) - 2, CLASS_DIGITS - 1, -2) if code[:size] in places), "")


def _totals(places: dict[str, Place], shared: Sequence[tuple[Panel, Column]]) -> Iterator[Sum]:
    """The rows of totals, each with the highest codes that it adds up."""
    roots = {code: place for code, place in places.items() if not _above(code, places)}
    lines = [(line, column) for panel, column in shared for line in panel.lines if not line.code]
    grand = [(line, column) for line, column in lines if is_total(line.name)]
    if len(grand) == 1:
        yield Sum((grand[0][0].row, grand[0][1].index), tuple(roots.values()))
    for name, row in (("staff", "staff_total"), ("operation", "operation_total")):
        parts = tuple(place for code, place in roots.items() if expression(name).fullmatch(code))
        for line, column in lines:
            if parts and expression(row).fullmatch(line.name):
                yield Sum((line.row, column.index), parts)


def _listed(panel: Panel) -> list[tuple[Line, list[Line]]]:
    """The sums of a list of numbered rows: parts of a row, the total of the year, and the grand total."""
    totals = [line for line in panel.lines if is_total(line.name) or expression("current").fullmatch(line.name)]
    items = [line for line in panel.lines if line not in totals and line.name]
    orders = [line.order for line in items if line.order in (1, 2)]
    top = min(orders, default=0)
    found = list(_nested(items, top))
    carried = [line for line in items if _is_carried(line)]
    inside = {part.row for owner, parts in found if owner in carried for part in parts}
    firsts = [line for line in items if line.order == top and line not in carried and line.row not in inside]
    if any(line.order == 0 for line in items if line not in carried and top):
        return found
    return [*found, *_grand(totals, firsts, carried)]


def _nested(items: Sequence[Line], top: int) -> Iterator[tuple[Line, list[Line]]]:
    """The rows with rows of a lower order below them; those carried over with whatever is numbered below."""
    owner, parts = None, list[Line]()
    for line in items:
        below = owner is not None and top and line.order != 3 and line.order > (0 if _is_carried(owner) else top)
        if below and not _is_carried(line):
            parts.append(line)
        elif line.order != 3:
            if owner and parts:
                yield owner, parts
            owner, parts = line, []
    if owner and parts:
        yield owner, parts


def _grand(
    totals: Sequence[Line], firsts: Sequence[Line], carried: Sequence[Line]
) -> Iterator[tuple[Line, list[Line]]]:
    """The total of the year, and the grand total with what is carried over."""
    if not totals or len(totals) > 2:
        return
    year, grand = totals[0], totals[-1]
    before = [line for line in firsts if line.row < year.row]
    over = [line for line in carried if line.row < grand.row]
    if len(totals) == 1:
        yield grand, [*before, *over]
    elif not any(line.row > year.row for line in firsts) and all(line.row > year.row for line in over):
        yield year, before
        yield grand, [year, *over]


def _is_carried(line: Line) -> bool:
    return bool(expression("carried").fullmatch(line.name))
