"""The text of a side outside its tables in units: its headings, and the sentences between them."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from extractor.claims.sentences import compile_end
from extractor.diffs.halves import Half
from extractor.diffs.parts import squeeze
from extractor.model import Claim, Section, Span
from extractor.passages.items import Item

NUMBER = "\0"
"""What stands for the mention of a claim where the words around it are compared."""


CELLS = "\t"
"""What parts the cells of a row in the text."""


class Unit(Struct, frozen=True):
    """A sentence or a heading: where it stands, its claims, and its words without their numbers and white space."""

    start: int
    end: int
    key: str
    items: tuple[Item, ...]
    section: Section | None
    is_heading: bool
    is_row: bool
    """Whether it is a line of cells: of a table that was not read as one."""

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


class Script(Struct, frozen=True, dict=True):
    """A side in units, in document order."""

    half: Half
    units: tuple[Unit, ...]

    @cached_property
    def keys(self) -> list[str]:
        """The words of each unit."""
        return [unit.key for unit in self.units]

    def read(self, start: int, end: int) -> str:
        """A stretch of the text."""
        return self.half.result.text[start:end]


def write_key(text: str) -> str:
    """A text as it is compared: without white space, marks and digits in one width.

    >>> write_key("增长 ５％，"), write_key("（一）概 况")
    ('增长5%,', '(一)概况')
    """
    return "".join(unicodedata.normalize("NFKC", text).split())


def read_script(half: Half) -> Script:
    """The units of a side."""
    return Script(half, tuple(_Reader(half).read()))


class _Reader:
    """Cuts a side into units; its claims and sections are met in document order."""

    def __init__(self, half: Half) -> None:
        self._half, self._text = half, half.result.text
        self._items = [item for item in half.items if item.claim.cell is None]
        self._starts = [item.claim.start for item in self._items]
        self._sections = sorted(half.result.sections, key=lambda one: (one.start, one.level))
        self._begins = [section.start for section in self._sections]

    def read(self) -> Iterator[Unit]:
        for start, end in _list_stretches(self._half):
            for line in _cut_lines(self._text, start, end):
                yield from self._cut_line(*line)

    def _cut_line(self, start: int, end: int) -> Iterator[Unit]:
        is_row = CELLS in self._text[start:end]
        for mark in compile_end().finditer(self._text, start, end):
            yield from self._make_unit(start, mark.end(), is_row)
            start = mark.end()
        yield from self._make_unit(start, end, is_row)

    def _make_unit(self, start: int, end: int, is_row: bool) -> Iterator[Unit]:
        """The unit of a stretch; none where nothing is in it."""
        text = self._text[start:end]
        start, end = start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())
        if start >= end:
            return
        section = self._find_section(start)
        items = self._find_items(start, end)
        key = self._mask(start, end, [item.claim for item in items])
        text = self._text[start:end]
        yield Unit(start, end, key, items, section, _is_heading(text, start, section), is_row)

    def _find_section(self, start: int) -> Section | None:
        at = bisect_right(self._begins, start)
        return self._sections[at - 1] if at else None

    def _find_items(self, start: int, end: int) -> tuple[Item, ...]:
        first, last = bisect_right(self._starts, start - 1), bisect_right(self._starts, end - 1)
        return tuple(self._items[first:last])

    def _mask(self, start: int, end: int, claims: Sequence[Claim]) -> str:
        """The words of a stretch with a mark in place of each mention."""
        pieces, at = [], start
        for claim in claims:
            pieces += [write_key(self._text[at : claim.start]), NUMBER]
            at = max(at, claim.end)
        return "".join((*pieces, write_key(self._text[at:end])))


def _is_heading(text: str, start: int, section: Section | None) -> bool:
    """Whether a unit is the heading of its section, or what of it stands in one line."""
    if section is None or section.start != start:
        return False
    return squeeze(section.heading).startswith(squeeze(text))


def _list_stretches(half: Half) -> Iterator[tuple[int, int]]:
    """What of a side stands outside its tables, in document order."""
    at, end = (half.part.start, half.part.end) if half.part else (0, len(half.result.text))
    for table in sorted(half.result.tables, key=lambda one: one.start):
        if at <= table.start < end:
            yield at, table.start
            at = max(at, table.end)
    yield at, max(at, end)


def _cut_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while (at := text.find("\n", start, end)) >= 0:
        yield start, at
        start = at + 1
    yield start, end
