"""Pages without a usable text layer: which they are, and what is told of them."""

from __future__ import annotations

import pytest
from pdfs import PdfPage, pdf

import extractor
from extractor import documents
from extractor.model import UNSET, Document, InputError

SENTENCE = "2024年南屏街道预算收入1236.50万元，同比增长5.6%。"


def read(*pages: PdfPage) -> Document:
    return documents.read(pdf(pages), "示例.pdf")


def told(document: Document) -> list[tuple[str, object]]:
    return [(notice.message, notice.facts.get("page")) for notice in document.warnings]


def text_page() -> PdfPage:
    return PdfPage().text(60, 750, "一、收入情况").text(60, 720, SENTENCE)


def picture(page: PdfPage, x: float, y: float, width: float, height: float) -> PdfPage:
    page.content.append(f"q {width} 0 0 {height} {x} {y} cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q")
    return page


def outlines(page: PdfPage, count: int) -> PdfPage:
    for at in range(count):
        x, y = 60 + 11 * (at % 40), 700 - 20 * (at // 40)
        page.content.append(f"{x} {y} m {x + 9} {y} l {x + 7} {y + 9} l {x + 2} {y + 8} l h f")
    return page


@pytest.mark.parametrize(
    "page",
    [
        picture(PdfPage(), 40, 60, 515, 740),
        picture(PdfPage().text(290, 30, "2"), 40, 60, 515, 740),
        outlines(PdfPage(), 400).text(200, 720, "2640.5").text(200, 600, "1.6%"),
        PdfPage().text(60, 700, "(cid:12)(cid:345)(cid:7)(cid:91)"),
        PdfPage().text(60, 700, "ÄÏ¾©ÊÐ2025ÄêÔ¤Ëã"),
    ],
    ids=["scan", "scan with its page number", "outlines with stray digits", "codes", "bytes taken for Latin"],
)
def test_a_page_that_is_drawn_is_not_read_and_named(page: PdfPage) -> None:
    document = read(text_page(), page, text_page())
    assert told(document) == [("input.page_without_text", "2")]
    assert document.text == "\n".join(["一、收入情况", SENTENCE] * 2)


@pytest.mark.parametrize(
    "page",
    [
        picture(text_page(), 400, 100, 80, 80),
        outlines(text_page(), 20),
        PdfPage(),
        PdfPage().text(60, 700, "±5%×2÷3·4°"),
    ],
    ids=["a seal", "a small chart", "a blank page", "signs that no letter is"],
)
def test_a_page_of_text_needs_no_warning(page: PdfPage) -> None:
    assert told(read(text_page(), page)) == []


def test_a_page_with_sentences_beside_a_large_picture_keeps_them() -> None:
    document = read(picture(text_page(), 40, 60, 515, 500))
    assert SENTENCE in document.text
    assert told(document) == [("input.page_partial", "1")]


def test_a_document_without_any_text_says_how_to_read_it() -> None:
    with pytest.raises(InputError) as caught:
        extractor.extract(pdf([picture(PdfPage(), 40, 60, 515, 740)] * 3), name="扫描.pdf")
    assert "narrative-extractor[ocr]" in str(caught.value)


def test_what_is_text_has_no_confidence() -> None:
    result = extractor.extract(pdf([text_page()]), name="示例.pdf")
    assert {page.source for page in result.pages} == {"text"}
    assert {claim.confidence for claim in result.claims} == {UNSET}
