"""Statements of two sides whose rows are lines with spaces between the cells, as they are copied out of a page.

The heads stand there twice (项目 预算数 项目 预算数). What a side lacks leaves no trace in its line, so that the
columns are told by the words: a label behind a number, or one that begins with a marker, is the other side's.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec import Struct

from extractor.documents import lines as words
from extractor.documents import marks
from extractor.documents.marks import Run
from extractor.documents.model import Paragraph
from extractor.documents.pipes import Stretch
from extractor.documents.spaced import APART
from extractor.documents.tabular import PIECE, ROWS, SHORT, Line
from extractor.kept import compile_expression

# A label and its number, or the number of its row as well.
WIDTHS = (2, 3)
# A number that the label of the other side was glued to: 47,483,458一、教育支出.
GLUED = compile_expression(
    r"[-−－]?(?:\d{1,3}+(?:,\d{3}){1,5}+(?:\.\d{1,4}+)?|\d{1,15}+\.\d{2})(?=\p{Han}|[（(]\p{Han})"
)
MARKER = compile_expression(r"[\p{Han}\d]{1,3}[、.．]|[（(][\p{Han}\d]{1,3}[)）]")
TEN = 10

Side = list[Run]
"""A label and the numbers behind it."""


class Told(Struct, frozen=True):
    """What the labels of a side have told so far: the last number of each style, and the characters they end in."""

    ordinals: dict[str, int]
    ends: set[str]


def find_stretches(text: str, lines: Sequence[Line]) -> Iterator[Stretch]:
    """The lines below heads that stand twice; none of a table with a row of which the sides cannot be told."""
    end = 0
    for at in [at for at, line in enumerate(lines) if _may_be_twice(text[line.start : line.end])]:
        heads = _cut_heads(text, lines[at]) if at >= end else []
        if not heads:
            continue
        width = len(heads) // 2
        rows = list(_read_rows(text, lines, at + 1, width))
        end = at + 1 + len(rows)
        if sum(len(row) > 0 for row in rows) >= ROWS and not _is_row(text, lines[end : end + 1]):
            made = [_make_row(_lay(row, width)) for row in rows if row]
            yield Stretch(at, end - 1, [_make_row([[head] for head in heads]), *made])


def _is_row(text: str, lines: Sequence[Line]) -> bool:
    """Whether a line ends in a number, as rows do."""
    pieces = [piece for line in lines for piece in text[line.start : line.end].split()]
    return len(pieces) > 1 and words.is_number(pieces[-1])


def _cut_heads(text: str, line: Line) -> list[Run]:
    """The heads of a line that has the same ones twice; none of any other."""
    pieces = [Run(piece[0], piece.start()) for piece in islice(APART.finditer(text, line.start, line.end), 8)]
    half = len(pieces) // 2
    printed = [piece.text for piece in pieces]
    is_twice = half in WIDTHS and len(pieces) == 2 * half and printed[:half] == printed[half:]
    has_words = is_twice and len(set(printed[:half])) == half and not any(map(words.is_number, printed))
    return pieces if has_words and "\t" not in text[line.start : line.end] else []


def _may_be_twice(printed: str) -> bool:
    """Whether a line may be heads that stand twice, by its first character and its first piece: the cheap question."""
    if printed.find(printed[:1], 1) < 0:
        return False
    pieces = printed.split(maxsplit=1)
    return len(pieces) > 1 and pieces[0] in pieces[1] and pieces[0] in pieces[1].split()


def _read_rows(text: str, lines: Sequence[Line], start: int, width: int) -> Iterator[list[Side]]:
    """The two sides of each line from ``start`` on, either of which may be empty; blank lines have none."""
    reached = [Told({}, set()), Told({}, set())]
    for line in islice(lines, start, None):
        sides = _cut_sides(text, line, width - 1) if line.width else []
        if line.width and not 0 < len(sides) <= len(reached):
            return
        if len(sides) == 1:
            sides = _place_side(sides[0], reached)
            if not sides:
                return
        for side, told in zip(sides, reached, strict=False):
            told.ordinals.update(_read_ordinal(side[0].text) if side else {})
            told.ends.update(side[0].text[-1] if side else "")
        yield sides


def _cut_sides(text: str, line: Line, numbers: int) -> list[Side]:
    """What a line says of each side: its label and no more than so many numbers; none of what is no row."""
    pieces = list(_cut_pieces(text, line))
    if line.tab or any(words.ends_sentence(piece.text) or len(piece.text) > SHORT for piece in pieces):
        return []
    if len(pieces) == len(WIDTHS) and not any(words.is_number(piece.text) for piece in pieces):
        return [[piece] for piece in pieces]
    sides: list[Side] = []
    for piece in pieces:
        is_number = words.is_number(piece.text)
        if not sides and is_number:
            return []
        if is_number:
            sides[-1].append(piece)
        elif not sides or len(sides[-1]) > 1 or words.has_marker(piece.text):
            sides.append([piece])
        else:
            label = sides[-1][0]
            sides[-1][0] = Run(text[label.start : piece.end], label.start)
    return sides if all(len(side) - 1 <= numbers for side in sides) else []


def _cut_pieces(text: str, line: Line) -> Iterator[Run]:
    """What spaces part in a line, and what was glued to a number."""
    for piece in PIECE.finditer(text, line.start, line.end):
        glued = GLUED.match(piece[0])
        if glued and words.has_marker(piece[0][glued.end() :]):
            yield Run(glued[0], piece.start())
            yield Run(piece[0][glued.end() :], piece.start() + glued.end())
        else:
            yield Run(piece[0], piece.start())


def _place_side(side: Side, reached: Sequence[Told]) -> list[Side]:
    """A side alone in its line beside an empty one: its number goes on that of its side, or it ends as labels there do.

    >>> side, left = [Run("八、其他支出", 0)], Told({"、": 7}, {"入"})
    >>> _place_side(side, [left, Told({"、": 7}, {"出"})]) == [[], side], _place_side(side, [left, left])
    (True, [])
    """
    label = side[0].text
    goes_on = [_goes_on(label, told) for told in reached]
    if all(goes_on):
        goes_on = [label[-1] in told.ends for told in reached]
    return [side if goes else [] for goes in goes_on] if goes_on.count(True) == 1 else []


def _goes_on(label: str, told: Told) -> bool:
    """Whether the number of a label is the one behind the last of a side."""
    return any(told.ordinals.get(style) == ordinal - 1 for style, ordinal in _read_ordinal(label).items())


def _read_ordinal(label: str) -> dict[str, int]:
    """The number that a label begins with, by the marks around it; nothing of one without.

    >>> _read_ordinal("二十三、其他支出"), _read_ordinal("1. 一般公共预算"), _read_ordinal("收入总计")
    ({'、': 23}, {'.': 1}, {})
    """
    found = MARKER.match(label)
    if not found:
        return {}
    written = [char for char in found[0] if char.isnumeric()]
    ordinal = 0
    for char in written:
        value = int(unicodedata.numeric(char))
        ordinal = (ordinal or 1) * value if value == TEN else ordinal * (TEN if char.isdecimal() else 1) + value
    return {"".join(char for char in found[0] if char not in written): ordinal}


def _lay(sides: Sequence[Side], width: int) -> list[list[Run]]:
    """The cells of a row of two sides: the number of a row alone stands in front of the amount that it lacks."""
    cells: list[list[Run]] = []
    for side in (*sides, [], [])[:2]:
        cells += [[run] for run in side] + [[]] * (width - len(side))
    return cells


def _make_row(cells: Sequence[Sequence[Run]]) -> Paragraph:
    ends: list[int] = []
    for cell in cells:
        ends.append(cell[-1].end if cell else ends[-1] if ends else next(one[0].start for one in cells if one))
    runs, _ = marks.place_row(cells, ends)
    return marks.make_paragraph(runs, row=True)
