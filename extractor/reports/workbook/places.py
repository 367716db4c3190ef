"""Where everything stands in the working papers: known before a sheet is written, so that links can lead there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from extractor.amounts.book import Book
from extractor.checks import VERIFYING
from extractor.checks.engine.rule import Status
from extractor.messages import Lang
from extractor.model import Check, Claim, Operand, Result, Section, Table, TableCell
from extractor.reports.computation import find_amount
from extractor.reports.decisions import Decisions, mark_findings
from extractor.reports.printable import printable
from extractor.reports.standing import (
    Mistake,
    Place,
    Standing,
    find_place,
    find_standings,
    group_by_claim,
    group_by_place,
    index_cells,
    is_finding,
    list_mistakes,
)
from extractor.reports.suspects import write_proposed
from extractor.reports.workbook.book import Link
from extractor.reports.workbook.cases import find_case
from extractor.reports.workbook.head import Head
from extractor.reports.workbook.inputs import Input, Key, list_inputs
from extractor.reports.workbook.live import Live, write_live
from extractor.reports.workbook.phrases import get_phrase

# The longest name of a sheet; so many tables at most get a sheet each, more share one.
NAME, SHEETS = 31, 40
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
STATUSES = ("fails", "unclear", "holds_truncated", "holds")
# Rows above a table's own: its title, its page and section, a way back.
ABOVE = 3


class Papers(Struct, frozen=True):
    """A result with its decisions and language, and the rows that its parts have in the sheets."""

    result: Result
    book: Book
    lang: Lang
    decisions: Decisions
    head: Head
    findings: list[Mistake]
    checks: list[Check]
    claims: dict[str, tuple[int, Claim]]
    sections: dict[str, tuple[int, Section]]
    tables: dict[str, tuple[str, int]]
    found: dict[str, int]
    cells: dict[Place, TableCell]
    standing: dict[str, Standing]
    touching: dict[str, list[Check]]
    failing: dict[Place, list[Check]]
    inputs: dict[Key, Input]
    seen: dict[str, str]
    """A fingerprint of the numbers of each finding, by its id."""
    live: dict[str, Live]
    """The formulas of each check that a spreadsheet computes, by the check's id."""
    marks: dict[Place, Status]
    """How the checks of each cell of a table ended, where they tell anything of it."""
    by_table: dict[str, Table]
    entries: dict[str, int]
    """The row of each check, by its id."""
    proposed: dict[str, str]
    """The number that each finding proposes, as it would be printed, by the finding's id."""

    def sheet(self, name: str) -> str:
        """The name of a sheet in the reader's language."""
        return get_phrase(f"sheet.{name}", self.lang)

    def claim(self, operand: Operand) -> Claim | None:
        """The claim that an operand is."""
        return self.claims[operand.claim][1] if operand.claim in self.claims else None

    def cell(self, operand: Operand) -> TableCell | None:
        """The cell that an operand is."""
        at = find_place(operand)
        return self.cells.get(at) if at else None

    def link(self, operand: Operand) -> Link | None:
        """The way to an operand: the row of its claim, or the cell in the sheet of its table."""
        claim, cell, at = self.claim(operand), self.cell(operand), find_place(operand)
        if claim:
            return Link(printable(claim.raw), self.sheet("claims"), self.claims[claim.id][0])
        if cell and at and at[0] in self.tables:
            sheet, row = self.tables[at[0]]
            return Link(printable(cell.text), sheet, row + at[1], at[2])
        return None

    def section(self, identity: str | None) -> Link | None:
        """The way to a section's row."""
        if identity not in self.sections:
            return None
        row, section = self.sections[identity]
        return Link(printable(section.heading), self.sheet("sections"), row)

    def finding(self, checks: Sequence[Check]) -> Link | None:
        """The way to the first of these checks that is a finding."""
        row = next((self.found[check.id] for check in checks if check.id in self.found), None)
        return None if row is None else Link(str(row), self.sheet("findings"), row)


def plan_papers(result: Result, lang: Lang, decisions: Decisions, head: Head) -> Papers:
    """The plan of a result's working papers."""
    book = Book(result)
    inputs, live = plan_formulas(book, get_phrase("sheet.inputs", lang))
    listed = list_mistakes(result)
    rules = list(dict.fromkeys(check.rule for check in result.checks))
    ordered = sorted(result.checks, key=lambda check: (rules.index(check.rule), STATUSES.index(check.status)))
    return Papers(
        result, book, lang, decisions, head, listed, ordered,
        claims={claim.id: (row, claim) for row, claim in enumerate(result.claims, 1)},
        sections={section.id: (row, section) for row, section in enumerate(result.sections, 1)},
        tables=_place_tables(result.tables, lang),
        found={check.id: row for row, mistake in enumerate(listed, 1) for check in mistake.checks},
        cells=index_cells(result),
        standing=find_standings(result),
        touching=group_by_claim(result.checks),
        failing=group_by_place(filter(is_finding, result.checks)),
        marks=mark_cells(result.checks),
        seen=mark_findings(result), inputs=inputs, live=live, by_table={table.id: table for table in result.tables},
        entries={check.id: row for row, check in enumerate(ordered, 1)}, proposed=write_all_proposed(book),
    )  # fmt: skip


def write_all_proposed(book: Book) -> dict[str, str]:
    """The numbers that findings propose, as they would be printed, by the ids of the findings."""
    written = ((finding.id, write_proposed(book, finding)) for finding in book.result.findings if finding.proposed)
    return {identity: printable(number) for identity, number in written if number}


def mark_cells(checks: Sequence[Check]) -> dict[Place, Status]:
    """How the checks of each cell ended: one that fails tells more than those that hold, if these tell anything."""
    found: dict[Place, Status] = {}
    for place, own in group_by_place(checks).items():
        if any(map(is_finding, own)):
            found[place] = "fails"
        elif any(check.status == "holds" and check.power >= VERIFYING for check in own):
            found[place] = "holds"
    return found


def plan_formulas(book: Book, sheet: str) -> tuple[dict[Key, Input], dict[str, Live]]:
    """The inputs, and the formulas of each check that a spreadsheet computes; ``sheet`` is that of the inputs."""
    result = book.result
    cases = {check.id: case for check in result.checks if (case := find_case(check, book))}
    computed = [check for check in result.checks if check.id in cases]
    amounts = (find_amount(book, operand) for check in computed for operand in check.operands)
    inputs = list_inputs(result, filter(None, amounts), f"'{sheet}'")
    live = {
        check.id: write_live(cases[check.id], inputs, check.status not in ("holds", "unclear")) for check in computed
    }
    return inputs, {identity: found for identity, found in live.items() if found}


def _place_tables(tables: Sequence[Table], lang: Lang) -> dict[str, tuple[str, int]]:
    """The sheet of each table, and the row in which its own rows begin."""
    if len(tables) <= SHEETS:
        return {table.id: (name_sheet(at, table, lang), ABOVE) for at, table in enumerate(tables, 1)}
    row, found = 0, {}
    for table in tables:
        found[table.id] = (get_phrase("sheet.tables", lang), row + ABOVE)
        row += ABOVE + len(table.rows) + 1
    return found


def name_sheet(number: int, table: Table, lang: Lang) -> str:
    """A name that no other sheet has, of the length and the characters that a spreadsheet allows."""
    name = get_phrase("sheet.table", lang, number=number)
    title = _FORBIDDEN.sub("", printable(table.title or table.kind or "")).strip()
    for char in f" {title}" if title else "":
        if len(f"{name}{char}".encode("utf-16-le")) > 2 * NAME:
            break
        name += char
    return name.strip()
