"""The title of a table and its unit: the lines above it, and the rows at its top that are none of its data."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import takewhile

import msgspec
import regex
from msgspec import Struct

from extractor.documents.model import Document, Paragraph
from extractor.kept import compile_expression
from extractor.model import Section
from extractor.tables import headers, lexicon
from extractor.tables.grids import Grid, Place, find_span, read_row

# Characters that are set apart to fill a line.
APART = compile_expression(r"(?:(?<!\S)\S\s+){3}")
# A title stands at most so many lines above its table, or above the line of heads that no table was made of.
NEAR = 6
# A title alone in its row is no shorter; so many rows below it say its unit, or head columns.
SHORTEST, ASIDES = 5, 4
# Heads are printed in at most so many lines: a statement of accounts by function has six, under its unit.
HEADS = 8


class Caption(Struct, frozen=True):
    """What the lines above a table, or its own first rows, say of it."""

    title: str | None = None
    unit: str | None = None


class Lines:
    """The lines of a document in front of a place, nearest first, up to the table before it."""

    def __init__(self, document: Document, sections: Sequence[Section]) -> None:
        self._paragraphs = document.paragraphs
        self._starts = [paragraph.start for paragraph in document.paragraphs]
        self._headings = {section.start: section for section in sections}

    def _list_above(self, start: int) -> tuple[list[str], list[Paragraph]]:
        """The heads above ``start``, a line each, and the paragraphs above them, the nearest first."""
        at = bisect_left(self._starts, start)
        near = list(takewhile(_is_body, reversed(self._paragraphs[max(0, at - NEAR - HEADS) : at])))
        lines = [paragraph.text.strip() for paragraph in near]
        heads = _count_heads(lines[: HEADS + 1])
        return lines[:heads], near[heads : heads + NEAR]

    def read_caption(self, start: int) -> Caption:
        """The title and the unit that stand above a table that begins at ``start``."""
        unit, bracket = None, ""
        heads, above = self._list_above(start)
        has_unit = not any(lexicon.is_match("titles", "mixed", head) for head in heads)
        for paragraph in above:
            line = paragraph.text.strip()
            unit = unit or (read_stated_unit(line) if has_unit else None)
            words = _strip_unit(line)
            if not words or lexicon.is_aside(words):
                continue
            if not bracket and lexicon.is_match("titles", "bracket", words):
                bracket = words
                continue
            title = self._read_title(paragraph)
            return Caption(None if title is None else title + bracket, unit)
        return Caption(None, unit)

    def _read_title(self, paragraph: Paragraph) -> str | None:
        """The title that a line holds, without its number; None if it belongs to the narrative, or heads columns."""
        line = paragraph.text.strip()
        heading = self._headings.get(paragraph.start)
        if heading and _is_whole_line(heading, line):
            return heading.title.rstrip("。：:")
        words = _strip_unit(line)
        return None if is_sentence(words) or _are_heads(words) else clean_title(words)


def _are_heads(line: str) -> bool:
    """Whether a line holds the heads of columns of codes and nothing else, or ends in the unit of the last column.

    >>> _are_heads("类 款 项"), _are_heads("项"), _are_heads("类 款 项 目标表"), _are_heads("1985年增长%")
    (True, False, False, True)
    """
    words = line.split()
    if lexicon.is_match("titles", "measured", line):
        return True
    return len(words) > 1 and all(lexicon.is_match("headers", "code", word) for word in words)


def _is_body(paragraph: Paragraph) -> bool:
    return paragraph.kind == "body"


def _count_heads(lines: Sequence[str]) -> int:
    """How many lines, the nearest first, hold heads of columns: those below the unit of a table, some of them several.

    >>> _count_heads(["类 款 项", "经营收入", "科目名称 合计 财政拨款收入", "单位：元", "收入预算总表"])
    3
    >>> _count_heads(["收入预算总表", "单位：元"]), _count_heads(["类 款 项", "收入预算总表"])
    (0, 0)
    """
    for at, line in enumerate(lines):
        if read_stated_unit(line):
            return at if any(map(_has_several, lines[:at])) else 0
        if is_sentence(line) or lexicon.is_match("titles", "statement", line):
            return 0
    return 0


def _has_several(line: str) -> bool:
    """Whether a line holds several words that are set apart, rather than the characters of one."""
    return len(line.split()) > 1 and not APART.search(line)


def _is_whole_line(heading: Section, line: str) -> bool:
    """Whether a heading takes its whole line."""
    return len(lexicon.strip_space(heading.heading)) >= len(lexicon.strip_space(_strip_unit(line)))


def _find_statement(line: str) -> regex.Match[str] | None:
    """Where a line states the unit of a whole table."""
    for found in lexicon.load_expression("titles", "unit").finditer(line):
        if lexicon.is_unit(found["unit"]):
            return found
    return None


def _strip_unit(line: str) -> str:
    """A line without the statement of the unit that ends it."""
    found = _find_statement(line)
    return line[: found.start()].rstrip(" \t\u3000(（") if found else line


def read_stated_unit(line: str) -> str | None:
    """The unit that a line states for a whole table.

    >>> read_stated_unit("编制部门：某局 单位：万元"), read_stated_unit("单位：某局")
    ('万元', None)
    """
    found = _find_statement(line)
    return str(found["unit"]) if found else None


def find_unit(lines: Iterable[str]) -> str | None:
    """The unit that the first line states that states any."""
    return next(filter(None, map(read_stated_unit, lines)), None)


def is_sentence(words: str) -> bool:
    """Whether a line belongs to the narrative."""
    return lexicon.is_match("titles", "sentence", words)


def clean_title(words: str) -> str:
    """The words of a title without its number and without （续表）; characters set apart stand together.

    >>> clean_title("附表2：支 出 决 算 表（续表）")
    '支出决算表'
    """
    if APART.search(words):
        words = lexicon.strip_space(words)
    shorter = lexicon.load_expression("titles", "continued").sub("", words).strip()
    return lexicon.load_expression("titles", "number").sub("", shorter) or words


# ── rows that are no data ────────────────────────────────────────────────────────────────────────────────


def split_title(grid: Grid, text: str) -> Grid:
    """The grid without the rows at its top that hold its title, its unit or who made it."""
    rows, title, unit, start = grid.rows, grid.title, grid.unit, find_span(grid)[0]
    while len(rows) > 1:
        cells = list(filter(None, read_row(text, rows[0])))
        if all(map(_has_no_title, cells)) and not _are_periods(cells):
            unit = unit or find_unit(cells)
        elif title is None and (_is_title(rows[0], cells[0]) or _is_over_heads(rows, text)):
            title = clean_title(cells[0])
        else:
            break
        rows = rows[1:]
    return msgspec.structs.replace(grid, rows=rows, title=title, unit=unit, start=start)


def _has_no_title(cell: str) -> bool:
    """Whether a cell says only what stands beside a title: the unit, the year, who made the table."""
    return lexicon.is_aside(cell) or not _strip_unit(cell)


def _are_periods(cells: Sequence[str]) -> bool:
    """Whether a row heads columns with their years or months; one date alone is the table's own."""
    return len(cells) > 1 and all(cell[0].isdecimal() for cell in cells)


def _is_title(row: Sequence[Place], cell: str) -> bool:
    """Whether one cell takes the whole width of a row and no more, and is no sentence."""
    first = row[0]
    is_whole = first.colspan == len(row) > 1
    return is_whole and first.rowspan == 1 and not is_sentence(cell)


def _is_over_heads(rows: Sequence[Sequence[Place]], text: str) -> bool:
    """Whether the first cell of a row stands alone in it, over the unit of the table or right over certain heads."""
    first, *others = read_row(text, rows[0])
    if not first or any(others) or is_sentence(first) or len(first) < SHORTEST:
        return False
    below = [row for row in rows[1 : 1 + ASIDES] if any(read_row(text, row))]
    asides = list(takewhile(lambda row: all(map(_has_no_title, filter(None, read_row(text, row)))), below))
    heads = below[len(asides) :]
    return headers.is_certain(heads, [read_row(text, row) for row in heads])
