"""Findings: one mistake each, by the number to suspect, with the number that mends it."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

from extractor import extract
from extractor.model import Finding, Result

ROOT = Path(__file__).resolve().parents[2]
REPORTS = sorted((ROOT / "corpus/reports").glob("*.txt"))
LIST = "一、收入\n2024年收入总计{total}万元，其中：财政拨款收入{grant}万元，占75.00%；事业收入50.00万元，占25.00%。\n"


def read(text: str) -> Result:
    return extract(text.encode(), name="report.txt")


def find(text: str) -> Finding:
    (found,) = read(text).findings
    return found


def test_what_one_number_breaks_is_one_finding_and_the_number_that_mends_all_is_proposed() -> None:
    found = find(LIST.format(total="200.00", grant="105.00"))
    assert (found.stated, found.proposed, found.amount) == ("105.00", "150.00", "450000")
    assert found.mends == found.checks
    assert len(found.checks) > 1
    assert found.breaks == ()
    assert "105.00万元 → 150.00万元" in found.message.zh
    assert f"mend all {len(found.checks)} checks" in found.message.en


def test_the_number_in_question_is_suspected_first() -> None:
    found = find("全年发放救助金10.0万元，其中：城镇低保4.0万元，农村低保5.0万元，其他救助0.5万元。")
    assert (found.suspect.role, found.stated, found.proposed) == ("total", "10.0", "9.5")


def test_what_holds_elsewhere_is_not_changed_and_which_of_two_parts_is_wrong_is_not_guessed() -> None:
    text = (
        "一、救助\n全年发放救助金30万元，其中：城镇12万元，农村15万元。\n"
        "二、附注\n全年发放救助金30万元，其中：上半年14万元，下半年16万元。\n"
    )
    found = find(text)
    assert (found.proposed, found.mends, found.breaks, found.amount) == (None, (), (), "30000")


def test_a_total_that_other_relations_confirm_is_not_suspected() -> None:
    text = (
        "一、收入\n2024年全市一般公共预算收入预算为525800万元，实际完成566579万元，为预算的107.8%，比上年增加79901万元，增长16.4%。"
        "其中：税收收入完成381600万元，增加34269万元；非税收入完成190176万元，增加45632万元，增长31.6%。\n"
    )
    found = find(text)
    assert (found.stated, found.proposed) == ("381600", "376403")


def test_two_mistakes_that_share_no_number_are_two_findings() -> None:
    text = (
        LIST.format(total="200.00", grant="105.00")
        + "二、支出\n全年发放救助金10.0万元，其中：城镇4.0万元，农村5.5万元。"
    )
    assert [found.stated for found in read(text).findings] == ["105.00", "10.0"]


def test_ids_are_made_of_words_and_outlive_the_numbers() -> None:
    one, two = (read(LIST.format(total="200.00", grant=grant)) for grant in ("105.00", "155.00"))
    assert [found.id for found in one.findings] == [found.id for found in two.findings]
    assert {check.id for check in one.checks} & {check.id for check in two.checks} >= set(one.findings[0].checks)


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_every_failing_check_is_in_one_finding(path: Path) -> None:
    result = extract(path)
    told = [check.id for check in result.checks if check.status == "fails" and check.severity != "info"]
    assert Counter(chain.from_iterable(found.checks for found in result.findings)) == Counter(told)


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_proposal_breaks_nothing(path: Path) -> None:
    for found in extract(path).findings:
        assert not (found.proposed and found.breaks)
        assert set(found.mends) <= set(found.checks)


def test_a_multiplier_that_was_left_out_is_put_back() -> None:
    found = find("2024年项目支出2,874.18元，其中：甲项目1,874.18万元，乙项目1,000.00万元。")
    assert (found.stated, found.proposed) == ("2874.18", "28741800")
    assert "2,874.18元 → 2,874.18万元" in found.message.zh


ROUND = "教育支出12000万元，增加2000万元，增长20%。"


@pytest.mark.parametrize(
    ("text", "suspect"),
    [
        (ROUND + "社区支出189416万元，增加135089元，增长248.7%。", ("135089", "1350890000")),
        (ROUND + "收费收入98416万元，减少16158元，下降14.1%。", ("16158", "161580000")),
        # Of two numbers neither of which stands apart nothing tells which is wrong.
        ("社区支出189416万元，增加135089元，增长248.7%。", ("248.7", None)),
    ],
)
def test_of_two_units_that_may_be_wrong_the_rare_one_is_suspected(text: str, suspect: tuple[str, str | None]) -> None:
    (found,) = read(text).findings
    assert (found.stated, found.proposed) == suspect


LEVELS = (
    "一、收入\n2024年，全市一般公共预算收入1132.5亿元，其中：中央级收入716.2亿元；地方级收入{local}亿元、增长6.4%。\n"
    "地方级收入中，税收收入{tax}亿元、增长7.5%，非税收入65.3亿元、增长0.6%。\n"
)


def test_what_one_number_does_not_mend_but_a_slip_in_another_is_a_finding_of_that_one() -> None:
    local, tax = read(LEVELS.format(local="461.3", tax="315.0")).findings
    assert (local.stated, local.proposed, local.mends) == ("461.3", "416.3", local.checks)
    assert (tax.stated, tax.proposed) == ("315.0", "351.0")
    assert (tax.mends, len(tax.checks)) == ((), 1)
    assert "与地方级收入461.3亿元 → 416.3亿元一并更正" in tax.message.zh
    assert "together with 地方级收入 461.3亿元 → 416.3亿元" in tax.message.en


@pytest.mark.parametrize(
    ("local", "tax", "found"),
    [
        # One number mends both.
        ("461.3", "351.0", [("461.3", "416.3", 2, 2)]),
        # Nothing tells which number of the other sum is wrong: it stays where it is, behind what is mended.
        ("461.3", "327.9", [("461.3", "416.3", 1, 2)]),
        ("416.3", "315.0", [("315.0", "351.0", 1, 1)]),
    ],
)
def test_what_no_slip_explains_stays_with_the_number_it_is_of(
    local: str, tax: str, found: list[tuple[str, str, int, int]]
) -> None:
    findings = read(LEVELS.format(local=local, tax=tax)).findings
    assert [(one.stated, one.proposed, len(one.mends), len(one.checks)) for one in findings] == found
    assert all(one.checks[: len(one.mends)] == one.mends for one in findings)


AID = "全年发放救助金{total}万元，其中：城镇{town}万元，农村{land}万元。"


@pytest.mark.parametrize(
    ("total", "town", "land", "suspect"),
    [
        ("51.04", "20.16", "38.08", ("38.08", "30.88")),
        # Over the point, too.
        ("50.2", "1.3", "49.9", ("50.2", "51.2")),
        ("52.1", "3.2", "49.8", ("49.8", "48.9")),
    ],
)
def test_digits_that_changed_places_say_more_than_one_that_is_another(
    total: str, town: str, land: str, suspect: tuple[str, str]
) -> None:
    found = find(AID.format(total=total, town=town, land=land))
    assert (found.stated, found.proposed) == suspect


def test_a_number_that_others_confirm_is_not_suspected_because_several_others_may_be_wrong() -> None:
    text = (
        "一、支出\n支出总计87.77亿元，其中：本级支出54.45亿元，上解支出7.33亿元，还本支出13.29亿元，结转12.80亿元。\n"
        "二、附注\n支出总计87.77亿元。本级支出54.45亿元。\n"
    )
    found = find(text)
    assert found.breaks == ()
    assert found.stated != "54.45"
