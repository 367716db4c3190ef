"""Tables of which only the lines between the rows are drawn, or only those between the columns."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from drawn import tabulation, texts
from pdfs import PdfPage

LEFT, WIDTH, TOP, ROW = 60.0, 120.0, 700.0, 20.0
HEAD = ("项目", "预算数", "决算数")
BODY = (("教育支出", "612.40", "598.10"), ("卫生支出", "230.00", "226.75"))
Rows = Sequence[Sequence[str]]


def page(rows: Rows, level: Sequence[int] = (), upright: Sequence[int] = (), top: float = TOP) -> PdfPage:
    """A page with the rows; ``level`` are the rows above which a line is drawn, ``upright`` the columns left of one.

    Words stand to the left of their column and numbers to the right of it.
    """
    drawn = PdfPage().text(60, 760, "第一部分", 9)
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            shift = WIDTH - 12 - 9 * len(text) if text[:1].isdecimal() else 4
            drawn.text(LEFT + column * WIDTH + shift, top - ROW * (at + 1) + 6, text, 9)
    for at in level:
        drawn.line(LEFT, top - ROW * at, LEFT + WIDTH * len(rows[0]), top - ROW * at)
    for column in upright:
        drawn.line(LEFT + column * WIDTH, top, LEFT + column * WIDTH, top - ROW * len(rows))
    return drawn


def cells(drawn: PdfPage) -> list[list[list[str]]]:
    return [texts(table.rows) for table in tabulation(drawn).tables]


@pytest.mark.parametrize("level", [(0, 1, 2, 3), (0, 1, 3)], ids=["each row", "head and foot"])
def test_lines_between_rows_alone(level: Sequence[int]) -> None:
    assert cells(page([HEAD, *BODY], level=level)) == [[list(row) for row in (HEAD, *BODY)]]


def test_one_column_of_numbers_between_lines() -> None:
    rows = [row[:2] for row in (HEAD, *BODY)]
    assert cells(page(rows, level=(0, 1, 2, 3))) == [[list(row) for row in rows]]


def test_a_label_over_two_lines_between_lines_is_one_row() -> None:
    drawn = page([HEAD, ("", "598.10", "1.00"), BODY[1]], level=(0, 1, 2, 3))
    drawn.text(LEFT + 4, TOP - ROW - 9, "社会保障和", 8).text(LEFT + 4, TOP - ROW - 18, "就业支出", 8)
    assert cells(drawn)[0][1] == ["社会保障和就业支出", "598.10", "1.00"]


def test_the_title_between_two_tables_is_in_none() -> None:
    drawn = page([HEAD, *BODY], level=(0, 1, 2, 3)).text(LEFT, TOP - 76, "表2 其他情况", 9)
    lower = page([HEAD, *BODY], level=(0, 1, 2, 3), top=TOP - 80)
    drawn.content += lower.content[1:]
    assert cells(drawn) == [[list(row) for row in (HEAD, *BODY)]] * 2


@pytest.mark.parametrize(
    "lines",
    [
        ["全年发放补助12.5万元，", "比上年增长3.2%。", "其中城镇5.5万元。"],
        ["第1页", "第2页", "第3页"],
    ],
    ids=["narrative", "words"],
)
def test_what_stands_between_lines_and_is_no_table(lines: Sequence[str]) -> None:
    assert cells(page([(line, "") for line in lines], level=(0, 1, 2, 3))) == []


def test_lines_between_columns_alone() -> None:
    assert cells(page([HEAD, *BODY], upright=(1, 2))) == [[list(row) for row in (HEAD, *BODY)]]
    assert cells(page([HEAD, *BODY], upright=(0, 1, 2, 3))) == [[list(row) for row in (HEAD, *BODY)]]


def test_lines_between_columns_of_words_are_no_table() -> None:
    assert cells(page([("甲方", "乙方", "丙方"), ("盖章", "盖章", "盖章")], upright=(1, 2))) == []
