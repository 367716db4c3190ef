"""Anchors: where a claim or a cell of a result stands, so that anybody can look it up again."""

from __future__ import annotations

from extractor.cite.answer import Anchor
from extractor.model import Claim, ClaimCell, Quote, Result, Table


def anchor_claim(result: Result, claim: Claim) -> Anchor:
    """The anchor of a claim."""
    return Anchor(
        document=result.document.name,
        sha256=result.document.sha256,
        page=claim.page,
        boxes=claim.boxes,
        section=claim.path,
        start=claim.start,
        end=claim.end,
        quote=result.text[claim.start : claim.end],
        sentence=_quote(result, claim.sentence.start, claim.sentence.end),
        claim=claim.id,
        cell=claim.cell,
    )


def anchor_cell(result: Result, table: Table, row: int, column: int) -> Anchor:
    """The anchor of a cell of a table; its row stands for its sentence."""
    cell, cells = table.rows[row][column], table.rows[row]
    labels = cell.row_label or "", cell.column_label or ""
    start, end = min(one.start for one in cells), max(one.end for one in cells)
    pages = [page.number for page in result.pages if page.start <= cell.start]
    return Anchor(
        document=result.document.name,
        sha256=result.document.sha256,
        page=pages[-1] if pages else None,
        boxes=(cell.box,) if cell.box else (),
        section=tuple(filter(None, (*_list_headings(result, table), table.title))),
        start=cell.start,
        end=cell.end,
        quote=result.text[cell.start : cell.end],
        sentence=_quote(result, start, end),
        claim=None,
        cell=ClaimCell(table.id, row, column, *labels),
    )


def _list_headings(result: Result, table: Table) -> tuple[str, ...]:
    """The headings above a table, from the top down."""
    sections = {section.id: section for section in result.sections}
    found: list[str] = []
    above = table.section
    while above:
        found.append(sections[above].heading)
        above = sections[above].parent
    return tuple(reversed(found))


def _quote(result: Result, start: int, end: int) -> Quote:
    return Quote(start, end, result.text[start:end])
