"""Lists of numbered rows: which rows are parts of which, and what the totals at the end add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import filterfalse
from operator import attrgetter, itemgetter

from extractor.amounts.layout import Line, Panel, expression, is_total
from extractor.checks.statements.statements import OF_WHICH, is_carried

RowSum = tuple[Line, list[Line]]
# The orders of numbers that rows of a list have: 一、 and 1.
ORDERS = {1, 2}


def find_numbered_sums(panel: Panel) -> list[RowSum]:
    """The sums of a list of numbered rows: parts of a row, the total of the year, and the grand total."""
    totals = list(filter(_is_total_line, panel.lines))
    items = list(filter(_is_item, panel.lines))
    carried = list(filter(_is_carried_line, items))
    own = list(filterfalse(_is_carried_line, items))
    orders = set(map(attrgetter("order"), items)) & ORDERS
    top = min(orders, default=0)
    if top and any(total.order > top for total in totals):
        # The total of an item's own list: what its rows are parts of is told by their numbers (grids/outline.py).
        return []
    found = list(_find_nested(items, top))
    if top and not all(map(attrgetter("order"), own)):
        return found
    firsts = [line for line in own if line.order == top]
    return [*found, *_find_grand(totals, _drop_carried_parts(firsts, found), carried)]


def _drop_carried_parts(lines: Sequence[Line], found: Sequence[RowSum]) -> list[Line]:
    """The rows that are no parts of what is carried over."""
    inside: set[int] = set()
    for owner, parts in found:
        if is_carried(owner.name):
            inside.update(map(attrgetter("row"), parts))
    return [line for line in lines if line.row not in inside]


def _is_item(line: Line) -> bool:
    """Whether a row is one of the list, with a name, and no total of it."""
    return bool(line.name) and not _is_total_line(line)


def _is_carried_line(line: Line) -> bool:
    return is_carried(line.name)


def _is_total_line(line: Line) -> bool:
    """Whether a row is a total, of the year alone or with what is carried over."""
    return is_total(line.name) or bool(expression("current").fullmatch(line.name))


def _find_nested(items: Sequence[Line], top: int) -> Iterator[RowSum]:
    """The rows with rows of a lower order below them; those carried over with whatever is numbered below."""
    sums: list[RowSum] = []
    for line in items:
        if line.order == OF_WHICH:
            continue
        if sums and _is_below(line, sums[-1][0], top):
            sums[-1][1].append(line)
        else:
            sums.append((line, []))
    return filter(itemgetter(1), sums)


def _is_below(line: Line, owner: Line, top: int) -> bool:
    """Whether a row is a part of the row above it: of a lower order than the list's first one."""
    if not top or is_carried(line.name):
        return False
    return line.order > (0 if is_carried(owner.name) else top)


def _find_grand(totals: Sequence[Line], firsts: Sequence[Line], carried: Sequence[Line]) -> Iterator[RowSum]:
    """The total of the year, and the grand total with what is carried over."""
    if not totals or len(totals) > 2:
        return
    year, grand = totals[0], totals[-1]
    before = _list_above(firsts, year)
    over = _list_above(carried, grand)
    if len(totals) == 1:
        yield grand, [*before, *over]
    elif len(before) == len(firsts) and not _list_above(over, year):
        yield year, before
        yield grand, [year, *over]


def _list_above(lines: Sequence[Line], total: Line) -> list[Line]:
    """The rows above a total."""
    return [line for line in lines if line.row < total.row]
