"""Pages in columns, and pages that only look so."""

from __future__ import annotations

import pytest
from pdfs import PdfPage, pdf

from extractor import documents

LEFT = (
    "全年工业总产值达到五十三亿元，比",
    "上年增长六个点；规模以上企业新增",
    "五家。农业总产值八亿元，粮食产量",
    "二十四万吨。",
)
RIGHT = (
    "全年固定资产投资十二亿元，其中基",
    "础设施投资五亿元，占四成。新建道",
    "路十六公里，改造小区九个，惠及三",
    "千户居民。",
)
TOP = "全年各项工作完成得较好，主要指标增长平稳，财政收支总体平衡，民生支出占比继续提高，"


def read(page: PdfPage) -> list[str]:
    return [paragraph.text for paragraph in documents.read(pdf([page]), "示例.pdf").paragraphs]


def put(page: PdfPage, x: float, top: float, *lines: str) -> PdfPage:
    for at, words in enumerate(lines):
        page.text(x, top - 18 * at, words)
    return page


@pytest.mark.parametrize("lower", [0, 7])
def test_columns_are_read_one_after_another(lower: float) -> None:
    page = put(put(PdfPage(), 50, 700, *LEFT), 300, 700 - lower, *RIGHT)
    assert read(page) == ["".join(LEFT), "".join(RIGHT)]


def test_a_sentence_goes_on_in_the_next_column() -> None:
    page = put(put(PdfPage(), 50, 700, *LEFT[:3]), 300, 700, LEFT[3], *RIGHT)
    assert "粮食产量二十四万吨。" in "".join(read(page))


def test_lines_across_the_page_part_columns_above_from_those_below() -> None:
    page = put(put(PdfPage(), 50, 700, *LEFT), 300, 700, *RIGHT).text(50, 610, TOP)
    assert "".join(read(put(put(page, 50, 574, *RIGHT), 300, 574, *LEFT))) == "".join(
        (*LEFT, *RIGHT, TOP, *RIGHT, *LEFT)
    )


def test_a_heading_over_two_of_three_columns() -> None:
    page = PdfPage(width=842).text(120, 730, "工业和城市建设情况简述简述简述")
    page = put(put(put(page, 50, 700, *LEFT), 300, 700, *RIGHT), 550, 730, *LEFT, *RIGHT)
    assert "".join(read(page)) == "".join(("工业和城市建设情况简述简述简述", *LEFT, *RIGHT, *LEFT, *RIGHT))


def test_labels_and_their_values_stay_in_their_rows() -> None:
    labels = ("单位名称，全称：", "负责人：", "单位地址：", "联系电话：")
    values = ("龙泉街道办事处，", "甲某某", "和平路五号", "五五一二三四")
    assert read(put(put(PdfPage(), 50, 700, *labels), 300, 700, *values)) == [
        f"{label} {value}" for label, value in zip(labels, values, strict=True)
    ]


def test_a_table_without_rulings_stays_in_its_rows() -> None:
    labels = ("基本支出，含人员经费", "项目支出，含办公设备", "上缴上级支出，含利息", "经营支出，含各项税费")
    numbers = ("1234.50", "980.00", "12.00", "7.25")
    found = "".join(read(put(put(PdfPage(), 50, 700, *labels), 300, 700, *numbers)))
    assert found.index("1234.50") < found.index("项目支出") < found.index("980.00") < found.index("上缴上级")


def test_one_column_with_wide_gaps_stays_one() -> None:
    page = put(
        put(PdfPage(), 50, 700, *["增长一成，下降两成，持平三成，"] * 3), 250, 700, *["其余各项指标", "合计", "小计"]
    )
    assert "".join(read(page)).replace(" ", "").startswith("增长一成，下降两成，持平三成，其余各项指标增长一成")


def draw_report(page: PdfPage) -> PdfPage:
    """A page with single words at the side and a text beside them, lines under the headings of both."""
    for left, right, *tops in ((50, 220, 740, 560), (240, 434, 740, 640, 500)):
        for top in tops:
            page.line(left, top, right, top)
    put(page, 52, 748, "评级结果").text(52, 568, "评级日期").text(52, 540, "2025年7月30日")
    put(page, 52, 720, "主体等级 AA", "评级展望 稳定")
    put(put(page, 242, 748, "评级观点"), 242, 648, "未来展望")
    return put(put(page, 242, 720, *LEFT), 242, 620, *RIGHT)


def test_what_stands_at_the_side_of_a_text_is_read_before_it() -> None:
    found = read(draw_report(PdfPage().text(150, 800, "某某公司跟踪评级报告")))
    assert found.index("评级日期") < found.index("评级观点") < found.index("".join(LEFT)) < found.index("未来展望")


def test_a_note_below_both_columns_goes_over_the_page() -> None:
    note = "本报告所引用的资料均由公司提供，评级机构没有对其真实性作出任何保证和承诺。"
    assert read(draw_report(PdfPage()).text(50, 460, note))[-1] == note


def test_lines_of_a_table_in_two_halves_tell_no_side() -> None:
    page = PdfPage()
    for at in range(4):
        page.line(50, 740 - 30 * at, 220, 740 - 30 * at).line(240, 740 - 30 * at, 434, 740 - 30 * at)
        page.text(52, 720 - 30 * at, "项目").text(242, 720 - 30 * at, "说明")
    assert "项目 说明" in read(page)[0]
