"""Facts of a document: whose report it is, of which kind, place and year."""

import pytest

from extractor import patterns
from extractor.facts import KINDS, KindPattern, find_facts

TITLES = {
    "execution": ("云岭市2025年预算执行情况和2026年预算草案的报告", "预算执行报告"),
    "plan_execution": ("关于云岭市2025年国民经济和社会发展计划执行情况的报告", "计划执行报告"),
    "unit_accounts": ("云岭县图书馆2024年度单位决算", "单位决算"),
    "government_accounts": ("云岭市2024年市级决算", "财政决算"),
    "department_accounts": ("云岭县教育局2024年度部门决算", "部门决算"),
    "unit_budget": ("云岭县图书馆2026年单位预算", "单位预算"),
    "performance": ("云岭县湿地保护项目绩效评价报告", "绩效评价报告"),
    "department_budget": ("云岭县教育局2026年部门预算公开", "部门预算"),
    "audit": ("云岭市2024年度审计工作报告", "审计报告"),
    "work_report": ("2026年云岭市政府工作报告", "政府工作报告"),
    "communique": ("云岭市2025年国民经济和社会发展统计公报", "统计公报"),
    "disclosure": ("云岭县2024年政府信息公开工作年度报告", "政府信息公开年报"),
    "rating": ("云岭城投2025年跟踪评级报告", "评级报告"),
    "annual_report": ("松风药业股份有限公司2024年年度报告", "年度报告"),
    "plan": ("云岭县2026年工作要点", "工作计划"),
    "summary": ("石榴街道2024年工作总结", "工作总结"),
}


def test_every_kind_has_a_title() -> None:
    assert {key.rpartition(".")[2] for key in patterns.load(KINDS, KindPattern)} == TITLES.keys()


@pytest.mark.parametrize(("title", "kind"), TITLES.values(), ids=TITLES.keys())
def test_titles_tell_the_kind(title: str, kind: str) -> None:
    assert find_facts(title, "").kind == kind


def test_a_title_of_no_kind_tells_none() -> None:
    assert find_facts("关于某某事项的说明", "").kind is None


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("云岭县教育局2024年度部门决算", "云岭县"),
        ("2026年青溪省政府工作报告", "青溪省"),
        ("青溪省云岭市2025年统计公报", "青溪省云岭市"),
        ("松风药业股份有限公司2024年年度报告", None),
    ],
)
def test_place_is_the_region_in_front(title: str, place: str | None) -> None:
    assert find_facts(title, "").place == place


def test_the_publisher_of_a_page_stands_in_for_an_entity() -> None:
    assert find_facts("关于某某事项的说明", "", (), "云岭县财政局").entity == "云岭县财政局"
