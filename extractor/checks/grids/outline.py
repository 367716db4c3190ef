"""Rows that are numbered in several orders, 一、 over （一） over 1.: which of them a numbered total adds up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from extractor import patterns
from extractor.amounts.layout import expression, is_total
from extractor.checks.grids.grid import Grid
from extractor.claims.vocabulary import normalize_name
from extractor.model import TableCell
from extractor.sections.markers import read_marker, read_ordinal

# Where a total stands that is not numbered.
ABOVE = -1


class Mark(Struct, frozen=True):
    """A number in front of a label: how deep its style stands in the table, which it is, and the label behind it."""

    depth: int
    ordinal: int
    name: str


class Row(Struct, frozen=True):
    """A row with numbers, and the marks in front of it, the outermost first; rows of words alone lend it theirs.

    ``is_sum``: it is not numbered, and called the total.
    """

    place: int
    marks: tuple[Mark, ...]
    is_sum: bool = False

    @property
    def is_total(self) -> bool:
        """Whether it is numbered as one of a list, and called its total."""
        return bool(self.marks) and self.marks[-1].ordinal > 1 and is_total(self.marks[-1].name)

    def find_ordinal(self, depth: int) -> int | None:
        """Which of the list of a depth begins in the row."""
        return next((mark.ordinal for mark in self.marks if mark.depth == depth), None)

    def is_outside(self, depth: int) -> bool:
        """Whether something begins in the row that stands above a list of some depth."""
        return bool(self.marks) and self.marks[0].depth < depth


def read_outline(grid: Grid) -> list[Row]:
    """The rows with numbers, each with the marks since the row before."""
    depths: dict[str, int] = {}
    filled, marks, rows = set(grid.rows), list[Mark](), list[Row]()
    labels = min(grid.columns, default=0)
    for index in range(grid.table.header_rows, len(grid.table.rows)):
        marks += _read_marks(grid.table.rows[index][:labels], depths)
        if index in filled:
            rows.append(Row(index, tuple(marks), not marks and any(map(_is_sum, grid.table.rows[index][:labels]))))
            marks = []
    return rows


def _is_sum(cell: TableCell) -> bool:
    return cell.value is None and is_total(normalize_name(cell.text))


def _read_marks(cells: Sequence[TableCell], depths: dict[str, int]) -> Iterator[Mark]:
    """The marks that the labels of a row begin with; styles stand below one another as they come."""
    for cell in cells:
        marker = _read_marker(cell.text) if cell.text and cell.value is None else None
        if marker:
            depth = depths.setdefault(marker.family, len(depths))
            yield Mark(depth, marker.ordinal, normalize_name(marker.name))


class Numbering(Struct, frozen=True):
    """How a label is numbered, as which, and what stands behind that."""

    family: str
    ordinal: int
    name: str


def _read_marker(label: str) -> Numbering | None:
    """What numbers a label, behind a word that opens a list as well; letters number rows, but no paragraphs."""
    opened = expression("of_which").match(label)
    words = label[opened.end() :] if opened else label
    marker = read_marker(words)
    if marker:
        return Numbering(marker.family, marker.ordinal, words[marker.end :])
    letter = patterns.fragment("checks/table_sum", "lettered").match(words)
    if letter is None:
        return None
    name = words[letter.end() :]
    if letter["roman"]:
        return Numbering("roman", read_ordinal(letter["roman"]), name)
    return Numbering("letter", ord(letter["letter"]) - ord("A") + 1, name)


def find_listed_totals(rows: Sequence[Row]) -> Iterator[tuple[int, list[int]]]:
    """The rows that are the last of a numbered list and called its total, each with those that it adds up."""
    for at, row in enumerate(rows):
        start = _find_first(rows, at) if row.is_total else None
        if start is not None:
            yield row.place, list(_list_parts(rows[start:at], row.marks[-1].depth))


def _find_first(rows: Sequence[Row], at: int) -> int | None:
    """Where the list begins of which a row is the last; None where its first is lost."""
    depth = rows[at].marks[-1].depth
    for before in reversed(range(at)):
        if rows[before].find_ordinal(depth) == 1:
            return before
        if rows[before].is_outside(depth):
            return None
    return None


def _list_parts(rows: Sequence[Row], depth: int) -> Iterator[int]:
    """The rows of a list: those of its own order, and in place of one that has no numbers those below it."""
    is_whole = False
    for row in rows:
        if row.find_ordinal(depth) is not None:
            is_whole = row.marks[-1].depth == depth
            yield row.place
        elif not is_whole:
            yield row.place


class Parent(Struct, frozen=True):
    """A row and those numbered right below it, as far as they are read."""

    row: Row
    parts: list[Row]

    @property
    def depth(self) -> int:
        """How deep the row stands; a total that is not numbered stands above all."""
        return self.row.marks[-1].depth if self.row.marks else ABOVE

    @property
    def is_whole(self) -> bool:
        """Whether its rows are numbered from the first one on, each by itself."""
        if len(self.parts) < 2 or any(len(part.marks) != 1 for part in self.parts):
            return False
        ordinals = [part.marks[0].ordinal for part in self.parts]
        return ordinals[0] == 1 and all(one < other for one, other in pairwise(ordinals))


def find_numbered_below(rows: Sequence[Row]) -> Iterator[tuple[int, list[int]]]:
    """The rows that are followed by a list of a lower order, and totals behind one, each with the rows of that."""
    for parent in _list_parents(rows):
        if parent.is_whole and not parent.row.is_total:
            yield parent.row.place, [part.place for part in parent.parts]


def _list_parents(rows: Sequence[Row]) -> Iterator[Parent]:
    """The numbered rows and totals, each with all that stands right below it, or for a total in front of it."""
    open_rows: list[Parent] = []
    outer: list[Row] = []
    for row in rows:
        if row.is_sum and outer:
            yield Parent(row, outer)
            outer = []
        depth = ABOVE if row.is_sum else row.marks[0].depth if row.marks else None
        while depth is not None and open_rows and open_rows[-1].depth >= depth:
            yield open_rows.pop()
        if not row.is_sum:
            (open_rows[-1].parts if open_rows else outer).append(row)
        if depth is not None:
            open_rows.append(Parent(row, []))
    yield from reversed(open_rows)


def find_item(rows: Sequence[Row], ordinal: int) -> int | None:
    """The row of an item of the outermost order: its own, or the total of those that are listed in it."""
    start = _find_start(rows, ordinal)
    if start is None:
        return None
    if rows[start].marks and rows[start].marks[-1].depth == 0:
        return rows[start].place
    end = next((at for at in range(start + 1, len(rows)) if rows[at].find_ordinal(0) is not None), len(rows))
    totals = [row.place for row in rows[start:end] if row.is_total]
    return totals[0] if len(totals) == 1 else None


def _find_start(rows: Sequence[Row], ordinal: int) -> int | None:
    """Where an item begins; one that lost its number begins behind the one before it, if the next one follows."""
    starts = {row.find_ordinal(0): at for at, row in reversed(list(enumerate(rows)))}
    if ordinal in starts:
        return starts[ordinal]
    is_between = {ordinal - 1, ordinal + 1} <= starts.keys()
    return starts[ordinal - 1] + 1 if is_between else None


# ── how far the parts of a row may reach ─────────────────────────────────────────────────────────────────────────────


def limit_rows(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Between which rows the parts of each may be: behind it up to its next sibling, in front down to its first one.

    None where no rows are numbered.
    """
    if not any(row.marks for row in rows):
        return []
    ends, starts = _find_ends(rows), _find_starts(rows)
    return list(zip(starts, ends, strict=True))


def _find_ends(rows: Sequence[Row]) -> list[int]:
    """Where behind each row something begins that is no lower than it is."""
    following: dict[int, int] = {}
    ends: list[int] = []
    for at in reversed(range(len(rows))):
        marks = rows[at].marks
        near = [place for depth, place in following.items() if marks and depth <= marks[-1].depth]
        ends.append(min(near, default=len(rows)))
        if marks:
            following[marks[0].depth] = at
    return ends[::-1]


def _find_starts(rows: Sequence[Row]) -> list[int]:
    """Where in front of each row its own list begins."""
    begun: dict[int, int] = {}
    starts: list[int] = []
    for at, row in enumerate(rows):
        if row.marks:
            begun = {depth: place for depth, place in begun.items() if depth <= row.marks[0].depth}
        begun |= {mark.depth: at for mark in row.marks if mark.ordinal == 1}
        starts.append(begun.get(row.marks[-1].depth, 0) if row.marks else 0)
    return starts
