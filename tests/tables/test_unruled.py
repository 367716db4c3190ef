"""Tables without lines: found where numbers stand below one another, and nowhere else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from drawn import document, tabulation, texts
from hypothesis import given, settings
from hypothesis import strategies as some
from pdfs import PdfPage, pdf

from extractor.documents import read

HEADS = ("项目", "2023年", "2024年")
BODY = (("发电量", "10.15", "7.88"), ("售电量", "10.07", "7.93"), ("装机容量", "36.18", "36.18"))
ROOT = Path(__file__).resolve().parents[2]
LEADER = "…" * 8


def page(rows: Sequence[Sequence[str]], top: float = 700, width: float = 120, size: float = 9) -> PdfPage:
    """A page with the rows, words to the left of their column and numbers to the right of it."""
    drawn = PdfPage()
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            x = 60 + column * width
            drawn.text(x + (width - 20 - size * len(text) if column else 0), top - 16 * at, text, size)
    return drawn


def test_rows_and_columns_of_a_table_without_lines() -> None:
    drawn = page([HEADS, *BODY]).text(60, 724, "表5：近年水电业务运营情况（单位：亿元）", 9)
    (table,) = tabulation(drawn).tables
    assert texts(table.rows) == [list(row) for row in (HEADS, *BODY)]
    assert (table.title, table.unit, table.header_rows) == ("近年水电业务运营情况", "亿元", 1)
    assert [cell.value for cell in table.rows[1]] == [None, "10.15", "7.88"]


def test_an_empty_cell_stays_empty_and_a_dash_a_dash() -> None:
    rows = [HEADS, ("发电量", "", "7.88"), *BODY, ("合计", "-", "51.99")]
    (table,) = tabulation(page(rows)).tables
    assert texts(table.rows) == [list(row) for row in rows]


def test_a_head_over_two_columns_is_one_cell() -> None:
    body = [(name, *numbers, *numbers) for name, *numbers in BODY]
    drawn = page([("项目", "金额", "增长率", "金额", "增长率"), *body], width=96)
    for at, year in enumerate(("2023年", "2024年")):
        drawn.text(235 + 192 * at, 716, year, 9)
    (table,) = tabulation(drawn).tables
    assert [(cell.text, cell.colspan) for cell in table.rows[0]] == [
        ("", 1), ("2023年", 2), ("", 0), ("2024年", 2), ("", 0),
    ]  # fmt: skip
    assert texts(table.rows[1:2]) == [["项目", "金额", "增长率", "金额", "增长率"]]


def test_heads_in_the_middle_of_their_columns_of_which_one_is_set_in_two_lines() -> None:
    rows = [
        ("电站", "10.15", "7.88", "667.31"),
        ("水厂", "10.07", "7.93", "94.07"),
        ("气站", "36.18", "36.18", "85.47"),
    ]
    drawn = PdfPage().text(71, 700, "名称", 9).text(150, 700, "产量", 9).text(280, 700, "一般公共预算收入", 9)
    drawn.text(195, 706, "人均产量", 9).text(195, 694, "（万元）", 9).text(400, 700, "政府性基金收入", 9)
    for at, (name, *numbers) in enumerate([(*row, "1,485.61") for row in rows]):
        drawn.text(60, 670 - 16 * at, name, 9)
        for right, number in zip((170, 230, 360, 480), numbers, strict=True):
            drawn.text(right - 4.5 * len(number), 670 - 16 * at, number, 9)
    (table,) = tabulation(drawn).tables
    assert texts(table.rows[-3:]) == [[*row, "1,485.61"] for row in rows]
    assert texts(table.rows[:-3]) == [["名称", "产量", "人均产量（万元）", "一般公共预算收入", "政府性基金收入"]]


def draw_heads(upper: dict[int, str], middle: dict[int, str], lower: dict[int, str]) -> PdfPage:
    """A table of five columns under heads in three lines that overlap, each in the middle of its place."""
    drawn = PdfPage()
    for y, heads in zip((706, 700, 694), (upper, middle, lower), strict=True):
        for x, head in heads.items():
            drawn.text(x - 4.5 * len(head), y, head, 9)
    for at, (name, *numbers) in enumerate(BODY):
        drawn.text(60, 670 - 16 * at, name, 9)
        for right, number in zip((190, 280, 370, 460), (*numbers, "94.07", "67.31"), strict=True):
            drawn.text(right - 4.5 * len(number), 670 - 16 * at, number, 9)
    return drawn


def test_heads_that_are_set_in_two_lines_around_the_others_are_one_row() -> None:
    drawn = draw_heads(
        {270: "人均产量（万", 360: "收入增"}, {80: "名称", 180: "产量", 450: "收入"}, {270: "元）", 360: "速"}
    )
    (table,) = tabulation(drawn).tables
    assert texts(table.rows[:-3]) == [["名称", "产量", "人均产量（万元）", "收入增速", "收入"]]
    assert table.header_rows == 1


def test_heads_of_two_levels_around_their_label_are_two_rows() -> None:
    parts = {180: "金额", 270: "增速", 360: "金额", 450: "增速"}
    (table,) = tabulation(draw_heads({225: "2023年", 405: "2024年"}, {80: "项目"}, parts)).tables
    assert texts(table.rows[:-3]) == [["", "2023年", "", "2024年", ""], ["项目", *parts.values()]]


@pytest.mark.parametrize(
    "rows",
    [
        [("发电量", "10.15", "7.88"), ("售电量", "10.07", "7.93")],
        [("发电量10.15亿千瓦时，", "比上年增长7.88个百分点。"), ("售电量10.07", "亿千瓦时。")] * 3,
        [(str(at), f"{name}{LEADER}", "12") for at, name in enumerate(("收入表", "支出表", "转移支付表"), start=1)],
        [("100%",), ("80%",), ("60%",), ("2020", "2021", "2022", "2023")],
    ],
    ids=["two rows", "narrative", "contents", "chart"],
)
def test_what_is_no_table(rows: Sequence[Sequence[str]]) -> None:
    assert tabulation(page(rows)).tables == ()


def test_a_number_that_shares_its_cell_with_words_is_no_table() -> None:
    rows = [("甲公司", "10.15", "7.88", "主要从事建设"), ("乙公司", "20.07", "7.93", "负责棚户区的改造和开发")] * 2
    drawn = page(rows, width=100).text(238, 652, "国资委", 9)
    assert tabulation(drawn).tables == ()


def test_columns_that_cannot_be_told_are_a_warning_with_the_page() -> None:
    drawn = page([HEADS, *BODY, *BODY], width=100).text(248, 652, "国资委员会", 9)
    assert tabulation(drawn).tables == ()
    (warning,) = document(PdfPage().text(60, 760, "第一部分", 9), drawn).warnings
    assert (warning.message, warning.facts["page"]) == ("input.table_not_parted", "2")


@pytest.mark.parametrize(("rows", "loaded"), [([HEADS, *BODY], "True"), ([HEADS, *BODY[:2]], "False")])
def test_the_finder_is_loaded_by_columns_of_numbers(rows: Sequence[Sequence[str]], loaded: str, tmp_path: Path) -> None:
    file = tmp_path / "page.pdf"
    file.write_bytes(pdf([page(rows)]))
    code = "import sys; from extractor.documents import read; read(sys.argv[1]); print('pdfplumber' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code, file], capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout.strip() == loaded


def test_every_character_of_the_page_is_in_the_text() -> None:
    document = read(pdf([page([HEADS, *BODY])]), "示例.pdf")
    assert document.text.split() == [cell for row in (HEADS, *BODY) for cell in row]


PIECES = some.sampled_from(["项目", "合计", "12.5", "1,203", "-", "3%", "全年完成。", "……7", "　"])
PLACED = some.tuples(some.integers(20, 400), some.integers(20, 700), PIECES)


@settings(max_examples=60, deadline=None)
@given(some.lists(PLACED, max_size=40))
def test_any_page_keeps_its_characters_and_its_tables_are_whole(placed: list[tuple[int, int, str]]) -> None:
    drawn = PdfPage().text(60, 760, "第一部分", 9)
    for x, y, piece in placed:
        drawn.text(x, y // 12 * 12, piece, 9)
    tabulation(drawn)
