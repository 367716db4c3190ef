from __future__ import annotations

import contextlib
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_pages import read
from pdfs import FONT, PdfPage, pdf

from extractor import documents
from extractor.documents.model import Document
from extractor.model import InputError


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def prose(top: float = 740, lines: int = 4) -> PdfPage:
    """A page set 30 characters wide with first-line indents of two characters."""
    page = PdfPage()
    for at in range(lines):
        indent = 24 if at == 0 else 0
        page.text(90 + indent, top - 20 * at, "甲" * (30 - indent // 12))
    return page.text(90, top - 20 * lines, "共计一百人。")


def test_soft_line_breaks_are_joined_and_a_number_stays_whole() -> None:
    page = prose().text(114, 640, "乙" * 25 + "12").text(90, 620, "34人，" + "丙" * 26).text(90, 600, "完。")
    document = read(page)
    assert texts(document)[1] == "乙" * 25 + "1234人，" + "丙" * 26 + "完。"
    start = document.text.index("1234")
    assert len(document.boxes.of(start, start + 4)) == 2


def test_a_heading_does_not_swallow_the_next_line() -> None:
    document = read(prose().text(114, 640, "二、机构设置").text(114, 620, "下属单位五家。"))
    assert texts(document)[1:] == ["二、机构设置", "下属单位五家。"]


def test_a_paragraph_goes_on_over_a_page_break() -> None:
    first = prose().text(114, 640, "丁" * 28)
    second = PdfPage().text(90, 760, "戊" * 30).text(90, 740, "己" * 30).text(90, 720, "庚" * 30).text(90, 700, "完。")
    document = read(first, second)
    assert texts(document)[1] == "丁" * 28 + "戊" * 30 + "己" * 30 + "庚" * 30 + "完。"
    assert document.page(document.text.index("丁戊")) == 1
    assert document.page(document.text.index("戊")) == 2
    assert [page.end for page in document.pages] == [document.pages[1].start, len(document.text)]


def test_running_headers_and_page_numbers_are_set_aside() -> None:
    pages = [prose().text(250, 810, "某某年度报告").text(290, 30, f"— {number} —") for number in (1, 2, 3)]
    document = read(*pages)
    assert "年度报告" not in document.text
    assert "—" not in document.text
    assert [line for page, line in document.furniture if page == 2] == ["某某年度报告", "— 2 —"]


def write_gazette(number: int, lines: int) -> PdfPage:
    """A page with a header that stands further in than in a margin, and so many lines of text below it."""
    page = PdfPage().text(220, 754, f"某某市人民政府公报 2026年第{number}期")
    for at in range(lines):
        page = page.text(90, 720 - 20 * at, "庚" * 30)
    return page


@pytest.mark.parametrize(("lines", "is_header"), [(10, True), (2, False)])
def test_a_header_further_in_is_set_aside_where_it_opens_pages_of_text(lines: int, is_header: bool) -> None:
    document = read(*(write_gazette(number, lines) for number in range(1, 7)))
    assert ("公报" not in document.text) is is_header


def test_a_running_header_is_known_on_a_page_of_another_size() -> None:
    pages = [prose().text(250, 810, "某某街道办事处决算") for _ in range(3)]
    wide = PdfPage(width=842, height=595).text(90, 400, "收入12万元").text(380, 572, "某某街道办事处决算")
    assert "决算" not in read(*pages, wide).text


def test_a_marker_in_words_keeps_its_space() -> None:
    page = (
        PdfPage()
        .text(90, 700, "第二部分")
        .text(141, 700, "2024年度决算情况")
        .text(90, 600, "收入")
        .text(117, 600, "2024年")
    )
    assert texts(read(page)) == ["第二部分 2024年度决算情况", "收入2024年"]


def test_a_page_of_characters_without_meaning_is_not_read() -> None:
    unmapped = FONT.replace(b"UniGB-UCS2-H", b"Identity-H").replace(b"/Ordering(GB1)", b"/Ordering(Identity)")
    with pytest.raises(InputError) as caught:
        documents.read(pdf([prose()]).replace(FONT, unmapped), "示例.pdf")
    assert caught.value.notice.message == "input.no_text_layer"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("全年收入16\ue123.5万元，支出1\ue1243万元。", ["input.page_partial", "input.page_unmapped"]),
        ("全年收入165万元，支出143万元，结余\ue12322万元，比上年增加。", ["input.page_unmapped"]),
    ],
)
def test_characters_without_meaning_are_marked_and_told(words: str, told: list[str]) -> None:
    document = read(PdfPage().text(60, 700, words))
    assert document.text == words.replace("\ue123", "\ufffd").replace("\ue124", "\ufffd")
    assert [notice.message for notice in document.warnings] == told


def test_bold_drawn_twice_counts_once() -> None:
    document = read(PdfPage().text(90, 700, "收入12万元").text(90.3, 700, "收入12万元"))
    assert document.text == "收入12万元"


def test_a_ruled_table_is_rows_with_tabs() -> None:
    page = PdfPage().text(90, 700, "收支情况如下。").box(90, 580, 390, 640)
    page.line(90, 610, 390, 610).line(240, 580, 240, 640)
    page.text(100, 620, "项目").text(250, 620, "预算数").text(100, 590, "收入").text(250, 590, "165")
    document = read(page.text(90, 540, "表后文字。"))
    assert [(paragraph.kind, paragraph.text) for paragraph in document.paragraphs] == [
        ("body", "收支情况如下。"),
        ("row", "项目\t预算数"),
        ("row", "收入\t165"),
        ("body", "表后文字。"),
    ]


def test_a_frame_and_an_underline_are_no_table() -> None:
    page = prose().box(50, 50, 545, 800).line(90, 600, 450, 600)
    assert {paragraph.kind for paragraph in read(page).paragraphs} == {"body"}


@pytest.mark.parametrize(
    ("rotate", "box"),
    [
        (0, (100.0, 131.44, 124.0, 143.44)),
        (90, (698.56 - 0.0, 100.0, 710.56, 124.0)),
        (180, (471.0, 698.56, 495.0, 710.56)),
        (270, (131.44, 471.0, 143.44, 495.0)),
    ],
)
def test_boxes_are_those_of_the_page_as_displayed(rotate: int, box: tuple[float, ...]) -> None:
    document = read(PdfPage(rotate=rotate).text(100, 700, "收入"))
    (found,) = document.boxes.of(0, 2)
    assert found == pytest.approx(box, abs=1.0)
    assert (document.pages[0].width, document.pages[0].height) == ((842, 595) if rotate % 180 else (595, 842))


def test_a_page_drawn_sideways_reads_like_an_upright_one() -> None:
    page = PdfPage()
    for at, words in enumerate(("收入合计", "支出合计")):
        page.text(200 + 20 * at, 100, words, turn="0 1 -1 0")
    document = read(page)
    assert texts(document) == ["收入合计", "支出合计"]
    (box,) = document.boxes.of(0, 4)
    assert box[3] - box[1] == pytest.approx(48, abs=1)


def test_a_page_of_images_among_text_is_a_warning() -> None:
    document = read(prose(), PdfPage().image())
    assert [notice.message for notice in document.warnings] == ["input.page_without_text"]
    assert document.pages[1].start == document.pages[1].end == len(document.text)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (pdf([PdfPage().image()]), "input.no_text_layer"),
        (pdf([PdfPage(), PdfPage()]), "input.blank"),
        (pdf([PdfPage().text(90, 700, "收入")], encrypt=True), "input.encrypted"),
        (b"%PDF-1.7\nnothing of a PDF follows", "input.damaged"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as caught:
        documents.read(data, "示例.pdf")
    assert caught.value.notice.message == message


SOUND = pdf([prose(), PdfPage(rotate=90).text(100, 700, "收入165万元").box(90, 580, 390, 640)])


@given(
    st.integers(0, len(SOUND)),
    st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), max_size=12),
)
@settings(max_examples=150, deadline=None)
def test_damaged_files_are_read_or_refused(length: int, flips: list[tuple[int, int]]) -> None:
    data = bytearray(SOUND)
    for at, value in flips:
        data[at] = value
    damaged = b"%PDF-" + bytes(data[5 : max(length, 5)])
    document = None
    with contextlib.suppress(InputError):
        document = documents.read(damaged, "示例.pdf")
    if document is not None:
        assert all(document.text[p.start : p.end] == p.text for p in document.paragraphs)


def test_a_title_over_two_centred_lines_stays_two() -> None:
    page = prose().text(200, 600, "某某市某某局概况", 24).text(212, 560, "年度部门决算", 24)
    assert texts(read(page))[1:] == ["某某市某某局概况", "年度部门决算"]


def test_a_number_that_did_not_fit_is_joined() -> None:
    page = prose().text(114, 640, "辛" * 25).text(90, 620, "180.00万元，壬。")
    assert texts(read(page))[1] == "辛" * 25 + "180.00万元，壬。"


def test_threads_read_side_by_side() -> None:
    code = (
        "import sys, extractor; from concurrent.futures import ThreadPoolExecutor\n"
        "with ThreadPoolExecutor(3) as pool: found = list(pool.map(extractor.extract, [sys.argv[1]] * 6))\n"
        "print(len(found), all(one == found[0] for one in found))"
    )
    report = Path(__file__).resolve().parents[2] / "corpus/reports/liulin_final_accounts_2024.pdf"
    run = subprocess.run([sys.executable, "-c", code, str(report)], capture_output=True, text=True, check=False)
    assert run.stdout.split() == ["6", "True"], run.stderr[-500:]
