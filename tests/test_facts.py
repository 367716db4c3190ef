"""Facts of a document: whose report it is, of which kind, place and year."""

import pytest

from extractor import patterns
from extractor.facts import KINDS, KindPattern, find_facts

TITLES = {
    "adjustment": ("关于云岭市2025年市级预算调整方案的报告", "预算调整方案"),
    "government_budget": ("2026年云岭市本级政府预算公开", "财政预算"),
    "debt": ("云岭市2025年地方政府债务情况说明", "政府债务情况"),
    "revenue_and_expenditure": ("云岭市2025年上半年财政收支情况", "财政收支情况"),
    "environment": ("2025年云岭市生态环境状况公报", "环境状况公报"),
    "gazette": ("云岭市人民政府公报", "政府公报"),
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


def test_an_audit_of_a_budget_is_an_audit() -> None:
    assert find_facts("关于2024年度市级预算执行和其他财政收支的审计工作报告", "").kind == "审计报告"


def test_a_title_of_no_kind_tells_none() -> None:
    assert find_facts("关于某某事项的说明", "").kind is None


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("云岭县教育局2024年度部门决算", "云岭县"),
        ("2026年青溪省政府工作报告", "青溪省"),
        ("青溪省云岭市2025年统计公报", "青溪省云岭市"),
        ("松风药业股份有限公司2024年年度报告", None),
        ("云岭城市发展集团有限公司信用评级报告", None),
        ("2023年云岭市城市建设有限公司绿色债券2025年跟踪评级报告", "云岭市"),
        ("中共青溪市松风区委宣传部2024年度部门决算", "青溪市松风区"),
        ("云岭县人民政府石榴街道办事处2024年度部门决算", "云岭县"),
        ("2024年全市及市本级决算草案的说明", None),
    ],
)
def test_place_is_the_region_in_front(title: str, place: str | None) -> None:
    assert find_facts(title, "").place == place


def test_the_publisher_of_a_page_stands_in_for_an_entity() -> None:
    assert find_facts("关于某某事项的说明", "", (), "云岭县财政局").entity == "云岭县财政局"


@pytest.mark.parametrize(
    ("title", "entity", "year"),
    [
        ("云岭市城市建设有限公司相关债券2025年跟踪评级报告", "云岭市城市建设有限公司", 2025),
        ("2023年云岭市城市建设有限公司绿色债券2025年跟踪评级报告", "云岭市城市建设有限公司", 2025),
        ("2025年1月23日星期四 5关于云岭市2024年预算执行情况和2025年预算（草案）的报告", "云岭市", 2024),
        ("【预算执行情况】2025年全市预算执行情况分析", None, 2025),
        ("2026年云岭市本级政府预算公开", "云岭市", 2026),
        ("2025年地方财政预算执行情况", None, 2025),
        ("云岭市人民政府公报", "云岭市人民政府", None),
        ("关于2024年全县财政决算草案的报告", None, 2024),
    ],
)
def test_entity_and_year_of_a_title(title: str, entity: str | None, year: int | None) -> None:
    found = find_facts(title, "")
    assert (found.entity, found.year) == (entity, year)


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("2025年1月23日星期四 5关于云岭市2024年预算执行情况的报告", "关于云岭市2024年预算执行情况的报告"),
        ("2025年1月23日 第12版 云岭市政府工作报告", "云岭市政府工作报告"),
        ("2025年1月23日星期四2025年云岭市预算报告", "2025年云岭市预算报告"),
        ("2025年1月23日云岭市财政运行情况", "2025年1月23日云岭市财政运行情况"),
        ("2025年1月23日星期四", "2025年1月23日星期四"),
    ],
)
def test_what_a_newspaper_has_above_a_title_is_no_part_of_it(printed: str, title: str) -> None:
    assert find_facts(printed, "").title == title


def test_without_a_title_a_line_of_the_cover_tells() -> None:
    facts = find_facts(None, "大会文件（一）\n云岭市２０２５年预算执行情况和２０２６年预算草案\n目 录\n一、2019年决算")
    assert (facts.title, facts.entity, facts.year, facts.kind) == (None, "云岭市", 2025, "预算执行报告")


def test_a_row_or_a_sentence_of_the_cover_is_no_title() -> None:
    assert find_facts(None, "收入项目\t2024年决算数\n现在报告2024年预算执行情况，请审议。").kind is None


def test_a_place_may_stand_above_the_title() -> None:
    assert find_facts("2025年预算执行情况", "青溪省\n2025年预算执行情况").entity == "青溪省"


@pytest.mark.parametrize("subject", ["政府信息公开", "政务公开", "政务信息公开"])
def test_what_a_report_is_about_is_no_entity(subject: str) -> None:
    title = f"2024年{subject}工作年度报告"
    assert find_facts(title, f"云岭县水务局\n{title}").entity == "云岭县水务局"
    assert find_facts(title, title).entity is None


def test_a_body_may_be_named_after_a_subject() -> None:
    assert find_facts("2024年政务公开中心部门决算", "").entity == "政务公开中心"
    assert find_facts("云岭县政务公开中心2024年政务公开工作年度报告", "").entity == "云岭县政务公开中心"


def test_a_summary_with_a_plan_is_a_summary() -> None:
    assert find_facts("云岭市财政局2025年工作总结和2026年工作计划", "").kind == "工作总结"
