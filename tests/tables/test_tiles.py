"""Tables whose cells are filled rectangles without lines."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from drawn import document, tabulation, texts
from pdfs import PdfPage

ROWS = (("项目", "预算数", "决算数"), ("基本支出", "100.5", "98"), ("项目支出", "", "35"))


def page(
    rows: Sequence[Sequence[str]], gap: float = 1, width: float = 90, left_out: tuple[int, int] = (-1, -1)
) -> PdfPage:
    """The rows on filled rectangles, each second one darker, with white between them."""
    drawn = PdfPage()
    for at, row in enumerate(rows):
        for column, words in enumerate(row):
            x, y = 60 + width * column, 700 - 20 * at
            if (at, column) != left_out:
                drawn.fill(x, y, x + width - gap, y + 20 - gap, 0.85 if at % 2 else 0.95)
            drawn.text(x + 4, y + 6, words, 9)
    return drawn


@pytest.mark.parametrize("gap", [0, 1, 2])
def test_filled_rectangles_side_by_side_are_cells(gap: float) -> None:
    (table,) = tabulation(page(ROWS, gap)).tables
    assert texts(table.rows) == [list(row) for row in ROWS]
    assert [cell.value for cell in table.rows[2]] == [None, None, "35"]


def test_a_rectangle_over_two_columns_is_one_cell() -> None:
    drawn = page(ROWS).fill(60, 720, 149, 739, 0.7).fill(150, 720, 329, 739, 0.7).text(154, 726, "全市合计数额", 9)
    (table,) = tabulation(drawn).tables
    assert [cell.colspan for cell in table.rows[0]] == [1, 2, 0]


def test_a_table_with_lines_stays_as_the_lines_have_it() -> None:
    drawn = page((("项目", "数额", "比重"), ("收入", "1", "2")), 0)
    for at in range(3):
        drawn.line(60, 680 + 20 * at, 330, 680 + 20 * at)
    for x in (60, 150, 330):
        drawn.line(x, 680, x, 720)
    (table,) = document(drawn).ruled
    assert [len(row) for row in table.rows] == [2, 2]


@pytest.mark.parametrize(
    "drawn",
    [
        page([(words,) for words in ("标题", "甲", "乙", "丙")]),
        page((("甲", "乙"), ("丙", "丁"))),
        page([ROWS[0]] * 2),
        page(ROWS, 8),
        page(ROWS, left_out=(1, 1)),
        PdfPage().fill(60, 500, 400, 720, 0.9).text(72, 700, "第一部分", 9).text(72, 660, "第二部分", 9),
    ],
    ids=["one column", "two over two", "heads alone", "apart", "a gap in the tiles", "paper behind a text"],
)
def test_what_is_no_table(drawn: PdfPage) -> None:
    assert document(drawn).ruled == ()
