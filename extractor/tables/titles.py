"""The title of a table and its unit: the lines above it, and the rows at its top that are none of its data."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec
import regex

from extractor.model import Document, Paragraph, Section
from extractor.tables import lexicon
from extractor.tables.grids import Grid, Place, span

# Characters that are set apart to fill a line.
APART = regex.compile(r"(?:(?<!\S)\S\s+){3}")
# A title stands at most so many lines above its table.
NEAR = 6


class Caption(NamedTuple):
    """What the lines above a table, or its own first rows, say of it."""

    title: str | None = None
    unit: str | None = None


class Lines:
    """The lines of a document in front of a place, nearest first, up to the table before it."""

    def __init__(self, document: Document, sections: Sequence[Section]) -> None:
        self._paragraphs = document.paragraphs
        self._starts = [paragraph.start for paragraph in document.paragraphs]
        self._headings = {section.start: section for section in sections}

    def above(self, start: int) -> Iterator[Paragraph]:
        """The paragraphs above ``start``."""
        at = bisect_left(self._starts, start)
        for paragraph in reversed(self._paragraphs[max(0, at - NEAR) : at]):
            if paragraph.kind != "body":
                return
            yield paragraph

    def caption(self, start: int) -> Caption:
        """The title and the unit that stand above a table that begins at ``start``."""
        unit, bracket = None, ""
        for paragraph in self.above(start):
            text = paragraph.text.strip()
            unit = unit or stated_unit(text)
            words = _beside(text)
            if not words or lexicon.matches("titles", "aside", words):
                continue
            if lexicon.matches("titles", "bracket", words) and not bracket:
                bracket = words
                continue
            heading = self._headings.get(paragraph.start)
            if heading and _is_whole(heading, text):
                return Caption(heading.title.rstrip("。：:") + bracket, unit)
            return Caption(None if is_sentence(words) else named(words) + bracket, unit)
        return Caption(None, unit)


def _is_whole(heading: Section, line: str) -> bool:
    """Whether a heading takes its whole line."""
    return len(lexicon.bare(heading.heading)) >= len(lexicon.bare(_beside(line)))


def _beside(line: str) -> str:
    """A line without the statement of the unit that ends it."""
    for found in lexicon.expression("titles", "unit").finditer(line):
        if lexicon.is_unit(found["unit"]):
            return line[: found.start()].rstrip(" \t\u3000(（")
    return line


def stated_unit(line: str) -> str | None:
    """The unit that a line states for a whole table.

    >>> stated_unit("编制部门：某局 单位：万元"), stated_unit("单位：某局")
    ('万元', None)
    """
    for found in lexicon.expression("titles", "unit").finditer(line):
        if lexicon.is_unit(found["unit"]):
            return str(found["unit"])
    return None


def is_sentence(words: str) -> bool:
    """Whether a line belongs to the narrative."""
    return lexicon.matches("titles", "sentence", words)


def named(words: str) -> str:
    """The words of a title without its number and without （续表）; characters set apart stand together.

    >>> named("附表2：支 出 决 算 表（续表）")
    '支出决算表'
    """
    if APART.search(words):
        words = lexicon.bare(words)
    shorter = lexicon.expression("titles", "continued").sub("", words).strip()
    return lexicon.expression("titles", "number").sub("", shorter) or words


# ── rows that are no data ────────────────────────────────────────────────────────────────────────────────


def parted(grid: Grid, text: str) -> Grid:
    """The grid without the rows at its top that hold its title, its unit or who made it."""
    rows, title, unit, start = grid.rows, grid.title, grid.unit, span(grid)[0]
    while len(rows) > 1:
        cells = [text[place.start : place.end] for place in rows[0]]
        filled = [cell for cell in cells if cell]
        whole = _is_whole_row(rows[0])
        if all(_is_aside(cell) for cell in filled):
            unit = unit or next(filter(None, map(stated_unit, filled)), None)
        elif whole and title is None and not is_sentence(cells[0]):
            title = named(cells[0])
        else:
            break
        rows = rows[1:]
    return msgspec.structs.replace(grid, rows=rows, title=title, unit=unit, start=start)


def _is_aside(cell: str) -> bool:
    return lexicon.matches("titles", "aside", cell) or not _beside(cell)


def _is_whole_row(row: Sequence[Place]) -> bool:
    """Whether one cell takes the whole width of a row and no more."""
    return row[0].colspan == len(row) > 1 and row[0].rowspan == 1
