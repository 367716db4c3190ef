"""The number that a finding suspects: which operand it is, where it stands, and what it may have been meant to be."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct

from extractor.amounts.book import Book
from extractor.amounts.printing import write_like
from extractor.model import Box, Finding, Operand, TableCell
from extractor.reports.computation import find_amount
from extractor.reports.printable import escape_invisible
from extractor.reports.standing import Mistake


class Spot(Struct, frozen=True):
    """A place on a page as displayed; without a box, the page alone is known."""

    page: int
    box: Box | None = None


def find_known(book: Book, operands: Iterable[Operand]) -> Operand | None:
    """The first of some numbers that is in the result: of ``Mistake.places`` it is where the finding is told to be."""
    return next((operand for operand in operands if is_known(book, operand)), None)


def is_known(book: Book, operand: Operand) -> bool:
    """Whether the result has what an operand refers to; one by another hand may not."""
    return operand.claim in book.claim or find_cell(book, operand) is not None


def find_cell(book: Book, operand: Operand) -> TableCell | None:
    """The cell that an operand is; None for a claim, and where the result has no such cell."""
    table, row, column = book.table.get(operand.table or ""), operand.row, operand.column
    if table is None or row is None or column is None:
        return None
    return table.rows[row][column] if row < len(table.rows) and column < len(table.rows[row]) else None


def find_page(book: Book, operand: Operand | None) -> int | None:
    """The page on which a number stands: of a table over several pages that of the cell. None without pages."""
    if operand is None:
        return None
    if operand.claim in book.claim:
        return book.claim[operand.claim].page
    cell = find_cell(book, operand)
    return book.page(cell.start) if cell else None


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
    page = find_page(book, operand)
    return None if page is None else Spot(page, _find_box(book, operand))


def _find_box(book: Book, operand: Operand) -> Box | None:
    """The rectangle of a number, of a claim over several lines that of its first."""
    claim = book.claim.get(operand.claim or "")
    return next(iter(claim.boxes), None) if claim else find_cell_box(book, operand)


def find_cell_box(book: Book, operand: Operand) -> Box | None:
    """The rectangle of a cell; None for what is none, and where it is not known."""
    cell = find_cell(book, operand)
    return cell.box if cell else None
