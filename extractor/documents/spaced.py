"""Tables in text files whose rows are lines with spaces between the cells, as they are copied out of a page.

Nothing tells such a space from one inside of a label, so rows are only lines that follow each other with the same
columns of labels and of numbers, each with several numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import NamedTuple

from extractor.documents import lines as words
from extractor.documents.model import Paragraph
from extractor.documents.pipes import Stretch
from extractor.documents.tabular import PIECE, ROWS, SHORT, Line
from extractor.kept import compile_expression
from extractor.model import Span

# One number behind words is a sentence's, or an entry's page.
NUMBERS = 2
# So many cells are more than any row at hand has.
WIDEST = 24
# Characters that are set apart are one label (项 目), and no line of them is a row.
APART = compile_expression(r"(?<!\S)\p{Han}(?:\s+\p{Han}(?!\S))+|\S+")
HAN = compile_expression(r"\p{Han}")
NUMBER_ENDS = frozenset("0123456789%％)）—–－-")
# The rows of a document are laid out in a few ways.
LAYOUTS = 256

Columns = tuple[bool, ...]
"""For each column of a row whether it holds numbers."""


class Layout(NamedTuple):
    """The columns of a row, and which of its pieces stand ``inner`` in a cell.

    A marker in front of one of these opens another label, whose number is missing between them.
    """

    columns: Columns
    inner: tuple[int, ...]


NO_ROW = Layout((), ())


def find_stretches(text: str, lines: Sequence[Line]) -> Iterator[Stretch]:
    """The lines that are rows of the same columns, with the heads above them; none beside rows that lack a number."""
    printed = [(at, line) for at, line in enumerate(lines) if line.width]
    own = [line for _, line in printed]
    layouts = [_read_row(text, line) if _may_be_row(text, line) else NO_ROW for line in own]
    found = [layout.columns for layout in layouts]
    end = 0
    while end < len(found):
        start, end = end, _find_end(text, own, found, end) if found[end] else end + 1
        if end - start - found[start:end].count(()) < ROWS:
            continue
        head = _span_heads(text, own[start - 1]) if start else []
        heads = [head] if len(head) == max(map(len, found[start:end])) else []
        if not _is_cut(text, own, found, start - len(heads), end):
            rows = [_span_row(text, own[at], layouts[at]) for at in range(start, end)]
            made = [_make_row(text, row) for row in (*heads, *rows)]
            yield Stretch(printed[start - len(heads)][0], printed[end - 1][0], made)


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
    if not _may_be_row(text, line):
        return False
    last = text[line.start : line.end].rsplit(maxsplit=1)[-1]
    return words.is_number(last) and HAN.search(text, line.start, line.end - len(last)) is not None


def _may_be_row(text: str, line: Line) -> bool:
    """Whether a line without a tab in front ends as a number does: the cheap question."""
    return text[line.end - 1] in NUMBER_ENDS and not line.tab


def _read_row(text: str, line: Line) -> Layout:
    """How a line is laid out that may be a row; ``NO_ROW`` for any other."""
    printed = text[line.start : line.end]
    pieces = printed.split()
    layout = NO_ROW if "\t" in printed else _read_layout(tuple(map(words.is_number, pieces)))
    return NO_ROW if layout.inner and any(words.has_marker(pieces[at]) for at in layout.inner) else layout


@lru_cache(LAYOUTS)
def _read_layout(numbers: tuple[bool, ...]) -> Layout:
    """How a row is laid out, by which of its pieces are numbers: codes in front are one cell, and so are words.

    >>> _read_layout((True, True, False, False, True, True))
    Layout(columns=(True, False, True, True), inner=(1, 3))
    >>> _read_layout((False, True)).columns
    ()
    """
    codes = sum(1 for _ in takewhile(bool, numbers))
    behind = list(enumerate(pairwise((True, *numbers[codes:])), codes))
    cells = [is_number for _, (was_number, is_number) in behind if was_number or is_number]
    if sum(cells) < NUMBERS or len(cells) + (codes > 0) > WIDEST:
        return NO_ROW
    inner = (at for at, (was_number, is_number) in behind if not (was_number or is_number))
    return Layout((True,) * (codes > 0) + tuple(cells), (*range(1, codes), *inner))


def _span_row(text: str, line: Line, layout: Layout) -> list[Span]:
    """The cells of a line: a code, be it of several parts (201 05 07), the words up to the next number, each number.

    A line without a layout is a label alone.
    """
    if layout is NO_ROW:
        return [Span(line.start, line.end)]
    pieces = [piece.span() for piece in PIECE.finditer(text, line.start, line.end)]
    firsts = [at for at in range(len(pieces)) if at not in layout.inner]
    return [Span(pieces[at][0], pieces[behind - 1][1]) for at, behind in pairwise([*firsts, len(pieces)])]


def _span_heads(text: str, line: Line) -> list[Span]:
    return [Span(*piece.span()) for piece in APART.finditer(text, line.start, line.end)]


def _make_row(text: str, cells: Sequence[Span]) -> Paragraph:
    """A row of cells, with a tab in the place of the space behind each but the last."""
    pieces = [(0, cells[0].start)]
    for before, cell in pairwise(cells):
        length = pieces[-1][0] + before.end - before.start
        pieces += [(length, before.end), (length + 1, cell.start)]
    return Paragraph("\t".join(text[cell.start : cell.end] for cell in cells), tuple(pieces), "row")
