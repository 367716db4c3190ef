"""Pages without a usable text layer: which they are, and what is told of them."""

from __future__ import annotations

import pytest
from pdf_pages import read
from pdfs import PdfPage, pdf

import extractor
from extractor.documents.frame import Frame
from extractor.documents.glyphs import Glyph, Glyphs
from extractor.documents.model import Document
from extractor.documents.ocr import engine, picture
from extractor.documents.ocr.blend import put_written
from extractor.documents.ocr.page import Reading
from extractor.documents.ocr.picture import Runs
from extractor.documents.rulings import Rulings
from extractor.model import UNSET, InputError

SENTENCE = "2024年南屏街道预算收入1236.50万元，同比增长5.6%。"


def told(document: Document) -> list[tuple[str, object]]:
    return [(notice.message, notice.facts.get("page")) for notice in document.warnings]


def text_page() -> PdfPage:
    return PdfPage().text(60, 750, "一、收入情况").text(60, 720, SENTENCE)


def picture_page(page: PdfPage, x: float, y: float, width: float, height: float, strokes: int = 50) -> PdfPage:
    """A picture with so many dark strokes beside one another, from its top to its bottom; none is one of plain grey."""
    return page.image(b"\x00\xff" * strokes or b"\x80", f"{width} 0 0 {height} {x} {y}")


def outlines(page: PdfPage, count: int) -> PdfPage:
    for at in range(count):
        x, y = 60 + 11 * (at % 40), 700 - 20 * (at // 40)
        page.content.append(f"{x} {y} m {x + 9} {y} l {x + 7} {y + 9} l {x + 2} {y + 8} l h f")
    return page


@pytest.mark.parametrize(
    "page",
    [
        picture_page(PdfPage(), 40, 60, 515, 740),
        picture_page(PdfPage().text(290, 30, "2"), 40, 60, 515, 740),
        picture_page(PdfPage(), 250, 500, 80, 20, 8),
        outlines(PdfPage(), 400).text(200, 720, "2640.5").text(200, 600, "1.6%"),
        PdfPage().text(60, 700, "(cid:12)(cid:345)(cid:7)(cid:91)"),
        PdfPage().text(60, 700, "ÄÏ¾©ÊÐ2025ÄêÔ¤Ëã"),
    ],
    ids=[
        "scan",
        "scan with its page number",
        "a title in a picture",
        "outlines with stray digits",
        "codes",
        "bytes taken for Latin",
    ],
)
def test_a_page_that_is_drawn_is_not_read_and_named(page: PdfPage) -> None:
    document = read(text_page(), page, text_page())
    assert told(document) == [("input.page_without_text", "2")]
    assert document.text == "\n".join(["一、收入情况", SENTENCE] * 2)


@pytest.mark.parametrize(
    "page",
    [
        picture_page(text_page(), 400, 100, 80, 80),
        outlines(text_page(), 20),
        PdfPage(),
        picture_page(PdfPage(), 0, 0, 595, 842, 0),
        picture_page(PdfPage().text(60, 500, "2024年度部门预算公开说明"), 0, 0, 595, 842, 0),
        picture_page(PdfPage().text(60, 700, "2024年度部门预算公开说明"), 60, 60, 400, 300, 1),
        PdfPage().text(60, 700, "±5%×2÷3·4°"),
    ],
    ids=[
        "a seal",
        "a small chart",
        "a blank page",
        "a plain cover",
        "a cover with a title",
        "a logo",
        "signs that no letter is",
    ],
)
def test_a_page_of_text_needs_no_warning(page: PdfPage) -> None:
    assert told(read(text_page(), page)) == []


def test_a_page_with_sentences_beside_a_large_picture_keeps_them() -> None:
    document = read(picture_page(text_page(), 40, 60, 515, 500))
    assert SENTENCE in document.text
    assert told(document) == [("input.page_partial", "1")]


def test_words_in_a_chart_are_told_and_no_reason_to_recognise_a_page() -> None:
    document = read(picture_page(text_page(), 100, 200, 240, 220, 10))
    assert SENTENCE in document.text
    assert told(document) == [("input.page_pictured", "1")]


def test_lines_that_are_pictures_are_text_that_is_drawn() -> None:
    page = text_page()
    for at in range(12):
        picture_page(page, 60, 100 + 40 * at, 450, 14, 30)
    assert told(read(page)) == [("input.page_partial", "1")]


@pytest.mark.parametrize(("between", "layer"), [("\ue5e5" * 8, []), ("\ue5e5\ue5e6" * 4, ["input.page_partial"])])
def test_leaders_of_a_font_are_no_words_that_are_lost(between: str, layer: list[str]) -> None:
    found = told(read(PdfPage().text(60, 700, f"{SENTENCE}{between}3")))
    assert [message for message, _ in found] == [*layer, "input.page_unmapped"]


def test_a_document_without_any_text_says_how_to_read_it() -> None:
    with pytest.raises(InputError) as caught:
        extractor.extract(pdf([picture_page(PdfPage(), 40, 60, 515, 740)] * 3), name="扫描.pdf")
    assert "narrative-extractor[ocr]" in str(caught.value)


def test_what_is_text_has_no_confidence() -> None:
    result = extractor.extract(pdf([text_page()]), name="示例.pdf")
    assert {page.source for page in result.pages} == {"text"}
    assert {claim.confidence for claim in result.claims} == {UNSET}


def glyphs(words: str, top: float = 100.0, skew: float = 0.0, width: float = 10.0) -> Glyphs:
    """Characters of 10 points beside one another, in boxes of a ``width``; those that cannot be read stand higher."""
    places = [(10.0 * at, top, 10.0 * at + width, top + 12.0) for at in range(len(words))]
    bases = [top + 9.2 if char == "\ufffd" else top + 10.0 for char in words]
    printed = tuple(Glyph(base, box, char, False) for base, box, char in zip(bases, places, words, strict=True))
    return Glyphs(printed, "", 0, Frame(0.0, 0.0, 595.0, 842.0, skew=skew))


@pytest.mark.parametrize(
    ("seen", "written", "expected"),
    [
        (glyphs("收入8.5万元"), glyphs("\ufffd\ufffd3.5\ufffd\ufffd"), "收入3.5万元"),
        (glyphs("收入8.5万元"), glyphs("3.5", top=300.0), "收入8.5万元3.5"),
        (glyphs("收入8.5万元"), glyphs("\ufffd\ufffd8\ufffd5\ufffd\ufffd", width=23.0), "收入8.5万元"),
        (glyphs("收入8.5万元", skew=1.0), glyphs("支出3.5万元"), "收入8.5万元"),
    ],
    ids=[
        "digits that are text",
        "elsewhere on the page",
        "boxes over the next character",
        "a page that had to be turned",
    ],
)
def test_what_is_text_takes_the_place_of_what_was_seen(seen: Glyphs, written: Glyphs, expected: str) -> None:
    found = put_written(Reading(seen, Rulings((), ()), {}), written).read.upright
    assert "".join(glyph.char for glyph in sorted(found)) == expected


def test_strokes_of_a_title_are_no_rulings_and_lines_of_a_table_are() -> None:
    title, cell = (100.0, 100.0, 700.0, 190.0), (100.0, 400.0, 300.0, 440.0)
    runs = Runs(level=[(120, 130, 200, 138)], upright=[(400, 110, 408, 180), (98, 300, 102, 600), (200, 380, 203, 450)])
    left = picture.drop_strokes(runs, [title, cell])
    assert left == Runs(level=[], upright=[(98, 300, 102, 600), (200, 380, 203, 450)])


def test_a_page_of_any_size_is_drawn_with_few_pixels() -> None:
    for width, height in ((595.0, 842.0), (14_400.0, 14_400.0), (0.0, 0.0), (1e9, 1.0)):
        scale = picture.choose_scale(width, height)
        assert width * height * scale**2 <= 1.001 * picture.MOST_PIXELS
        assert max(width, height) * scale <= picture.LONGEST_SIDE
        assert scale <= picture.RESOLUTION / 72


def test_without_the_models_nothing_is_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "NEEDED", ("no_such_library",))
    assert not engine.is_installed()
    monkeypatch.delenv("EXTRACT_OCR")
    document = read(text_page(), picture_page(PdfPage(), 40, 60, 515, 740))
    assert told(document) == [("input.page_without_text", "2")]
