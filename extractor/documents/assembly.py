"""The text of a document, put together from lines and rows that know their places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from extractor.documents.boxes import CharBoxes
from extractor.documents.frame import Frame
from extractor.documents.grids import Grid
from extractor.documents.joining import Placed, is_centered, measure_em
from extractor.documents.layout import Line
from extractor.documents.lines import needs_space
from extractor.documents.model import Paragraph, RuledTable
from extractor.documents.rows import Row, make_table
from extractor.model import Box, Page, Span

# How much larger than the body (as a ratio) is large.
LARGER = 1.1


class Sheet(NamedTuple):
    """A page as it is set, or what stands turned on it: its frame, its number, counted from 0 here too.

    ``sureness`` is how surely its characters were recognised, by their boxes.
    """

    frame: Frame
    sureness: Mapping[Box, float]
    number: int


class Assembly:
    """Collects paragraphs in reading order and keeps where their characters stand.

    A page is what a sheet has the number of; the sheets of the pages themselves come first, each at its number.
    Their stretches of the text are contiguous and cover it.
    """

    def __init__(self, sheets: Sequence[Sheet], body_size: float, body_bold: bool) -> None:
        self._sheets = sheets
        self._body = (body_size, body_bold)
        self._parts: list[str] = []
        self._length = 0
        self._opened = 0
        self._lines = 0
        self._starts: dict[int, int] = {}
        self.boxes = CharBoxes()
        self.paragraphs: list[Paragraph] = []
        self.tables: list[RuledTable] = []
        self.doubts: list[tuple[int, float]] = []

    def add_body(self, group: Sequence[Placed]) -> None:
        """Append a paragraph of narrative."""
        start = self._begin()
        for at, placed in enumerate(group):
            if at and needs_space(group[at - 1].line.text[-1], placed.line.text[0]):
                self._add_separator(" ")
            self._add_line(placed.line, placed.page)
        lines = [placed.line for placed in group]
        is_recognised = any(self._sheets[placed.page].sureness for placed in group)
        look = None if is_recognised else _find_look(lines)
        text = self._read_begun()
        large, centered = self._is_large(lines), all(map(is_centered, group))
        self.paragraphs.append(Paragraph(text, ((0, start),), "body", large, centered, look))

    def add_table(self, grid: Grid, found: Sequence[Row], page: int) -> None:
        """Append a table, row by row."""
        spans = [dict(zip(row.cells, self._add_row(list(row.cells.values()), page), strict=True)) for row in found]
        sheet = self._sheets[page]
        self.tables.append(make_table(grid, list(zip(found, spans, strict=True)), sheet.frame, sheet.number + 1))

    def join_text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def list_pages(self) -> tuple[Page, ...]:
        """Every page with its stretch of the text."""
        sizes = [sheet.frame.size for at, sheet in enumerate(self._sheets) if sheet.number == at]
        starts = [self._length] * (len(sizes) + 1)
        for page in reversed(range(len(sizes))):
            starts[page] = self._starts.get(page, starts[page + 1])
        starts[0] = 0
        return tuple(
            Page(page + 1, starts[page], starts[page + 1], round(width, 2), round(height, 2))
            for page, (width, height) in enumerate(sizes)
        )

    def _add_row(self, cells: Sequence[Sequence[Line]], page: int) -> list[Span]:
        """Append a row of a table, its cells separated by tabs; gives the stretch of the text that each cell takes."""
        start = self._begin()
        spans = []
        for column, cell in enumerate(cells):
            if column:
                self._add_separator("\t")
            spans.append(self._add_cell(cell, page))
        self.paragraphs.append(Paragraph(self._read_begun(), ((0, start),), "row"))
        return spans

    def _add_cell(self, cell: Sequence[Line], page: int) -> Span:
        start = self._length
        for at, line in enumerate(cell):
            if at and needs_space(cell[at - 1].text[-1], line.text[0]):
                self._add_separator(" ")
            self._add_line(line, page)
        return Span(start, self._length)

    def _begin(self) -> int:
        """Begins a paragraph; gives its place in the text."""
        if self._length:
            self._add_separator("\n")
        self._opened = len(self._parts)
        return self._length

    def _read_begun(self) -> str:
        """The text of the paragraph that was begun last."""
        return "".join(self._parts[self._opened :])

    def _add_line(self, line: Line, page: int) -> None:
        frame, sureness, number = self._sheets[page]
        self._starts.setdefault(number, self._length)
        self._lines += 1
        boxes = line.boxes if frame.is_upright else [box and frame.to_print(box) for box in line.boxes]
        self.boxes.add(boxes, self._lines)
        if sureness:
            self._add_doubts(line, sureness)
        self._parts.append(line.text)
        self._length += len(line.text)

    def _add_doubts(self, line: Line, sureness: Mapping[Box, float]) -> None:
        """Keep how surely the characters of a line were recognised, but for those that are as good as printed."""
        for offset, box in enumerate(line.boxes, start=self._length):
            confidence = sureness.get(box, 1.0) if box else 1.0
            if confidence < 1.0:
                self.doubts.append((offset, confidence))

    def _add_separator(self, separator: str) -> None:
        self.boxes.add_unprinted()
        self._parts.append(separator)
        self._length += 1

    def _is_large(self, lines: Sequence[Line]) -> bool:
        size, bold = self._body
        return all(line.size > LARGER * size or (line.bold and not bold) for line in lines)


def _find_look(lines: Sequence[Line]) -> tuple[float, bool]:
    """How lines are set: their size, to half a point as files mean it, and whether all are bold."""
    return max(round(measure_em(line) * 2) / 2 for line in lines), all(line.bold for line in lines)


def measure_body(kept: Sequence[Sequence[Line]]) -> tuple[float, bool]:
    """The size and weight of most of the narrative."""
    sizes: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    for line in (line for lines in kept for line in lines):
        sizes[round(line.size * 2) / 2] += len(line.text)
        bold[line.bold] += len(line.text)
    return max(sorted(sizes), key=lambda size: sizes[size], default=0.0), bold[True] > bold[False]
