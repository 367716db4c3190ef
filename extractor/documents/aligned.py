"""Tables in text files whose columns stand below one another by spaces: copies that keep the layout of pages.

The lines are read as those of a page on which every character is as wide as any other, or a Chinese one as two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, groupby, takewhile

from msgspec import Struct

from extractor.documents import lines as words
from extractor.documents import stretches, unruled
from extractor.documents.breaks import PAGE, Part, join_pages
from extractor.documents.cells import place_cells
from extractor.documents.grids import Grid
from extractor.documents.heads import WIDE, Rows, settle
from extractor.documents.stretches import FEWEST_NUMBERS, FEWEST_ROWS, Row, Word
from extractor.documents.tabular import PIECE, Line
from extractor.model import Span

# A column, a line and the room between two lines, in the points of a page of plain print.
WIDTH, HEIGHT, LEADING = 5.0, 10.0, 2.0
# So many lines further up or down than one with numbers apart, nothing is of its table.
REACH = 6
# A line of more pieces is a row of no table.
WIDEST = 64


class Drawn(Struct, frozen=True):
    """A line of the text as a row of a page, and where its words stand in the text."""

    at: int
    row: Row
    spans: tuple[Span, ...]


def find_tables(text: str, lines: Sequence[Line]) -> list[Part]:
    r"""The tables of a text in its order; none where no lines have numbers that gaps part.

    >>> text = "项目        2024年  2023年\n基本支出    120.50  100\n项目支出     30.25   40\n合计        150.75  140"
    >>> starts = [0, *accumulate(len(line) + 1 for line in text.splitlines())]
    >>> lines = [Line(at, at + len(line), 30, False, False) for at, line in zip(starts, text.splitlines())]
    >>> [text[cell.start : cell.end] for cell in find_tables(text, lines)[0].rows[1]]
    ['基本支出', '120.50', '100']
    """
    if WIDE not in text:
        return []
    fields = _find_fields(text, lines)
    return join_pages(text, lines, chain.from_iterable(_find_in_field(text, lines, field) for field in fields))


def _find_fields(text: str, lines: Sequence[Line]) -> Iterator[list[int]]:
    """The printed lines around those that have numbers apart, on one page each, by their indices."""
    for page in _part_pages(text, lines):
        apart = [rank for rank, at in enumerate(page) if _has_numbers_apart(text, lines[at])]
        near = sorted({rank for one in apart for rank in range(max(0, one - REACH), one + REACH + 1)})
        for _, run in groupby(enumerate(near), key=lambda pair: pair[1] - pair[0]):
            yield [page[rank] for _, rank in run if rank < len(page)]


def _part_pages(text: str, lines: Sequence[Line]) -> Iterator[list[int]]:
    """The indices of the printed lines of each page; a text without pages is one."""
    page: list[int] = []
    for at, line in enumerate(lines):
        if page and PAGE in text[lines[page[-1]].end : line.start]:
            yield page
            page = []
        if line.width:
            page.append(at)
    yield page


def _has_numbers_apart(text: str, line: Line) -> bool:
    """Whether a line holds a wide gap and several pieces with a digit, and not too many: the cheap question."""
    printed = text[line.start : line.end]
    return WIDE in printed and _count_numbers(printed.split()) >= FEWEST_NUMBERS


def _count_numbers(pieces: Sequence[str]) -> int:
    """How many pieces of a line hold a digit; none of a line that is too wide for a row."""
    return sum(any(map(str.isdecimal, piece)) for piece in pieces) if len(pieces) <= WIDEST else 0


def _find_in_field(text: str, lines: Sequence[Line], field: Sequence[int]) -> Iterator[Part]:
    if len(field) < FEWEST_ROWS:
        return
    drawn = min((_draw(text, lines, field, wide) for wide in (1, 2)), key=_count_ends)
    rows = [one.row for one in drawn]
    for start, end in stretches.find_stretches(rows):
        grid = unruled.find_grid(rows[start:end])
        if grid:
            yield _make_part(text, grid, drawn[end - len(grid.cells) : end])


def _make_part(text: str, grid: Grid, drawn: Sequence[Drawn]) -> Part:
    """The lines of a grid as a table, or the part of one that stands on a page."""
    heads = sum(1 for _ in takewhile(_is_above_data, drawn))
    spans = [_span_cells(grid, one, row) for one, row in zip(drawn, grid.cells, strict=True)]
    rows, numeric, is_open = settle(text, Rows(list(map(list, grid.cells)), spans), heads)
    return Part(drawn[0].at, drawn[-1].at + 1, list(place_cells(rows.cells, rows.spans)), heads, numeric, is_open)


def _is_above_data(one: Drawn) -> bool:
    return not one.row.is_data


def _count_ends(drawn: Sequence[Drawn]) -> int:
    """How many places the numbers of rows end at: the fewer, the better they stand below one another."""
    return len({number.box[2] for one in drawn if one.row.is_data for number in one.row.numbers})


def _draw(text: str, lines: Sequence[Line], field: Sequence[int], wide: int) -> list[Drawn]:
    """The lines as a page has them, a Chinese character so many columns ``wide``."""
    return [_draw_line(text, lines[at], at, rank * (HEIGHT + LEADING), wide) for rank, at in enumerate(field)]


def _draw_line(text: str, line: Line, at: int, top: float, wide: int) -> Drawn:
    begun = max(text.rfind("\n", 0, line.start), text.rfind(PAGE, 0, line.start)) + 1
    widths = (WIDTH * (1 if char.isascii() else wide) for char in text[begun : line.end])
    edges = list(accumulate(widths, initial=0.0))
    spans = tuple(Span(*piece.span()) for piece in PIECE.finditer(text, line.start, line.end))
    boxes = [(edges[span.start - begun], top, edges[span.end - begun], top + HEIGHT) for span in spans]
    pieces = [text[span.start : span.end] for span in spans]
    own = tuple(Word(piece, box, words.is_number(piece)) for piece, box in zip(pieces, boxes, strict=True))
    row = Row(own, top, top + HEIGHT, words.is_contents_entry(text[line.start : line.end]))
    return Drawn(at, row, spans)


def _span_cells(grid: Grid, one: Drawn, row: Sequence[int]) -> dict[int, Span]:
    """The stretch of the text that each cell of a line's row takes; empty ones stand behind the cell before."""
    taken: dict[int, Span] = {}
    for word, span in zip(one.row.words, one.spans, strict=True):
        cell = grid.find_cell(word.middle, one.row.middle)
        if cell is not None:
            taken[cell] = Span(taken[cell].start if cell in taken else span.start, span.end)
    return _fill_empty(row, taken, one.spans[0].start)


def _fill_empty(row: Sequence[int], taken: dict[int, Span], start: int) -> dict[int, Span]:
    found: dict[int, Span] = {}
    for cell in row:
        found[cell] = taken.get(cell, Span(start, start))
        start = max(start, found[cell].end)
    return found
