"""Tables in text files whose rows are lines with spaces between the cells, as they are copied out of a page.

Nothing tells such a space from one inside of a label, so rows are only lines that follow each other with the same
columns of labels and of numbers, each with several numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from extractor.documents import lines as words
from extractor.documents import marks
from extractor.documents.marks import Run
from extractor.documents.pipes import Stretch
from extractor.documents.tabular import ROWS, SHORT, Line
from extractor.model import Paragraph

# One number behind words is a sentence's, or an entry's page.
NUMBERS = 2
# So many cells are more than any row at hand has.
WIDEST = 24
PIECE = regex.compile(r"\S+")
# Characters that are set apart are one label (项 目), and no line of them is a row.
APART = regex.compile(r"(?<!\S)\p{Han}(?:\s+\p{Han}(?!\S))+|\S+")
NUMBER_ENDS = regex.compile(r"[0-9%％)）—–－-]")

Columns = tuple[bool, ...]
"""For each column of a row whether it holds numbers."""


def find_stretches(text: str, lines: Sequence[Line]) -> Iterator[Stretch]:
    """The lines that are rows of the same columns, with the heads above them."""
    printed = [(at, line) for at, line in enumerate(lines) if line.width]
    found = [_read_columns(text, line) for _, line in printed]
    end = 0
    while end < len(found):
        start, end = end, _find_end(text, [line for _, line in printed], found, end)
        if len(found[start:end]) - found[start:end].count(()) < ROWS:
            continue
        rows = [
            _cut_row(text, line) if columns else [_take_line(text, line)]
            for (_, line), columns in zip(printed[start:end], found[start:end], strict=True)
        ]
        head = _cut_heads(text, printed[start - 1][1]) if start else []
        if len(head) == len(found[start]):
            start, rows = start - 1, [head, *rows]
        yield Stretch(printed[start][0], printed[end - 1][0], list(map(_make_row, rows)))


def _find_end(text: str, lines: Sequence[Line], found: Sequence[Columns], start: int) -> int:
    """Behind the last of the lines with the columns of the first one; a label alone may stand between two of them."""
    last = start
    for at in range(start + 1, len(lines) if found[start] else start):
        if found[at] == found[start]:
            last = at
        elif at > last + 1 or found[at] or not _is_label(text, lines[at]):
            break
    return last + 1


def _is_label(text: str, line: Line) -> bool:
    return line.width <= SHORT and not words.ends_sentence(text[line.start : line.end])


def _read_columns(text: str, line: Line) -> Columns:
    """The columns of a line that may be a row; none for any other."""
    if line.tab or not NUMBER_ENDS.match(text, line.end - 1) or "\t" in text[line.start : line.end]:
        return ()
    columns = tuple(words.is_number(cell.text) for cell in _cut_row(text, line))
    label = columns.index(False) if False in columns else len(columns)
    return columns if label < 2 and sum(columns[label:]) >= NUMBERS and len(columns) <= WIDEST else ()


def _cut_row(text: str, line: Line) -> list[Run]:
    """The cells of a line: each number, and the words up to the next one."""
    cells: list[Run] = []
    was_number = True
    for piece in PIECE.finditer(text, line.start, line.end):
        is_number = words.is_number(piece[0])
        if is_number or was_number:
            cells.append(Run(piece[0], piece.start()))
        else:
            cells[-1] = Run(text[cells[-1].start : piece.end()], cells[-1].start)
        was_number = is_number
    return cells


def _cut_heads(text: str, line: Line) -> list[Run]:
    return [Run(piece[0], piece.start()) for piece in APART.finditer(text, line.start, line.end)]


def _take_line(text: str, line: Line) -> Run:
    return Run(text[line.start : line.end], line.start)


def _make_row(cells: Sequence[Run]) -> Paragraph:
    runs, _ = marks.place_row([[cell] for cell in cells], [cell.end for cell in cells])
    return marks.make_paragraph(runs, row=True)
