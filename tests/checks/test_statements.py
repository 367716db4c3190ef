"""Statements: the narrative against their cells, their own sums, and what two of them state."""

from __future__ import annotations

import msgspec
import pytest
from documents import ACCOUNTS, BUDGET, found, of_rule, result

from extractor.checks import checks


@pytest.mark.parametrize("text", [BUDGET, ACCOUNTS])
def test_what_is_right_stays_silent(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "old", "new", "expected"),
    [
        # The narrative against the cell of its metric, in another unit and with another digit.
        (BUDGET, "支出预算86.50", "支出预算85.60", {"table 85.6 86.5"}),
        (BUDGET, "公务用车运行费2.50万", "公务用车运行费2.60万", {"table 2.6 2.5"}),
        (ACCOUNTS, "总计92.00", "总计92.01", {"table 92.01 92"}),
        # The narrative against the rows of its account, and a class against its row.
        (BUDGET, "科目20.00", "科目26.00", {"table 26 20"}),
        (ACCOUNTS, "支出决算为30.00", "支出决算为33.00", {"table 33 30"}),
        (ACCOUNTS, "农林水支出（类）60.00", "农林水支出（类）66.00", {"table 66 60"}),
        # Sums inside: an item under its 款, a column, the total, the year and what is carried over, both halves.
        (BUDGET, "档案馆\t200,000", "档案馆\t300,000", {"table_sum 700000 800000", "table_sum 300000 200000"}),
        (BUDGET, "合计\t\t865,000\t665,000\t200,000", "合计\t\t865,000\t565,000\t200,000", {"table_sum 565000 665000"}),
        (BUDGET, "3.50\t0", "3.70\t0", {"table_sum 3.7 3.5", "table 3.5 3.7"}),
        (ACCOUNTS, "2.00\t年末", "3.00\t年末", {"table_sum 92 93"}),
        (ACCOUNTS, "总计\t92.00\t", "总计\t95.00\t", {"table_sum 95 92", "table 92 95"}),
        # One figure in two statements.
        (
            BUDGET,
            "支出总计\t865,000\n2026",
            "支出总计\t856,000\n2026",
            {"table_repeat 856000 865000", "table 86.5 85.6"},
        ),
        (
            BUDGET,
            "住房保障支出\t165,000\t165,000\t\n",
            "住房保障支出\t156,000\t156,000\t\n",
            {"table_repeat 165000 156000"},
        ),
    ],
)
def test_what_is_wrong_is_found(text: str, old: str, new: str, expected: set[str]) -> None:
    assert expected <= set(found(text, (old, new)))


def test_the_last_digit_of_figures_printed_alike_is_a_warning() -> None:
    made = result(ACCOUNTS, ("卫生健康支出（类）20.00", "卫生健康支出（类）20.01")).checks
    (wrong,) = [check for check in of_rule(made, "table") if check.status == "fails"]
    assert (wrong.severity, wrong.difference) == ("warning", "0.01")


def test_rounding_between_units_holds() -> None:
    text = BUDGET.replace("档案馆\t200,000\t0\t200,000", "档案馆\t200,049\t0\t200,049")
    narrative = [check for check in of_rule(result(text).checks, "table") if check.stated == "20"]
    assert narrative
    assert {check.status for check in narrative} == {"holds"}


def test_the_budget_of_accounts_is_not_held_against_what_was_spent() -> None:
    made = result(ACCOUNTS)
    planned = {claim.id for claim in made.claims if claim.role == "budget"}
    assert planned
    held = [{operand.claim for operand in check.operands} for check in made.checks]
    assert all(claims <= planned for claims in held if claims & planned)


def test_a_total_that_fails_for_a_wrong_part_is_a_remark() -> None:
    made = result(ACCOUNTS, ("水利\t60.00\t30.00\t30.00", "水利\t60.00\t30.00\t36.00")).checks
    wrong = [check for check in of_rule(made, "table_sum") if check.status == "fails"]
    assert [check.severity for check in wrong if check.stated == "36"] == ["error"]
    assert {check.severity for check in wrong if check.stated != "36"} == {"info"}


def test_an_item_of_another_name_is_told_by_its_amount() -> None:
    renamed = ("水利（款）水土保持（项）", "水利（款）水土流失治理（项）")
    assert found(ACCOUNTS, renamed) == []
    narrative = of_rule(result(ACCOUNTS, renamed).checks, "table")
    assert any("水土流失治理" in check.message.zh and "水土保持" in check.message.zh for check in narrative)


def test_several_rows_that_could_be_meant_are_no_finding() -> None:
    one, other = "2130310\t水土保持\t30.00\t\t30.00", "2130311\t水资源管理\t20.00\t\t20.00"
    made = result(
        ACCOUNTS,
        ("水利（款）水土保持（项）：年初预算为30.00万元，支出决算为30.00", "林业（款）造林（项）：支出决算为31.00"),
        (one, f"2130310\t水土保持\t10.00\t\t10.00\n{other}"),
    )
    (check,) = [check for check in of_rule(made.checks, "table") if check.status == "unclear"]
    assert (check.reason, check.severity) == ("several_candidates", "info")


def test_an_account_that_no_statement_lists_is_unclear() -> None:
    row = "213\t农林水支出\t60.00\t30.00\t30.00\n"
    made = result(ACCOUNTS, (row, ""), ("二、农林水支出\t70.00", "\t"))
    assert {check.reason for check in made.checks if check.status == "unclear"} == {"no_row"}


def test_two_tables_of_one_kind_are_not_asked_for_an_account() -> None:
    made = result(ACCOUNTS + ACCOUNTS.partition("部门决算表\n")[2].replace("30.00", "31.00"))
    assert not [check for check in of_rule(made.checks, "table") if check.status == "fails"]


def test_an_empty_cell_is_zero() -> None:
    made = result(BUDGET)
    zero = next(claim for claim in made.claims if claim.metric == "事业收入")
    (check,) = [
        check
        for check in made.checks
        if any(operand.claim == zero.id for operand in check.operands) and check.rule == "table"
    ]
    assert check.status == "holds"


def test_columns_of_the_year_before_are_not_asked() -> None:
    head, row = "合计\t基本支出\t项目支出\n合计", "合计\t\t80.00\t50.00\t30.00"
    years = "2023年决算数\t2024年决算数\t增减\n合计"
    made = result(ACCOUNTS, (head, years), (row, "合计\t\t70.00\t80.00\t10.00"))
    table = next(table for table in made.tables if table.kind == "一般公共预算支出表")
    columns = {
        operand.column
        for check in of_rule(made.checks, "table")
        for operand in check.operands
        if operand.table == table.id
    }
    assert columns <= {3}


def test_a_table_without_a_unit_is_not_held_against_money() -> None:
    made = result(ACCOUNTS)
    bare = tuple(
        msgspec.structs.replace(
            table, rows=tuple(tuple(msgspec.structs.replace(cell, unit=None) for cell in row) for row in table.rows)
        )
        for table in made.tables
    )
    assert not of_rule(checks(msgspec.structs.replace(made, tables=bare)), "table")


def test_messages_name_both_places_and_the_difference() -> None:
    made = result(BUDGET, ("支出预算86.50", "支出预算85.60")).checks
    message = next(check.message for check in of_rule(made, "table") if check.status == "fails")
    assert message.zh == (
        "「一、部门预算编制说明」支出预算85.60万元，「2026年部门财务收支预算总表」支出总计 865,000元，"
        "两处不一致，相差0.9万元。"
    )
    assert message.en == (
        "“一、部门预算编制说明”: 支出预算 85.60万元; “2026年部门财务收支预算总表”: 支出总计 865,000元; "
        "they differ by 0.9万元."
    )


STAGES = """青山区水务局2024年度部门决算
七、财政拨款“三公”经费支出决算情况说明
“三公”经费财政拨款支出年初预算为5.00万元，支出决算为4.00万元。
财政拨款“三公”经费支出决算表
单位：万元
项目\t预算数\t决算数
因公出国（境）费\t0.00\t0.00
公务用车购置及运行维护费\t3.00\t2.50
公务接待费\t2.00\t1.50
合计\t5.00\t4.00
"""


def test_figures_of_a_stage_are_held_against_its_column() -> None:
    made = of_rule(result(STAGES).checks, "table")
    assert {(check.stated, check.status) for check in made} == {("5", "holds"), ("4", "holds")}


def test_a_budget_is_only_confirmed_as_its_column_may_mean_the_last_one() -> None:
    made = of_rule(result(STAGES, ("年初预算为5.00", "年初预算为4.80")).checks, "table")
    assert {(check.stated, check.status) for check in made} == {("4", "holds")}


def test_a_wider_statement_confirms_an_account_but_never_contradicts_it() -> None:
    wide = ACCOUNTS + (
        "支出决算表\n单位：万元\n功能分类科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n"
        "合计\t\t90.00\t60.00\t30.00\n210\t卫生健康支出\t20.00\t20.00\t\n213\t农林水支出\t70.00\t40.00\t30.00\n"
    )
    made = result(wide)
    table = next(table.id for table in made.tables if table.kind == "支出表")
    asked = [check for check in of_rule(made.checks, "table") if any(one.table == table for one in check.operands)]
    assert {(check.stated, check.status) for check in asked} == {("20", "holds")}
    assert found(wide) == []


def test_a_metric_is_the_sum_of_its_parts_in_another_statement() -> None:
    granted = "财政拨款收入支出决算总表\n单位：万元\n收入\t支出\n项目\t决算数\t项目\t合计\n" + (
        "一、一般公共预算财政拨款\t80.00\t一、农林水支出\t90.00\n二、政府性基金预算财政拨款\t10.00\t\t\n"
        "三、国有资本经营预算财政拨款\t\t\t\n本年收入合计\t90.00\t本年支出合计\t90.00\n总计\t90.00\t总计\t90.00\n"
    )
    state = (
        "二、政府性基金预算财政拨款收入\t10.00",
        "三、国有资本经营预算财政拨款收入\t\t\t\n二、政府性基金预算财政拨款收入\t10.00",
    )
    made = of_rule(result(ACCOUNTS + granted, state).checks, "table_sum")
    over = [check for check in made if len({operand.table for operand in check.operands} - {None}) > 1]
    assert {(check.stated, check.status) for check in over} == {("90", "holds")}


def test_every_sum_of_a_long_table_is_checked() -> None:
    head = (
        "某局2024年度部门决算\n支出决算表\n单位：万元\n功能分类科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n"
    )
    codes = [f"{group}{item:02}" for group in range(20101, 20161) for item in range(1, 41)]
    rows = "".join(f"{code}\t科目\t2.00\t1.00\t1.00\n" for code in codes)
    text = f"{head}合计\t\t4800.00\t2400.00\t2400.00\n{rows}"
    statuses = [check.status for check in result(text).checks]
    assert len(statuses) > len(codes)
    assert set(statuses) == {"holds"}
    wrong = (f"{codes[700]}\t科目\t2.00\t1.00", f"{codes[700]}\t科目\t2.00\t1.50")
    assert found(text, wrong) == ["table_sum 2 2.5"]
