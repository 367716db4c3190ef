"""The pages that a comparison speaks of, as images with the places of its numbers on them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from extractor.model import Box, CellPair, Change, Diff, InputError, Pair, Result, SideClaim
from extractor.reports.printable import printable
from extractor.reports.review_page.images import draw_pages

# The pixels for a point: two pages stand beside each other on a screen.
SCALE = 1.3
SAME = ("equal", "equal_converted")
Picture = tuple[str, float, float]
"""A page as a data URI, and its width and height in points."""
Marks = list[tuple[int, Box | None]]
"""Places on pages; without a box, the page alone is known."""


class Pictures(Struct, frozen=True):
    """The pages of either side by their numbers, and the boxes of the cells that differ, by table, row and column."""

    pages: tuple[Mapping[int, Picture], Mapping[int, Picture]] = ({}, {})
    cells: tuple[Mapping[str, Box], Mapping[str, Box]] = ({}, {})

    def mark_claims(self, side: int, claims: Sequence[SideClaim]) -> Marks:
        """Where claims of a side stand."""
        return [
            place for claim in claims for box in claim.boxes or (None,) for place in self._mark(side, claim.page, box)
        ]

    def mark_cell(self, side: int, pair: CellPair) -> Marks:
        """Where the cell of a side stands."""
        cell = (pair.left, pair.right)[side]
        return self._mark(side, cell.page, self.cells[side].get(_name_place(cell.table, cell.row, cell.column)))

    def mark_change(self, side: int, change: Change) -> Marks:
        """The page that a change stands on."""
        passage = (change.left, change.right)[side]
        return self._mark(side, passage.page, None) if passage else []

    def _mark(self, side: int, page: int | None, box: Box | None) -> Marks:
        return [(page, box)] if page is not None and page in self.pages[side] else []


NO_PICTURES = Pictures()


def draw_sides(files: Sequence[Path], results: Sequence[Result], diffs: Sequence[Diff]) -> Pictures:
    """The pages that differences stand on. Raises ``InputError`` where neither document is a PDF, or one changed."""
    sides = [(files[0], results[0]), (files[-1], results[-1])]
    if not any(_is_pdf(file, result) for file, result in sides):
        raise InputError("report.needs-pdf", name=printable(files[0].name), option="--pages")
    left, right = (_draw_side(at, file, result, diffs) for at, (file, result) in enumerate(sides))
    cells = tuple(dict(_find_boxes(at, result, diffs)) for at, (_, result) in enumerate(sides))
    return Pictures((left, right), (cells[0], cells[1]))


def _is_pdf(file: Path, result: Result) -> bool:
    """Whether a file is the PDF that a result was made from, and no saved result."""
    return result.document.format == "pdf" and file.suffix.lower() != ".json"


def _draw_side(at: int, file: Path, result: Result, diffs: Sequence[Diff]) -> dict[int, Picture]:
    if not _is_pdf(file, result):
        return {}
    data = file.read_bytes()
    if hashlib.sha256(data).hexdigest() != result.document.sha256:
        raise InputError("report.not-the-pdf", name=printable(file.name))
    wanted = {page for diff in diffs for page in list_pages(diff, at)}
    sizes = {page.number: (page.width or 0.0, page.height or 0.0) for page in result.pages}
    return {number: (src, *sizes[number]) for number, src in draw_pages(data, result, SCALE, wanted).items()}


def list_pages(diff: Diff, at: int) -> Iterator[int | None]:
    """The pages of a side that differences stand on."""
    side = (diff.left, diff.right)[at]
    known = {claim.id: claim for claim in side.claims}
    for pair in diff.pairs:
        if pair.relation not in SAME:
            yield from (known[one].page for one in _list_ids(pair, at))
    yield from ((pair.left, pair.right)[at].page for pair in diff.cells)
    yield from (passage.page for change in diff.changes if (passage := (change.left, change.right)[at]))


def _list_ids(pair: Pair, at: int) -> Sequence[str]:
    ids = (pair.left, pair.right)[at]
    return [ids] if isinstance(ids, str) else ids


def _find_boxes(at: int, result: Result, diffs: Sequence[Diff]) -> Iterator[tuple[str, Box]]:
    tables = {table.id: table for table in result.tables}
    for cell in ((pair.left, pair.right)[at] for diff in diffs for pair in diff.cells):
        box = tables[cell.table].rows[cell.row][cell.column].box if cell.table in tables else None
        if box:
            yield _name_place(cell.table, cell.row, cell.column), box


def _name_place(table: str, row: int, column: int) -> str:
    return f"{table}/{row}/{column}"
