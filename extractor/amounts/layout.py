"""How a statement is laid out: its columns by what heads them, side by side panels of rows, the names of its rows."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from operator import attrgetter

import regex
from msgspec import Struct

from extractor import patterns
from extractor.claims.vocabulary import normalize_name
from extractor.kept import compile_expression
from extractor.model import Table, TableCell

WORDS = "accounts/statements"
# A code of the 政府收支分类科目: 类 has three digits, 款 five, 项 seven; in columns of their own 款 and 项 have two,
# the first of which is not written where it is 0 and the table was made from numbers.
CODE = compile_expression(r"[1-9]\d{2}(?:\d{2}){0,3}|\d{1,2}")
PIECE_DIGITS = 2
CLASS_DIGITS = 3
# So many different labels are remembered: those of one document.
REMEMBERED = 4096
# The kinds of columns that say what their rows are of.
LABELS = ("code", "name")


@cache
def expression(name: str) -> regex.Pattern[str]:
    """One of the expressions of the layout."""
    return patterns.compiled(f"{WORDS}.{name}", str(patterns.lexicon(WORDS)[name]), patterns.lexicon(WORDS))


@lru_cache(REMEMBERED)
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
        *above, last = self.path or ("",)
        return above[-1] if above and is_total(last) else last


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
        self._paths = _read_paths(table)
        self._kinds = [_tell_kind(table, column, path) for column, path in enumerate(self._paths)]

    @cached_property
    def panels(self) -> tuple[Panel, ...]:
        """The panels from left to right."""
        return tuple(self._read_panel(labels, amounts) for labels, amounts in _divide_columns(self._kinds))

    @cached_property
    def places(self) -> dict[int, tuple[Panel, Column]]:
        """The panel and the column of amounts at each index."""
        places: dict[int, tuple[Panel, Column]] = {}
        for panel in self.panels:
            places |= {column.index: (panel, column) for column in panel.columns}
        return places

    @cached_property
    def _names(self) -> dict[tuple[int, int], str]:
        """The names of the rows, by row and first column of the panel."""
        names: dict[tuple[int, int], str] = {}
        for panel in self.panels:
            names |= {(line.row, id(panel)): line.name for line in panel.lines}
        return names

    def label(self, row: int, column: int) -> str:
        """What a cell is of: the name of its row, then that of its column where that says more than amount."""
        if column not in self.places:
            return ""
        panel, found = self.places[column]
        name = self._names.get((row, id(panel)), "")
        labels = [name]
        if len(panel.columns) > 1 and (not name or found.name != name):
            labels += [found.name, found.stage]
        return "/".join(filter(None, labels))

    def _read_panel(self, labels: Sequence[int], amounts: Sequence[int]) -> Panel:
        codes = tuple(index for index in labels if self._kinds[index] == "code")
        over = self._find_common([*labels, *amounts]) if labels else ()
        return Panel(
            heading="".join(over) or "".join(self._find_common(amounts)),
            labels=tuple(labels),
            codes=codes,
            columns=tuple(_read_columns(amounts, self._paths)),
            lines=tuple(_read_lines(self.table, labels, codes, amounts)),
        )

    def _find_common(self, columns: Sequence[int]) -> tuple[str, ...]:
        return _find_common([self._paths[index] for index in columns])


def _read_paths(table: Table) -> list[tuple[str, ...]]:
    """The labels over each column, from the top down."""
    width = len(table.rows[0]) if table.rows else 0
    paths: list[list[str]] = [[] for _ in range(width)]
    for row in table.rows[: table.header_rows]:
        for column, cell in enumerate(row):
            covered = paths[column : column + cell.colspan] if cell.text else ()
            for path in covered:
                path.append(normalize_name(cell.text))
    return [tuple(path) for path in paths]


def _tell_kind(table: Table, column: int, path: tuple[str, ...]) -> str:
    """What a column holds: codes, names, amounts, or nothing that counts."""
    leaf = path[-1] if path else ""
    if expression("ignored").search(leaf):
        return "ignored"
    cells = _list_filled(table, column)
    if _is_headed_by_codes(path) and all(map(_may_be_code, cells)):
        return "code" if _has_codes(cells) else "name"
    if expression("name_leaf").fullmatch(leaf):
        return "name"
    return "amount" if _has_amounts(cells, path) else "name"


def _list_filled(table: Table, column: int) -> list[TableCell]:
    """The cells of a column of the body that are not empty."""
    cells = (row[column] for row in table.rows[table.header_rows :])
    return list(filter(attrgetter("text"), cells))


def _is_headed_by_codes(path: Sequence[str]) -> bool:
    """Whether the labels over a column are those of codes: 科目编码, or 类, 款, 项 under it."""
    is_leaf = any(map(expression("code_leaf").fullmatch, path[-1:]))
    return is_leaf or any(map(expression("code").search, path))


def _may_be_code(cell: TableCell) -> bool:
    """Whether a cell may stand in a column of codes: it is one, or holds words."""
    return cell.value is None or _is_code(cell.text)


def _has_codes(cells: Sequence[TableCell]) -> bool:
    """Whether a column headed as one of codes holds any, or nothing at all."""
    return not cells or any(map(_is_code, map(attrgetter("text"), cells)))


def _has_amounts(cells: Sequence[TableCell], path: Sequence[str]) -> bool:
    """Whether a column is one of amounts: it holds a number, or nothing at all under a label."""
    if not cells:
        return bool(path)
    return any(map(_has_value, cells))


def _has_value(cell: TableCell) -> bool:
    return cell.value is not None


def _is_code(text: str) -> bool:
    return bool(CODE.fullmatch(text.strip()))


def _divide_columns(kinds: Sequence[str]) -> Iterator[tuple[list[int], list[int]]]:
    """The label columns and the amount columns of each panel: labels behind amounts begin another."""
    labels: list[int] = []
    amounts: list[int] = []
    for index, kind in enumerate(kinds):
        if kind == "amount":
            amounts.append(index)
        elif kind in LABELS:
            if amounts:
                yield labels, amounts
                labels, amounts = [], []
            labels.append(index)
    if amounts:
        yield labels, amounts


def _find_common(paths: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The labels that stand over all of some columns."""
    shared: list[str] = []
    for labels in zip(*paths, strict=False):
        if len(set(labels)) > 1:
            break
        shared.append(labels[0])
    return tuple(shared)


def _read_columns(amounts: Sequence[int], paths: Sequence[tuple[str, ...]]) -> Iterator[Column]:
    """The columns of amounts of a panel; of several, without the labels that stand over all of them."""
    own = [paths[index] for index in amounts]
    shared = len(_find_common(own)) if len(own) > 1 else 0
    for index, path in zip(amounts, own, strict=True):
        yield _read_column(index, path, shared)


def _read_column(index: int, path: tuple[str, ...], shared: int) -> Column:
    """A column with its stage and its year; its stages are taken out of its labels."""
    is_stage = expression("stage").fullmatch
    stages = list(filter(is_stage, path))
    years = expression("year").findall("".join(path))
    return Column(
        index=index,
        path=tuple(_drop_repeats(itertools.filterfalse(is_stage, path[shared:]))),
        stage=stages[-1] if stages else "",
        year=years[-1] if years else "",
        compared=any(map(expression("compared").search, path)),
    )


def _drop_repeats(labels: Iterable[str]) -> Iterator[str]:
    """Labels without those that say again what stands right above them."""
    return (label for label, _ in itertools.groupby(labels))


def _read_lines(table: Table, labels: Sequence[int], codes: Sequence[int], amounts: Sequence[int]) -> Iterator[Line]:
    """The rows of a panel that have a name or an amount."""
    carried: list[str] = [""] * len(codes)
    for index in range(table.header_rows, len(table.rows)):
        row = table.rows[index]
        digits, words = _read_labels(row, labels, codes)
        if words or any(digits) or _holds_number(row, amounts):
            name, order = split_number(words)
            yield Line(index, _join_code(digits, carried), name, order)


def _read_labels(row: Sequence[TableCell], labels: Sequence[int], codes: Sequence[int]) -> tuple[list[str], str]:
    """The pieces of the code of a row, one a column of codes, and the words of all its other labels."""
    digits = dict.fromkeys(codes, "")
    words = ""
    for column in labels:
        text = row[column].text
        if column in digits and _is_code(text):
            digits[column] = normalize_name(text).zfill(PIECE_DIGITS)
        else:
            words += normalize_name(text)
    return list(digits.values()), words


def _holds_number(row: Sequence[TableCell], columns: Sequence[int]) -> bool:
    return any(map(_has_value, map(row.__getitem__, columns)))


def _join_code(digits: Sequence[str], carried: list[str]) -> str:
    """The whole code of a row, of which the columns of 类, 款 and 项 may each hold a piece, or only the last one.

    ``carried`` has the code that each column of codes held last, and is brought up to date.
    """
    last = _find_last(digits)
    if last < 0:
        return ""
    if len(digits[last]) >= CLASS_DIGITS:
        carried[last] = digits[last]
        return digits[last]
    pieces = "".join(digits[:last])
    above = pieces if len(pieces) >= CLASS_DIGITS else _find_above(carried[:last])
    carried[last] = above + digits[last]
    return carried[last] if len(carried[last]) > CLASS_DIGITS else ""


def _find_above(carried: Sequence[str]) -> str:
    """The nearest code that a column in front held last."""
    return next(filter(None, reversed(carried)), "")


def _find_last(texts: Sequence[str]) -> int:
    """The index of the last text that is not empty; -1 where all are."""
    for at in reversed(range(len(texts))):
        if texts[at]:
            return at
    return -1


def split_number(words: str) -> tuple[str, int]:
    """The name of a row without its number, and the order of the number.

    >>> split_number("一、财政拨款收入"), split_number("1.一般公共预算资金")
    (('财政拨款收入', 1), ('一般公共预算资金', 2))
    >>> split_number("其中：教育收费"), split_number("合计")
    (('教育收费', 3), ('合计', 0))
    """
    for order, name in enumerate(("first", "second", "of_which"), start=1):
        found = expression(name).match(words)
        if found:
            return words[found.end() :], order
    return words, 0
