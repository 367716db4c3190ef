"""What several sheets of the working papers write into their cells: names, places, units and amounts of checks."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

from extractor.messages import POINTS, Lang
from extractor.model import Check, Operand
from extractor.reports.computation import find_amount
from extractor.reports.printable import printable
from extractor.reports.suspects import find_page, find_section
from extractor.reports.terminal import findings as told
from extractor.reports.workbook.book import Cell, Formula, Shown
from extractor.reports.workbook.numbers import choose_format, pad, read_number, shorten, write_literal
from extractor.reports.workbook.phrases import get_phrase
from extractor.reports.workbook.places import Papers

AMOUNTS = ("stated", "computed", "difference")
"""What is stated, what it should be, and by how much it is off."""
APART = "  "
"""What parts the messages of a cell: by the first alone a finding is named where it is gone."""
LOOKS: dict[str | None, dict[str, Any]] = {
    "error": {"font_color": "#8f1414", "bg_color": "#fdecea", "bold": True},
    "warning": {"font_color": "#6b4a00", "bg_color": "#fdf3d8"},
    "info": {"font_color": "#454b54", "bg_color": "#eceef1"},
    "contradicted": {"font_color": "#8f1414", "bg_color": "#fdecea"},
    "verified": {"font_color": "#1d5c2e", "bg_color": "#e8f5eb"},
    "unverified": {"font_color": "#454b54", "bg_color": "#eceef1"},
}


@cache
def name_status(name: str, lang: Lang) -> str:
    """How a check ended."""
    return get_phrase(f"status.{name}", lang)


@cache
def mark_status(name: str, lang: Lang) -> str:
    """How a check ended, behind its tick mark."""
    return f"{get_phrase(f'mark.{name}', lang)} {name_status(name, lang)}"


def name_severity(check: Check, lang: Lang) -> Cell:
    """How loud a check is, in its colour."""
    severity = check.severity or "info"
    return Shown(told.get_phrase(f"severity.{severity}", lang), LOOKS[severity])


def list_amounts(check: Check, papers: Papers) -> dict[str, Cell]:
    """The amounts of a check and their unit, as the result has them; with the zeros that the document prints.

    The unit is that of the number in question, where one is stated or computed.
    """
    unit = next((found for operand in check.operands if (found := find_unit(operand, papers))), None)
    numbers: dict[str, Cell] = {name: read_number(getattr(check, name)) for name in AMOUNTS}
    printed = _find_printed(check, papers)
    for name in AMOUNTS[:2]:
        number = numbers[name]
        if printed is not None and isinstance(number, Decimal):
            numbers[name] = pad(number, printed)
    is_told = check.stated is not None or check.id in papers.live
    return numbers | {"unit": unit if is_told else None}


def _find_printed(check: Check, papers: Papers) -> Decimal | None:
    """The number that a check states, as it is printed; None where the first operand is another one."""
    amount = find_amount(papers.book, check.operands[0]) if check.operands else None
    return amount.value if amount and amount.value == read_number(check.stated) else None


def find_unit(operand: Operand, papers: Papers) -> str | None:
    """The unit of an operand, written or implied."""
    claim, cell = papers.claim(operand), papers.cell(operand)
    if claim:
        return printable(claim.unit or claim.unit_implied or "")
    return printable(cell.unit or "") if cell else None


def show_gap(gap: Cell, unit: Cell, lang: Lang) -> Cell:
    """By how much two numbers differ: shares and rates in points, all else as it is."""
    value = gap.value if isinstance(gap, Formula) else gap
    name = POINTS.get(unit) if isinstance(unit, str) else None
    if name is None or isinstance(gap, Shown) or not isinstance(value, Decimal):
        return gap
    return Shown(gap, {"num_format": choose_format(shorten(value)) + write_literal(get_phrase(f"points.{name}", lang))})


def describe_place(operand: Operand | None, papers: Papers) -> dict[str, Cell]:
    """The page and the section that a number stands in."""
    section = find_section(papers.book, operand)
    return {"page": write_count(find_page(papers.book, operand)), "section": papers.section(section)}


def name_section(identity: str | None, papers: Papers) -> str:
    """What a section is called."""
    link = papers.section(identity)
    return link.text if link else ""


def write_count(number: int | None) -> Decimal | None:
    """A count, or the number of a page, as a number."""
    return None if number is None else Decimal(number)
