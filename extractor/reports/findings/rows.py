"""A finding as everything outside the tool tells it: its place, the words it stands in, its computations, its state."""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

from extractor.amounts.book import Book
from extractor.messages import Lang, speak
from extractor.model import Claim, Operand
from extractor.reports.computation import write_plainly
from extractor.reports.decisions import OPEN, Decision
from extractor.reports.printable import escape_invisible, printable
from extractor.reports.standing import Mistake, find_place
from extractor.reports.suspects import find_cell, find_known, find_page

Standing = Literal["new", "changed", "unchanged"]
"""What a finding is to those of a baseline: there are no others, other numbers, or the very same."""
# A line break of a PDF's line parts no Chinese words.
SOFT_BREAK = re.compile(r"\s*\n\s*")
CELLS = " │ "


class Excerpt(Struct, frozen=True):
    """The words that a number stands in, as they are printed: those before it, itself, and those behind it."""

    before: str
    number: str
    after: str

    @property
    def text(self) -> str:
        """All of it."""
        return self.before + self.number + self.after


class Spot(Struct, frozen=True):
    """Where a finding is: page and heading where there are such, the offsets of the number, and its sentence or row."""

    page: int | None
    heading: str
    start: int
    end: int
    excerpt: Excerpt


class Row(Struct, frozen=True):
    """One finding of a document, what was decided of it, and what it is to a baseline; None without one."""

    book: Book
    mistake: Mistake
    decision: Decision = OPEN
    standing: Standing | None = None

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules of its failing checks, each once."""
        return tuple(dict.fromkeys(check.rule for check in self.mistake.checks))

    @property
    def stated(self) -> str | None:
        """The number in question, in the unit in which it is printed."""
        finding = self.mistake.finding
        return finding.stated if finding else self.mistake.checks[0].stated

    @property
    def proposed(self) -> str | None:
        """The number that would mend it; None where there is none, or one that would break something else."""
        return self.mistake.finding.proposed if self.mistake.finding else None

    @property
    def amount(self) -> str | None:
        """By how much money it is off."""
        return self.mistake.finding.amount if self.mistake.finding else None

    def say(self, lang: Lang) -> str:
        """Its sentence, on one line and safe to show."""
        return printable(speak(self.mistake.message, lang))

    def compute(self, lang: Lang) -> dict[str, str]:
        """The computations of its checks in a line each, by the check's id; a check without formula has none."""
        found = ((check.id, write_plainly(check, self.book, lang)) for check in self.mistake.checks)
        return {identity: line for identity, line in found if line}

    def find_spot(self) -> Spot | None:
        """Where it is; None where what it speaks of is not in the result."""
        known = find_known(self.book, self.mistake.places)
        return find_spot(self.book, known) if known else None

    def find_unit(self) -> str:
        """The unit in which the number in question is printed; empty where there is none."""
        return next((unit for operand in self.mistake.places if (unit := _find_unit(self.book, operand))), "")


def find_spot(book: Book, operand: Operand) -> Spot | None:
    """The place of a number that takes part in a check; None where the result has no such place."""
    claim = book.claim.get(operand.claim or "")
    if claim:
        return _find_claim(book, claim, operand)
    place = find_place(operand) if find_cell(book, operand) else None
    return _find_cell(book, *place) if place else None


def _find_claim(book: Book, claim: Claim, operand: Operand) -> Spot:
    start, end = (operand.text.start, operand.text.end) if operand.text else (claim.start, claim.end)
    low, high = min(claim.sentence.start, start), max(claim.sentence.end, end)
    excerpt = Excerpt(*map(_flatten, (book.text[low:start], book.text[start:end], book.text[end:high])))
    return Spot(find_page(book, operand), _name_heading(book, claim.section), start, end, excerpt)


def _find_cell(book: Book, identity: str, row: int, column: int) -> Spot:
    table = book.table[identity]
    cell, cells = table.rows[row][column], table.rows[row]
    before = CELLS.join(_flatten(one.text) for one in cells[:column] if one.text)
    after = CELLS.join(_flatten(one.text) for one in cells[column + 1 :] if one.text)
    excerpt = Excerpt(before and before + CELLS, _flatten(cell.text), after and CELLS + after)
    heading = table.title or _name_heading(book, table.section)
    return Spot(book.page(cell.start), escape_invisible(heading), cell.start, cell.end, excerpt)


def _name_heading(book: Book, identity: str | None) -> str:
    section = book.section.get(identity or "")
    return printable(section.heading) if section else ""


def _flatten(text: str) -> str:
    return escape_invisible(SOFT_BREAK.sub("", text))


def _find_unit(book: Book, operand: Operand) -> str:
    claim = book.claim.get(operand.claim or "")
    if claim:
        return printable(claim.unit or claim.unit_implied or "")
    cell = find_cell(book, operand)
    return printable(cell.unit or "") if cell else ""
