"""Tables of a text that the end of a page cuts: the next page goes on with them, below what it repeats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import dropwhile, islice, takewhile

from msgspec import Struct
from msgspec.structs import replace

from extractor.documents import lines as words
from extractor.documents.furniture import is_page_number
from extractor.documents.model import RuledCell
from extractor.documents.stretches import FEWEST_NUMBERS
from extractor.documents.tabular import PIECE, Line
from extractor.model import Span

PAGE = "\f"
"""The lines of a page stand apart from those of the next one, in which columns may stand elsewhere."""
# What stands on every page of a table stands in so many lines above it at most.
REPEATED = 8


class Part(Struct, frozen=True):
    """A table or the part of one on a page: the first of its lines, the one behind the last, and its rows.

    So many rows are ``heads`` above the numbers, which stand from the column ``numeric`` on. ``is_torn`` tells that
    rows are missing, so that nothing can be said of its sums; ``is_open`` that its last label may go on below.
    """

    start: int
    end: int
    rows: list[tuple[RuledCell, ...]]
    heads: int
    numeric: int
    is_open: bool = False
    is_torn: bool = False


def join_pages(text: str, lines: Sequence[Line], parts: Iterable[Part]) -> list[Part]:
    """The tables whose parts are given in the order of the text."""
    found: list[Part] = []
    for part in parts:
        found[-1:] = [*_meet(text, lines, found[-1], part)] if found else [part]
    return found


def _meet(text: str, lines: Sequence[Line], above: Part, below: Part) -> Iterator[Part]:
    """Two neighbouring tables as one where they are, else both, torn where what stands between them is of neither."""
    above = _extend(text, lines, above, below.start)
    between = [line for line in lines[above.end : below.start] if line.width]
    own = _strip(list(_list_between(text, between, above)), _list_known(text, lines, above))
    is_cut = not own and PAGE in text[lines[above.end - 1].end : lines[below.start].start]
    if is_cut and len(above.rows[0]) == len(below.rows[0]):
        yield _append(above, below)
    else:
        yield replace(above, is_torn=above.is_torn or is_cut or any(map(_is_data, own[:1])))
        yield replace(below, is_torn=is_cut or any(map(_is_data, own[-1:])))


def _extend(text: str, lines: Sequence[Line], table: Part, end: int) -> Part:
    """A table with the lines behind it, up to line ``end``, as far as they have a number for each of its columns."""
    for at in range(table.end, end):
        line = lines[at]
        row = _read_row(text, line, table) if line.width else None
        if row:
            table.rows.append(row)
            table = replace(table, end=at + 1, is_open=False)
        elif line.width and not is_page_number(_close(text, line)):
            break
    return table


def _read_row(text: str, line: Line, table: Part) -> tuple[RuledCell, ...] | None:
    """The cells of a line that has a number for each column of a table's numbers, behind codes and a label."""
    width = len(table.rows[0])
    pieces = [Span(*piece.span()) for piece in PIECE.finditer(text, line.start, line.end)]
    front, numbers = pieces[: table.numeric - width], pieces[table.numeric - width :]
    codes = list(takewhile(partial(_holds_number, text), front))
    label = front[len(codes) :]
    if not label or len(codes) >= table.numeric or any(_holds_number(text, piece) for piece in label):
        return None
    if not all(_holds_number(text, piece) for piece in numbers):
        return None
    empty = [Span(label[0].start, label[0].start)] * (table.numeric - len(codes) - 1)
    cells = (*codes, *empty, Span(label[0].start, label[-1].end), *numbers)
    return tuple(RuledCell(cell.start, cell.end, None) for cell in cells)


def _holds_number(text: str, piece: Span) -> bool:
    return words.is_number(text[piece.start : piece.end])


def _strip(between: list[str], known: set[str]) -> list[str]:
    """Lines without those at both ends that a page repeats."""
    behind = list(dropwhile(known.__contains__, between))
    return list(dropwhile(known.__contains__, reversed(behind)))[::-1]


def _is_data(line: str) -> bool:
    """Whether a line is a row of numbers."""
    pieces = line.split()
    count = sum(map(words.is_number, pieces))
    return count >= max(FEWEST_NUMBERS, len(pieces) / 2)


def _list_between(text: str, between: Sequence[Line], above: Part) -> Iterator[str]:
    """What is printed between two tables, but for numbers of pages and the rest of a label."""
    printed = [_close(text, line) for line in between]
    if above.is_open and printed and not any(map(str.isdecimal, printed[0])):
        printed = printed[1:]
    return (line for line in printed if not is_page_number(line))


def _list_known(text: str, lines: Sequence[Line], table: Part) -> set[str]:
    """What stands above a table and heads it, which its next page may repeat."""
    first = max(0, table.start - 2 * REPEATED)
    above = [_close(text, line) for line in lines[first : table.start] if line.width][-REPEATED:]
    own = (_close(text, line) for line in lines[table.start : table.end] if line.width)
    return {*above, *islice(own, table.heads)}


def _close(text: str, line: Line) -> str:
    """A line without its spaces between other than numbers."""
    return " ".join(text[line.start : line.end].split())


def _append(above: Part, below: Part) -> Part:
    above.rows.extend(below.rows[below.heads :])
    return replace(below, start=above.start, rows=above.rows, heads=above.heads, is_torn=above.is_torn)
