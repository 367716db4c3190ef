"""The scores of comparisons count what they say: right, wrong, look-alike, optional, missed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent / "bench"))
sys.path.insert(0, str(Path(__file__).parent / "reports"))

import bench_diff
from bench_diff import Found, counted, edits
from pairs import EDITS

from extractor.model import Claim
from tests.reports.results import claim


def at(start: int) -> Claim:
    return claim(start, "1元", start=start, end=start + 2)


def pair(relation: str, left: int, right: int) -> Found:
    return Found(relation, [at(left)], [at(right)])


def line(relation: str, left: int, right: int, **more: Any) -> dict[str, Any]:
    return {
        "left": [[left, left + 2]],
        "right": [[right, right + 2]],
        "raw": [],
        "relation": relation,
        "note": "",
        **more,
    }


GOLD = [
    line("equal", 0, 100),
    line("different", 10, 100),
    line("rounded", 20, 110),
    line("different_period", 30, 120, relation_alt=["equal"]),
    line("equal", 40, 130, status="optional"),
    line("none", 50, 110),
]


def summary(*pairs: Found) -> tuple[int, ...]:
    count = counted(GOLD, pairs)
    numbers = len(count.right), len(count.wrong), len(count.related), len(count.lookalikes)
    return (*numbers, len(count.missed), count.groups, count.groups_related, count.lines_found, count.lines)


def test_nothing_found_is_all_missed() -> None:
    assert summary() == (0, 0, 0, 0, 3, 3, 0, 0, 4)


def test_one_line_of_a_number_is_enough_and_each_is_right() -> None:
    assert summary(pair("equal", 0, 100)) == (1, 0, 1, 0, 2, 3, 1, 1, 4)
    assert summary(pair("equal", 0, 100), pair("different", 10, 100)) == (2, 0, 2, 0, 2, 3, 1, 2, 4)


def test_a_right_pair_may_have_a_wrong_relation_or_another_right_one() -> None:
    assert summary(pair("different", 20, 110)) == (1, 0, 0, 0, 2, 3, 0, 1, 4)
    assert summary(pair("equal", 30, 120)) == (1, 0, 1, 0, 2, 3, 1, 1, 4)


def test_lookalikes_are_wrong_and_optional_pairs_count_neither_way() -> None:
    assert summary(pair("equal", 50, 110), pair("equal", 60, 110)) == (0, 2, 0, 1, 3, 3, 0, 0, 4)
    assert summary(pair("equal", 40, 130)) == (0, 0, 0, 0, 3, 3, 0, 0, 4)


def test_a_sum_is_found_only_with_all_its_parts() -> None:
    gold = [{**line("combined", 0, 100), "left": [[0, 2], [10, 12]]}]
    assert not counted(gold, [pair("combined", 0, 100)]).right
    assert counted(gold, [Found("combined", [at(0), at(10)], [at(100)])]).related


def test_a_blind_comparison_reports_few_edits(monkeypatch: pytest.MonkeyPatch) -> None:
    (file,) = EDITS
    seen = edits(file)
    monkeypatch.setattr(bench_diff, "found", lambda diff: [])
    blind = edits(file)
    assert blind.reported < seen.reported <= 30
    assert len(blind.unreported) > len(seen.unreported)
