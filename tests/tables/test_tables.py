from __future__ import annotations

import pytest
from drawn import document, table, tabulation, texts
from pdfs import PdfPage

from extractor import extract
from extractor.messages import render
from extractor.model import Table

HEADER = (("项目", "<", "本年支出合计", "基本支出", "项目支出"), ("科目编码", "科目名称", "^", "^", "^"))
BODY = (
    ("201", "一般公共服务支出", "985.23", "861.24", "123.99"),
    ("20103", "政府办公厅事务", "947.59", "861.24", "86.35"),
    ("20105", "统计信息事务", "9.84", "", "9.84"),
)


def one(*pages: PdfPage) -> Table:
    (found,) = tabulation(*pages).tables
    return found


def captioned(*lines: str) -> PdfPage:
    """A page with these lines above the place of a table."""
    page = PdfPage()
    for at, line in enumerate(reversed(lines)):
        page.text(60, 712 + 20 * at, line)
    return page


def values(found: Table) -> list[list[str | None]]:
    return [[cell.value for cell in row] for row in found.rows[found.header_rows :]]


def units(found: Table) -> list[list[str | None]]:
    return [[cell.unit for cell in row] for row in found.rows[found.header_rows :]]


# ── the grid ─────────────────────────────────────────────────────────────────────────────────────────────


def test_merged_cells_stand_in_their_first_place() -> None:
    (grid,) = document(table(PdfPage(), (*HEADER, *BODY))).ruled
    spans = [[(cell.rowspan, cell.colspan) for cell in row] for row in grid.rows[:2]]
    assert spans == [[(1, 2), (0, 0), (2, 1), (2, 1), (2, 1)], [(1, 1), (1, 1), (0, 0), (0, 0), (0, 0)]]
    assert grid.rows[0][2].box == pytest.approx((240, 142, 330, 182), abs=1.5)


def test_an_empty_cell_is_an_empty_stretch_between_its_tabs() -> None:
    read = document(table(PdfPage(), BODY))
    cell = read.ruled[0].rows[2][3]
    assert cell.start == cell.end
    assert read.text[cell.start - 1 : cell.end + 1] == "\t\t"


def test_rows_and_columns_without_any_text_are_left_out() -> None:
    (grid,) = document(table(PdfPage(), (BODY[0], ("",) * 5, BODY[1]))).ruled
    assert len(grid.rows) == 2
    page = table(PdfPage(), (("收入", "<", "100"), ("支出", "<", "90")))
    assert [len(row) for row in document(page).ruled[0].rows] == [2, 2]


def test_a_table_drawn_sideways_has_its_boxes_on_the_page_as_displayed() -> None:
    upright, turned = PdfPage(), PdfPage(width=842, height=595, rotate=90)
    (one_,), (two,) = document(table(upright, BODY)).ruled, document(table(turned, BODY, top=500)).ruled
    assert [len(row) for row in two.rows] == [len(row) for row in one_.rows]
    first = two.rows[0][0].box
    assert first[3] - first[1] == pytest.approx(90, abs=1.5)


# ── titles, units, headers ───────────────────────────────────────────────────────────────────────────────


def test_title_unit_kind_and_header() -> None:
    found = one(table(captioned("支出决算表", "编制部门：某局 单位：万元"), (*HEADER, *BODY)))
    assert (found.id, found.title, found.kind, found.unit) == ("t1", "支出决算表", "支出表", "万元")
    assert (found.page, found.header_rows) == (1, 2)
    assert values(found)[2] == [None, None, "9.84", None, "9.84"]
    assert {unit for row in units(found) for unit in row} == {None, "万元"}


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("二、支出决算表",), "支出决算表"),
        (("表2 支出决算表", "（2024年度）", "公开03表"), "支出决算表"),
        (("支出决算表", "（按功能分类科目）"), "支出决算表（按功能分类科目）"),
        (("支出决算表 单位：万元",), "支出决算表"),
        (("具体情况如下：",), None),
        (("全年支出985.23万元。",), None),
        ((), None),
    ],
)
def test_titles_stand_directly_above(lines: tuple[str, ...], title: str | None) -> None:
    assert one(table(captioned(*lines), (*HEADER, *BODY))).title == title


def test_a_title_and_a_unit_inside_the_grid_are_no_rows() -> None:
    inside = (("支出决算表", "<", "<", "<", "<"), ("部门：某局", "<", "<", "单位：万元", "<"))
    found = one(table(PdfPage(), (*inside, *HEADER, *BODY)))
    assert (found.title, found.unit, found.header_rows, len(found.rows)) == ("支出决算表", "万元", 2, 5)


def test_a_statement_above_is_the_title_though_a_row_looks_like_one() -> None:
    page = captioned("财政拨款“三公”经费支出决算表", "单位：万元")
    found = one(table(page, (("“三公”经费", "<", "<"), ("合计", "公务接待费", "公务用车"), ("2", "1", "1"))))
    assert (found.title, found.unit) == ("财政拨款“三公”经费支出决算表", "万元")


def test_the_row_that_numbers_the_columns_is_header() -> None:
    rows = (("项目", "行次", "决算数"), ("栏次", "", "1"), ("一、财政拨款收入", "1", "500.00"), ("合计", "2", "500.00"))
    found = one(table(PdfPage(), rows))
    assert found.header_rows == 2
    assert values(found) == [[None, None, "500.00"], [None, None, "500.00"]]


def test_a_form_has_no_header() -> None:
    rows = (
        ("项目名称", "保洁", "<", "<"),
        ("预算执行（万元）", "预算数", "326.00", "<"),
        ("^", "执行数", "318.62", "<"),
    )
    found = one(table(PdfPage(), rows))
    assert found.header_rows == 0
    assert [row[2].unit for row in found.rows] == [None, "万元", "万元"]


def test_columns_and_rows_have_units_of_their_own() -> None:
    rows = (
        ("项目", "面积（平方米）", "占比(%)", "人数", "金额"),
        ("办公用房", "1,980", "45.8", "63", "120.50"),
        ("车辆（辆）", "", "", "", "3"),
    )
    found = one(table(captioned("资产表", "单位：万元"), rows))
    assert units(found) == [[None, "平方米", "%", None, "万元"], [None, None, None, None, "辆"]]


def test_a_column_of_units_and_cells_with_units() -> None:
    rows = (("指标", "计量单位", "2023年", "2024年"), ("绿地", "公顷", "18", "20"), ("覆盖率", "%", "40", "45%"))
    found = one(table(captioned("统计表", "单位：万元"), rows))
    assert units(found) == [[None, None, "公顷", "公顷"], [None, None, "%", "%"]]


def test_two_statements_side_by_side_keep_their_units_apart() -> None:
    rows = (("项目", "决算数", "项目", "决算数"), ("车辆（辆）", "3", "行政经费", "118.64"))
    assert units(one(table(captioned("单位：万元"), rows))) == [[None, "辆", None, "万元"]]


# ── several tables, several pages ────────────────────────────────────────────────────────────────────────


def test_several_tables_of_a_page_and_notes_under_them() -> None:
    page = table(captioned("收入表", "单位：万元"), BODY)
    page.text(60, 600, "注：本表反映收入。").text(60, 560, "支出表").text(60, 540, "单位：元")
    table(page, BODY, top=520)
    first, second = tabulation(page).tables
    assert [(one_.title, one_.unit) for one_ in (first, second)] == [("收入表", "万元"), ("支出表", "元")]
    assert len(first.rows) == len(second.rows) == 3


@pytest.mark.parametrize("repeated", [True, False], ids=["header repeated", "no header"])
def test_a_table_goes_on_over_the_page_break(repeated: bool) -> None:
    first = table(captioned("支出决算表", "单位：万元"), (*HEADER, *BODY))
    second = table(PdfPage(), (*(HEADER if repeated else ()), *BODY))
    found = one(first, second)
    assert texts(found.rows) == texts([*found.rows[:5], *found.rows[2:5]])
    assert found.header_rows == 2


def test_a_title_that_is_repeated_does_not_part_a_table() -> None:
    first = table(captioned("支出决算表", "单位：万元"), (*HEADER, *BODY))
    second = table(captioned("支出决算表（续）", "单位：万元"), (*HEADER, *BODY))
    assert len(one(first, second).rows) == 8


def test_a_table_goes_on_over_pages_with_other_margins() -> None:
    first = table(captioned("支出决算表", "单位：万元"), (*HEADER, *BODY))
    assert len(one(first, table(captioned("支出决算表", "单位：万元"), (*HEADER, *BODY), left=70)).rows) == 8


def test_a_table_goes_on_under_its_header_though_each_page_fits_its_columns() -> None:
    first = table(captioned("支出决算表", "单位：万元"), (*HEADER, *BODY))
    assert len(one(first, table(PdfPage(), (*HEADER, *BODY), width=80)).rows) == 8
    assert len(tabulation(first, table(PdfPage(), BODY, width=80)).tables) == 2
    assert len(tabulation(first, table(captioned("收入决算表"), (*HEADER, *BODY), width=80)).tables) == 2
    assert len(tabulation(first, table(captioned("单位：万元"), (*HEADER, *BODY), width=80)).tables) == 2


def test_another_title_another_header_or_other_columns_are_another_table() -> None:
    first = table(captioned("支出决算表", "单位：万元"), (*HEADER, *BODY))
    other = (("项目", "金额", "数量", "占比", "备注"), ("甲", "1", "2", "3", ""))
    assert len(tabulation(first, table(captioned("收入决算表"), (*HEADER, *BODY))).tables) == 2
    assert len(tabulation(first, table(PdfPage(), other)).tables) == 2
    assert len(tabulation(first, table(PdfPage(), BODY, left=80)).tables) == 2
    assert len(tabulation(first, PdfPage().text(90, 700, "空白页"), table(PdfPage(), BODY)).tables) == 2


def test_a_part_with_fewer_columns_keeps_the_columns_of_its_table() -> None:
    second = table(PdfPage(), (("合计", "<", "10", "5", "5"),))
    found = one(table(PdfPage(), (*HEADER, *BODY)), second)
    assert [(cell.text, cell.rowspan, cell.colspan) for cell in found.rows[-1][:3]] == [
        ("合计", 1, 2),
        ("", 0, 0),
        ("10", 1, 1),
    ]


def test_a_row_that_a_page_break_parts_is_left_in_two() -> None:
    first = table(PdfPage(), (("项目", "内容", "金额"), ("社区治理", "建设议事厅，", "12.00")))
    found = one(first, table(PdfPage(), (("", "改造活动室", ""), ("养老服务", "助餐", "8.00"))))
    assert texts(found.rows)[2] == ["", "改造活动室", ""]


# ── what could not be read ───────────────────────────────────────────────────────────────────────────────


def test_a_malformed_number_is_told_with_its_page_and_table() -> None:
    found = tabulation(table(captioned("支出决算表"), (*HEADER, ("201", "一般公共服务支出", "1,23.4", "2", "3"))))
    assert found.tables[0].rows[2][2].value is None
    assert [render(notice) for notice in found.warnings] == [
        "示例.pdf：第 1 页表格“支出决算表”中的“1,23.4”不是规范的数字，未作为数值读取。"
    ]


def test_many_malformed_numbers_are_counted() -> None:
    found = tabulation(table(PdfPage(), (("项目", "金额"), *(("甲", "12.3.4"),) * 14)))
    assert [notice.message for notice in found.warnings] == ["tables.not_a_number"] * 10 + ["tables.more_not_numbers"]
    assert found.warnings[-1].facts["count"] == 4


def test_a_table_with_missing_lines_is_left_out_with_a_warning() -> None:
    page = PdfPage().box(60, 600, 240, 660).line(60, 640, 240, 640).line(60, 620, 120, 620).line(120, 600, 120, 640)
    page.line(180, 620, 180, 660).line(180, 620, 240, 620)
    for x in (64, 124, 184):
        for y in (645, 625, 605):
            page.text(x, y, "12", 9)
    found = tabulation(page)
    assert found.tables == ()
    assert [notice.message for notice in found.warnings] == ["tables.not_rebuilt"]


def test_the_columns_inside_a_form_have_units_of_their_own() -> None:
    rows = (
        ("项目名称", "街面保洁", "<", "<", "<"),
        ("项目资金（万元）", "", "年初预算数", "全年执行数", "分值"),
        ("^", "年度资金总额", "10.00", "9.86", "10"),
        ("^", "其中：财政拨款", "10.00", "9.86", "10"),
    )
    found = one(table(PdfPage(), rows))
    assert found.header_rows == 0
    assert [cell.unit for cell in found.rows[3]] == [None, None, "万元", "万元", None]


def test_a_part_with_fewer_columns_does_not_end_a_table() -> None:
    total = table(PdfPage(), (("小计", "<", "10", "5", "5"), ("其他", "<", "1", "1", "")))
    found = one(table(PdfPage(), (*HEADER, *BODY)), total, table(PdfPage(), (*HEADER, *BODY)))
    assert [row[0].text for row in found.rows[5:]] == ["小计", "其他", "201", "20103", "20105"]


def test_a_page_with_nothing_but_the_header_adds_nothing() -> None:
    pages = [table(PdfPage(), (*HEADER, *rows)) for rows in (BODY, (), BODY)]
    assert len(one(*pages).rows) == 8


def test_a_column_of_units_is_about_what_is_counted() -> None:
    rows = (("序号", "采购项目", "计量单位", "数量", "金额"), ("1", "台式计算机", "台", "20", "10.00"))
    assert units(one(table(captioned("政府采购预算表", "单位：万元"), rows))) == [[None, None, None, "台", "万元"]]


def test_codes_by_class_section_and_item() -> None:
    rows = (
        ("科目编码", "<", "<", "科目名称", "合计"),
        ("类", "款", "项", "^", "^"),
        ("**", "**", "**", "**", "1"),
        ("201", "", "", "公共服务", "100.00"),
        ("201", "01", "01", "行政运行", "100.00"),
    )
    found = one(table(PdfPage(), rows))
    assert found.header_rows == 3
    assert values(found) == [[None, None, None, None, "100.00"]] * 2


def test_a_table_goes_on_over_pages_that_lie_on_their_side() -> None:
    first, second = (PdfPage(width=842, height=595, rotate=90) for _ in range(2))
    found = one(table(first, (*HEADER, *BODY), top=500), table(second, (*HEADER, *BODY), top=500))
    assert len(found.rows) == 8


def test_a_title_alone_in_its_row_and_the_unit_below_it_are_none_of_the_data() -> None:
    marked = "|  |  |  |\n| --- | --- | --- |\n| **2019年债券发行概况** | | |\n|  |  | 单位：亿元 |\n"
    marked += "| 项目 | 本月 | 本年累计 |\n"
    marked += "| 发行额合计 | 36.4 | 78.2 |\n| 一般债券 | 19.2 | 45.6 |\n| 专项债券 | 17.2 | 32.6 |\n"
    (table,) = extract(marked.encode(), name="trial.md").tables
    assert (table.title, table.unit, table.header_rows) == ("2019年债券发行概况", "亿元", 1)
    assert [cell.unit for cell in table.rows[1]] == [None, "亿元", "亿元"]


def test_a_group_alone_in_its_row_over_numbers_is_no_title() -> None:
    marked = "| 项目 | 金额 |\n| --- | --- |\n| 一般公共预算 |  |\n| 收入 | 36.4 |\n| 支出 | 19.2 |\n"
    (table,) = extract(marked.encode(), name="trial.md").tables
    assert table.rows[1][0].text == "一般公共预算"


def test_cells_of_a_line_each_may_be_numbered_empty_and_counted_in_a_unit_of_their_row() -> None:
    lines = ["二、农业", "全年粮食产量56万吨。", "", "指标名称", "单位", "2024年", "2023年"]
    lines += ["一、粮食", "万吨", "56.04", "54.44", "小麦", "万吨", "14.05", "15.33", "二、药材", "万吨", "-", "-"]
    lines += ["三、蔬菜", "万吨", "74.93", "72.29", "年末存栏生猪24.8万头。"]
    made = extract("\n".join(lines).encode(), name="trial.txt")
    (table,) = made.tables
    assert [section.heading for section in made.sections] == ["二、农业"]
    assert [row[0].text for row in table.rows] == ["指标名称", "一、粮食", "小麦", "二、药材", "三、蔬菜"]


def test_a_row_whose_cells_are_empty_may_end_a_text() -> None:
    lines = [
        "项目 决算数 项目 决算数",
        "八、其他收入 八、社会保障支出 10.82",
        "九、卫生健康支出 2.71",
        "十、节能环保支出",
    ]
    lines += [
        "十一、城乡社区支出",
        "十二、农林水支出",
        "十四、工业信息等 [1 0 R]支出",
        "十五、商业服务业等支出",
        "十六、金融支出",
    ]
    (table,) = extract("\n".join(lines).encode(), name="trial.txt").tables
    assert [cell.text for cell in table.rows[-1]] == ["十六、金融支出", "", "", ""]
