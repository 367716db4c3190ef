"""Sheets as the library makes them, with cells written as a file has them: thousands of them take no seconds.

Loaded with the library itself, when a workbook is written.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from extractor.reports.files.spreadsheets import DIGITS

# A cell: its format, what stands in the file behind the place and the format, and whether it must say its place, as
# readers of formulas that are shared take it from there. Those of the library are tuples of other types.
Written = tuple[Any, str, bool]


class Sheet(Worksheet):  # type: ignore[misc]
    """A sheet that takes cells as they are.

    The library looks into each formula for names of functions that files call otherwise, into each attribute for what
    must be escaped, and tells of each row which columns it has; the cells of this program need none of that.
    """

    def __init__(self) -> None:
        super().__init__()
        self.last = 0
        """The last row of a list, from 0, as far as formulas of one family go; 0 on a sheet that is none."""
        self._families: dict[tuple[int, str], int] = {}

    def put_text(self, row: int, column: int, text: str, style: Any) -> None:
        """A text, which stands once in the workbook."""
        self._put(row, column, style, f' t="s"><v>{self.str_table._get_shared_string_index(text)}</v></c>')

    def put_number(self, row: int, column: int, number: float, style: Any) -> None:
        """A number, to as many digits as a spreadsheet keeps."""
        self._put(row, column, style, f"><v>{number:.{DIGITS}G}</v></c>")

    def put_formula(self, row: int, column: int, formula: str, value: float | str, style: Any, family: str) -> None:
        """A formula, without the sign in front, and what it gives.

        Formulas of a family say the same of their rows: the first in a column of a list is written for all.
        """
        kind, told = (' t="str"', value) if isinstance(value, str) else ("", f"{value:.{DIGITS}G}")
        is_shared = bool(family and self.last)
        written = self._share(row, column, formula, family) if is_shared else f"<f>{_escape(formula)}</f>"
        self._put(row, column, style, f"{kind}>{written}<v>{told}</v></c>", is_shared)

    def _share(self, row: int, column: int, formula: str, family: str) -> str:
        if (column, family) in self._families:
            return f'<f t="shared" si="{self._families[column, family]}"/>'
        number = self._families[column, family] = len(self._families)
        reach = f"{xl_rowcol_to_cell(row, column)}:{xl_rowcol_to_cell(self.last, column)}"
        return f'<f t="shared" ref="{reach}" si="{number}">{_escape(formula)}</f>'

    def put_link(self, row: int, column: int, target: str) -> None:
        """Where within the workbook a cell leads, beside what is written into it."""
        self.hyperlinks[row][column] = target

    def _put(self, row: int, column: int, style: Any, rest: str, is_placed: bool = False) -> None:
        self.table[row][column] = (style, rest, is_placed)

    def _assemble_xml_file(self) -> None:
        """The sheet as a file; how far it goes is found at once, not cell by cell."""
        for row, cells in self.table.items():
            if cells:
                self._check_dimensions(row, min(cells))
                self._check_dimensions(row, max(cells))
        super()._assemble_xml_file()

    def _write_rows(self) -> None:
        letters = [xl_col_to_name(column) for column in range(self.dim_colmax + 1)]
        for row in sorted({*self.table, *self.row_info}):
            cells = self.table.get(row)
            self._write_row(row, None, self.row_info.get(row), not cells)
            if cells:
                self._write_cells(row, cells, letters)
                self._xml_end_tag("row")

    def _write_cells(self, row: int, cells: dict[int, Any], letters: list[str]) -> None:
        """The cells of a row; those that the library put there, of merged ranges, as it writes them.

        A cell that says no place of its own stands behind the one before (ECMA-376, 18.3.1.4): a third of a packed
        sheet would be places.
        """
        following = 0
        for column in sorted(cells):
            cell = cells[column]
            if type(cell) is tuple:
                style, rest, is_placed = cell
                is_next = column == following and not is_placed
                place = "" if is_next else f' r="{letters[column]}{row + 1}"'
                self.fh.write(f'<c{place} s="{style._get_xf_index()}"{rest}')
            else:
                self._write_cell(row, column, cell)
            following = column + 1

    def _write_hyperlinks(self) -> None:
        """The links: without words of their own, which stand in the cells."""
        if not self.hyperlinks:
            return
        self._xml_start_tag("hyperlinks")
        for row, targets in sorted(self.hyperlinks.items()):
            for column, target in sorted(targets.items()):
                place = xl_rowcol_to_cell(row, column)
                self._xml_empty_tag("hyperlink", [("ref", place), ("location", target)])
        self._xml_end_tag("hyperlinks")


def _escape(formula: str) -> str:
    return formula.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def write_target(sheet: str, row: int, column: int) -> str:
    """Where a link within the workbook leads; rows and columns count from 0."""
    name = sheet.replace("'", "''")
    return f"'{name}'!{xl_rowcol_to_cell(row, column)}"
