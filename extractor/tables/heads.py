"""Rows of heads whose merged cells were printed once, laid over the columns of a table.

A row of heads that is narrower than the table has cells over several columns, or cells of the row above reach down
past it. Both are told from the labels (项目 over 科目编码 and 科目名称; 收入 and 支出 over columns that both begin with
项目); where several layouts would do, or none, there is no answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from extractor.tables import lexicon

# So much of a head's characters comes again in the heads below it (公务用车购置及运行费 over 公务用车购置费).
KINSHIP = 0.75
# Wider tables and higher headers are not laid out: there would be too many ways.
WIDEST = 60
HIGHEST = 4


class Head(NamedTuple):
    """Where one cell of a row of heads stands; ``down`` is the number of rows it covers."""

    column: int
    across: int
    down: int


Layout = list[list[Head]]


def laid(rows: Sequence[Sequence[str]], width: int) -> Layout | None:
    """Where the cells of rows of heads stand over ``width`` columns; None if that cannot be told with certainty.

    >>> laid([["项目", "合计", "基本支出"], ["科目编码", "科目名称"]], 4)
    [[Head(column=0, across=2, down=1), Head(column=2, across=1, down=2), Head(column=3, across=1, down=2)], \
[Head(column=0, across=1, down=1), Head(column=1, across=1, down=1)]]
    """
    if width > WIDEST or len(rows) > HIGHEST or max(map(len, rows)) > width:
        return None
    found = list(_layouts(rows, width))
    return found[0] if len(found) == 1 else None


def _layouts(rows: Sequence[Sequence[str]], width: int) -> Iterator[Layout]:
    """Every way to lay the rows over a strip of so many columns."""
    if len(rows) == 1:
        if len(rows[0]) == width:
            yield [[Head(column, 1, 1) for column in range(width)]]
        return
    for parents in range(1, len(rows[0]) + 1):
        below = width - len(rows[0]) + parents
        groups = _groups(rows[1], parents) if below >= len(rows[1]) else None
        over = groups and _over(rows[0], groups)
        if groups and over:
            for strip in _layouts(rows[1:], below):
                yield _joined(len(rows[0]), over, _edges(strip, groups, below), strip)


def _groups(heads: Sequence[str], count: int) -> list[list[str]] | None:
    """The heads below ``count`` parents: each group begins with the same label, or with 小计 or 合计."""
    if count == 1:
        return [list(heads)]
    again = [at for at, head in enumerate(heads) if head == heads[0]]
    sums = [at for at, head in enumerate(heads) if at == 0 or lexicon.matches("labels", "part", head)]
    starts = next((starts for starts in (again, sums) if len(starts) == count), None)
    if starts is None:
        return [[head] for head in heads] if len(heads) == count else None
    return [list(heads[start:end]) for start, end in zip(starts, [*starts[1:], len(heads)], strict=True)]


def _over(heads: Sequence[str], groups: Sequence[Sequence[str]]) -> list[int] | None:
    """The indexes of the heads that stand over the groups, in their order."""
    if len(groups) == len(heads):
        return list(range(len(heads)))
    kin = [at for at, head in enumerate(heads) if any(_is_kin(head, group) for group in groups)]
    if len(kin) == len(groups) and all(_is_kin(heads[at], group) for at, group in zip(kin, groups, strict=True)):
        return kin
    free = [at for at, head in enumerate(heads) if not lexicon.matches("labels", "stub", head)]
    alike = len(groups) > 1 and all(list(group) == list(groups[0]) for group in groups)
    return free if alike and len(free) == len(groups) else None


def _is_kin(head: str, group: Sequence[str]) -> bool:
    """Whether the heads of a group look like the parts of ``head``."""
    if lexicon.matches("labels", "over", head):
        return any(lexicon.matches("labels", "part_of_over", one) for one in group)
    below = set("".join(group))
    return sum(char in below for char in head) >= KINSHIP * len(head)


def _joined(count: int, over: Sequence[int], edges: Sequence[int], strip: Layout) -> Layout:
    """The layout of a row of ``count`` heads with the ``strip``, cut at ``edges``, under those of them in ``over``."""
    top: list[Head] = []
    below: Layout = [[] for _ in strip]
    column = 0
    for at in range(count):
        if at not in over:
            top.append(Head(column, 1, len(strip) + 1))
            column += 1
            continue
        low, high = edges[over.index(at)], edges[over.index(at) + 1]
        top.append(Head(column, high - low, 1))
        for row, source in zip(below, strip, strict=True):
            row += [head._replace(column=head.column - low + column) for head in source if low <= head.column < high]
        column += high - low
    return [top, *below]


def _edges(strip: Layout, groups: Sequence[Sequence[str]], width: int) -> list[int]:
    """The columns of a strip at which its groups of heads begin, and its end."""
    firsts = [0, *accumulate(len(group) for group in groups)][:-1]
    return [*(strip[0][first].column for first in firsts), width]
