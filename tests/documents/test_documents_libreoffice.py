"""Older files of office programs are read as what they were made from, by LibreOffice where it is installed."""

from __future__ import annotations

import codecs
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
import words
import workbooks
from inputs import SPREADSHEETML, WORDML, write_xml
from openpyxl.worksheet.worksheet import Worksheet

from extractor.documents import read
from extractor.documents.model import Document

PROGRAM = shutil.which("soffice")
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed")
ROWS = (("项目", "决算数（万元）"), ("基本支出", "110.50"), ("项目支出", "9.50"), ("合计", "120.00"))


def convert(data: bytes, name: str, ending: str, folder: Path) -> Document:
    """What a file reads as, saved by the office program as another type."""
    (folder / name).write_bytes(data)
    line = [str(PROGRAM), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to"]
    subprocess.run([*line, ending, name], cwd=folder, check=True, capture_output=True, timeout=120)
    return read(folder / f"{Path(name).stem}.{ending}")


def write(document: docx.document.Document) -> None:
    document.add_heading("一、支出情况", 1)
    document.add_paragraph("全年支出120万元，增长5.6%。")
    for one in ("安排基本支出110.5万元；", "安排项目支出9.5万元。"):
        document.add_paragraph(one, style="List Number")
    table = document.add_table(len(ROWS), 2)
    for row, own in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, own, strict=True):
            cell.text = text
    document.sections[0].header.paragraphs[0].text = "内部资料"


@pytest.mark.parametrize("ending", ["doc", "rtf", "odt"])
def test_an_older_word_file_reads_as_the_new_one(ending: str, tmp_path: Path) -> None:
    data = words.make(write)
    new, old = read(data, "a.docx"), convert(data, "a.docx", ending, tmp_path)
    assert (old.format, old.text) == (ending, new.text)
    assert [one.kind for one in old.paragraphs] == [one.kind for one in new.paragraphs]
    assert "内部资料" not in old.text


def leave_out(sheet: Worksheet) -> None:
    workbooks.finish(sheet)
    sheet["E5"], sheet["A11"], sheet["B11"] = "核对用", "隐藏行", 5
    sheet.print_area = "A1:C20"
    sheet.row_dimensions[11].hidden = True


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_an_older_workbook_shows_what_the_new_one_does(ending: str, tmp_path: Path) -> None:
    data = workbooks.make_xlsx(change=leave_out)
    new, old = read(data, "a.xlsx"), convert(data, "a.xlsx", ending, tmp_path)
    assert (old.format, old.text) == (ending, new.text)
    assert {one.message for one in new.warnings} == {"input.rows_hidden", "input.cells_unprinted"}
    assert {one.message for one in old.warnings} == {one.message for one in new.warnings}


@pytest.mark.parametrize(
    ("element", "text"),
    [(SPREADSHEETML, "支出表\n项目\t金额\n教育支出\t12.5\n合计\t12.5"), (WORDML, "全年收入12.5万元。")],
)
def test_xml_of_office_programs_is_read_as_what_it_shows(element: str, text: str) -> None:
    assert read(write_xml(element), "a.xls").text == text
    assert read(codecs.BOM_UTF8 + write_xml(element), "a.doc").text == text
