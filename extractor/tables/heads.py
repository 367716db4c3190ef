"""Rows of heads whose merged cells were printed once, laid over the columns of a table.

A row of heads that is narrower than the table has cells over several columns, or cells of the row above reach down
past it. Both are told from the labels (项目 over 科目编码 and 科目名称; 收入 and 支出 over columns that both begin with
项目); where several layouts would do, or none, there is no answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, compress, pairwise

from msgspec import Struct
from msgspec.structs import replace

from extractor.tables import lexicon

# So much of a head's characters comes again in the heads below it (公务用车购置及运行费 over 公务用车购置费).
KINSHIP = 0.75
# Wider tables and higher headers are not laid out: there would be too many ways. Of 1,073 tables at hand the widest has
# 37 columns, and two have a header of four rows.
WIDEST = 60
HIGHEST = 4
# The labels that stand over no others but where these look like their parts.
ALONE = ("stub", "total", "note")


class Head(Struct, frozen=True):
    """Where one cell of a row of heads stands; ``down`` is the number of rows it covers."""

    column: int
    across: int
    down: int


# The labels of a row of heads, and where the heads of several rows stand.
Heads = Sequence[str]
Layout = list[list[Head]]


def lay_heads(rows: Sequence[Heads], width: int) -> Layout | None:
    """Where the cells of rows of heads stand over ``width`` columns; None if that cannot be told with certainty.

    >>> lay_heads([["项目", "合计", "基本支出"], ["科目编码", "科目名称"]], 4)
    [[Head(column=0, across=2, down=1), Head(column=2, across=1, down=2), Head(column=3, across=1, down=2)], \
[Head(column=0, across=1, down=1), Head(column=1, across=1, down=1)]]
    """
    if width > WIDEST or len(rows) > HIGHEST:
        return None
    if max(map(len, rows)) > width:
        return None
    found = list(_find_layouts(rows, width))
    return found[0] if len(found) == 1 else None


def _find_layouts(rows: Sequence[Heads], width: int) -> Iterator[Layout]:
    """Every way to lay the rows over a strip of so many columns."""
    if len(rows) > 1:
        for parents in range(1, len(rows[0]) + 1):
            yield from _lay_parents(rows, parents, width)
    elif len(rows[0]) == width:
        yield [[Head(column, 1, 1) for column in range(width)]]


def _lay_parents(rows: Sequence[Heads], parents: int, width: int) -> Iterator[Layout]:
    """Every way in which so many heads of the first row stand over those of the rows below it."""
    top, below = rows[0], rows[1]
    strip_width = width - len(top) + parents
    if len(below) > strip_width:
        return
    groups = _group_heads(below, parents)
    chosen = _choose_parents(top, groups)
    if not chosen:
        return
    for strip in _find_layouts(rows[1:], strip_width):
        edges = _find_edges(strip, groups, strip_width)
        yield _join_layouts(len(top), chosen, edges, strip)


# ── groups ───────────────────────────────────────────────────────────────────────────────────────────────


def _group_heads(heads: Heads, count: int) -> list[Heads]:
    """The heads below ``count`` parents, those of each together; none where they cannot be parted so."""
    if count == 1:
        return [heads]
    for starts in _find_starts(heads):
        if len(starts) == count:
            return [heads[start:end] for start, end in pairwise([*starts, len(heads)])]
    return []


def _find_starts(heads: Heads) -> Iterator[list[int]]:
    """Where groups may begin, the surest first: where the first label comes again, at 小计 or 合计, at each head."""
    columns = range(len(heads))
    is_first = [head == heads[0] for head in heads]
    is_part = [lexicon.is_match("labels", "part", head) for head in heads]
    yield list(compress(columns, is_first))
    yield [0, *compress(columns[1:], is_part[1:])]
    yield list(columns)


# ── parents ──────────────────────────────────────────────────────────────────────────────────────────────


def _choose_parents(heads: Heads, groups: Sequence[Heads]) -> list[int]:
    """The indexes of the heads that stand over the groups, in their order; none where they cannot be told."""
    for choose in (_take_all, _take_kin, _take_free, _take_only):
        chosen = choose(heads, groups)
        if len(chosen) == len(groups):
            return chosen
    return []


def _take_all(heads: Heads, _: Sequence[Heads]) -> list[int]:
    """As many heads as there are groups: each has its own."""
    return list(range(len(heads)))


def _take_kin(heads: Heads, groups: Sequence[Heads]) -> list[int]:
    """The heads that look like the whole of a group, if they stand in the order of the groups."""
    kin: list[int] = []
    for at, head in enumerate(heads):
        if any(_is_kin(head, group) for group in groups):
            kin.append(at)
    for at, group in zip(kin, groups, strict=False):
        if not _is_kin(heads[at], group):
            return []
    return kin


def _take_free(heads: Heads, groups: Sequence[Heads]) -> list[int]:
    """The heads but for those that never have others below them, where several groups are the same."""
    is_repeated = len(groups) > 1 and len(set(map(tuple, groups))) == 1
    if not is_repeated:
        return []
    return [at for at, head in enumerate(heads) if not lexicon.is_match("labels", "stub", head)]


def _take_only(heads: Heads, groups: Sequence[Heads]) -> list[int]:
    """The one head that may stand over one group: no other does at all, or has a character of it.

    Amounts and rates stand under the last of the heads, which are told by them.
    """
    free = [at for at, head in enumerate(heads) if not any(lexicon.is_match("labels", kind, head) for kind in ALONE)]
    if len(groups) != 1 or len(free) < 2:
        return free if len(groups) == 1 else []
    if all(lexicon.is_match("labels", "measure", head) for head in groups[0]):
        return free[-1:]
    akin = [at for at in free if _count_shared(heads[at], groups[0])]
    return akin if len(akin) == 1 and _count_shared(heads[akin[0]], groups[0]) * 2 > len(heads[akin[0]]) else []


def _count_shared(head: str, group: Heads) -> int:
    """How many characters of a head come again in the heads of a group."""
    below = set("".join(group))
    return sum(char in below for char in head)


def _is_kin(head: str, group: Heads) -> bool:
    """Whether the heads of a group look like the parts of ``head``."""
    if lexicon.is_match("labels", "over", head):
        return any(lexicon.is_match("labels", "part_of_over", one) for one in group)
    return _count_shared(head, group) >= KINSHIP * len(head)


# ── layouts ──────────────────────────────────────────────────────────────────────────────────────────────


def _join_layouts(count: int, parents: Sequence[int], edges: Sequence[int], strip: Layout) -> Layout:
    """The layout of ``count`` heads, with the ``strip``, cut at ``edges``, under those of them in ``parents``."""
    top: list[Head] = []
    below: Layout = [[] for _ in strip]
    column = 0
    for at in range(count):
        if at not in parents:
            top.append(Head(column, 1, len(strip) + 1))
            column += 1
            continue
        low, high = edges[parents.index(at)], edges[parents.index(at) + 1]
        top.append(Head(column, high - low, 1))
        for row, source in zip(below, strip, strict=True):
            row += _move_heads(source, range(low, high), column)
        column += high - low
    return [top, *below]


def _move_heads(heads: Sequence[Head], cut: range, column: int) -> list[Head]:
    """The heads of a strip that begin within ``cut``, moved so that it begins at ``column``."""
    inside = [head for head in heads if head.column in cut]
    return [replace(head, column=head.column - cut.start + column) for head in inside]


def _find_edges(strip: Layout, groups: Sequence[Heads], width: int) -> list[int]:
    """The columns of a strip at which its groups of heads begin, and its end."""
    firsts = [0, *accumulate(map(len, groups))][:-1]
    return [*(strip[0][first].column for first in firsts), width]
