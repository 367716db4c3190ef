"""Whether a result that was read from a file is one that could have been made: its numbers, places and references."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from extractor.model import Box, Check, Claim, Finding, Operand, Page, Result, Section, Table, TableCell
from extractor.saved import rules
from extractor.saved.lies import LieError

NUMBER = re.compile(r"[-+]?[0-9]{1,400}(\.[0-9]{1,400})?")
"""A number as a result has it: a hundred digits, and what its unit and computing with it add."""
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DIGEST = re.compile(r"[0-9a-f]{64}")
FARTHEST = 1e6
"""The points from a page's corner within which anything stands; the largest page has 14,400."""
MOST_COLUMNS, MOST_CELLS = 16_384, 5_000_000
"""What a table may have: the columns of a sheet, and the cells of the longest workbook that is read."""


class Known(Struct, frozen=True):
    """What the parts of a result may refer to: ids, the pages by number, and the tables by id with their columns."""

    text: str
    pages: frozenset[int]
    sections: frozenset[str]
    claims: frozenset[str]
    tables: dict[str, Table]
    checks: frozenset[str]

    def refuse_page(self, page: int | None, place: str) -> None:
        """Refuses a page that is none."""
        _refuse(page is not None and page not in self.pages, place, f"there is no page {page}")

    def refuse_section(self, section: str | None, place: str) -> None:
        """Refuses a section that is none."""
        _refuse(section is not None and section not in self.sections, place, "there is no such section")

    def refuse_claim(self, claim: str | None, place: str) -> None:
        """Refuses the id of a claim that is none."""
        _refuse(claim is not None and claim not in self.claims, place, "there is no such claim")

    def refuse_checks(self, checks: Iterable[str], place: str) -> None:
        """Refuses ids of checks that are none."""
        _refuse(not self.checks.issuperset(checks), place, "there is no such check")

    def refuse_cell(self, table: str, row: int, column: int, place: str) -> None:
        """Refuses a place that no table has."""
        rows = self.tables[table].rows if table in self.tables else ()
        _refuse(not (0 <= row < len(rows) and 0 <= column < len(rows[0])), place, "there is no such cell")

    def refuse_span(self, start: int, end: int, place: str) -> None:
        """Refuses a stretch that is not within the text."""
        _refuse(not 0 <= start <= end <= len(self.text), place, "it ends before it starts, or outside the text")


def verify(result: Result) -> None:
    """Raises ``LieError`` for the first place that contradicts the rest, or that no result has."""
    known = Known(
        result.text,
        frozenset(page.number for page in result.pages),
        _collect_ids(result.sections, "$.sections"),
        _collect_ids(result.claims, "$.claims"),
        {table.id: table for table in result.tables},
        _collect_ids(result.checks, "$.checks"),
    )
    _collect_ids(result.tables, "$.tables")
    _refuse(not DIGEST.fullmatch(result.document.sha256), "$.document.sha256", "no SHA-256")
    _verify_pages(result.pages, known)
    _verify_sections(result.sections, known)
    for at, table in enumerate(result.tables):
        _verify_table(table, known, f"$.tables[{at}]")
    for at, claim in enumerate(result.claims):
        _verify_claim(claim, known, f"$.claims[{at}]")
    for at, check in enumerate(result.checks):
        _verify_check(check, known, f"$.checks[{at}]")
    _verify_findings(result.findings, known)
    told = result.verification
    for identity in (*told.verified, *told.contradicted, *told.unverified):
        known.refuse_claim(identity, "$.verification")


def _refuse(lies: bool, place: str, reason: str) -> None:
    if lies:
        raise LieError(f"{reason} - at `{place}`")


def _collect_ids(parts: Sequence[Section | Claim | Table | Check | Finding], place: str) -> frozenset[str]:
    found = frozenset(part.id for part in parts)
    _refuse(len(found) < len(parts), place, "an id stands twice")
    return found


def _refuse_number(number: str | None, place: str) -> None:
    """Refuses what is no number in digits: powers of ten that no memory holds, and NaN."""
    _refuse(number is not None and not NUMBER.fullmatch(number), place, "no number in digits")


def _refuse_boxes(boxes: Iterable[Box], place: str) -> None:
    """Refuses rectangles that stand on no page."""
    far = any(not math.isfinite(side) or abs(side) > FARTHEST for box in boxes for side in box)
    _refuse(far, place, "a rectangle on no page")


def _verify_pages(pages: Sequence[Page], known: Known) -> None:
    for at, page in enumerate(pages):
        place = f"$.pages[{at}]"
        known.refuse_span(page.start, page.end, place)
        _refuse(not 0 <= max(page.width, page.height) <= FARTHEST, place, "a page larger than any")
        _refuse(
            page.number < 1 or (at > 0 and page.number <= pages[at - 1].number), place, "its number is out of order"
        )


def _verify_sections(sections: Sequence[Section], known: Known) -> None:
    """A section stands behind the one that it is in, so that none is in itself."""
    seen: set[str] = set()
    for at, section in enumerate(sections):
        place = f"$.sections[{at}]"
        known.refuse_span(section.start, section.end, place)
        known.refuse_page(section.page, place)
        _refuse(section.parent is not None and section.parent not in seen, f"{place}.parent", "no section before it")
        seen.add(section.id)


def _verify_claim(claim: Claim, known: Known, place: str) -> None:
    known.refuse_span(claim.start, claim.end, place)
    known.refuse_span(claim.sentence.start, claim.sentence.end, f"{place}.sentence")
    _refuse(known.text[claim.start : claim.end] != claim.raw, f"{place}.raw", "it does not stand there in the text")
    for name, number in (("value", claim.value), ("value_high", claim.value_high), ("base_value", claim.base_value)):
        _refuse_number(number, f"{place}.{name}")
    for number in claim.interval:
        _refuse_number(number, f"{place}.interval")
    _refuse_boxes(claim.boxes, f"{place}.boxes")
    _verify_relations(claim, known, place)


def _verify_relations(claim: Claim, known: Known, place: str) -> None:
    """What a claim refers to: where it stands, what it is a part of, when it is."""
    known.refuse_section(claim.section, f"{place}.section")
    known.refuse_page(claim.page, f"{place}.page")
    known.refuse_claim(claim.part_of, f"{place}.part_of")
    known.refuse_claim(claim.share_of, f"{place}.share_of")
    if claim.cell:
        known.refuse_cell(claim.cell.table, claim.cell.row, claim.cell.column, f"{place}.cell")
    for day in (claim.period.start, claim.period.end) if claim.period else ():
        _refuse(day is not None and not DAY.fullmatch(day), f"{place}.period", "no day as YYYY-MM-DD")


def _verify_table(table: Table, known: Known, place: str) -> None:
    known.refuse_span(table.start, table.end, place)
    known.refuse_section(table.section, f"{place}.section")
    known.refuse_page(table.page, f"{place}.page")
    columns = {len(row) for row in table.rows}
    _refuse(len(columns) > 1, f"{place}.rows", "rows of different lengths")
    width = max(columns, default=0)
    large = width > MOST_COLUMNS or width * len(table.rows) > MOST_CELLS
    _refuse(large, f"{place}.rows", f"more than {MOST_COLUMNS} columns or {MOST_CELLS} cells")
    _refuse(not 0 <= table.header_rows <= len(table.rows), f"{place}.header_rows", "more rows than there are")
    covered = sum(max(1, cell.rowspan) * max(1, cell.colspan) for row in table.rows for cell in row if cell.rowspan)
    _refuse(covered > width * len(table.rows), f"{place}.rows", "cells that cover each other")
    for down, row in enumerate(table.rows):
        for across, cell in enumerate(row):
            _verify_cell(cell, known, f"{place}.rows[{down}][{across}]")


def _verify_cell(cell: TableCell, known: Known, place: str) -> None:
    known.refuse_span(cell.start, cell.end, place)
    _refuse(min(cell.rowspan, cell.colspan) < 0, place, "a span below nothing")
    _refuse_number(cell.value, f"{place}.value")
    if cell.box:
        _refuse_boxes([cell.box], f"{place}.box")


def _verify_check(check: Check, known: Known, place: str) -> None:
    for name, number in (("stated", check.stated), ("computed", check.computed), ("difference", check.difference)):
        _refuse_number(number, f"{place}.{name}")
    _refuse(not 0 <= check.power <= 1, f"{place}.power", "no share from 0 to 1")
    _refuse(not check.operands, f"{place}.operands", "a check of nothing")
    for at, operand in enumerate(check.operands):
        _verify_operand(operand, known, f"{place}.operands[{at}]")
    rules.verify(check, place)


def _verify_operand(operand: Operand, known: Known, place: str) -> None:
    if operand.text is not None:
        known.refuse_span(operand.text.start, operand.text.end, place)
    if operand.claim is not None:
        known.refuse_claim(operand.claim, place)
    elif operand.text is None:
        cell = (operand.table, operand.row, operand.column)
        _refuse(None in cell, place, "neither a claim, nor a cell, nor words")
        known.refuse_cell(operand.table or "", operand.row or 0, operand.column or 0, place)


def _verify_findings(findings: Sequence[Finding], known: Known) -> None:
    """A result of an earlier version has none; a check is in one finding at most."""
    _collect_ids(findings, "$.findings")
    told: set[str] = set()
    for at, finding in enumerate(findings):
        place = f"$.findings[{at}]"
        for name, number in (("stated", finding.stated), ("proposed", finding.proposed), ("amount", finding.amount)):
            _refuse_number(number, f"{place}.{name}")
        _verify_operand(finding.suspect, known, f"{place}.suspect")
        _refuse(not finding.checks, f"{place}.checks", "a finding of no check")
        known.refuse_checks((*finding.checks, *finding.mends, *finding.breaks), place)
        _refuse(not told.isdisjoint(finding.checks), f"{place}.checks", "a check in two findings")
        told.update(finding.checks)
