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
from extractor.documents.model import Paragraph
from extractor.documents.pipes import Stretch
from extractor.documents.tabular import PIECE, ROWS, SHORT, Line

# One number behind words is a sentence's, or an entry's page.
NUMBERS = 2
# So many cells are more than any row at hand has.
WIDEST = 24
# Characters that are set apart are one label (项 目), and no line of them is a row.
APART = regex.compile(r"(?<!\S)\p{Han}(?:\s+\p{Han}(?!\S))+|\S+")
HAN = regex.compile(r"\p{Han}")
NUMBER_ENDS = regex.compile(r"[0-9%％)）—–－-]")

Columns = tuple[bool, ...]
"""For each column of a row whether it holds numbers."""


def find_stretches(text: str, lines: Sequence[Line]) -> Iterator[Stretch]:
    """The lines that are rows of the same columns, with the heads above them; none beside rows that lack a number."""
    printed = [(at, line) for at, line in enumerate(lines) if line.width]
    own = [line for _, line in printed]
    cut = [_cut_row(text, line) if _has_numbers(text, line) else [] for line in own]
    found = [_read_columns(cells) if cells else () for cells in cut]
    end = 0
    while end < len(found):
        start, end = end, _find_end(text, own, found, end) if found[end] else end + 1
        if end - start - found[start:end].count(()) < ROWS:
            continue
        rows = [cut[at] if found[at] else [_take_line(text, own[at])] for at in range(start, end)]
        head = _cut_heads(text, own[start - 1]) if start else []
        if len(head) == max(map(len, found[start:end])):
            start, rows = start - 1, [head, *rows]
        if not _is_cut(text, own, found, start, end):
            yield Stretch(printed[start][0], printed[end - 1][0], list(map(_make_row, rows)))


def _is_cut(text: str, lines: Sequence[Line], found: Sequence[Columns], start: int, end: int) -> bool:
    """Whether rows with other numbers stand right above lines or below them, or behind a label there."""
    return any(
        any(found[at] or _is_short_row(text, lines[at]) for at in _reach(text, lines, near, step))
        for near, step in ((start - 1, -1), (end, 1))
    )


def _reach(text: str, lines: Sequence[Line], near: int, step: int) -> Iterator[int]:
    """The line beside others, and the next one where that is a label."""
    if 0 <= near < len(lines):
        yield near
        if 0 <= near + step < len(lines) and _is_label(text, lines[near]):
            yield near + step


def _find_end(text: str, lines: Sequence[Line], found: Sequence[Columns], start: int) -> int:
    """Behind the last of the lines with the columns of the first one; a label alone may stand between two of them."""
    last = start
    for at in range(start + 1, len(lines)):
        if found[at] and _without_code(found[at]) == _without_code(found[start]):
            last = at
        elif at > last + 1 or found[at] or not _is_label(text, lines[at]):
            break
    return last + 1


def _without_code(columns: Columns) -> Columns:
    """The columns from the first one of labels on: sums have no code in front."""
    return columns[columns[0] :]


def _is_label(text: str, line: Line) -> bool:
    is_short = line.width <= SHORT and not words.ends_sentence(text[line.start : line.end])
    return is_short and not _is_short_row(text, line)


def _is_short_row(text: str, line: Line) -> bool:
    """Whether a line holds a label and numbers behind it: fewer than the rows beside it, and nothing tells which."""
    if line.tab or not NUMBER_ENDS.match(text, line.end - 1):
        return False
    *labels, last = _cut_row(text, line) or [Run("", 0)]
    return words.is_number(last.text) and any(HAN.search(label.text) for label in labels)


def _has_numbers(text: str, line: Line) -> bool:
    """Whether a line without tabs ends in a number and holds others: the cheap question."""
    if line.tab or not NUMBER_ENDS.match(text, line.end - 1):
        return False
    printed = text[line.start : line.end]
    return "\t" not in printed and sum(map(words.is_number, printed.split())) >= NUMBERS


def _read_columns(cells: Sequence[Run]) -> Columns:
    """The columns of a line that may be a row, by its cells; none for any other."""
    pieces = [cell.text.split() for cell in cells]
    columns = tuple(all(map(words.is_number, own)) for own in pieces)
    label = columns.index(False) if False in columns else len(columns)
    if label > 1 or sum(columns[label:]) < NUMBERS or len(columns) > WIDEST:
        return ()
    return () if any(map(_is_torn, pieces)) else columns


def _is_torn(label: Sequence[str]) -> bool:
    """Whether a label has another one behind it, whose number is missing between them."""
    return any(map(words.has_marker, label[1:]))


def _cut_row(text: str, line: Line) -> list[Run]:
    """The cells of a line: a code, be it of several parts (201 05 07), the words up to the next number, each number."""
    return [Run(text[start:end], start) for start, end in _span_cells(text, line)]


def _span_cells(text: str, line: Line) -> Iterator[tuple[int, int]]:
    start = end = line.start
    was_number, is_behind_label = True, False
    for piece in PIECE.finditer(text, line.start, line.end):
        is_number = words.is_number(piece[0])
        goes_on = not is_behind_label if is_number else not was_number
        if start < end and not goes_on:
            yield start, end
        if not (start < end and goes_on):
            start = piece.start()
        end = piece.end()
        was_number, is_behind_label = is_number, is_behind_label or not is_number
    if start < end:
        yield start, end


def _cut_heads(text: str, line: Line) -> list[Run]:
    return [Run(piece[0], piece.start()) for piece in APART.finditer(text, line.start, line.end)]


def _take_line(text: str, line: Line) -> Run:
    return Run(text[line.start : line.end], line.start)


def _make_row(cells: Sequence[Run]) -> Paragraph:
    runs, _ = marks.place_row([[cell] for cell in cells], [cell.end for cell in cells])
    return marks.make_paragraph(runs, row=True)
