"""No reader takes more than in proportion longer of a larger file, however much of one thing it holds."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
import webpages
import words
import workbooks
from bombs import WORDS, Page, make_pdf
from test_documents_ofd import line as ofd_line
from test_documents_ofd import make as make_ofd
from test_documents_ofd import text as ofd_text
from test_documents_parts import pack
from test_growth import FACTOR, is_superlinear, repeat

from extractor.documents import read
from extractor.model import InputError

Make = Callable[[int], bytes]
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'


def of_page(body: str, before: str = "", behind: str = "") -> Make:
    return lambda count: webpages.page(f"{before}{repeat(body, count)}{behind}<p>收入5万元。</p>").encode()


def of_word(body: str, before: str = "", behind: str = "") -> Make:
    """A Word file whose body is ``body`` so many times; ``T`` in it is a run of text."""

    def make(count: int) -> bytes:
        inside = before + repeat(body.replace("{T}", "<w:r><w:t>收入{a}万元</w:t></w:r>"), count) + behind
        xml = f"<w:document {words.USED}><w:body>{inside}<w:p><w:r><w:t>收入</w:t></w:r></w:p></w:body></w:document>"
        return words.replace_parts(words.make_paragraphs("收入"), {"word/document.xml": xml.encode()})

    return make


def of_sheet(body: str, behind: str = "") -> Make:
    def make(count: int) -> bytes:
        xml = SHEET.format(f"<sheetData>{repeat(body, count)}</sheetData>" + repeat(behind, count))
        return words.replace_parts(workbooks.make_xlsx(), {"xl/worksheets/sheet1.xml": xml.encode()})

    return make


def of_open_sheet(body: str) -> Make:
    return lambda count: workbooks.make_ods(f'<table:table table:name="表">{repeat(body, count)}</table:table>')


def of_text(body: str, before: str = "", behind: str = "收入5万元。\n") -> Make:
    return lambda count: (before + repeat(body, count) + behind).encode()


def of_drawing(body: str) -> Make:
    """A PDF of one page on which something is drawn so many times."""
    return lambda count: make_pdf(Page(WORDS + repeat(body, count).encode()))


def write_rows(count: int) -> bytes:
    return ("项目" + ",金额" * count + "\n" + "\n".join("甲" + ",5" * count for _ in range(9))).encode()


def write_steps(count: int) -> bytes:
    return "".join(f"甲{',' * at}5\n" for at in range(int(count**0.5))).encode()


def write_lattice(count: int) -> bytes:
    """So many cells with a digit in each."""
    side = int(count**0.5)
    step = 560 / side
    places = [f"{10 + step * at:.2f}" for at in range(side + 1)]
    lines = "".join(f"{at} 10 m {at} 570 l S 10 {at} m 570 {at} l S\n" for at in places)
    digits = "".join(
        f"1 0 0 1 {12 + step * (at % side):.2f} {12 + step * (at // side):.2f} Tm ({at % 10}) Tj\n"
        for at in range(side * side)
    )
    return make_pdf(Page(WORDS + f"{lines}BT /F1 {step / 3:.2f} Tf {digits}ET".encode()))


def write_drawn_texts(count: int) -> bytes:
    return make_ofd("".join(ofd_text(20, 20 + at / 9, "收入5") for at in range(count)))


def write_drawn_lines(count: int) -> bytes:
    return make_ofd(ofd_text(20, 20, "收入") + "".join(ofd_line(20, at / 9, 90, at / 9) for at in range(count)))


def write_archive(count: int) -> bytes:
    return pack({f"{at}/a.bin": b"5" for at in range(count)} | {"报告.txt": "收入5万元。".encode()})


def write_parts(count: int) -> bytes:
    part = 'Content-Type: text/html; charset="utf-8"\n\n<p>收入5万元。</p>\n--b\n'
    head = "From: x\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
    return f"{head}{part * count}--b--\n".encode()


def write_notes(count: int) -> bytes:
    """A Word file with so many notes, each of which refers to the next."""
    body = "".join(f'<w:r><w:footnoteReference w:id="{at}"/></w:r>' for at in range(count))
    notes = "".join(
        f'<w:footnote w:id="{at}"><w:p><w:r><w:footnoteReference w:id="{at + 1}"/><w:t>注{at}</w:t></w:r></w:p>'
        "</w:footnote>"
        for at in range(count)
    )
    related = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/>'
        "</Relationships>"
    )
    return words.replace_parts(
        words.make_paragraphs(f"{body}<w:r><w:t>收入5万元</w:t></w:r>"),
        {
            "word/_rels/document.xml.rels": related.encode(),
            "word/footnotes.xml": f"<w:footnotes {words.USED}>{notes}</w:footnotes>".encode(),
        },
    )


# The file, how much of it the smaller one has, and what it has of that.
CASES: dict[str, tuple[str, int, Make]] = {
    "paragraphs of a page": ("a.html", 500, of_page("<p>收入{a}万元。</p>")),
    "paragraphs of a page that are cut": ("a.html", 4000, of_page("<p>{b}万元，其中{c}</p>")),
    "lines of a page": ("a.html", 2000, of_page("收入{a}万元<br>")),
    "rows of a page": ("a.html", 300, of_page("<tr><td>甲</td><td>{a}</td></tr>", "<table>", "</table>")),
    "cells of a row": ("a.html", 500, of_page("<td>{a}</td>", "<table><tr>", "</tr><tr><td>5</td></table>")),
    "cells that reach down": ("a.html", 200, of_page("<tr><td rowspan=9999>{a}<td>5</tr>", "<table>", "</table>")),
    "tables": ("a.html", 100, of_page("<table><tr><td>甲<td>{a}<tr><td>乙<td>{b}</table>")),
    "tables in tables": ("a.html", 100, of_page("<table><tr><td>甲<td>5<tr><td>乙<td>")),
    "boxes in boxes": ("a.html", 40, of_page("<div>{a}万元")),
    "links": ("a.html", 500, of_page("<a href='a.pdf'>附件{n}</a>")),
    "headings of a page": ("a.html", 300, of_page("<h2>（{n}）收入</h2>")),
    "items of a page": ("a.html", 500, of_page("<li>收入{a}万元")),
    "styles": ("a.html", 500, of_page("<span style='color:red;  display :block'>{a}万元</span>")),
    "comments": ("a.html", 1000, of_page("<!--")),
    "parts of an archive of a page": ("a.mht", 200, write_parts),
    "paragraphs of a Word file": ("a.docx", 500, of_word("<w:p>{T}</w:p>")),
    "paragraphs of a Word file that are cut": ("a.docx", 500, of_word("<w:p><w:r><w:t>{a}万元，{b}</w:t></w:r></w:p>")),
    "runs": ("a.docx", 1000, of_word("{T}", "<w:p>", "</w:p>")),
    "rows of a Word file": (
        "a.docx", 200,
        of_word("<w:tr><w:tc><w:p>{T}</w:p></w:tc><w:tc><w:p>{T}</w:p></w:tc></w:tr>", "<w:tbl>", "</w:tbl>"),
    ),
    "breaks": ("a.docx", 1000, of_word("<w:r><w:br/></w:r>{T}", "<w:p>", "</w:p>")),
    "notes": ("a.docx", 300, write_notes),
    "rows of a workbook": ("a.xlsx", 500, of_sheet("<row><c t='str'><v>甲</v></c><c><v>{a}</v></c></row>")),
    "cells of a workbook": (
        "a.xlsx", 300,
        of_sheet("<row><c r='A{n}'><v>{a}</v></c><c r='B{n}'><v>5</v></c></row>", "<mergeCell ref='A{n}:B9999'/>"),
    ),
    "rows of an open sheet": (
        "a.ods", 500,
        of_open_sheet(
            "<table:table-row><table:table-cell><text:p>甲</text:p></table:table-cell><table:table-cell><text:p>{a}"
            "</text:p></table:table-cell></table:table-row>"
        ),
    ),
    "columns of values": ("a.csv", 500, write_rows),
    "rows of values, each longer": ("a.csv", 10_000, write_steps),
    "rows of values": ("a.csv", 1000, of_text("甲,{a}\n")),
    "lines": ("a.txt", 1000, of_text("收入{a}万元，\n")),
    "lines behind the end of a page": ("a.txt", 2000, of_text("\n", "收入\f")),
    "ends of pages": ("a.txt", 1000, of_text("\f5\n")),
    "lines of cells": ("a.txt", 1000, of_text("\t甲\n\t{a}\n")),
    "short lines": ("a.txt", 1000, of_text("甲\n{a}\n")),
    "rows of a text": ("a.txt", 1000, of_text("甲\t{a}\n")),
    "rows parted by pipes": ("a.txt", 500, of_text("|甲|{a}|5|\n")),
    "rows parted by a space": ("a.txt", 500, of_text("甲 {a} 5\n")),
    "rows whose columns stand below one another": ("a.txt", 300, of_text("甲  {a}  5.0\n")),
    "tables whose columns stand below one another": ("a.txt", 60, of_text("甲  {a}  5\n" * 4 + "收入5万元。\n" * 13)),
    "pages of a table": ("a.txt", 60, of_text("甲  {a}  5\n" * 4 + "\f")),
    "rows behind a table": ("a.txt", 300, of_text("甲 {a} 5\n", "甲  10  5\n乙  10  5\n丙  10  5\n")),
    "columns that stand below one another": ("a.txt", 300, lambda count: (("甲" + "  5" * count + "\n") * 4).encode()),
    "marks that show nothing": ("a.txt", 5000, of_text("\u200b5\u200b")),
    "bytes that are damaged": ("a.txt", 1000, lambda count: "收入5万元。".encode("gb18030") * count + b"\xff"),
    "paragraphs of Markdown": ("a.md", 500, of_text("收入**{a}**万元。\n\n")),
    "rows of Markdown": ("a.md", 200, of_text("|甲|{a}|\n", "|项目|金额|\n|-|-|\n", "\n收入5万元。")),
    "items of Markdown": ("a.md", 300, of_text("- 收入{a}万元\n")),
    "items in items": ("a.md", 300, of_text("- ")),
    "brackets of Markdown": ("a.md", 1000, of_text("[")),
    "links of Markdown": ("a.md", 500, of_text("[a](<b")),
    "marks of Markdown": ("a.md", 500, of_text("**a *b ")),
    "quotes of Markdown": ("a.md", 300, of_text(">")),
    "texts of an OFD": ("a.ofd", 300, write_drawn_texts),
    "lines of an OFD": ("a.ofd", 300, write_drawn_lines),
    "pages of an OFD": ("a.ofd", 20, lambda count: make_ofd(*[ofd_text(20, 20, "收入5万元")] * count)),
    "files of an archive": ("a.zip", 300, write_archive),
    "pages of a PDF": ("a.pdf", 20, lambda count: make_pdf(*[Page(WORDS)] * count)),
    "words of a page": ("a.pdf", 1000, of_drawing("BT /F1 5 Tf {a}.{n} {c}{b}.{n} Td (5) Tj ET\n")),
    "words in one place": ("a.pdf", 1000, of_drawing("BT /F1 5 Tf 50 50 Td (5) Tj ET\n")),
    "lines down a page": ("a.pdf", 300, of_drawing("{b}.{n} 0 m {b}.{n} 842 l S\n")),
    "lines over a page": ("a.pdf", 300, of_drawing("0 {c}{b}.{n} m 595 {c}{b}.{n} l S\n")),
    "boxes of a page": ("a.pdf", 300, of_drawing("{b} {c}.{n} 30 20 re S\n")),
    "filled boxes of a page": ("a.pdf", 300, of_drawing("{b} {c}.{n} 30 20 re f\n")),
    "cells of a page": ("a.pdf", 900, write_lattice),
}  # fmt: skip


def try_reading(data: bytes, name: str) -> None:
    try:
        read(data, name)
    except InputError:
        return


@pytest.mark.parametrize("case", CASES)
def test_a_reader_takes_time_in_proportion(case: str) -> None:
    name, count, make = CASES[case]
    short, long = make(count), make(count * FACTOR)
    assert not is_superlinear(partial(try_reading, short, name), partial(try_reading, long, name))
