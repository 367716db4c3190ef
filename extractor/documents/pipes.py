"""Tables in text files whose cells are parted by pipes: a row a line, or a cell a line with the pipe behind it.

A row of fewer cells than the table has columns is filled up with pipes at its end, wherever its cells belong; which
columns they stand in is for the tables to tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from msgspec import Struct

from extractor.documents import lines as words
from extractor.documents import marks
from extractor.documents.marks import PIPE, Run
from extractor.documents.model import Paragraph
from extractor.documents.tabular import ROWS, WIDEST, Line
from extractor.kept import compile_expression

# Fewer lines with pipes are a list of links.
FEWEST = 3
# So many of them begin or end with one: others have them between the words of a sentence.
MOST = 0.8
RULE = compile_expression(r"[\s|:-]*-[\s|:-]*")


class Stretch(Struct, frozen=True):
    """The lines of a text that are a table, from ``first`` to ``last``, and the paragraphs that they are."""

    first: int
    last: int
    paragraphs: list[Paragraph]


class Piece(Struct, frozen=True):
    """What stands in front of a pipe, without white space; ``edge`` is where the pipe stands."""

    start: int
    end: int
    edge: int


def find_stretches(text: str, lines: Sequence[Line]) -> Iterator[Stretch]:
    """The lines that follow each other with pipes in all of them."""
    if "|" not in text:
        return
    start = 0
    for end in range(len(lines) + 1):
        if end < len(lines) and _is_parted(text, lines, end):
            continue
        if end - start >= FEWEST and _is_fenced(text, lines[start:end]):
            yield Stretch(start, end - 1, list(_make_paragraphs(text, lines[start:end])))
        start = end + 1


def _is_parted(text: str, lines: Sequence[Line], at: int) -> bool:
    """Whether a line has a pipe, or is a cell whose pipe is the next line, as that of another cell beside it."""
    printed = text[lines[at].start : lines[at].end]
    if "|" in printed or not printed:
        return bool(printed)
    if not _is_pipe(text, lines, at + 1) or words.opens_paragraph(printed) or words.ends_sentence(printed):
        return False
    return _is_pipe(text, lines, at - 1) or _is_pipe(text, lines, at + 3)


def _is_pipe(text: str, lines: Sequence[Line], at: int) -> bool:
    """Whether a line is a pipe and nothing else."""
    return 0 <= at < len(lines) and text[lines[at].start : lines[at].end] == "|"


def _is_fenced(text: str, lines: Sequence[Line]) -> bool:
    """Whether pipes stand at the ends of most lines, or a rule of dashes below the first one."""
    at_ends = sum("|" in (text[line.start], text[line.end - 1]) for line in lines)
    without = sum("|" not in text[line.start : line.end] for line in lines)
    return at_ends >= MOST * (len(lines) - without) or RULE.fullmatch(text, lines[1].start, lines[1].end) is not None


def _make_paragraphs(text: str, lines: Sequence[Line]) -> Iterator[Paragraph]:
    """The rows of a table, or its cells where nothing tells how many a row has."""
    reader = _Rows(text, lines)
    rows = list(reader.take_lines())
    pieces = list(chain.from_iterable(rows))
    rows = rows if reader.width else _fold(text, pieces)
    if rows:
        yield from (_make_row(text, row) for row in rows if any(piece.start < piece.end for piece in row))
    else:
        yield from (_make_cell(text, piece) for piece in pieces if piece.start < piece.end)


def _fold(text: str, pieces: list[Piece]) -> list[list[Piece]]:
    """Cells as rows of the one width at which words and numbers come again below as many heads; none where none does.

    One head more than that stands over all but the first.
    """
    numbers = [words.is_number(text[piece.start : piece.end]) if piece.start < piece.end else None for piece in pieces]
    start = numbers.index(True) - 1 if True in numbers else 0
    widths = [width for width in range(2, WIDEST + 1) if _is_even(numbers[max(start, 0) :], width)]
    fitting = [width for width in widths if start in (width, width + 1)]
    if len(fitting) != 1:
        return []
    width = fitting[0]
    heads = [pieces[:start]] if start == width else [pieces[:2], pieces[2:start]]
    return [*heads, *(pieces[at : at + width] for at in range(start, len(pieces), width))]


def _is_even(numbers: Sequence[bool | None], width: int) -> bool:
    """Whether rows of a width have numbers in the same columns, and there are several of them."""
    kinds = [set(numbers[column::width]) - {None} for column in range(width)]
    return len(numbers) % width == 0 and len(numbers) >= ROWS * width and all(len(kind) < 2 for kind in kinds)


def _make_row(text: str, row: Sequence[Piece]) -> Paragraph:
    cells = [[Run(text[piece.start : piece.end], piece.start)] if piece.start < piece.end else [] for piece in row]
    runs, _ = marks.place_row(cells, [piece.edge for piece in row])
    return marks.make_paragraph(runs, row=True)


def _make_cell(text: str, piece: Piece) -> Paragraph:
    return Paragraph(text[piece.start : piece.end], ((0, piece.start),), "cell")


class _Rows:
    """Takes lines one by one; ``width`` is how many cells the rows have, as far as a line has told it."""

    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self._text, self._lines = text, lines
        # Where cells are lines, a pipe alone in the first one opens each row.
        self._is_opened = _is_bare(text, lines[0])
        # Whether the pipe behind a cell is still to come, alone on the next line.
        self._is_open = False
        self._row: list[Piece] = []
        self.width = 0

    def take_lines(self) -> Iterator[list[Piece]]:
        """The rows, each with all its pieces."""
        for line in self._lines:
            if RULE.fullmatch(self._text, line.start, line.end):
                continue
            if self._is_opened and not self._row and _is_bare(self._text, line):
                continue
            if self._is_open and self._text[line.start : line.end] == "|":
                self._is_open = False
                continue
            pieces = list(_cut_line(self._text, line))
            self._is_open = "|" not in self._text[line.start : line.end]
            self._row += pieces
            if len(pieces) > 1:
                self.width = max(self.width, len(self._row))
            if len(pieces) > 1 or len(self._row) == self.width:
                yield self._end_row()
        if self._row:
            yield self._end_row()

    def _end_row(self) -> list[Piece]:
        row, self._row = self._row, []
        return row


def _is_bare(text: str, line: Line) -> bool:
    """Whether a line holds pipes and nothing else."""
    return not text[line.start : line.end].strip("| \t\u3000")


def _cut_line(text: str, line: Line) -> Iterator[Piece]:
    """The pieces of a line; a pipe in front of them opens the first one, or ends it where nothing else stands."""
    edges = [match.start() for match in PIPE.finditer(text, line.start, line.end)]
    at = line.start
    if edges[:1] == [at] and not _is_bare(text, line):
        at = edges.pop(0) + 1
    if text[line.end - 1] != "|":
        edges.append(line.end)
    for edge in edges:
        yield _trim(text, at, edge)
        at = edge + 1


def _trim(text: str, start: int, edge: int) -> Piece:
    """What stands between ``start`` and a pipe, without the white space around it."""
    printed = text[start:edge]
    left = start + len(printed) - len(printed.lstrip())
    return Piece(left, max(left, start + len(printed.rstrip())), edge)
