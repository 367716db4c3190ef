"""Rows of tables that are places: which labels name one, and which are none."""

from __future__ import annotations

import pytest

from extractor import extract
from extractor.model import TableCell

SHEET = """2024年云川省各市一般公共预算收入执行情况表
{head}\t2023年决算数\t2024年执行数
{label}\t415.2\t430.6
合计\t4152.0\t4306.5"""


def read_cell(label: str, head: str = "地区") -> TableCell:
    return extract(SHEET.format(label=label, head=head).encode(), name="sheet.txt").tables[0].rows[1][2]


@pytest.mark.parametrize(
    ("label", "place"),
    [
        ("岚城市", "岚城市"),
        ("（九）岚城市", "岚城市"),
        ("岚城市本级", "岚城市"),
        ("岚城", "岚城"),
        ("成都市", "成都市"),
        ("望都县", "望都县"),
        ("浦东新区", "浦东新区"),
        ("喀什地区", "喀什地区"),
        ("阿拉善盟", "阿拉善盟"),
        ("清水彝族自治县", "清水彝族自治县"),
    ],
)
def test_the_row_of_a_place_is_that_places(label: str, place: str) -> None:
    scope = read_cell(label).scope
    assert scope
    assert scope.place
    assert scope.place.value == place


@pytest.mark.parametrize(
    "label",
    [
        "城市",
        "大城市",
        "中心城市",
        "市本级",
        "全市合计",
        "县区",
        "省级",
        "其他地区",
        "东部",
        "各自治县",
        "产业联盟",
        "主城区",
    ],
)
def test_a_kind_of_places_is_none(label: str) -> None:
    scope = read_cell(label).scope
    assert not (scope and scope.place and scope.place.origin == "label")


def test_a_plain_word_is_a_place_only_below_a_head_of_places() -> None:
    scope = read_cell("教育", head="项目").scope
    assert not (scope and scope.place and scope.place.origin == "label")
