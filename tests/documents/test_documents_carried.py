"""Files that a PDF carries are its parts, within the bounds of archives."""

from __future__ import annotations

import pytest
import words
import workbooks
from pdf_pages import told
from pdfs import PdfPage, pdf
from test_documents_parts import REPORT, pack

import extractor
from extractor.documents import archives, carried, read
from extractor.model import InputError

COVER = PdfPage().text(90, 700, "全年支出12.50万元。")


def test_carried_reports_are_parts_of_one_report() -> None:
    files = {
        "附件2 支出表.xlsx": workbooks.make_xlsx(change=workbooks.finish),
        "附件1 说明.docx": words.make_paragraphs("补助群众3200人次。"),
        "附件3 续页.pdf": pdf([PdfPage().text(90, 700, "新增就业300人。")]),
    }
    result = extractor.extract(pdf([COVER], carried=files), name="示例.pdf")
    assert [section.heading for section in result.sections] == ["附件1 说明", "附件2 支出表", "附件3 续页"]
    assert [claim.raw for claim in result.claims] == ["12.50万元", "3200人次", "300人"]
    assert [(page.number, result.text[page.start : page.end]) for page in result.pages] == [
        (1, "全年支出12.50万元。"),
        (2, "新增就业300人。"),
    ]
    assert result.tables[0].rows[2][1].value == "1436.50"
    assert not result.document.warnings


def test_a_portfolio_with_an_empty_page_is_what_it_carries() -> None:
    document = read(pdf([PdfPage()], carried={"说明.txt": REPORT}), "示例.pdf")
    assert document.text.startswith("说明\n某局2024年决算说明")
    assert (document.format, len(document.pages)) == ("pdf", 1)


def test_files_that_are_pinned_to_a_page_are_carried() -> None:
    files = {"附件1 说明.txt": REPORT, "元数据.xml": b"<a/>"}
    document = read(pdf([COVER], carried=files, pinned=True), "示例.pdf")
    assert "1436.50" in document.text
    assert [notice.facts["files"] for notice in document.warnings] == ["元数据.xml"]


def test_archives_that_are_carried_are_unpacked() -> None:
    document = read(pdf([COVER], carried={"附件.zip": pack({"说明.txt": REPORT})}), "示例.pdf")
    assert "1436.50" in document.text


def test_what_is_no_report_of_its_own_is_named() -> None:
    document = read(pdf([COVER], carried={"元数据\u202e1.xml": b"<a/>"}), "示例.pdf")
    assert (document.warnings[0].message, document.warnings[0].facts["files"]) == (
        "input.carried_files",
        "元数据1.xml",
    )


@pytest.mark.parametrize(("relation", "expected"), [("Source", ["input.carried_files"]), ("Supplement", [])])
def test_what_the_pages_were_made_from_is_not_read_again(relation: str, expected: list[str]) -> None:
    document = read(pdf([COVER], carried={"说明.txt": REPORT}, relation=relation), "示例.pdf")
    assert told(document) == expected
    assert ("1436.50" in document.text) is not expected


def test_carried_files_of_carried_files_are_named() -> None:
    inner = pdf([COVER], carried={"说明.txt": REPORT})
    document = read(pdf([COVER], carried={"内.pdf": inner}), "示例.pdf")
    assert told(document) == ["input.carried_files"]
    assert document.warnings[0].facts == {"name": "内.pdf", "files": "说明.txt"}


def test_what_cannot_be_read_is_told_and_costs_nothing_else() -> None:
    document = read(pdf([COVER], carried={"a.docx": b"\0\1\2" * 50, "b.txt": b" "}), "示例.pdf")
    assert told(document) == ["input.binary", "input.empty"]
    with pytest.raises(InputError) as error:
        read(pdf([PdfPage()], carried={"b.txt": b" "}), "示例.pdf")
    assert error.value.notice.message == "input.blank"


def test_bombs_cost_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carried, "MOST_IN_MEMBER", 2**20)
    assert told(read(pdf([COVER], carried={"a.txt": b"0" * 2**21}), "示例.pdf")) == ["input.too_large"]
    monkeypatch.setattr(archives, "MOST_BYTES", 2**20)
    files = {f"{at}.txt": b"0" * 2**19 + b"x" for at in range(2)}
    assert told(read(pdf([COVER], carried=files), "示例.pdf")) == ["input.too_large"]
    monkeypatch.setattr(carried, "MOST_PARTS", 3)
    many = {f"{at}.txt": REPORT for at in range(4)}
    assert told(read(pdf([COVER], carried=many), "示例.pdf")) == ["input.too_many_parts"]
