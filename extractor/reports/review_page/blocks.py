"""A result's text as blocks for a page: headings, paragraphs and tables, cut where claims begin and end.

A run is a string, or a list of a string and the numbers of the claims that cover it. An entry of a table of contents
has its leader (``l``) and its page (``e``) apart. Offsets stay here: the page gets pieces of text only.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from extractor.amounts.book import Book
from extractor.documents import lines
from extractor.model import Result, Section, Table, TableCell
from extractor.reports.printable import escape_invisible

Run = str | list[Any]


class Runs:
    """The text of a result, cut where claims begin and end."""

    def __init__(self, result: Result) -> None:
        self.text = result.text
        spans = sorted((claim.start, claim.end, at) for at, claim in enumerate(result.claims) if claim.start >= 0)
        self._spans = spans
        self._starts = [start for start, _, _ in spans]
        self._longest = max((end - start for start, end, _ in spans), default=0)

    def between(self, start: int, end: int) -> list[Run]:
        """The runs of ``text[start:end]``."""
        covering = self._covering(start, end)
        edges = sorted({start, end, *(min(max(edge, start), end) for span in covering for edge in span[:2])})
        runs: list[Run] = []
        for low, high in pairwise(edges):
            found = [at for _, other, at in self._find_begun(low) if high <= other]
            piece = escape_invisible(self.text[low:high])
            runs.append([piece, found] if found else piece)
        return runs

    def _find_begun(self, offset: int) -> list[tuple[int, int, int]]:
        """The claims that may stand over a place: those that begin there, or no more than the longest before."""
        return self._spans[bisect_left(self._starts, offset - self._longest) : bisect_right(self._starts, offset)]

    def _covering(self, start: int, end: int) -> list[tuple[int, int, int]]:
        first, last = bisect_left(self._starts, start - self._longest), bisect_left(self._starts, end)
        return [span for span in self._spans[first:last] if span[1] > start]


def cut_blocks(result: Result) -> list[dict[str, Any]]:
    """The text from its beginning to its end."""
    return list(_Blocks(result).all())


def measure_depths(sections: Sequence[Section]) -> dict[str, int]:
    """How many sections each stands under."""
    found: dict[str | None, int] = {None: -1}
    for section in sections:
        found[section.id] = found.get(section.parent, -1) + 1
    return {name: depth for name, depth in found.items() if name is not None}


class _Blocks:
    def __init__(self, result: Result) -> None:
        self.result, self.runs, self.book = result, Runs(result), Book(result)
        self.sections = sorted(result.sections, key=lambda one: (one.start, one.level))
        self._starts = [section.start for section in self.sections]
        self._depths = measure_depths(result.sections)

    def all(self) -> Iterator[dict[str, Any]]:
        at = 0
        for table in sorted(self.result.tables, key=lambda one: one.start):
            if table.start < at:
                continue
            yield from self._lines(at, table.start)
            yield self._table(table)
            at = table.end
        yield from self._lines(at, len(self.result.text))

    def _lines(self, start: int, end: int) -> Iterator[dict[str, Any]]:
        for line in self.result.text[start:end].split("\n"):
            if line.strip():
                yield self._line(start, start + len(line), line)
            start += len(line) + 1

    def _line(self, start: int, end: int, line: str) -> dict[str, Any]:
        block: dict[str, Any] = {"t": "p", "g": self.book.page(start)}
        section = self._heading(start, end)
        lead = len(line) - len(line.lstrip())
        if section is None:
            return block | self._paragraph(start + lead, end, line.lstrip())
        block |= {"s": section.id, "d": self._depths[section.id]}
        cut = max(start + lead, section.start) + len(section.heading)
        if self.result.text[cut:end].strip() and self.result.text.startswith(
            section.heading, cut - len(section.heading)
        ):
            return block | {"h": self.runs.between(start + lead, cut), "r": self.runs.between(cut, end)}
        return block | {"h": self.runs.between(start + lead, end), "r": []}

    def _paragraph(self, start: int, end: int, line: str) -> dict[str, Any]:
        entry = lines.contents_entry(line)
        if entry is None:
            return {"r": self.runs.between(start, end)}
        title, leader, page = entry
        return {"r": self.runs.between(start, start + len(title)), "l": escape_invisible(leader), "e": page}

    def _heading(self, start: int, end: int) -> Section | None:
        """The section whose heading the line is, or begins with."""
        at = bisect_left(self._starts, start)
        return self.sections[at] if at < len(self.sections) and self._starts[at] < end else None

    def _table(self, table: Table) -> dict[str, Any]:
        rows = [
            [self._cell(table, row, column, cell) for column, cell in enumerate(cells) if cell.rowspan]
            for row, cells in enumerate(table.rows)
        ]
        names = {"i": table.id, "n": escape_invisible(table.title or ""), "u": table.unit, "e": table.header_rows}
        return {"t": "t", "g": self.book.page(table.start), "rows": rows, "rest": self._rest(table), **names}

    def _cell(self, table: Table, row: int, column: int, cell: TableCell) -> dict[str, Any]:
        made: dict[str, Any] = {"r": self.runs.between(cell.start, cell.end), "c": column}
        if self.result.text[cell.start : cell.end] != cell.text:
            made["r"] = [escape_invisible(cell.text)]
        if cell.rowspan > 1:
            made["rs"] = cell.rowspan
        if cell.colspan > 1:
            made["cs"] = cell.colspan
        if cell.value is not None:
            made["v"] = 1
        return made

    def _rest(self, table: Table) -> list[list[Run]]:
        """What stands in the table's stretch and in none of its cells, but for headers that a page repeats."""
        headers = {cell.text for row in table.rows[: table.header_rows] for cell in row}
        spans = sorted((cell.start, cell.end) for row in table.rows for cell in row)
        gaps, at = [], table.start
        for start, end in [*spans, (table.end, table.end)]:
            gaps.append((at, max(at, start)))
            at = max(at, end)
        found = [(low, high) for low, high in gaps if self.result.text[low:high].strip()]
        return [
            self.runs.between(low, high)
            for low, high in found
            if not set(self.result.text[low:high].replace("\t", "\n").split("\n")) <= {*headers, ""}
        ]
