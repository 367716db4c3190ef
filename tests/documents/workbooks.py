"""Workbooks made for tests: openpyxl for .xlsx, xlwt for .xls, XML for .ods."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence

import openpyxl
import xlwt
from openpyxl.worksheet.worksheet import Worksheet

Rows = Sequence[Sequence[object]]
STATEMENT: Rows = (
    ("支出决算表",),
    ("公开03表", None, "单位：万元"),
    ("项目", "决算", None),
    (None, "金额", "比上年"),
    ("合计", 1436.5, 0.1244),
    ("基本支出", 1312.6, 0.05),
    ("项目支出", 123.9, -0.25),
    ("注：本表按现行科目列示。",),
)


def make_xlsx(rows: Rows = STATEMENT, change: Callable[[Worksheet], None] | None = None) -> bytes:
    """A workbook of one sheet that ``change`` finishes."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    if change:
        change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def finish(sheet: Worksheet) -> None:
    """The merged cells and the formats of ``STATEMENT``."""
    for merged in ("A1:C1", "A3:A4", "B3:C3"):
        sheet.merge_cells(merged)
    for row in range(5, 8):
        sheet.cell(row, 2).number_format = "#,##0.00_ "
        sheet.cell(row, 3).number_format = "0.0%"


def make_xls(rows: Rows = STATEMENT) -> bytes:
    """An older workbook with the same sheet, and a hidden one."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    money, share = xlwt.easyxf(num_format_str="#,##0.00_ "), xlwt.easyxf(num_format_str="0.0%")
    sheet.write_merge(0, 0, 0, 2, rows[0][0])
    sheet.write_merge(2, 3, 0, 0, rows[2][0])
    sheet.write_merge(2, 2, 1, 2, rows[2][1])
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None and (at, column) not in ((0, 0), (2, 0), (2, 1)):
                sheet.write(at, column, value, (xlwt.easyxf(), money, share)[column])
    other = book.add_sheet("底稿")
    other.write(0, 0, "不公开")
    other.visibility = 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def make_ods(tables: str) -> bytes:
    """An open spreadsheet; ``tables`` is the XML of its sheets."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content {names}><office:automatic-styles><style:style style:name='gone'>"
            "<style:table-properties table:display='false'/></style:style></office:automatic-styles>"
            f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
        )
    return out.getvalue()


def replace_part(data: bytes, path: str, old: str, new: str) -> bytes:
    """A workbook with ``new`` for what the expression ``old`` matches in one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as changed:
        for part in archive.namelist():
            content = archive.read(part).decode()
            changed.writestr(part, re.sub(old, new, content) if part == path else content)
    return out.getvalue()
