"""How a statement is laid out: its columns by what heads them, side by side panels of rows, the names of its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, cached_property

import regex
from msgspec import Struct

from extractor import patterns
from extractor.claims.vocabulary import plain
from extractor.model import Table

WORDS = "accounts/statements"
# A code of the 政府收支分类科目: 类 has three digits, 款 five, 项 seven; in columns of their own 款 and 项 have two.
CODE = regex.compile(r"[1-9]\d{2}(?:\d{2}){0,3}|\d{2}")
CLASS_DIGITS = 3


@cache
def expression(name: str) -> regex.Pattern[str]:
    """One of the expressions of the layout."""
    return patterns.compiled(f"{WORDS}.{name}", str(patterns.lexicon(WORDS)[name]), patterns.lexicon(WORDS))


def is_total(label: str) -> bool:
    """Whether a label is that of a total.

    >>> is_total("本年支出合计"), is_total("基本支出")
    (True, False)
    """
    return bool(expression("total").fullmatch(label))


class Column(Struct, frozen=True):
    """A column of amounts: the labels above it from the top down, without what stands over all of its panel.

    ``stage`` is the one whose figures it holds (决算数, 年初预算数), ``year`` the one it names, each empty where none
    is named; ``compared`` says that it measures against other figures.
    """

    index: int
    path: tuple[str, ...]
    stage: str = ""
    year: str = ""
    compared: bool = False

    @property
    def name(self) -> str:
        """What it is of: its last label, or for a total inside a group the group's."""
        if len(self.path) > 1 and is_total(self.path[-1]):
            return self.path[-2]
        return self.path[-1] if self.path else ""


class Line(Struct, frozen=True):
    """A row of a panel: its code, its name without numbering, and the order of its number (0: none, 3: 其中)."""

    row: int
    code: str
    name: str
    order: int


class Panel(Struct, frozen=True):
    """Rows with their names and the columns of their amounts; a table may have several side by side."""

    heading: str
    labels: tuple[int, ...]
    codes: tuple[int, ...]
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


class Layout:
    """One table as panels, made once."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._paths = _paths(table)
        self._kinds = [_kind(table, column, path) for column, path in enumerate(self._paths)]

    @cached_property
    def panels(self) -> tuple[Panel, ...]:
        """The panels from left to right."""
        return tuple(self._panel(*group) for group in _groups(self._kinds))

    @cached_property
    def places(self) -> dict[int, tuple[Panel, Column]]:
        """The panel and the column of amounts at each index."""
        return {column.index: (panel, column) for panel in self.panels for column in panel.columns}

    @cached_property
    def _names(self) -> dict[tuple[int, int], str]:
        """The names of the rows, by row and first column of the panel."""
        return {(line.row, id(panel)): line.name for panel in self.panels for line in panel.lines}

    def label(self, row: int, column: int) -> str:
        """What a cell is of: the name of its row, then that of its column where that says more than amount."""
        if column not in self.places:
            return ""
        panel, found = self.places[column]
        name = self._names.get((row, id(panel)), "")
        several = len(panel.columns) > 1 and not (name and found.name == name)
        return "/".join(
            part for part in (name, "/".join(filter(None, (found.name, found.stage))) if several else "") if part
        )

    def _panel(self, labels: Sequence[int], amounts: Sequence[int]) -> Panel:
        codes = tuple(index for index in labels if self._kinds[index] == "code")
        over = _common([self._paths[index] for index in (*labels, *amounts)]) if labels else ()
        return Panel(
            heading="".join(over) or "".join(_common([self._paths[index] for index in amounts])),
            labels=tuple(labels),
            codes=codes,
            columns=tuple(_columns(amounts, self._paths)),
            lines=tuple(_lines(self.table, labels, codes, amounts)),
        )


def _paths(table: Table) -> list[tuple[str, ...]]:
    """The labels over each column, from the top down."""
    width = len(table.rows[0]) if table.rows else 0
    paths: list[list[str]] = [[] for _ in range(width)]
    for row in table.rows[: table.header_rows]:
        for column, cell in enumerate(row):
            if cell.text and cell.colspan:
                for covered in range(column, min(width, column + cell.colspan)):
                    paths[covered].append(plain(cell.text))
    return [tuple(path) for path in paths]


def _kind(table: Table, column: int, path: tuple[str, ...]) -> str:
    """What a column holds: codes, names, amounts, or nothing that counts."""
    leaf = path[-1] if path else ""
    if expression("ignored").search(leaf):
        return "ignored"
    cells = [row[column] for row in table.rows[table.header_rows :] if row[column].text]
    coded = expression("code_leaf").fullmatch(leaf) or any(expression("code").search(label) for label in path)
    if coded and all(_is_code(cell.text) or cell.value is None for cell in cells):
        return "code" if not cells or any(_is_code(cell.text) for cell in cells) else "name"
    if expression("name_leaf").fullmatch(leaf):
        return "name"
    return "amount" if (path and not cells) or any(cell.value is not None for cell in cells) else "name"


def _is_code(text: str) -> bool:
    return bool(CODE.fullmatch(text.strip()))


def _groups(kinds: Sequence[str]) -> Iterator[tuple[list[int], list[int]]]:
    """The label columns and the amount columns of each panel."""
    labels: list[int] = []
    amounts: list[int] = []
    for index, kind in enumerate(kinds):
        if kind in ("code", "name") and amounts:
            yield labels, amounts
            labels, amounts = [], []
        if kind in ("code", "name"):
            labels.append(index)
        elif kind == "amount":
            amounts.append(index)
    if amounts:
        yield labels, amounts


def _common(paths: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The labels that stand over all of some columns."""
    shared: list[str] = []
    for labels in zip(*paths, strict=False):
        if len(set(labels)) > 1:
            break
        shared.append(labels[0])
    return tuple(shared)


def _columns(amounts: Sequence[int], paths: Sequence[tuple[str, ...]]) -> Iterator[Column]:
    """The columns of amounts of a panel, with their stages and years taken out of their labels."""
    shared = len(_common([paths[index] for index in amounts])) if len(amounts) > 1 else 0
    for index in amounts:
        path = paths[index]
        stages = [label for label in path if expression("stage").fullmatch(label)]
        years = expression("year").findall("".join(path))
        rest = [label for label in path[shared:] if label not in stages]
        yield Column(
            index=index,
            path=tuple(label for at, label in enumerate(rest) if not at or label != rest[at - 1]),
            stage=stages[-1] if stages else "",
            year=years[-1] if years else "",
            compared=any(expression("compared").search(label) for label in path),
        )


def _lines(table: Table, labels: Sequence[int], codes: Sequence[int], amounts: Sequence[int]) -> Iterator[Line]:
    """The rows of a panel that have a name or an amount."""
    carried: list[str] = [""] * len(codes)
    for index in range(table.header_rows, len(table.rows)):
        row = table.rows[index]
        digits = [plain(row[column].text) if _is_code(row[column].text) else "" for column in codes]
        words = "".join(
            plain(row[column].text) for column in labels if column not in codes or not _is_code(row[column].text)
        )
        if words or any(digits) or any(row[column].value is not None for column in amounts):
            name, order = numbered(words)
            yield Line(index, _code(digits, carried), name, order)


def _code(digits: Sequence[str], carried: list[str]) -> str:
    """The whole code of a row, of which the columns of 类, 款 and 项 may each hold a piece, or only the last one."""
    last = next((at for at in range(len(digits) - 1, -1, -1) if digits[at]), None)
    if last is None:
        return ""
    if len(digits[last]) >= CLASS_DIGITS:
        carried[last] = digits[last]
        return digits[last]
    above = next((carried[at] for at in range(last - 1, -1, -1) if carried[at]), "") if last else ""
    pieces = "".join(digits[:last])
    if len(pieces) >= CLASS_DIGITS:
        above = pieces
    carried[last] = above + digits[last]
    return carried[last] if len(carried[last]) > CLASS_DIGITS else ""


def numbered(words: str) -> tuple[str, int]:
    """The name of a row without its number, and the order of the number.

    >>> numbered("一、财政拨款收入"), numbered("1.一般公共预算资金"), numbered("其中：教育收费"), numbered("合计")
    (('财政拨款收入', 1), ('一般公共预算资金', 2), ('教育收费', 3), ('合计', 0))
    """
    for order, name in enumerate(("first", "second", "of_which"), start=1):
        found = expression(name).match(words)
        if found:
            return words[found.end() :], order
    return words, 0


class Group(Struct, frozen=True):
    """A column of a total and the columns whose sum it is."""

    total: Column
    parts: tuple[Column, ...]


def groups(panel: Panel) -> Iterator[Group]:
    """The sums across the columns of a panel: in every group of columns with a total, the others of the group."""
    stages: dict[str, list[Column]] = defaultdict(list)
    for column in panel.columns:
        if not column.compared and column.path and not any(expression("of_which").search(part) for part in column.path):
            stages[column.stage].append(column)
    for columns in stages.values():
        yield from _sums(columns, 0)


def _sums(columns: Sequence[Column], depth: int) -> Iterator[Group]:
    """The sums of columns that share their first ``depth`` labels, and of the groups inside."""
    children: dict[str, list[Column]] = defaultdict(list)
    for column in columns:
        if len(column.path) > depth:
            children[column.path[depth]].append(column)
    leaves = {name: inside[0] for name, inside in children.items() if [len(one.path) for one in inside] == [depth + 1]}
    totals = [name for name in leaves if is_total(name)]
    for name, inside in children.items():
        if name not in leaves:
            yield from _sums(inside, depth + 1)
    if len(totals) == 1:
        parts = [one for name in children if name != totals[0] for one in _whole(children[name], depth + 1)]
        if parts:
            yield Group(leaves[totals[0]], tuple(parts))


def _whole(columns: Sequence[Column], depth: int) -> list[Column]:
    """The column that stands for a group: its total, else all of it."""
    totals = [column for column in columns if len(column.path) == depth + 1 and is_total(column.path[depth])]
    return totals if len(totals) == 1 else list(columns)
