"""Tables of any kind: what their own numbers show of each other, and what the narrative tells of them."""

from typing import Any

import pytest
from msgspec.structs import replace

from extractor import extract
from extractor.checks.grids import rates
from extractor.checks.grids.families import find_families
from extractor.checks.grids.grid import RATE, Number, read_grid
from extractor.checks.grids.lines import list_columns, list_rows
from extractor.model import Check, Result, Table

HARVEST = """青石县2025年农业统计资料
各乡镇粮食产量
单位：吨
乡镇\t产量\t上年产量\t收购量\t增长%
合计\t48316\t46120\t30211\t4.8
平原乡镇\t29871\t28432\t19560\t5.1
柳河镇\t17426\t16500\t11020\t5.6
沙湾乡\t12445\t11932\t8540\t4.3
山区乡镇\t18445\t17688\t10651\t4.3
石岭乡\t9120\t8871\t5230\t2.8
云台镇\t9325\t8817\t5421\t5.8
"""


def read(text: str) -> Result:
    return extract(text.encode(), name="report.txt")


def raws(result: Result, check: Check) -> list[str]:
    """What the operands of a check are in the text: a claim's mention, a cell's words."""
    claims = {claim.id: claim.raw for claim in result.claims}
    tables = {table.id: table for table in result.tables}
    return [
        claims[one.claim] if one.claim else tables[one.table or ""].rows[one.row or 0][one.column or 0].text
        for one in check.operands
    ]


def list_checks(text: str, rule: str, status: str) -> list[list[str]]:
    result = read(text)
    return [raws(result, one) for one in result.checks if (one.rule, one.status) == (rule, status)]


def find_lines(text: str) -> tuple[Table, dict[int, tuple[int, ...]]]:
    """The table of a text, and its rows that are sums of others, by their places among those with numbers."""
    (table,) = read(text).tables
    return table, {one.total: one.parts for one in find_families(list_rows(read_grid(table)))}


def test_rows_are_found_to_be_sums_without_a_word() -> None:
    table, families = find_lines(HARVEST)
    assert families == {0: (1, 4), 1: (2, 3), 4: (5, 6)}
    assert find_families(list_columns(read_grid(table))) == []


SHARED = """各镇补助安排
单位：万元
项目\t东乡\t西乡\t南乡\t北乡\t河口\t山前
补助合计\t{}
养老补贴\t9.00\t8.00\t3.00\t7.00\t2.00\t0.00
水管养护\t12.00\t0.00\t5.00\t0.00\t0.00\t0.00
社区（村）干事经费\t7.00\t0.00\t2.00\t0.00\t0.00\t0.00
校车补贴\t5.00\t0.00\t3.00\t0.00\t0.00\t0.00
抚恤补贴\t14.00\t6.00\t21.00\t9.00\t17.00\t4.00
"""


def test_whole_numbers_printed_with_zeros_do_not_add_up_by_chance() -> None:
    _, families = find_lines(SHARED.format("47.00\t14.00\t34.00\t16.00\t19.00\t4.00"))
    assert families == {0: (1, 2, 3, 4, 5)}
    _, families = find_lines(SHARED.format("48.00\t15.00\t35.00\t17.00\t20.00\t5.00"))
    assert families == {}


def test_every_column_of_amounts_is_told_and_the_growth_is_not() -> None:
    held = list_checks(HARVEST, "table_sum", "holds")
    assert ["48316", "29871", "18445"] in held
    assert ["19560", "11020", "8540"] in held
    assert not any("4.8" in operands for operands in held)
    assert list_checks(HARVEST, "table_sum", "fails") == []


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("12445", "12845", ["29871", "17426", "12845"]),
        ("10651", "16051", ["16051", "5230", "5421"]),
        ("48316", "43816", ["43816", "29871", "18445"]),
    ],
)
def test_one_slip_is_found_where_the_other_columns_add_up(old: str, new: str, wrong: list[str]) -> None:
    assert wrong in list_checks(HARVEST.replace(old, new), "table_sum", "fails")


def test_a_row_that_the_table_leaves_out_is_no_mistake() -> None:
    """In one column something is missing that no single digit explains: another thing may be counted there."""
    assert list_checks(HARVEST.replace("8540", "7313"), "table_sum", "fails") == []


def test_what_follows_a_total_is_not_always_its_part() -> None:
    other = HARVEST.replace("17426", "15311").replace("16500", "14087").replace("11020", "10444")
    _, families = find_lines(other)
    assert 1 not in families


MARKETS = """青石县2025年市场资料
市场成交额
单位：万元
市场\t2024年\t2025年
城东市场\t10350.5\t11482.3
河西市场\t8421.7\t9206.4
乡镇成交额
单位：万元
市场\t摊位\t2025年
河西市场\t310\t9206.4
北关市场\t120\t11482.3
"""


def test_a_figure_stands_again_in_the_row_of_its_name() -> None:
    held = list_checks(MARKETS, "table_repeat", "holds")
    assert held == [["9206.4", "9206.4"]]


TOLD = """青石县2025年市场运行情况
一、成交情况
2025年城东市场成交额11482.3万元，河西市场成交额9206.4万元，南湖市场成交额7310.2万元，北关市场成交额4127.8万元。
市场成交情况表
单位：万元
项目\t2024年\t2025年
城东市场成交额\t10350.5\t11482.3
河西市场成交额\t8421.7\t9206.4
南湖市场成交额\t7001.9\t7310.2
北关市场成交额\t3980.6\t4127.8
"""


def test_the_narrative_is_held_against_the_rows_of_its_names() -> None:
    assert ["7310.2万元", "7310.2"] in list_checks(TOLD, "table", "holds")


def test_a_number_that_differs_is_told_where_its_section_tells_the_column() -> None:
    wrong = TOLD.replace("成交额4127.8万元", "成交额4172.8万元")
    assert list_checks(wrong, "table", "fails") == [["4172.8万元", "4127.8"]]


def test_one_number_alone_makes_no_habit_but_where_one_stroke_explains_it() -> None:
    alone = TOLD.replace("河西市场成交额9206.4万元，南湖市场成交额7310.2万元，北关市场成交额4127.8万元", "其余略")
    assert list_checks(alone.replace("11482.3万元", "12428.7万元"), "table", "fails") == []
    assert list_checks(alone.replace("11482.3万元", "11428.3万元"), "table", "fails") == [["11428.3万元", "11482.3"]]


def test_a_rate_that_another_pair_of_numbers_gives_is_not_told() -> None:
    text = (
        "青山区2024年统计资料\n单位：万元\n项目\t年初预算\t调整预算\t执行数\t完成比例（%）\n"
        "甲\t1250\t1310\t1130\t86.3\n乙\t860\t905\t655\t72.4\n丙\t2340\t2280\t1872\t80.0\n丁\t1475\t1530\t1386\t90.6\n"
    )
    assert len(list_checks(text, "table_rate", "holds")) == 3
    assert list_checks(text, "table_rate", "fails") == []


def make_shares(count: int) -> rates.Sheet:
    """A whole, its parts, and their shares of it, of which every sixth is of nothing in the table."""
    scale, parts = 10**10, [10_000 + 37 * at * at % 9_999_991 for at in range(count)]
    whole, wrong = sum(parts), range(5, count - 1, 6)
    shares = [scale * part // whole // (3 if at in wrong else 1) for at, part in enumerate(parts)]
    amounts = [Number(value, 1, len(str(value)), "元") for value in (whole, *parts)]
    told = [Number(value, 1, len(str(value)), RATE) for value in (scale, *shares)]
    return rates.Sheet([dict(enumerate(amounts)), dict(enumerate(told))], scale, {})


def test_each_rate_of_a_long_table_does_not_ask_each_number(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, weigh = [0], rates.weigh

    def count(*arguments: Any) -> int:
        asked[0] += 1
        return weigh(*arguments)

    monkeypatch.setattr(rates, "weigh", count)
    found = list(rates.find_rates(make_shares(2000)))
    assert sum(rate.fails for rate in found) == 333
    assert asked[0] < 20 * 2000


def test_a_share_of_another_whole_does_not_fail() -> None:
    sheet = make_shares(60)
    amounts, told = sheet.lines
    failing = {rate.rate[1] for rate in rates.find_rates(sheet) if rate.fails}
    at = min(failing)
    share = sheet.scale * amounts[at].value // amounts[7].value
    changed = replace(sheet, lines=[amounts, {**told, at: Number(share, 1, len(str(share)), RATE)}])
    assert {rate.rate[1] for rate in rates.find_rates(changed) if rate.fails} == failing - {at}
