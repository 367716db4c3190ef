"""What a table says of one of its cells: the labels of its row and of its column, and the project it is about."""

from __future__ import annotations

from typing import NamedTuple

from extractor.model import Table, TableCell
from extractor.tables import lexicon
from extractor.tables.forms import HEADS, LONGEST, is_label

# What joins labels of different levels.
JOIN = "/"


class Labelled(NamedTuple):
    """The labels of a cell, the levels of each joined by a slash; empty where there are none."""

    row: str
    column: str


class Labels:
    """The labels of one table; made in time linear in its size."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._owners = _owners(table)
        self._heads = self._heads_of_rows()
        self.project = self._project()

    def of(self, row: int, column: int) -> Labelled:
        """What heads the cell at this place."""
        return Labelled(JOIN.join(self._row_labels(row, column)), JOIN.join(self._column_labels(row, column)))

    def _project(self) -> str | None:
        """The project that a 绩效目标表 is about: what stands beside 项目名称."""
        for cells in self._table.rows:
            for at, cell in enumerate(cells):
                if is_label("opens", cell.text):
                    return next((lexicon.bare(other.text) for other in cells[at + 1 :] if other.text), None)
        return None

    def _heads_of_rows(self) -> list[range]:
        """For each row the rows that head its columns: the header, or the row of heads of its block."""
        rows, found, heads = self._table.rows, list[range](), range(self._table.header_rows)
        for at, cells in enumerate(rows):
            if at >= self._table.header_rows:
                if sum(is_label("head", cell.text) for cell in cells) >= HEADS:
                    heads = range(at, at + 1)
                elif is_label("block", cells[0].text) or is_label("field", cells[0].text):
                    heads = range(0)
            found.append(heads)
        return found

    def _column_labels(self, row: int, column: int) -> list[str]:
        """The heads over a place from the top down; a head that takes the whole width says nothing of a column."""
        here, width = self._owners[row][column], len(self._table.rows[0])
        owners = dict.fromkeys(self._owners[at][column] for at in self._heads[row] if at < row)
        cells = [self._table.rows[at][place] for at, place in owners if (at, place) != here]
        return [_name(cell) for cell in cells if cell.text and cell.colspan < width]

    def _row_labels(self, row: int, column: int) -> list[str]:
        """The labels in front of a place: those below heads that name labels, else the first words of the row."""
        heads = self._heads[row]
        owners = dict.fromkeys(self._owners[row][:column])
        places = [(at, place) for at, place in owners if at not in heads and self._is_label(at, place)]
        named = [one for one in places if is_label("names", "".join(self._column_labels(*one)[-1:]))]
        return [_name(self._table.rows[at][place]) for at, place in named or places[:1]]

    def _is_label(self, row: int, column: int) -> bool:
        """Whether a cell holds words, and not a whole statement."""
        cell = self._table.rows[row][column]
        return 0 < len(cell.text) <= LONGEST and cell.value is None


def _owners(table: Table) -> list[list[tuple[int, int]]]:
    """For each place of a table the place of the cell that covers it."""
    owners = [[(row, column) for column in range(len(cells))] for row, cells in enumerate(table.rows)]
    for row, cells in enumerate(table.rows):
        for column, cell in enumerate(cells):
            if cell.rowspan > 1 or cell.colspan > 1:
                for covered in owners[row : row + cell.rowspan]:
                    covered[column : column + cell.colspan] = [(row, column)] * len(
                        covered[column : column + cell.colspan]
                    )
    return owners


def _name(cell: TableCell) -> str:
    """A label without the remark in brackets and the colon behind it.

    >>> _name(TableCell("预期指标值(包含数字及文字描述)", 0, 18, None, None, None))
    '预期指标值'
    """
    return str(lexicon.expression("labels", "remark").sub("", lexicon.bare(cell.text)))
