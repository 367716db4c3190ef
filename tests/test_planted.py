"""The planted-error benchmark: what its evaluator makes of printed digits, and what its changes break."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent / "bench"))

import bench_checks
from changes import KINDS, Change, cases
from relations import read, verdict

import extractor


def relation(rule: str, *operands: tuple[str, str], note: str = "", holds: bool | str = True) -> dict[str, Any]:
    """A relation whose operands stand one behind the other."""
    placed, at = [], 0
    for role, raw in operands:
        placed.append({"span": [at, at + len(raw)], "raw": raw, "role": role})
        at += len(raw) + 1
    return {"id": "r001", "rule": rule, "holds": holds, "operands": placed, "stated": "", "computed": "", "note": note}


@pytest.mark.parametrize(
    ("raw", "unit", "value", "step"),
    [
        ("1,286.40万元", "", "12864000", "100"),
        ("745.00万\n元", "", "7450000", "100"),
        ("3200余万元", "", "32000000", "10000"),
        ("63人", "", "63", "0"),
        ("0万元", "", "0", "0"),
        ("5.21‰", "", "0.521", "0.001"),
        ("95%以上", "", "95", "1"),
        ("-12.5万元", "", "-125000", "1000"),
        ("189,767,551", "元", "189767551", "1"),
        ("205.24", "万元", "2052400", "100"),
        ("百分之二十八点三", "", "28.3", "0.1"),
        ("一百三十五万担", "", "135000000", "1000000"),
        ("八亿四千三百万元", "", "843000000", "1000000"),
        ("5.2千公顷", "", "5200", "100"),
    ],
)
def test_printed_number_is_read_to_its_last_digit(raw: str, unit: str, value: str, step: str) -> None:
    number = read(raw, unit)
    assert (number.value, number.step) == (Fraction(value), Fraction(step))


@pytest.mark.parametrize(
    ("rule", "operands", "holds"),
    [
        ("sum", [("total", "3350万元"), ("part", "3200万元"), ("part", "150万元")], True),
        ("sum", [("total", "1.00万元"), ("part", "0.34万元"), ("part", "0.67万元")], "rounded"),
        ("sum", [("total", "64人"), ("part", "34人"), ("part", "29人")], False),
        ("sum", [("total", "1.5亿元"), ("part", "9000万元"), ("part", "0.6亿元")], True),
        ("share", [("part", "2.15亿元"), ("base", "46.83亿元"), ("share", "4.59%")], "rounded"),
        ("share", [("part", "31.32万元"), ("base", "814.37万元"), ("share", "3.84%")], "truncated"),
        ("share", [("part", "1351.69万元"), ("base", "2556.71万元"), ("share", "52.78%")], False),
        ("share", [("part", "55万元"), ("base", "100万元"), ("floor", "一半")], True),
        ("share_total", [("share", "33.3%"), ("share", "33.3%"), ("share", "33.3%")], "rounded"),
        ("change", [("current", "28.60万元"), ("decrease", "3.40万元"), ("rate", "10.63%")], "rounded"),
        ("change", [("current", "118.64万元"), ("decrease", "6.26万元"), ("rate", "5.31%")], False),
        ("change", [("base", "80万元"), ("current", "100万元"), ("rate", "25%")], True),
        ("difference", [("current", "95.6%"), ("base", "95%"), ("increase", "0.6个百分点")], True),
        ("difference", [("base", "33项"), ("current", "29项"), ("decrease", "5项")], False),
        ("completion", [("actual", "3216万元"), ("budget", "3350万元"), ("completion", "96%")], True),
        ("direction", [("base", "24%"), ("lower", "13%")], True),
        ("direction", [("base", "24天"), ("higher", "13天")], False),
        ("repeat", [("first", "1.44万元"), ("repeat", "14400元")], True),
        (
            "per_unit",
            [("amount", "12564万元"), ("number", "50256万股"), ("each", "10股"), ("per_unit", "2.50元")],
            True,
        ),
        ("target", [("actual", "94.3%"), ("floor", "90%")], True),
        ("target", [("actual", "94.9%"), ("floor", "95%以上")], False),
        ("target", [("actual", "5.28万元"), ("ceiling", "7.50万元以内")], True),
        ("deflated_growth", [("nominal", "5.4%"), ("price", "0.3%"), ("real", "5.1%")], "rounded"),
    ],
)
def test_verdict_is_what_the_printed_digits_allow(
    rule: str, operands: list[tuple[str, str]], holds: bool | str
) -> None:
    assert verdict(relation(rule, *operands)) == holds


def test_partial_list_only_must_not_exceed_its_total() -> None:
    assert verdict(relation("sum", ("total", "8户"), ("part", "3户"), note="PARTIAL")) is True
    assert verdict(relation("sum", ("total", "8户"), ("part", "9户"), note="PARTIAL")) is False


@pytest.mark.parametrize(
    ("kind", "raw", "new"),
    [
        ("last digit", "205.24万元", "205.25万元"),
        ("last digit", "百分之四十一点二", "百分之四十一点三"),
        ("first digit", "9,867.40", "8,867.40"),
        ("transposed", "205.24万元", "205.42万元"),
        ("transposed", "1,200人", "1,020人"),
        ("transposed", "10%", None),
        ("rounded", "205.24万元", "205.20万元"),
        ("rounded", "1,874件", "1,870件"),
        ("rounded", "63人", None),
        ("dropped 万", "745.00万\n元", "745.00\n元"),
        ("dropped 万", "八亿四千三百万元", None),
    ],
)
def test_change_makes_the_slip_of_its_kind(kind: str, raw: str, new: str | None) -> None:
    changed = KINDS[kind](raw)
    assert changed == new


def test_cases_are_changes_that_rounding_does_not_explain() -> None:
    loose = relation("sum", ("total", "1.00万元"), ("part", "0.34万元"), ("part", "0.66万元"))
    kinds = {case.change.kind for case in cases([loose])}
    assert kinds == {"first digit", "transposed", "rounded", "dropped 万"}


def test_change_of_a_number_in_two_relations_is_one_case() -> None:
    one, two = (
        relation("sum", ("total", "8个"), ("part", "8个")),
        relation("repeat", ("first", "8个"), ("repeat", "8个")),
    )
    found = cases([one, {**two, "id": "r002"}])
    assert [(case.change.new, len(case.broken)) for case in found] == [("9个", 2), ("9个", 2)]


def test_relations_that_do_not_hold_are_not_changed() -> None:
    assert cases([relation("sum", ("total", "9个"), ("part", "8个"), holds=False)]) == []


def test_stretch_behind_a_change_is_found_in_the_unchanged_text() -> None:
    change = Change(10, 16, "12.3万元", "12.3元", "dropped 万")
    assert bench_checks.before((20, 24), change) == (21, 25)
    assert bench_checks.before((10, 15), change) == (10, 16)
    assert bench_checks.before((2, 5), change) == (2, 5)


def planted(status: str, spans: str) -> extractor.Result:
    """A result of one check on two numbers of a text."""
    result = extractor.extract("全年支出12万元，其中项目支出9万元。".encode(), name="a.txt")
    operands = tuple(extractor.Operand(role="part", claim=name) for name in spans.split())
    message = extractor.Message(zh="", en="")
    check = extractor.Check("k1", "sum", status, "error", operands, None, None, None, message)  # type: ignore[arg-type]
    fields = {name: getattr(result, name) for name in result.__struct_fields__}
    return extractor.Result(**{**fields, "checks": (check,)})


def test_failures_are_the_failing_checks_with_their_places(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong, right = planted("fails", "c1 c2"), planted("holds", "c1 c2")
    monkeypatch.setattr(bench_checks.extractor, "extract", lambda *_, **__: wrong)
    assert bench_checks.failures("", "a") == {bench_checks.Failure("sum", frozenset({(4, 8), (15, 18)}))}
    monkeypatch.setattr(bench_checks.extractor, "extract", lambda *_, **__: right)
    assert bench_checks.failures("", "a") == set()


@pytest.mark.parametrize(
    ("spans", "found"),
    [([(8, 12), (0, 6)], True), ([(0, 6)], False), ([(8, 12), (20, 26)], False), ([], False)],
)
def test_change_is_found_by_a_check_on_it_that_did_not_fail_before(
    spans: list[tuple[int, int]], found: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    (case, *_) = cases([relation("sum", ("total", "99万元"), ("part", "99万元"))])
    moved = case._replace(change=case.change._replace(start=8, end=12))
    failing = {bench_checks.Failure("sum", frozenset(spans))} if spans else set()
    before = frozenset({bench_checks.Failure("sum", frozenset({(8, 12), (20, 26)}))})
    monkeypatch.setattr(bench_checks, "text", lambda _: "一" * 30)
    monkeypatch.setattr(bench_checks, "failures", lambda *_: failing)
    monkeypatch.setattr(bench_checks, "known", lambda _: before)
    assert bench_checks.outcome("a", moved).found is found


def test_sample_is_spread_over_all_cases() -> None:
    every = cases([relation("sum", ("total", "1874件"), ("part", "1000件"), ("part", "874件"))])
    assert bench_checks.sample(every, 0) == every
    assert 1 < len(bench_checks.sample(every, 3)) <= 3
    assert bench_checks.sample(every, 3)[0] == every[0]
