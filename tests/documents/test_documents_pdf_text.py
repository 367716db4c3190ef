"""Text of PDF pages that is not simply there: hidden, doubled, pale, raised, or set wide."""

from __future__ import annotations

import pytest
from pdf_pages import read, told, write_lines
from pdfs import INVISIBLE, OFF, PdfPage, pdf

from extractor import documents

LINES = ("一、收入情况", "全年收入1236.50万元，增长5.6%。", "其中税收收入1000.00万元。")


def lines() -> PdfPage:
    return write_lines(LINES)


PLAIN = read(lines()).text

# ── what is not seen ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("shift", "size"), [(0, 12), (2, 10), (3, 9)])
def test_an_invisible_layer_that_repeats_the_page_is_read_once(shift: float, size: float) -> None:
    page = lines()
    for at, words in enumerate(LINES):
        page.text(72 + shift, 740 - 24 * at + shift, words, size, look=f"{INVISIBLE} 1 Tc")
    document = read(page)
    assert document.text == PLAIN
    assert not told(document)


def test_an_invisible_layer_over_a_picture_is_the_text_of_the_page() -> None:
    page = PdfPage()
    for step in range(40):
        page.fill(72 + 8 * step, 680, 76 + 8 * step, 755, 0.2)
    for at, words in enumerate(LINES):
        page.text(72, 740 - 24 * at, words, look=INVISIBLE)
    document = read(page)
    assert document.text == PLAIN
    assert not told(document)


@pytest.mark.parametrize("look", [INVISIBLE, "1 g", OFF, "0.98 0.99 1 rg"])
def test_what_no_reader_sees_is_left_out_and_told(look: str) -> None:
    document = read(lines().text(72, 400, "旧稿收入9999.99万元。", look=look))
    assert document.text == PLAIN
    assert told(document) == ["input.page_hidden"]
    assert document.warnings[0].facts["count"] == 14


def test_what_lies_outside_of_the_visible_page_is_left_out_and_told() -> None:
    page = lines().text(72, 60, "旧稿收入9999.99万元。").text(600, 500, "旧稿")
    page.crop = (0, 100, 595, 842)
    document = read(page)
    assert document.text == PLAIN
    assert document.warnings[0].facts["count"] == 16


@pytest.mark.parametrize("size", [5_000, 3e7])
def test_white_characters_larger_than_their_page_are_left_out_and_told_once(size: float) -> None:
    document = read(lines().text(-size / 2, -size / 3, "一二三", size, look="1 g"))
    assert document.text == PLAIN
    assert document.warnings[0].facts["count"] == 3


def test_white_words_on_a_dark_ground_are_text() -> None:
    document = read(lines().fill(60, 390, 300, 420, 0.2).text(72, 400, "项目支出12万元", look="1 g"))
    assert document.text == PLAIN + "\n项目支出12万元"
    assert not told(document)


def test_an_invisible_layer_over_an_empty_picture_says_nothing_that_is_seen() -> None:
    document = read(lines().fill(60, 390, 300, 420, 0.8).text(72, 400, "旧稿12万元", look=INVISIBLE))
    assert document.text == PLAIN
    assert told(document) == ["input.page_hidden"]


# ── what stands over the text ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("look", "size", "x"), [("0.8 g", 40, 100), ("0.7 g", 12, 77), ("1 0.7 0.7 rg", 24, 120)])
def test_a_pale_word_over_a_sentence_is_set_aside(look: str, size: float, x: float) -> None:
    document = read(lines().text(x, 714, "内部草稿", size, look=look))
    assert document.text == PLAIN
    assert document.furniture == ((1, "内部草稿"),)


@pytest.mark.parametrize("look", ["0.5 g", "0.7 g", "0 0 1 rg", "1 0 0 rg"])
def test_grey_and_coloured_text_that_stands_by_itself_is_text(look: str) -> None:
    document = read(lines().text(72, 600, "支出12万元。", look=look))
    assert document.text == PLAIN + "\n支出12万元。"


@pytest.mark.parametrize(
    ("x", "turn"),
    [(72, "1e9 0 0 1e9"), (1e30, "1e30 0 0 1e30"), (-6e5, "100000 0 0 1"), (72, "1 0 0 1e6"), (72, "1e-9 0 0 1e-9")],
)
def test_characters_of_absurd_size_change_nothing_else(x: float, turn: str) -> None:
    page = lines().text(x, 500, "宽12", 12, turn).line(-1e30, 100, 1e30, 100).line(1e38, -1e38, 1e38, 1e38)
    document = read(page.fill(-1e30, -1e30, 1e30, 1e30, 0.9))
    assert document.text == PLAIN
    assert document.boxes is not None
    assert all(0 <= edge <= 842 for box in document.boxes.of(0, len(PLAIN)) for edge in box)


# ── raised digits ────────────────────────────────────────────────────────────────────────────────────────


def raised(size: float, up: float, mark: str = "2") -> str:
    """A line of the words 总值, a mark, and 1356亿元, the mark so large and so far up (in sizes of the line)."""
    page = PdfPage().text(72, 700, "总值").text(96, 700 + 12 * up, mark, 12 * size)
    return read(page.text(96 + 12 * size * len(mark), 700, "1356亿元")).text


@pytest.mark.parametrize(("size", "up"), [(0.5, 0.5), (0.6, 0.33), (0.65, 0.2), (0.75, 0.3)])
def test_a_raised_digit_is_a_mark_and_never_of_a_number(size: float, up: float) -> None:
    assert raised(size, up) == "总值²1356亿元"
    assert raised(size, up, "12") == "总值¹²1356亿元"
    assert raised(size, up, "[3]") == "总值[3]1356亿元"


@pytest.mark.parametrize(("size", "up"), [(0.9, 0.3), (0.7, 0.0), (0.65, -0.2), (1.0, 0.2)])
def test_what_is_not_small_and_raised_is_a_digit(size: float, up: float) -> None:
    assert raised(size, up).replace(" ", "") == "总值21356亿元"


def test_small_print_beside_large_print_has_digits() -> None:
    page = PdfPage().text(72, 700, "统计公报", 24).text(168, 703, "（2024）", 12)
    assert read(page).text == "统计公报（2024）"
    assert read(PdfPage().text(72, 60, "注12：按2020年价格计算。", 7)).text == "注12：按2020年价格计算。"


def test_a_raised_digit_in_a_cell_stands_behind_its_number() -> None:
    page = PdfPage().box(90, 580, 390, 640).line(90, 610, 390, 610).line(240, 580, 240, 640)
    page.text(100, 620, "项目").text(250, 620, "预算数").text(100, 590, "收入").text(250, 590, "165")
    assert read(page.text(286, 594, "3", 7)).text == "项目\t预算数\n收入\t165³"


# ── numbers set wide ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("gap", [1, 2, 3, 5])
def test_a_number_of_a_letter_spaced_line_is_one(gap: float) -> None:
    assert read(PdfPage().text(72, 700, "全年支出12345.67万元，增长8.9%。", look=f"{gap} Tc")).text == (
        "全年支出12345.67万元，增长8.9%。"
    )


def test_numbers_that_only_stand_near_are_two() -> None:
    page = PdfPage().text(72, 700, "收支分别为").text(132, 700, "12").text(160, 700, "34").text(184, 700, "万元。")
    assert read(page).text == "收支分别为12 34万元。"


# ── beside the text ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("turn", ["0 1 -1 0", "0.7 0.7 -0.7 0.7"])
def test_a_label_at_the_edge_and_a_slanting_stamp_are_no_lost_text(turn: str) -> None:
    document = read(lines().text(400, 300, "2024年度报告", turn=turn))
    assert document.text == PLAIN
    assert not told(document)
    assert document.furniture == ((1, "2024年度报告"),)


def test_a_sentence_goes_on_over_the_page_where_few_lines_tell_the_margins() -> None:
    first = (
        PdfPage()
        .text(96, 122, "全市新建公办幼儿园十二所，新增学位三千六百个，改善办学条件三十")
        .text(72, 100, "二所，补充教师四百人；教育行动计划全面完成，平均每一个孩子受益覆盖")
    )
    assert read(first, PdfPage().text(72, 740, "率达91.3%。")).text.endswith("受益覆盖率达91.3%。")


def test_the_value_of_a_form_field_is_text_at_its_place() -> None:
    shown = pdf([lines()], field=PdfPage().text(2, 4, "填报数165万元"))
    document = documents.read(shown, "示例.pdf")
    assert document.text == PLAIN + "\n填报数165万元"
    start = document.text.index("165")
    assert document.boxes.of(start, start + 3)[0][1] == pytest.approx(842 - 504 - 12, abs=3)
