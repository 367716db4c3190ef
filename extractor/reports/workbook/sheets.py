"""Sheets as the library writes them, without what it does for others, which takes seconds for thousands of formulas.

Loaded with the library itself, when a workbook is written.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter.url import Url
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet


class Sheet(Worksheet):  # type: ignore[misc]
    """A sheet whose formulas are written as they are.

    The library looks into each for the names of functions that files call otherwise; the formulas of this program have
    none of them.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


def make_target(sheet: str, row: int, column: int) -> Any:
    """Where a link within the workbook leads; rows and columns count from 0.

    One target may be that of many links, for it carries none of their words: these stand in the cells.
    """
    name = sheet.replace("'", "''")
    target = Url(f"internal:'{name}'!{xl_rowcol_to_cell(row, column)}")
    target.text = ""
    return target
