"""Pages written downwards, their columns from right to left."""

from __future__ import annotations

import pytest
from pdf_pages import read
from pdfs import PdfPage

COLUMNS = ("一、农业情况", "全县粮食总产量稳步增长，", "达到三十二万吨，比上年增长", "五成。其中水稻占六成。")
SIDE = "0 -1 1 0"


def draw(columns: tuple[str, ...] = COLUMNS, digits: str = "") -> PdfPage:
    """The columns from the right edge on, 24 apart; ``digits`` stand on their side at the end of the last one."""
    page = PdfPage()
    for at, column in enumerate(columns):
        for down, char in enumerate(column):
            page.text(500 - 24 * at, 700 - 14 * down, char)
    end = 712 - 14 * len(columns[-1])
    return page.text(502 - 24 * (len(columns) - 1), end, digits, 12, SIDE) if digits else page


def test_columns_are_read_down_and_from_right_to_left() -> None:
    document = read(draw())
    assert "".join(document.text.split()) == "".join(COLUMNS)
    (first,) = document.boxes.of(0, 1) if document.boxes else ()
    assert (round(first[0]), round(first[2])) == (500, 512)


def test_numbers_on_their_side_are_of_the_text() -> None:
    document = read(draw((*COLUMNS, "全年财政收入为"), "12.6"))
    assert document.text.endswith("全年财政收入为12.6")
    assert document.warnings == ()


@pytest.mark.parametrize("rows", [1, 6])
def test_lines_of_one_character_do_not_turn_a_page(rows: int) -> None:
    page = PdfPage().text(72, 700, "全县粮食总产量稳步增长，达到三十二万吨。")
    for at, char in enumerate("农林牧渔业林"[:rows]):
        page.text(72, 660 - 14 * at, char)
    assert read(page).text.splitlines()[0] == "全县粮食总产量稳步增长，达到三十二万吨。"
