"""What a file without pages is made of, written down as a Document: paragraphs, and tables with cells that span."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from itertools import count as counter

import msgspec
from msgspec import Struct

from extractor.documents.cells import place_cells
from extractor.documents.lines import is_cut
from extractor.documents.model import Paragraph, RuledTable
from extractor.model import InputError, Notice, Span

# A cell over more columns than this is over all of them: as the standard of web pages has it.
WIDEST = 1000
# A table with more places than this, most of them empty, is no table but an attempt to use up memory.
MOST_PLACES = 500_000

# A paragraph that was cut goes on until it is as long as this.
LONGEST = 5_000

Numbers = list[list[int]]


class Cell(Struct, frozen=True):
    """One cell as a file has it, in the first row and column that it covers."""

    text: str
    rowspan: int = 1
    colspan: int = 1


class Writer:
    """Writes paragraphs and tables one below the other, a line each, and keeps where they stand."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._end = 0
        self._paragraphs: list[Paragraph] = []
        self._tables: list[RuledTable] = []
        self._left_out = 0

    @property
    def text(self) -> str:
        """Everything that was written."""
        return "\n".join(self._lines)

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs and the rows of tables, in the order of the text."""
        return tuple(self._paragraphs)

    @property
    def tables(self) -> tuple[RuledTable, ...]:
        """The tables in the order of the text."""
        return tuple(self._tables)

    def write_paragraph(self, text: str, *, large: bool = False, centered: bool = False) -> None:
        """Write one paragraph; ``text`` has no line break and no white space around it.

        One that was cut in the middle of a clause goes on with the next one.
        """
        before = self._paragraphs[-1] if self._paragraphs else None
        start = self._add_line(text)
        if before and not large and _may_go_on(before) and is_cut(before.text, text):
            self._paragraphs[-1] = _continue(before, text, start)
        else:
            self._paragraphs.append(Paragraph(text, ((0, start),), "body", large, centered))

    def write_table(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Write a table, a row a line with tabs between its cells; rows without any text are left out.

        One of senseless size is left out as a whole, and told.
        """
        texts = dict(enumerate(cell.text for row in rows for cell in row))
        placed = number_cells(rows)
        self._left_out += not placed and any(texts.values())
        numbers = list(_drop_empty(placed, texts))
        spans = [self._write_row(row, texts) for row in numbers]
        if numbers:
            self._tables.append(RuledTable(None, None, place_cells(numbers, spans)))

    def warn(self, name: str) -> Iterator[Notice]:
        """What is told of the tables that were left out of the file ``name``."""
        if self._left_out:
            yield Notice("input.table_too_large", {"name": name, "count": self._left_out})

    def _write_row(self, numbers: Sequence[int], texts: dict[int, str]) -> dict[int, Span]:
        """Write a row; what it writes is taken from ``texts``, so that a cell over several rows stands in one."""
        cells = list(dict.fromkeys(numbers))
        words = [texts.pop(cell, "") for cell in cells]
        line = "\t".join(words)
        start = self._add_line(line)
        self._paragraphs.append(Paragraph(line, ((0, start),), "row"))
        ends = accumulate((len(word) + 1 for word in words), initial=start)
        return {cell: Span(at, at + len(word)) for cell, at, word in zip(cells, ends, words, strict=False)}

    def _add_line(self, line: str) -> int:
        """Write a line, and tell where it begins."""
        start = self._end
        self._lines.append(line)
        self._end += len(line) + 1
        return start


def _may_go_on(before: Paragraph) -> bool:
    return before.kind == "body" and len(before.text) <= LONGEST


def explain_empty(told: Sequence[Notice], name: str) -> InputError:
    """Why nothing of the file ``name`` was written: what had to be left out, or that there is nothing."""
    return InputError(told[0].message, **told[0].facts) if told else InputError("input.empty", name=name)


def _continue(before: Paragraph, text: str, start: int) -> Paragraph:
    """A paragraph that goes on in the line at ``start``."""
    pieces = (*before.pieces, (len(before.text), start))
    return msgspec.structs.replace(before, text=before.text + text, pieces=pieces)


def _drop_empty(numbers: Numbers, texts: Mapping[int, str]) -> Iterator[list[int]]:
    """The rows in which a cell begins that holds any text."""
    begun: set[int] = set()
    for row in numbers:
        new = set(row) - begun
        begun |= new
        if any(texts.get(cell) for cell in new):
            yield row


def number_cells(rows: Sequence[Sequence[Cell]]) -> Numbers:
    """For every place of a table the number of the cell in it, counted through all rows; rows have equal length.

    A cell stands in the first place of its row that no cell above reaches; it ends where another one stands. Places
    that no cell covers have numbers of their own, behind those of the cells. Empty for a table of senseless size.

    >>> number_cells([[Cell("a", rowspan=2), Cell("b", colspan=2)], [Cell("c"), Cell("d")]])
    [[0, 1, 1], [0, 2, 3]]
    """
    numbers: list[dict[int, int]] = [{} for _ in rows]
    count = width = 0
    for top, row in enumerate(rows):
        right = 0
        for cell in row:
            left, right = _find_place(numbers[top], right, cell)
            width = max(width, right)
            if width * len(rows) > MOST_PLACES:
                return []
            for covered in numbers[top : top + max(cell.rowspan, 1)]:
                covered.update(dict.fromkeys(range(left, right), count))
            count += 1
    gaps = counter(count)
    return [[row[column] if column in row else next(gaps) for column in range(width)] for row in numbers]


def _find_place(taken: Mapping[int, int], start: int, cell: Cell) -> tuple[int, int]:
    """The columns from ``start`` on, the last not included, that a cell takes in a row of which some are taken."""
    left = next(column for column in counter(start) if column not in taken)
    right = left + 1
    while right < left + min(cell.colspan, WIDEST) and right not in taken:
        right += 1
    return left, right
