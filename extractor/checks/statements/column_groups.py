"""Sums across the columns of a statement: which column is the total of which others, as the header nests them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

from extractor.amounts.layout import Column, Panel, expression, is_total


class ColumnGroup(Struct, frozen=True):
    """A column of a total and the columns whose sum it is."""

    total: Column
    parts: tuple[Column, ...]


def find_column_groups(panel: Panel) -> Iterator[ColumnGroup]:
    """The sums across the columns of a panel: in every group of columns with a total, the others of the group."""
    stages: dict[str, list[Column]] = defaultdict(list)
    for column in filter(_is_summed, panel.columns):
        stages[column.stage].append(column)
    for columns in stages.values():
        yield from _find_nested(columns, 0)


def _is_summed(column: Column) -> bool:
    """Whether a column may be part of a sum: it has a label, measures against nothing, and is no 其中."""
    if column.compared or not column.path:
        return False
    return not any(map(expression("of_which").search, column.path))


def _find_nested(columns: Sequence[Column], depth: int) -> Iterator[ColumnGroup]:
    """The sums of columns that share their first ``depth`` labels, and of the groups inside."""
    totals: list[Column] = []
    parts: list[Column] = []
    for name, inside in _divide(columns, depth).items():
        if not _is_leaf(inside, depth):
            yield from _find_nested(inside, depth + 1)
            parts += _take_whole(inside, depth + 1)
        elif is_total(name):
            totals += inside
        else:
            parts += inside
    if len(totals) == 1 and parts:
        yield ColumnGroup(totals[0], tuple(parts))


def _divide(columns: Sequence[Column], depth: int) -> dict[str, list[Column]]:
    """Columns by the label that each has at a depth."""
    children: dict[str, list[Column]] = defaultdict(list)
    for column in columns:
        if len(column.path) > depth:
            children[column.path[depth]].append(column)
    return children


def _is_leaf(columns: Sequence[Column], depth: int) -> bool:
    """Whether a label at a depth heads one column and nothing below."""
    return len(columns) == 1 and len(columns[0].path) == depth + 1


def _take_whole(columns: Sequence[Column], depth: int) -> list[Column]:
    """The column that stands for a group: its total, else all of it."""
    totals = [column for column in columns if _is_total_at(column, depth)]
    return totals if len(totals) == 1 else list(columns)


def _is_total_at(column: Column, depth: int) -> bool:
    return len(column.path) == depth + 1 and is_total(column.path[depth])
