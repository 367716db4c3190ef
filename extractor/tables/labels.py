"""What a table says of one of its cells: the labels of its row and of its column, and the project it is about."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from extractor.documents.form_labels import LONGEST, is_head, is_label, opens_field
from extractor.model import Table, TableCell
from extractor.tables import lexicon

# What joins labels of different levels.
JOIN = "/"
# The columns of one side of a table: labels and a number at least.
SIDE = 2


class Labelled(NamedTuple):
    """The labels of a cell, the levels of each joined by a slash; empty where there are none."""

    row: str
    column: str


class Labels:
    """The labels of one table; made in time linear in its size.

    ``project`` is what the table is about, ``corners`` are the heads over the labels of its rows.
    """

    def __init__(self, table: Table) -> None:
        self._table = table
        self._owners = _find_owners(table)
        self._heads = self._find_heads()
        self._columns: dict[tuple[int, int, int], str] = {}
        self.project = self._find_project()
        self.corners = self._list_corners()

    def _list_corners(self) -> list[str]:
        """The lowest heads over the words of the first row below them."""
        row = self._table.header_rows
        cells = self._table.rows[row] if row < len(self._table.rows) else ()
        words = (column for column, cell in enumerate(cells) if cell.value is None and cell.text)
        return [heads[-1] for column in words if (heads := self._find_column_labels(row, column))]

    def find_labels(self, row: int, column: int) -> Labelled:
        """What heads the cell at this place."""
        of_row, of_column = self._find_row_labels(row, column), self._find_column_labels(row, column)
        return Labelled(JOIN.join(of_row), JOIN.join(of_column))

    def read_row(self, row: int, columns: Sequence[int]) -> list[Labelled]:
        """What heads the cells of a row at some columns, from the left; the labels of the row are looked up once."""
        places = [place for place in dict.fromkeys(self._owners[row]) if self._is_row_label(place)]
        named = [place for place in places if self._is_named(place)]
        sides = self._find_sides(places)
        found = []
        for column in columns:
            side = max((start for start in sides if start < column), default=0)
            before = [place for place in named if side <= place[1] < column]
            before = before or [place for place in places if side <= place[1] < column][:1]
            found.append(Labelled(JOIN.join(map(self._name, before)), self._name_column(row, column)))
        return found

    def _find_sides(self, places: Sequence[tuple[int, int]]) -> list[int]:
        """The columns of labels at which another side of a table begins: their head is that of the first one again.

        Where it is another (收入项目, 支出项目), the heads between them are those behind the second: 预算数, 预算数.
        """
        heads = [self._find_column_labels(*place)[-1:] for place in places]
        columns = [
            column
            for (row, column), head in zip(places, heads, strict=True)
            if head and (head == heads[0] or self._repeats_heads(row, places[0][1], column))
        ]
        return [column for before, column in pairwise(columns) if column > before + 1]

    def _repeats_heads(self, row: int, first: int, column: int) -> bool:
        """Whether the heads behind a column are those between the first one and it, one for one."""
        width = column - first
        end = column + width
        if width < SIDE or end > len(self._owners[row]):
            return False
        return all(
            (head := self._name_column(row, at)) and head == self._name_column(row, at + width)
            for at in range(first + 1, column)
        )

    def _name(self, place: tuple[int, int]) -> str:
        return _name_label(self._table.rows[place[0]][place[1]])

    def _is_row_label(self, place: tuple[int, int]) -> bool:
        """Whether a cell labels a row: it holds words, and heads no columns."""
        return self._is_label(place) and place[0] not in self._heads[place[0]]

    def _name_column(self, row: int, column: int) -> str:
        """The heads over a place below them, which are the same for all places that they head."""
        heads = self._heads[row]
        key = (heads.start, heads.stop, column)
        if row in heads or self._owners[row][column] != (row, column):
            return JOIN.join(self._find_column_labels(row, column))
        if key not in self._columns:
            self._columns[key] = JOIN.join(self._find_column_labels(row, column))
        return self._columns[key]

    def _find_project(self) -> str | None:
        """The project that a 绩效目标表 is about: what stands beside 项目名称."""
        for cells in self._table.rows:
            for at, cell in enumerate(cells):
                if is_label("opens", cell.text):
                    beside = (lexicon.strip_space(other.text) for other in cells[at + 1 :] if other.text)
                    return next(beside, None)
        return None

    def _find_heads(self) -> list[range]:
        """For each row the rows that head its columns: the header, or the row of heads of its block."""
        header = self._table.header_rows
        heads = range(header)
        found = [heads] * header
        for at, cells in enumerate(self._table.rows[header:], start=header):
            if is_head([cell.text for cell in cells]):
                heads = range(at, at + 1)
            elif opens_field(cells[0].text):
                heads = range(0)
            found.append(heads)
        return found

    def _find_column_labels(self, row: int, column: int) -> list[str]:
        """The heads over a place from the top down; a head that takes the whole width says nothing of a column."""
        rows, heads = self._table.rows, self._heads[row]
        above = range(heads.start, min(heads.stop, row))
        # A cell over several rows stands once, and is no label of itself.
        owners = dict.fromkeys(self._owners[at][column] for at in above)
        owners.pop(self._owners[row][column], None)
        found = []
        for at, place in owners:
            cell = rows[at][place]
            if cell.text and cell.colspan < len(rows[0]):
                found.append(_name_label(cell))
        return found

    def _find_row_labels(self, row: int, column: int) -> list[str]:
        """The labels in front of a place: those below heads that name labels, else the first words of the row."""
        owners = dict.fromkeys(self._owners[row][:column])
        labels = filter(self._is_label, owners)
        places = [place for place in labels if place[0] not in self._heads[row]]
        side = max(self._find_sides(places), default=0)
        places = [place for place in places if place[1] >= side]
        named = list(filter(self._is_named, places))
        return [_name_label(self._table.rows[at][place]) for at, place in named or places[:1]]

    def _is_label(self, place: tuple[int, int]) -> bool:
        """Whether a cell holds words, and not a whole statement."""
        cell = self._table.rows[place[0]][place[1]]
        return cell.value is None and 0 < len(cell.text) <= LONGEST

    def _is_named(self, place: tuple[int, int]) -> bool:
        """Whether the lowest head over a place heads a column of labels."""
        heads = self._find_column_labels(*place)
        return is_label("names", heads[-1] if heads else "")


def _find_owners(table: Table) -> list[list[tuple[int, int]]]:
    """For each place of a table the place of the cell that covers it."""
    owners: list[list[tuple[int, int]]] = []
    merged: list[tuple[int, int]] = []
    for row, cells in enumerate(table.rows):
        owners.append([(row, column) for column in range(len(cells))])
        merged += [(row, column) for column, cell in enumerate(cells) if max(cell.rowspan, cell.colspan) > 1]
    for row, column in merged:
        cell = table.rows[row][column]
        for covered in owners[row : row + cell.rowspan]:
            width = min(cell.colspan, len(covered) - column)
            covered[column : column + width] = [(row, column)] * width
    return owners


def _name_label(cell: TableCell) -> str:
    """A label without the remark in brackets and the colon behind it.

    >>> _name_label(TableCell("预期指标值(包含数字及文字描述)", 0, 18, None, None, None))
    '预期指标值'
    """
    remark = lexicon.load_expression("labels", "remark")
    return str(remark.sub("", lexicon.strip_space(cell.text)))
