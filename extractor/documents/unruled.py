"""Tables without lines around their cells: rows of numbers that stand below one another.

Where several lines in a row hold numbers in columns, pdfplumber (its text strategy) is asked for the edges of the
columns of that stretch of the page. It is asked for nothing else: over a page of narrative it sees tables everywhere.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import Any

import msgspec
from msgspec import Struct

from extractor.documents import enclosures, stretches
from extractor.documents.edges import fit_heads, place_edges
from extractor.documents.grids import Grid, read_top
from extractor.documents.layout import Line
from extractor.documents.rulings import Rulings
from extractor.documents.stretches import ALIGNED, FEWEST_NUMBERS, FEWEST_ROWS, Row, Word

# A word that reaches over the edge of a column by less (points) is of that column alone.
OVERHANG = 1.0
# A head stands over so many columns at most; what is wider is the title of the table.
WIDEST_HEAD = 3
# Edges nearer than this (points) are one, as pdfplumber has it unless it is told otherwise.
TOLERANCE = 3


class Found(Struct, frozen=True):
    """The tables of a page that lines do not enclose, and how many more have columns that cannot be told."""

    grids: tuple[Grid, ...]
    torn: int


def find(lines: Sequence[Line], drawn: Rulings) -> Found:
    """The tables among some lines of a page: between horizontal lines, or where numbers stand below one another."""
    if not _may_have_rows(lines, drawn):
        return Found((), 0)
    rows = list(filter(_has_words, map(stretches.split_line, lines)))
    enclosed = list(enclosures.find_enclosures(rows, drawn.horizontal))
    found = []
    for start, end in stretches.find_stretches(rows):
        beside = [one for one in enclosed if start < one.end and one.start < end]
        grid = find_grid(rows[start:end]) if len(beside) < 2 else None
        if grid or not beside:
            found.append(grid)
            enclosed = [one for one in enclosed if one not in beside]
    found += [_find_enclosed(rows[one.start : one.end], one.ys) for one in enclosed]
    return Found(tuple(sorted(filter(None, found), key=read_top)), found.count(None))


def _may_have_rows(lines: Sequence[Line], drawn: Rulings) -> bool:
    """Whether enough lines hold numbers for a table: the cheap question before the words of all are looked at."""
    if drawn.horizontal:
        return sum(map(stretches.has_number, lines)) >= enclosures.FEWEST_ROWS
    return sum(map(stretches.may_be_data, lines)) >= FEWEST_ROWS


def _has_words(row: Row) -> bool:
    return bool(row.words)


def find_grid(lines: Sequence[Row]) -> Grid | None:
    """The grid of a stretch of lines; None where its columns or lines do not part the words."""
    xs = fit_heads(lines, place_edges(lines, _ask_edges(lines)))
    if len(xs) <= FEWEST_NUMBERS + 1:
        return None
    groups = list(_join_lines(_drop_captions(lines, xs), xs))
    middles = [(above[-1].middle + below[0].middle) / 2 for above, below in pairwise(groups)]
    return _make_grid(groups, xs, (groups[0][0].top, *middles, lines[-1].bottom))


def _find_enclosed(lines: Sequence[Row], ys: Sequence[float]) -> Grid | None:
    """The grid of rows between horizontal lines; None where its columns do not part the words."""
    lines = list(map(enclosures.enclose, lines))
    bands = [[line for line in lines if top < line.middle < bottom] for top, bottom in pairwise(ys)]
    rows = list(chain.from_iterable(map(_join_band, bands)))
    xs = fit_heads(rows, place_edges(rows, _find_starts(rows)))
    has_columns = len(xs) > max(FEWEST_NUMBERS, *(len(line.words) for line in lines if not line.is_data), 0)
    return _make_grid(bands, xs, ys) if has_columns else None


def _join_band(band: Sequence[Row]) -> Sequence[Row]:
    """The lines between two drawn ones as rows: those beside one line of numbers are its labels."""
    if sum(line.is_data for line in band) != 1:
        return band
    together = sorted(_list_words(band), key=_read_left)
    return [msgspec.structs.replace(band[0], words=tuple(together), bottom=band[-1].bottom)]


def _read_left(word: Word) -> float:
    return word.box[0]


def _find_starts(lines: Sequence[Row]) -> list[float]:
    """Where columns begin: behind each gap that goes through all rows of numbers."""
    boxes = sorted(word.box for line in lines if line.is_data for word in line.words)
    starts, reached = [boxes[0][0]], boxes[0][2]
    for left, _, right, _ in boxes:
        if left > reached:
            starts.append(left)
        reached = max(reached, right)
    return starts


def _make_grid(groups: Sequence[Sequence[Row]], xs: Sequence[float], ys: Sequence[float]) -> Grid | None:
    """The grid of the lines of each row; None where the columns do not part their words."""
    if any(_is_torn(line.words, xs) for group in groups for line in group) or not _is_ascending(ys):
        return None
    rows = map(_list_words, groups)
    cells = tuple(_number_cells(_spread_heads(row, xs), xs, at * len(xs)) for at, row in enumerate(rows))
    return Grid(tuple(xs), tuple(ys), cells)


def _ask_edges(lines: Sequence[Row]) -> list[float]:
    """Where pdfplumber has the columns of a stretch begin, by its rows of numbers: its cells are between its edges."""
    from pdfplumber.table import merge_edges, words_to_edges_v

    edges = words_to_edges_v(_describe_words(line for line in lines if line.is_data))
    return sorted({edge["x0"] for edge in merge_edges(edges, *[TOLERANCE] * 4)})[:-1]


def _describe_words(lines: Iterable[Row]) -> list[dict[str, Any]]:
    """Words as pdfplumber has them."""
    names = ("x0", "top", "x1", "bottom")
    return [dict(zip(names, word.box, strict=True)) for word in _list_words(lines)]


def _list_words(lines: Iterable[Row]) -> list[Word]:
    return [word for line in lines for word in line.words]


def _is_ascending(places: Sequence[float]) -> bool:
    return all(one < two for one, two in pairwise(places))


def _drop_captions(lines: Sequence[Row], xs: Sequence[float]) -> Sequence[Row]:
    """The lines without those at the top that head no columns: titles, which reach over many, and marks before them."""
    first = next(at for at, line in enumerate(lines) if line.is_data or _is_head(line, xs))
    return lines[first:]


def _is_head(line: Row, xs: Sequence[float]) -> bool:
    """Whether a line heads columns of numbers; a few words that do not fit between the edges are a title."""
    if 2 * len(line.words) < len(xs) and _is_torn(line.words, xs):
        return False
    columns = [_span_columns(word, xs) for word in line.words]
    widest = max(map(len, columns))
    return widest <= WIDEST_HEAD and columns[-1].stop > 1


def _join_lines(lines: Sequence[Row], xs: Sequence[float]) -> Iterator[list[Row]]:
    """The lines of each row of the table: a line that holds one label alone belongs to the line that it overlaps."""
    within = set(_find_halves(lines, xs))
    joined = [lines[0]]
    for at, (above, below) in enumerate(pairwise(lines), start=1):
        if at not in within and not _is_one_row(above, below, xs):
            yield joined
            joined = []
        joined.append(below)
    yield joined


def _is_one_row(above: Row, below: Row, xs: Sequence[float]) -> bool:
    """Whether one of two lines is part of a label that is printed over several lines beside the other one."""
    if below.top >= above.bottom or not _is_label_beside(above, below):
        return False
    return _list_columns(above, xs).isdisjoint(_list_columns(below, xs))


def _find_halves(lines: Sequence[Row], xs: Sequence[float]) -> Iterator[int]:
    """The lines that go on with a row of heads: of some the halves stand above and below the others."""
    for at, (upper, middle, lower) in enumerate(zip(lines, lines[1:], lines[2:], strict=False), start=1):
        if upper.numbers or lower.numbers or not upper.bottom > middle.top <= lower.top < middle.bottom:
            continue
        if _list_columns(upper, xs).isdisjoint(_list_columns(middle, xs)) and _are_below(lower, upper):
            yield from (at, at + 1)


def _are_below(lower: Row, upper: Row) -> bool:
    """Whether each word of a line stands right below one of another line, and not below the gap between two."""
    return all(any(abs(half.middle - word.middle) <= ALIGNED for half in upper.words) for word in lower.words)


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
    taken: dict[int, Word] = {}
    for word in own:
        span = _span_columns(word, xs)
        shared = [taken[column] for column in span if column in taken]
        if shared and not _may_share(span, [word, *shared]):
            return True
        taken |= dict.fromkeys(span, word)
    return False


def _may_share(span: range, sharing: Sequence[Word]) -> bool:
    """Whether words may stand in one cell: pieces of a label may, and a number among the labels of the first column."""
    if len(span) > 1:
        return False
    return span.start == 0 or not any(word.is_number for word in sharing)


def _spread_heads(own: Sequence[Word], xs: Sequence[float]) -> list[range]:
    """The columns of the words of a row; heads that stand over equal groups of columns have each the whole of its own.

    >>> heads = [Word("2023年", (130, 0, 160, 9), False), Word("2024年", (230, 0, 260, 9), False)]
    >>> _spread_heads(heads, (0, 100, 150, 200, 250, 300))
    [range(1, 3), range(3, 5)]
    """
    spans = [_span_columns(word, xs) for word in own]
    labels, heads = [span for span in spans if not span.start], [span for span in spans if span.start]
    if not 0 < len(heads) < len(xs) - 1 or any(word.is_number for word in own):
        return spans
    size, rest = divmod(len(xs) - 2, len(heads))
    shares = [range(at, at + size) for at in range(1, len(xs) - 1 - rest, size or 1)]
    # One word over one column is the unit below its head, not a head over all columns.
    if rest or [len(head) for head in heads] == [1] or not all(map(_is_within, heads, shares)):
        return spans
    return [*labels, *shares]


def _is_within(head: range, share: range) -> bool:
    return share.start <= head.start < head.stop <= share.stop


def _number_cells(spans: Sequence[range], xs: Sequence[float], first: int) -> tuple[int, ...]:
    """The cell of each column of a row, from the number ``first`` on: columns that a word spans are one cell."""
    cells = list(range(first, first + len(xs) - 1))
    for columns in spans:
        cells[columns.start : columns.stop] = [cells[columns.start]] * len(columns)
    return tuple(cells)
