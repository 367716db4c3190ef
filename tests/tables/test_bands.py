"""Rows of a table that no line parts: read by their baselines, by the joints of lines, or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from drawn import tabulation, texts
from hypothesis import given, settings
from hypothesis import strategies as some
from pdfs import PdfPage

LEFT, WIDTH, TOP = 60.0, 100.0, 700.0
Bands = Sequence[Sequence[str]]


def page(bands: Bands, width: float = WIDTH, size: float = 10, pitch: float = 14) -> PdfPage:
    """A page with lines between bands and columns; a cell's lines are parted by ``/`` and set below one another.

    A line of a cell that is empty takes its place too.
    """
    drawn = PdfPage()
    y = TOP
    for cells in bands:
        height = pitch * max(cell.count("/") + 1 for cell in cells) + 6
        drawn.line(LEFT, y, LEFT + width * len(cells), y)
        for column, cell in enumerate(cells):
            x = LEFT + column * width
            drawn.line(x, y, x, y - height)
            lines = cell.split("/")
            top = y - (height - pitch * len(lines)) / 2
            for at, line in enumerate(lines):
                drawn.text(x + 4, top - pitch * (at + 1) + 4, line, size)
        drawn.line(LEFT + width * len(cells), y, LEFT + width * len(cells), y - height)
        y -= height
    return drawn.line(LEFT, y, LEFT + width * len(bands[0]), y)


def rows(bands: Bands, width: float = WIDTH) -> list[list[str]]:
    (table,) = tabulation(page(bands, width)).tables
    return texts(table.rows)


HEAD = ("项目", "预算数", "决算数")


def test_numbers_on_shared_baselines_are_rows() -> None:
    assert rows([HEAD, ("教育支出/卫生支出/合计", "612.40/230.00/842.40", "598.10/226.75/824.85")]) == [
        list(HEAD),
        ["教育支出", "612.40", "598.10"],
        ["卫生支出", "230.00", "226.75"],
        ["合计", "842.40", "824.85"],
    ]


def test_an_empty_line_of_a_cell_is_an_empty_cell() -> None:
    bands = [HEAD, ("教育支出/卫生支出/合计", "612.40//842.40", "598.10/226.75/824.85")]
    assert [row[1] for row in rows(bands)] == ["预算数", "612.40", "", "842.40"]


def test_one_column_of_numbers_with_a_label_for_each() -> None:
    assert rows([("项目", "决算数"), ("基本支出/项目支出", "100/200"), ("其他支出", "35")]) == [
        ["项目", "决算数"], ["基本支出", "100"], ["项目支出", "200"], ["其他支出", "35"],
    ]  # fmt: skip


def test_a_label_over_two_lines_stands_beside_the_middle_of_its_number() -> None:
    body = ("社会保障和就业方面的/支出/卫生支出/住房保障支出", "598.10/226.75/100.00", "1.00/2.00/3.00")
    found = rows([HEAD, body], 105)
    assert [row[1:] for row in found[1:] if row[1]] == [["598.10", "1.00"], ["226.75", "2.00"], ["100.00", "3.00"]]


def test_blocks_around_a_baseline_stand_in_its_row_though_it_is_a_hair_off() -> None:
    drawn = page([("项目名称", "领域", "债券", "期限"), ("/////", "", "", "")], WIDTH, 10, 14)
    for y, name, field, value in (
        (664, "校舍", "教育", "34.5"),
        (637, "", "水利", "27.0"),
        (611, "仓库", "粮食", "9.5"),
    ):
        drawn.text(64, y, name, 10).text(164, y + 0.1, field, 10).text(264, y, value, 10)
        drawn.text(364, y, "20年" if name else "", 10)
    for y, name, term in ((643, "从化区农村供水改造", "20年、20年"), (631, "提升项目", "、20年")):
        drawn.text(64, y, name, 10).text(364, y, term, 10)
    (table,) = tabulation(drawn).tables
    assert texts(table.rows)[1:] == [
        ["校舍", "教育", "34.5", "20年"],
        ["从化区农村供水改造提升项目", "水利", "27.0", "20年、20年、20年"],
        ["仓库", "粮食", "9.5", "20年"],
    ]


def test_a_full_line_goes_on_in_the_next_one() -> None:
    drawn = page([("项目", "决算数", "增长"), ("社会保障和就业方面/支出/卫生支出", "598.10//226.75", "0.1//0.2")])
    (table,) = tabulation(drawn).tables
    assert texts(table.rows)[1:] == [["社会保障和就业方面支出", "598.10", "0.1"], ["卫生支出", "226.75", "0.2"]]


def test_a_short_line_without_numbers_is_a_row_of_its_own() -> None:
    drawn = page([("项目", "决算数", "增长"), ("教育支出/其中：/卫生支出", "598.10//226.75", "0.1//0.2")])
    (table,) = tabulation(drawn).tables
    assert texts(table.rows)[2] == ["其中：", "", ""]


def test_heads_in_the_same_band_are_a_row() -> None:
    found = rows([("名称/甲公司/乙公司", "资产/4.5/6.5", "负债/1.5/2.5"), ("合计", "11.0", "4.0")])
    assert found == [
        ["名称", "资产", "负债"],
        ["甲公司", "4.5", "1.5"],
        ["乙公司", "6.5", "2.5"],
        ["合计", "11.0", "4.0"],
    ]


def test_a_word_beside_several_rows_is_a_cell_over_them() -> None:
    drawn = page([("部门", "类别", "金额"), ("教育局", "基本/项目", "100.5/200.5"), ("合计", "", "301.0")])
    (table,) = tabulation(drawn).tables
    assert [(cell.text, cell.rowspan) for cell in (row[0] for row in table.rows)] == [
        ("部门", 1), ("教育局", 2), ("", 0), ("合计", 1),
    ]  # fmt: skip
    assert [row[2].value for row in table.rows] == [None, "100.5", "200.5", "301.0"]


def test_numbers_that_share_a_cell_with_one_label_have_no_value() -> None:
    found = tabulation(page([HEAD, ("项目支出", "100/200", "35"), ("其他支出", "1", "2")]))
    (table,) = found.tables
    assert [(cell.text, cell.value) for cell in table.rows[1]] == [("项目支出", None), ("100 200", None), ("35", "35")]
    assert [notice.message for notice in found.warnings] == ["tables.not_a_number"]
    assert found.warnings[0].facts["page"] == 1


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        ("12,345,6/78.90", "12345678.90"),
        ("12,345,/678.90", "12345678.90"),
        ("644,25/6,778./19", "644256778.19"),
        ("66,172/,434.0/2", "66172434.02"),
        ("-1,234,5/67", "-1234567"),
    ],
)
def test_a_number_that_breaks_off_goes_on_in_the_next_line(lines: str, value: str) -> None:
    (table,) = tabulation(page([("项目", "年末数"), ("固定资产", lines), ("库存物资", "1,310.50")], 110)).tables
    assert [row[1].value for row in table.rows] == [None, value, "1310.50"]


def test_a_cell_that_is_full_of_a_number_holds_one() -> None:
    bands = [("项目", "比例", "增长"), ("合/计", "100.0/0", "9.70"), ("其他", "8.37", "1.25")]
    (table,) = tabulation(page(bands, 62)).tables
    assert [row[1].value for row in table.rows] == [None, "100.00", "8.37"]


def joined(labels: Sequence[float]) -> PdfPage:
    """A table of two rows whose lines between the columns are drawn row by row; the labels stand at these heights."""
    drawn = PdfPage()
    for y in (700, 680, 600):
        drawn.line(LEFT, y, LEFT + 3 * WIDTH, y)
    for column in range(4):
        for top, bottom in ((700, 680), (680, 640), (640, 600)):
            drawn.line(LEFT + column * WIDTH, top, LEFT + column * WIDTH, bottom)
    for at, head in enumerate(HEAD):
        drawn.text(LEFT + at * WIDTH + 4, 686, head, 10)
    for y, label in zip(labels, ("医疗保障", "就业支出"), strict=True):
        drawn.text(LEFT + 4, y, label, 10)
    for y, (one, two) in zip((654, 616), (("1.5", "2.5"), ("3.5", "4.5")), strict=True):
        drawn.text(LEFT + WIDTH + 4, y, one, 10).text(LEFT + 2 * WIDTH + 4, y + 5, two, 10)
    return drawn


def test_joints_of_lines_between_columns_part_rows() -> None:
    (table,) = tabulation(joined((664, 626))).tables
    assert texts(table.rows)[1:] == [["医疗保障", "1.5", "2.5"], ["就业支出", "3.5", "4.5"]]


def test_a_label_over_a_joint_is_a_cell_over_both_rows() -> None:
    (table,) = tabulation(joined((664, 636))).tables
    assert [row[2].value for row in table.rows[1:]] == ["2.5", "4.5"]


NUMBERS = some.sampled_from(["12.5", "1,203.00", "-", "-3.2", "100.0%", "7", "12,345,6", "78.90", ""])
WORDS = some.sampled_from(["教育支出", "其中：", "社会保障和就业支出方面", "合计", ""])
CELLS = some.one_of(some.lists(NUMBERS, min_size=1, max_size=5), some.lists(WORDS, min_size=1, max_size=5))
BANDS = some.lists(some.tuples(CELLS, CELLS, CELLS), min_size=2, max_size=4)


@settings(max_examples=80, deadline=None)
@given(BANDS, some.sampled_from([45.0, 100.0]))
def test_no_character_of_a_table_is_lost_or_doubled_and_no_number_is_cut(bands: Bands, width: float) -> None:
    drawn = page([["/".join(cell) for cell in band] for band in bands], width)
    printed = [line for band in bands for cell in band for line in cell]
    found = tabulation(drawn).tables
    cells = [cell.text for table in found for row in table.rows for cell in row]
    if found and width > 45:
        assert Counter("".join(cells).replace(" ", "")) <= Counter("".join(printed))
        whole = Counter(line for line in printed if line and line[0].isascii())
        assert Counter(piece for cell in cells for piece in cell.split() if piece in whole) <= whole
