"""Forms of a cell a line: their titles head what stands in them, however the lines are parted."""

from __future__ import annotations

import re
from collections.abc import Callable

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


RATED = """一、绩效自评结果
本站对各项目开展了自评。
\t项目绩效自评表

\t项目名称
\t渠系清淤

\t绩效指标
\t一级指标
\t二级指标
\t三级指标
\t指标值
\t实际完成值

\t
\t产出指标
\t数量指标
\t清淤支渠
\t清淤支渠不少于12公里
\t清淤支渠13公里

\t
\t满意度指标
\t服务对象
满意度指标
\t农户满意度
\t满意度不低于90%
\t满意度92%
二、其他事项
全年开展培训3次。
"""


def as_page(text: str) -> bytes:
    return f"<html><body>{''.join(f'<p>{line.strip()}</p>' for line in text.splitlines())}</body></html>".encode()


@pytest.mark.parametrize(
    "layout",
    [
        lambda text: re.sub("\n+", "\n\n", text).encode(),
        lambda text: re.sub("\n+", "\n\u3000\u3000", text).encode(),
        lambda text: re.sub(r"\s*\n\s*", "\n", text).encode(),
        as_page,
    ],
    ids=["blank lines", "indented", "without tabs", "web page"],
)
def test_a_form_whose_labels_tell_its_rows_is_the_same_in_every_layout(layout: Callable[[str], bytes]) -> None:
    expected, found = extract(RATED.encode(), name="report.txt"), extract(layout(RATED), name="report")
    told = [[(claim.raw, claim.metric, claim.role, claim.path) for claim in one.claims] for one in (expected, found)]
    assert told[0] == told[1]
    assert [claim.role for claim in found.claims] == ["target", "actual", "target", "actual", "actual"]
    assert found.claims[1].path == ("一、绩效自评结果", "项目绩效自评表", "渠系清淤")
    assert [section.heading for section in found.sections] == ["一、绩效自评结果", "二、其他事项"]
    assert {check.rule for check in found.checks} == {check.rule for check in expected.checks}


def test_the_cells_of_a_form_on_one_line_with_what_stands_around_it_are_told_by_their_labels() -> None:
    whole = re.sub(r"\s*\n\s*", " ", RATED)
    [table] = (found := extract(whole.encode(), name="report.txt")).tables
    assert (table.title, len(table.rows), len(table.rows[0])) == ("项目绩效自评表", 4, 6)
    assert [(claim.raw, claim.role, claim.path[-1:]) for claim in found.claims] == [
        ("12公里", "target", ("渠系清淤",)),
        ("13公里", "actual", ("渠系清淤",)),
        ("90%", "target", ("渠系清淤",)),
        ("92%", "actual", ("渠系清淤",)),
        ("3次", "actual", ()),
    ]
