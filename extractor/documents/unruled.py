"""Tables without lines around their cells: rows of numbers that stand below one another.

Where several lines in a row hold numbers in columns, pdfplumber's finder (its text strategy) is asked for the columns
of that stretch of the page. It is asked for nothing else: over a page of narrative it sees tables everywhere.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from extractor.documents import stretches
from extractor.documents.grids import Grid
from extractor.documents.layout import Line
from extractor.documents.stretches import FEWEST_NUMBERS, FEWEST_ROWS, Row, Word, surround
from extractor.model import Box

# A word that reaches over the edge of a column by less (points) is of that column alone.
OVERHANG = 1.0
# An edge through a word is worth a gap that is wider by so many points, about two characters: between the narrow gaps
# beside a head over two columns lies the wide one under it, which parts these.
CROSSED = 20.0
# A head stands over so many columns at most; what is wider is the title of the table.
WIDEST_HEAD = 3


def find(lines: Sequence[Line]) -> tuple[Grid, ...]:
    """The tables without rulings among the lines of a page, from top to bottom."""
    if sum(map(stretches.may_be_data, lines)) < FEWEST_ROWS:
        return ()
    rows = [row for row in map(stretches.split_line, lines) if row.words]
    found = (_find_grid(rows[start:end]) for start, end in stretches.find_stretches(rows))
    return tuple(grid for grid in found if grid is not None)


class _Stretch:
    """A stretch of a page as pdfplumber's finder asks for it."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._words = [word for row in rows for word in row.words]
        self.bbox = surround([word.box for word in self._words])

    def extract_words(self, **_: Any) -> list[dict[str, Any]]:
        """The words with their places."""
        names = ("x0", "top", "x1", "bottom")
        return [{"text": word.text, **dict(zip(names, word.box, strict=True))} for word in self._words]


def _find_grid(lines: Sequence[Row]) -> Grid | None:
    """The grid of a stretch by pdfplumber's finder; None where its columns or lines do not part the words."""
    from pdfplumber.table import TableFinder

    strategy = {"vertical_strategy": "text", "horizontal_strategy": "text"}
    asked: Any = _Stretch([line for line in lines if line.is_data])
    xs = _place_edges(lines, sorted({cell[0] for cell in TableFinder(asked, strategy).cells}))
    if len(xs) <= FEWEST_NUMBERS + 1:
        return None
    groups = list(_join_lines(_drop_captions(lines, xs), xs))
    rows = [[word for line in group for word in line.words] for group in groups]
    if any(_is_torn(row, xs) for row in rows):
        return None
    cells = [_number_cells(_spread_heads(row, xs), xs, at * len(xs)) for at, row in enumerate(rows)]
    middles = [(above[-1].middle + below[0].middle) / 2 for above, below in pairwise(groups)]
    ys = (groups[0][0].top, *middles, lines[-1].bottom)
    return Grid(xs, ys, tuple(cells)) if all(one < two for one, two in pairwise(ys)) else None


def _place_edges(lines: Sequence[Row], found: Sequence[float]) -> tuple[float, ...]:
    """The edges of the columns, each in the widest gap left of its numbers: their head is wider than they are.

    ``found`` are where columns begin. One that numbers cross, or that most rows have nothing left of, is no edge.
    """
    boxes = [word.box for line in lines for word in line.words]
    data = [line for line in lines if line.is_data]
    starts = [edge for edge in found if 2 * sum(line.words[0].middle < edge for line in data) > len(data)]
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    numbers = [word.box for line in data for word in line.numbers]
    moved = [_find_gap(boxes, _find_end(numbers, *pair), pair[1]) for pair in pairwise([left, *starts])]
    inner = {edge for edge in moved if left < edge < right and not any(box[0] < edge < box[2] for box in numbers)}
    return (left, *sorted(inner), right)


def _find_end(numbers: Sequence[Box], start: float, end: float) -> float:
    """Where the numbers of the column between two edges end; halfway in a column of words."""
    return max((box[2] for box in numbers if start <= box[0] and box[2] <= end), default=(start + end) / 2)


def _find_gap(boxes: Sequence[Box], start: float, end: float) -> float:
    """The middle of the widest stretch between two places, each word that crosses it taken off its width."""
    sides = sorted({start, end, *(x for box in boxes for x in (box[0], box[2]) if start < x < end)})
    gaps = [(one, two, (one + two) / 2) for one, two in pairwise(sides)] or [(end, end, end)]
    return max(gaps, key=lambda gap: gap[1] - gap[0] - CROSSED * sum(box[0] < gap[2] < box[2] for box in boxes))[2]


def _drop_captions(lines: Sequence[Row], xs: Sequence[float]) -> Sequence[Row]:
    """The lines without those at the top that head no columns: titles, which reach over many, and marks before them."""
    first = next(at for at, line in enumerate(lines) if line.is_data or _is_head(line, xs))
    return lines[first:]


def _is_head(line: Row, xs: Sequence[float]) -> bool:
    if 2 * len(line.words) < len(xs) and _is_torn(line.words, xs):
        return False
    columns = [_span_columns(word, xs) for word in line.words]
    return max(map(max, columns)) > 0 and max(map(len, columns)) <= WIDEST_HEAD


def _join_lines(lines: Sequence[Row], xs: Sequence[float]) -> Iterator[list[Row]]:
    """The lines of each row of the table: a line that holds one label alone belongs to the line that it overlaps."""
    joined = [lines[0]]
    for above, below in pairwise(lines):
        if not _is_one_row(above, below, xs):
            yield joined
            joined = []
        joined.append(below)
    yield joined


def _is_one_row(above: Row, below: Row, xs: Sequence[float]) -> bool:
    """Whether one of two lines is part of a label that is printed over several lines beside the other one."""
    if below.top >= above.bottom or not _is_label_beside(above, below):
        return False
    return _list_columns(above, xs).isdisjoint(_list_columns(below, xs))


def _is_label_beside(above: Row, below: Row) -> bool:
    """Whether the upper line is one label, or the lower one is and the upper one holds the numbers."""
    return len(above.words) == 1 or (len(below.words) == 1 and above.is_data)


def _list_columns(row: Row, xs: Sequence[float]) -> set[int]:
    return {column for word in row.words for column in _span_columns(word, xs)}


def _span_columns(word: Word, xs: Sequence[float]) -> range:
    """The columns that a word reaches into."""
    first = min(max(bisect_right(xs, word.box[0] + OVERHANG) - 1, 0), len(xs) - 2)
    return range(first, max(bisect_left(xs, word.box[2] - OVERHANG), first + 1))


def _is_torn(own: Sequence[Word], xs: Sequence[float]) -> bool:
    """Whether the columns do not fit a row: a number that shares its cell, or a word over columns of other words."""
    columns = [(word, _span_columns(word, xs)) for word in own]
    for at, (word, span) in enumerate(columns):
        shared = [other for other, covered in columns[:at] if set(span) & set(covered)]
        if shared and (len(span) > 1 or (span[0] and any(one.is_number for one in (word, *shared)))):
            return True
    return False


def _spread_heads(own: Sequence[Word], xs: Sequence[float]) -> list[range]:
    """The columns of the words of a row; heads that stand over equal groups of columns have each the whole of its own.

    >>> heads = [Word("2023年", (130, 0, 160, 9), False), Word("2024年", (230, 0, 260, 9), False)]
    >>> _spread_heads(heads, (0, 100, 150, 200, 250, 300))
    [range(1, 3), range(3, 5)]
    """
    spans = [_span_columns(word, xs) for word in own]
    heads = [span for span in spans if span.start]
    size, rest = divmod(len(xs) - 2, max(len(heads), 1))
    shares = [range(1 + at * size, 1 + (at + 1) * size) for at in range(len(heads))]
    apart = any(set(head) - set(share) for head, share in zip(heads, shares, strict=True))
    if rest or apart or any(word.is_number for word in own):
        return spans
    return [span for span in spans if not span.start] + shares


def _number_cells(spans: Sequence[range], xs: Sequence[float], first: int) -> tuple[int, ...]:
    """The cell of each column of a row, from the number ``first`` on: columns that a word spans are one cell."""
    cells = list(range(first, first + len(xs) - 1))
    for columns in spans:
        cells[columns.start : columns.stop] = [cells[columns.start]] * len(columns)
    return tuple(cells)
