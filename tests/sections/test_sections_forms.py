"""Forms of a cell a line: their titles head what stands in them, however the lines are parted."""

from __future__ import annotations

import pytest

from extractor import extract

FORM = """一、绩效目标完成情况
甲街道完成了各项任务，预算数20.05万元，执行数为17.05万元。
\t项目绩效目标完成情况表
(2024年度)
\t项目名称
\t环境整治专项经费
\t预算单位
\t甲街道办事处
\t
\t数量指标
\t城乡治理
\t发放宣传资料
\t2024年，共有230余人次参加环境整治，招募志愿者300余名。
"""


@pytest.mark.parametrize("parted", ["\n", "\n\n", "\n\u3000\u3000"])
def test_the_title_of_a_form_heads_its_cells_where_no_rows_are_told(parted: str) -> None:
    claims = extract(FORM.replace("\n", parted).encode(), name="report.txt").claims
    assert [claim.raw for claim in claims][-2:] == ["230余人次", "300余名"]
    path = claims[-1].path
    assert path[0] == "一、绩效目标完成情况"
    assert path[1].startswith("项目绩效目标完成情况表")
    assert path[2] == "环境整治专项经费"


def test_cells_whose_rows_blank_lines_part_are_left_to_their_table() -> None:
    rows = (
        FORM.replace("\t项目名称", "\n\t项目名称").replace("\t预算单位", "\n\t预算单位").replace("\t\n\t数", "\n\t数")
    )
    result = extract(rows.encode(), name="report.txt")
    assert [section.heading for section in result.sections] == ["一、绩效目标完成情况"]
