"""Numbers of tables that two documents have in common, by the labels of rows and columns."""

from __future__ import annotations

from pathlib import Path

import pytest

import extractor
from extractor import cli
from extractor.model import Comparison, Diff

HEAD = "云溪市{body}{year}年度部门决算\n收入支出决算总表\n单位：万元\n"
TABLE = (
    "| 项目 | {year}年决算数 | {last}年决算数 |\n"
    "| --- | --- | --- |\n"
    "| 一般公共服务支出 | {0} | {1} |\n"
    "| 教育支出 | {2} | {3} |\n"
    "| 卫生健康支出 | 55.60 | 55.60 |\n"
    "| 本年支出合计 | {4} | {5} |\n"
)


def write(year: int, *numbers: str, body: str = "水务局") -> bytes:
    return (HEAD.format(body=body, year=year) + TABLE.format(*numbers, year=year, last=year - 1)).encode()


BEFORE = write(2023, "120.00", "110.00", "300.50", "290.00", "476.10", "454.10")
NOW = write(2024, "132.00", "120.00", "280.00", "300.05", "467.60", "475.65")


def compare(left: bytes, right: bytes, comparison: Comparison | None = None) -> Diff:
    return extractor.diff(left, right, comparison=comparison)


def list_told(diff: Diff, relation: str) -> list[str]:
    return [pair.message.zh for pair in diff.cells if pair.relation == relation]


def test_what_this_year_says_of_last_year_is_held_against_last_years_table() -> None:
    told = list_told(compare(BEFORE, NOW), "different")
    assert len(told) == 2
    assert "教育支出" in told[0]
    assert "较早的报告为300.50万元，较晚的报告所述同期数为300.05万元，不一致" in told[0]
    assert "476.10万元" in told[1]


@pytest.mark.parametrize("is_turned", [False, True])
def test_numbers_of_two_years_moved_on(is_turned: bool) -> None:
    diff = compare(NOW, BEFORE) if is_turned else compare(BEFORE, NOW)
    found = [(pair.left.row_label, pair.change, pair.rate) for pair in diff.cells if pair.relation != "different"]
    assert ("教育支出", "-205000", "-0.0682") in found
    assert ("一般公共服务支出", "120000", "0.1") in found


def test_tables_of_two_bodies_contradict_nothing() -> None:
    diff = compare(BEFORE, write(2024, *["1.00"] * 6, body="教育局"))
    assert (diff.cells, diff.cells_agreeing) == ((), 0)


def test_attachments_repeat_the_numbers_of_a_body() -> None:
    other = BEFORE.replace(b"290.00", b"209.00").replace(b"454.10", b"454.1")
    diff = compare(BEFORE, other, "attachment")
    assert list_told(diff, "different")[0].endswith("290.00万元与209.00万元不一致，相差81万元。")
    assert (len(diff.cells), diff.cells_agreeing) == (1, 7)


def test_what_was_planned_and_what_was_done_need_not_agree() -> None:
    plan = BEFORE.replace("部门决算".encode(), "部门预算".encode()).replace("决算数".encode(), "预算数".encode())
    other = plan.replace(b"290.00", b"209.00")
    assert compare(BEFORE, other, "attachment").cells == ()
    # Nor where the columns alone say which they hold.
    columns = other.replace("部门预算".encode(), "部门决算".encode())
    assert compare(BEFORE, columns, "attachment").cells == ()


def test_a_unit_is_not_larger_than_its_department() -> None:
    unit = write(2023, "20.00", "10.00", "320.50", "190.00", "396.10", "254.10")
    told = list_told(compare(BEFORE, unit, "unit"), "different")
    assert len(told) == 1
    assert "320.50万元" in told[0]


def test_labels_that_a_table_has_twice_are_not_compared() -> None:
    twice = TABLE.replace("教育支出", "一般公共服务支出")
    left = (HEAD + twice).format("1.5", "2.5", "3.5", "4.5", "9.5", "7", year=2023, last=2022, body="水务局").encode()
    right = left.replace(b"3.5", b"8.5")
    assert compare(left, right, "attachment").cells == ()


def test_what_differs_leaves_in_every_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [tmp_path / name for name in ("before.md", "now.md")]
    for file, content in zip(files, (BEFORE, NOW), strict=True):
        file.write_bytes(content)
    names = [*map(str, files)]
    assert cli.run(["diff", *names]) == 1
    said = capsys.readouterr().out
    assert "表中的数：不一致 2，较上年有增减 6，相同 " in said
    assert "300.05万元" in said
    for form in ("html", "csv", "json", "xlsx"):
        target = tmp_path / f"diff.{form}"
        assert cli.run(["diff", *names, "-o", str(target), "-q"]) == 1
        if form != "xlsx":
            assert "300.05" in target.read_text("utf-8-sig")
