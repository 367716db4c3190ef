"""Changes planted between two versions of a published report: all of them are told, each once, and nothing else is."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import pytest
from measured import claims
from pairs import SHARED

import extractor
from extractor import Diff
from extractor.model import Passage, Side

REPORT = SHARED / "putuo_planning_2024.pdf"


class Plant(NamedTuple):
    """What a version has in place of what, behind and in front of words that make it the only one; how it is told."""

    told: str
    before: str
    old: str
    new: str
    behind: str = ""


PLANTS = [
    Plant("different", "2024 年度收入支出总计", "9859.38万元", "9895.38万元"),
    Plant("different", "2024年度“三公”经费财政拨款支出决算数比2023年度", "减少0.15万元", "增加0.15万元"),
    Plant("word", "完成年初预算的98.61%。决算数", "小于", "大于", "预算数"),
    Plant("sentence", "完成年初预算的100.00%。", "决算数同预算数持平。", "", "\n3、"),
    Plant("date", "截至", "2024年12月31日", "2024年11月30日", "，上海市"),
    Plant("equal", "机关运行经费支出142.80万元，比", "2023年", "2022年", "度减少"),
    Plant("heading", "\n", "八、政府性基金预算财政拨款收入支出决算情况说明", "八、政府性基金收支决算情况", "\n上海市"),
    Plant("cell", "支出\t754.75\n\t\t九、卫生健康支出\t", "236.63", "263.63"),
    Plant("cell", "\t年末结转和结余\t", "100.00", "10.00"),
    Plant("cell", "\n5\t上海市普陀区", "规划和自然资源管理事务中心", "空间规划事务中心"),
]  # fmt: skip
TABLE = "财政拨款“三公”经费支出决算表", "政府性基金预算财政拨款收入支出决算表"
"""The heading of the table that is taken out, and that of the one behind it."""


def write_versions() -> tuple[str, str]:
    if not REPORT.is_file():
        pytest.skip(f"the published report is not here (../shared/corpus/{REPORT.name})")
    text = extractor.extract(REPORT).text
    changed = text
    for plant in PLANTS:
        found = plant.before + plant.old + plant.behind
        assert changed.count(found) == 1, plant
        changed = changed.replace(found, plant.before + plant.new + plant.behind)
    first, last = (changed.rindex(f"\n{heading}\n") for heading in TABLE)
    return text, changed[:first] + changed[last:]


@cache
def planted() -> Diff:
    return extractor.diff(*(text.encode() for text in write_versions()))


def told() -> list[tuple[str, str, str]]:
    """What is said to differ: pairs and changes, with what stands on either side."""
    diff = planted()
    differing = [pair for pair in diff.pairs if pair.relation != "equal" or pair.remarks]
    found = [(pair.relation, _join(diff.left, pair.left), _join(diff.right, pair.right)) for pair in differing]
    return found + [(change.what, _read(change.left), _read(change.right)) for change in diff.changes]


def _join(side: Side, ids: str | tuple[str, ...]) -> str:
    """The sentences of claims: what a pair tells of is in them."""
    return "".join(claim.sentence.text for claim in claims(side, ids))


def _read(passage: Passage | None) -> str:
    return passage.text if passage else ""


def test_versions_are_recognised() -> None:
    assert planted().comparison == "version"


def test_everything_planted_is_told_and_once() -> None:
    found = told()
    hits = {plant: [one for one in found if is_told(plant, one)] for plant in PLANTS}
    assert {plant: hit for plant, hit in hits.items() if len(hit) != 1} == {}
    assert [one[0] for one in found].count("table") == 1


def is_told(plant: Plant, one: tuple[str, str, str]) -> bool:
    """Whether what was found is a planted change: of its kind, with what was there and what is."""
    what, left, right = one
    return what == plant.told and plant.old in left and plant.new in right


def test_nothing_else_is_told() -> None:
    assert len(told()) == len(PLANTS) + 1, told()
