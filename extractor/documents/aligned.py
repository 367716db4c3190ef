"""Tables in text files whose columns stand below one another by spaces: copies that keep the layout of pages.

The lines are read as those of a page on which every character is as wide as any other, or a Chinese one as two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, takewhile

from extractor.documents import layout, stretches, unruled
from extractor.documents.breaks import PAGE, PIECE, Aligned, has_numbers, join_pages
from extractor.documents.cells import place_cells
from extractor.documents.grids import Grid
from extractor.documents.heads import WIDE, Rows, settle
from extractor.documents.rulings import Rulings
from extractor.documents.stretches import FEWEST_ROWS
from extractor.documents.tabular import Line
from extractor.model import Box, RuledTable, Span

# A column, a line and the room between two lines, in the points of a page of plain print.
WIDTH, HEIGHT, LEADING = 5.0, 10.0, 2.0
NOTHING_DRAWN = Rulings((), ())


def find_tables(text: str, lines: Sequence[Line]) -> list[Aligned]:
    r"""The tables of a text in its order; none where no lines have numbers that gaps part.

    >>> text = "项目        2024年  2023年\n基本支出    120.50  100\n项目支出     30.25   40\n合计        150.75  140"
    >>> starts = [0, *accumulate(len(line) + 1 for line in text.splitlines())]
    >>> lines = [Line(at, at + len(line), 30, False, False) for at, line in zip(starts, text.splitlines())]
    >>> [text[cell.start : cell.end] for cell in find_tables(text, lines)[0].table.rows[1]]
    ['基本支出', '120.50', '100']
    """
    pages = [page for page in _part_pages(text, lines) if _may_hold(text, lines, page)]
    return join_pages(text, lines, chain.from_iterable(_find_on_page(text, lines, page) for page in pages))


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


def _may_hold(text: str, lines: Sequence[Line], page: Iterable[int]) -> bool:
    """Whether enough lines of a page hold several numbers and a wide gap: the cheap question."""
    printed = (text[lines[at].start : lines[at].end] for at in page)
    return sum(WIDE in line and has_numbers(line) for line in printed) >= FEWEST_ROWS


def _find_on_page(text: str, lines: Sequence[Line], page: Sequence[int]) -> Iterator[Aligned]:
    drawn = min((_draw(text, lines, page, wide) for wide in (1, 2)), key=_count_ends)
    for grid in unruled.find(drawn, NOTHING_DRAWN).grids:
        inside = [at for at, line in enumerate(drawn) if grid.ys[0] <= line.middle <= grid.ys[-1]]
        spans = [_span_cells(grid, lines[page[at]], drawn[at]) for at in inside]
        heads = sum(1 for _ in takewhile(_is_above_data, (drawn[at] for at in inside)))
        rows, numeric, is_open = settle(text, Rows(list(map(list, grid.cells)), spans), heads)
        table = RuledTable(None, None, place_cells(*rows))
        yield Aligned(page[inside[0]], page[inside[-1]] + 1, table, heads, numeric, is_open)


def _count_ends(drawn: Sequence[layout.Line]) -> int:
    """How many places the numbers of rows end at: the fewer, the better they stand below one another."""
    rows = filter(_is_data, map(stretches.split_line, drawn))
    return len({number.box[2] for row in rows for number in row.numbers})


def _is_data(row: stretches.Row) -> bool:
    return row.is_data


def _is_above_data(line: layout.Line) -> bool:
    return not stretches.split_line(line).is_data


def _draw(text: str, lines: Sequence[Line], page: Sequence[int], wide: int) -> list[layout.Line]:
    """The lines as a page has them, a Chinese character so many columns ``wide``."""
    return [_draw_line(text, lines[at], rank * (HEIGHT + LEADING), wide) for rank, at in enumerate(page)]


def _draw_line(text: str, line: Line, top: float, wide: int) -> layout.Line:
    begun = max(text.rfind("\n", 0, line.start), text.rfind(PAGE, 0, line.start)) + 1
    widths = [WIDTH * (1 if char.isascii() else wide) for char in text[begun : line.end]]
    rights = list(accumulate(widths))[line.start - begun :]
    printed = text[line.start : line.end]
    boxes: list[Box | None] = []
    for char, right, width in zip(printed, rights, widths[line.start - begun :], strict=True):
        boxes.append(None if char.isspace() else (right - width, top, right, top + HEIGHT))
    left = rights[0] - widths[line.start - begun]
    return layout.Line(printed, tuple(boxes), left, top, rights[-1], top + HEIGHT, HEIGHT, False)


def _span_cells(grid: Grid, line: Line, drawn: layout.Line) -> dict[int, Span]:
    """The stretch of the text that each cell of a line's row takes; empty ones stand behind the cell before."""
    taken: dict[int, Span] = {}
    for piece in PIECE.finditer(drawn.text):
        left, right = drawn.boxes[piece.start()], drawn.boxes[piece.end() - 1]
        cell = grid.find_cell((left[0] + right[2]) / 2, drawn.middle) if left and right else None
        if cell is not None:
            start = taken[cell].start if cell in taken else line.start + piece.start()
            taken[cell] = Span(start, line.start + piece.end())
    return _fill_empty(_find_row(grid, drawn.middle), taken, line.start)


def _find_row(grid: Grid, y: float) -> Sequence[int]:
    return next(row for row, bottom in zip(grid.cells, grid.ys[1:], strict=True) if y <= bottom)


def _fill_empty(row: Sequence[int], taken: dict[int, Span], start: int) -> dict[int, Span]:
    found: dict[int, Span] = {}
    for cell in row:
        found[cell] = taken.get(cell, Span(start, start))
        start = max(start, found[cell].end)
    return found
