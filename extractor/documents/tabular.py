"""Tables in text files: a row a line with tabs between its cells, or a cell a line that starts with a tab."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from extractor.documents import lines as words

# A flattened table has at least this many cells, most of them short or cut off without a full stop.
CELLS = 4
PROSE = 0.5
# A line with tabs between longer pieces than this is a document that lost its line breaks.
LONGEST_CELL = 1000

Kind = Literal["body", "row", "cell"]


class Line(NamedTuple):
    """The printed part of one line: its offsets without the white space around it, and its width."""

    start: int
    end: int
    width: int
    tab: bool
    indented: bool


def kinds(text: str, lines: Sequence[Line]) -> list[Kind]:
    """What each line is: narrative, a row of a table, or of a table that was flattened into cells."""
    found: list[Kind] = ["body"] * len(lines)
    for start, end in _row_runs(text, lines):
        found[start:end] = ["row"] * (end - start)
    for start, end in _cell_runs(text, lines, found):
        found[start:end] = ["cell"] * (end - start)
    return found


# ── a row a line ─────────────────────────────────────────────────────────────────────────────────────────


def _row_runs(text: str, lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Stretches of lines with tabs between cells, unless all of them are the entries of a table of contents."""
    start = 0
    cells = [_cells(text, line) for line in lines]
    for end in range(len(lines) + 1):
        if end < len(lines) and _in_row(text, lines[end], cells[end], end > start):
            continue
        if any(_is_row(row) for row in cells[start:end]):
            yield start, end
        start = end + 1


def _cells(text: str, line: Line) -> list[str]:
    """The cells of a line that hold anything."""
    return [cell for cell in text[line.start : line.end].split("\t") if cell.strip()]


def _in_row(text: str, line: Line, cells: list[str], inside: bool) -> bool:
    """Whether a line has several cells, or one and tabs behind it below such a line."""
    if len(cells) == 1:
        return inside and text.startswith("\t", line.end)
    return len(cells) > 1 and len(max(cells, key=len)) <= LONGEST_CELL and not words.is_marker(cells[0])


def _is_row(cells: list[str]) -> bool:
    return len(cells) > 2 or (len(cells) == 2 and not words.is_page_number(cells[1]))


def whole_row(text: str, line: Line) -> Line:
    """The line with the tabs at its ends, which stand for empty cells."""
    start, end = line.start, line.end
    while text.startswith("\t", start - 1) and start:
        start -= 1
    while text.startswith("\t", end):
        end += 1
    return line._replace(start=start, end=end)


# ── a cell a line ────────────────────────────────────────────────────────────────────────────────────────


def _cell_runs(text: str, lines: Sequence[Line], found: Sequence[Kind]) -> Iterator[tuple[int, int]]:
    """Runs of lines that start with a tab and read like cells."""
    for start, end in _tab_runs(text, lines, found):
        cells = [line for line in lines[start:end] if line.tab]
        prose = sum(words.closes(text[line.start : line.end]) for line in cells)
        if len(cells) >= CELLS and prose < PROSE * len(cells):
            yield start, end


def _tab_runs(text: str, lines: Sequence[Line], found: Sequence[Kind]) -> Iterator[tuple[int, int]]:
    """Stretches of lines with a tab, the lines that go on with their cells, and blank lines between."""
    start: int | None = None
    end = 0
    for at, line in enumerate(lines):
        if line.tab and found[at] == "body":
            start, end = at if start is None else start, at + 1
        elif start is not None and line.width:
            if end == at and found[at] == "body" and not words.opens(text[line.start : line.end]):
                end = at + 1
            else:
                yield start, end
                start = None
    if start is not None:
        yield start, end


def last_of_cell(text: str, lines: Sequence[Line], found: Sequence[Kind], at: int) -> int:
    """The index of the last line of the cell that starts at line ``at``."""
    following = at + 1
    while lines[at].width and following < len(lines) and lines[following].width and not lines[following].tab:
        if found[following] != "cell" or words.opens(text[lines[following].start : lines[following].end]):
            break
        following += 1
    return following - 1
