"""Tables and sentences of PDF pages that stand at a right angle to the text beside them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from pdf_pages import read, told, write_lines
from pdfs import PdfPage, pdf

from extractor import documents

LINES = (
    "一、收入情况",
    "全年收入1236.50万元，增长5.6%，完成年初预算的百分之九十八。",
    "其中税收收入1000.00万元，比上年同期增长百分之四。",
    "其余收入236.50万元，主要是国有资源的有偿使用收入。",
)

TURNS = ("0 1 -1 0", "0 -1 1 0")
ROWS = (
    ("项目", "决算数", "预算数"),
    ("收入合计", "110.00", "98.50"),
    ("支出合计", "97.30", "98.00"),
    ("结余", "12.70", "0.50"),
)


def lines() -> PdfPage:
    return write_lines(LINES)


PLAIN = read(lines()).text


def turned(page: PdfPage, rows: Sequence[Sequence[str]], turn: str, is_ruled: bool) -> PdfPage:
    """Draw ``rows`` so that they are read from the side, upwards or downwards, each 20 points behind the one before."""
    down = 1 if turn == TURNS[0] else -1
    for row, column, words in (
        (row, column, words) for row, own in enumerate(rows) for column, words in enumerate(own)
    ):
        x, y = 300 + down * 20 * row, 350 + down * 90 * (column - 1)
        page.text(x + down * 14, y + down * 4, words, 9, turn=turn)
        if is_ruled:
            page.box(x, y, x + down * 20, y + down * 90)
    return page


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("is_ruled", [True, False])
def test_a_table_beside_upright_text_is_read(turn: str, is_ruled: bool) -> None:
    document = read(turned(lines(), ROWS, turn, is_ruled).text(72, 100, "以上数据未经审计。"), lines())
    assert document.text == "\n".join([PLAIN, *map("\t".join, ROWS), "以上数据未经审计。", PLAIN])
    assert not told(document)
    (grid,) = document.ruled
    at = document.text.index("110.00")
    assert grid.page == 1
    assert document.boxes
    assert grid.rows[1][1].box
    (left, high, right, low), (x0, top, x1, bottom) = grid.rows[1][1].box, document.boxes.of(at, at + 6)[0]
    assert left <= x0 < x1 <= right
    assert high <= top < bottom <= low
    assert bottom - top > x1 - x0


def test_sentences_beside_a_larger_table_are_read() -> None:
    rows = (*ROWS, *((f"项目{at}", f"{at}.50", f"{at}.25") for at in range(5)))
    document = read(turned(PdfPage(), rows, TURNS[0], True).text(72, 90, "以上数据未经审计，共9万元。"))
    assert document.text == "\n".join([*map("\t".join, rows), "以上数据未经审计，共9万元。"])


def test_numbers_that_stand_sideways_and_are_no_table_are_told() -> None:
    page = lines().text(300, 300, "项目 110.00 98.50 210.00", turn="0 1 -1 0")
    document = read(page)
    assert document.text == PLAIN
    assert told(document) == ["input.page_sideways"]


def test_what_stands_along_the_axes_of_charts_is_no_table() -> None:
    page = lines()
    for foot in (200, 350):
        for at in range(8):
            page.text(120 + 40 * at, foot - 30, f"{2015 + at}年", 9, turn=TURNS[0])
            page.line(100 + 40 * at, foot, 100 + 40 * at, foot + 80)
        for at in range(5):
            page.line(100, foot + 20 * at, 380, foot + 20 * at)
    document = read(page)
    assert document.text == PLAIN
    assert told(document) == ["input.page_sideways"]


def test_a_table_in_a_font_that_is_at_no_hand_is_read_whole_or_told() -> None:
    written = pdf([turned(lines(), ROWS, TURNS[0], True)])
    document = documents.read(
        written.replace(b"/FontFile2 4 0 R", b" " * 16).replace(b"AAAAAA+Box", b"AAAAAA+Bix"), "a.pdf"
    )
    rows = "\n".join(map("\t".join, ROWS))
    assert (rows in document.text) != (told(document) == ["input.page_sideways"])
    assert "110.00" not in document.text or rows in document.text
