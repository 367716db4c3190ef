"""Cells of a table that leaves for a spreadsheet: words of a document must never become a formula there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct

from extractor.reports.printable import escape_commands

STARTS = tuple("=+-@＝＋－＠\t\r\n")
"""What a spreadsheet takes for the start of a formula; the full-width forms too, where the keyboard writes them."""
NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")
DIGITS = 15
"""The digits that a number of a spreadsheet keeps; one with more stays text."""
CHARACTERS = 32_767
"""What a cell holds."""
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""How a workbook is written in which text of a document is never a formula, a link or a number."""


class Styles(Struct, frozen=True):
    """The format of cells as the library has it, and the same for text that must stay text when its cell is edited."""

    plain: Any
    quoted: Any


def is_risky(text: str) -> bool:
    """Whether a spreadsheet would run the text, now or once someone edits its cell; a number is none.

    >>> is_risky("＝1+1"), is_risky(" @甲"), is_risky("-12.5"), is_risky("一般")
    (True, True, False, False)
    """
    return (text.startswith(STARTS) or text.lstrip().startswith(STARTS)) and not NUMBER.fullmatch(text)


def make_safe(text: str) -> str:
    """A text as a spreadsheet may have it: with an apostrophe in front where it would be run; numbers as they are.

    >>> make_safe("=HYPERLINK(1)"), make_safe("-12.5"), make_safe("-一般"), make_safe(" @甲")
    ("'=HYPERLINK(1)", '-12.5', "'-一般", "' @甲")
    """
    return "'" + text if is_risky(text) else text


def make_field(cell: object) -> str:
    r"""A field of CSV: nothing for None, and words that neither a spreadsheet nor a terminal obeys.

    >>> make_field(None), make_field("=1+1"), make_field("红\x1b[31m"), make_field(12)
    ('', "'=1+1", '红\\x1b[31m', '12')
    """
    return "" if cell is None else make_safe(escape_commands(str(cell)))


def make_styles(book: Any, look: Mapping[str, Any]) -> Styles:
    """The formats of a workbook with these properties."""
    return Styles(book.add_format({**look}), book.add_format({**look, "quote_prefix": True}))


def write_cell(sheet: Any, row: int, column: int, cell: Decimal | int | str | None, styles: Styles) -> None:
    """Writes a number as a number where a spreadsheet keeps its digits, anything else as text; nothing for None."""
    number = keep_number(cell)
    if number is not None:
        sheet.write_number(row, column, number, styles.plain)
    elif cell is not None:
        text = f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
        style = styles.quoted if is_risky(text) else styles.plain
        sheet.write_string(row, column, text[:CHARACTERS], style)


def keep_number(value: object) -> float | None:
    """A number that a spreadsheet can hold as it is; None for everything else.

    >>> keep_number(Decimal("814.3700000000")), keep_number(12345678901234567), keep_number("814")
    (814.37, None, None)
    """
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    exact = Decimal(str(value)).normalize()
    return float(exact) if len(exact.as_tuple().digits) <= DIGITS else None
