"""The number that a finding suspects: which operand it is, where it stands, and what it may have been meant to be."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from extractor.amounts.book import Book
from extractor.amounts.printing import write_like
from extractor.model import Box, Finding, Operand
from extractor.reports.computation import find_amount
from extractor.reports.printable import escape_invisible
from extractor.reports.standing import Mistake


class Spot(Struct, frozen=True):
    """A place on a page as displayed; without a box, the page alone is known."""

    page: int
    box: Box | None = None


def find_suspect(mistake: Mistake) -> int:
    """The place of the number to suspect among the operands of the first check; 0 where it is none of them."""
    wanted = _locate(mistake.suspects[0]) if mistake.suspects else None
    places = map(_locate, mistake.checks[0].operands)
    return next((at for at, place in enumerate(places) if place == wanted), 0)


def _locate(operand: Operand) -> tuple[str | int | None, ...]:
    """Where an operand stands, whatever its role."""
    return operand.claim, operand.table, operand.row, operand.column


def find_section(book: Book, operand: Operand | None) -> str | None:
    """The section that an operand stands in."""
    if operand is None:
        return None
    if operand.claim in book.claim:
        return book.claim[operand.claim].section
    table = book.table.get(operand.table or "")
    return table.section if table else None


def write_proposed(book: Book, finding: Finding | None) -> str | None:
    """The number that was probably meant, as it would be printed there; None where the finding proposes none."""
    amount = find_amount(book, finding.suspect) if finding else None
    if finding is None or not finding.proposed or amount is None:
        return None
    try:
        return escape_invisible(write_like(Decimal(finding.proposed), amount))
    except (ArithmeticError, ValueError):
        # A result by another hand may propose what is no number.
        return escape_invisible(finding.proposed)


def name_number(book: Book, operand: Operand) -> str:
    """What a number is of, and how it is printed: 人员经费 4896.98万元."""
    claim = book.claim.get(operand.claim or "")
    if claim:
        return escape_invisible(f"{claim.metric or ''} {claim.raw}").strip()
    amount = find_amount(book, operand)
    if amount is None:
        return ""
    unit = "" if amount.raw.endswith(amount.unit) else amount.unit
    return escape_invisible(f"{amount.label} {amount.raw}{unit}").strip()


def find_spot(book: Book, operand: Operand) -> Spot | None:
    """Where an operand stands; None in a document without pages."""
    claim = book.claim.get(operand.claim or "")
    if claim:
        return None if claim.page is None else Spot(claim.page, claim.boxes[0] if claim.boxes else None)
    start = _find_start(book, operand)
    page = None if start is None else book.page(start)
    return None if page is None else Spot(page, find_cell_box(book, operand))


def _find_start(book: Book, operand: Operand) -> int | None:
    if operand.text is not None:
        return operand.text.start
    amount = find_amount(book, operand)
    return amount.start if amount else None


def find_cell_box(book: Book, operand: Operand) -> Box | None:
    """The rectangle of a cell; None for what is none, and where it is not known."""
    table = book.table.get(operand.table or "")
    if table is None or operand.row is None or operand.column is None:
        return None
    return table.rows[operand.row][operand.column].box
