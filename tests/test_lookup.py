"""`extract explain` of an id: what it is, what refers to it, and how a check came about."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from extractor import cli, extract
from extractor.checks.tracing import trace
from extractor.lookup import find, is_id
from extractor.model import Result
from extractor.reports.files.formats import json as as_json

TEXT = (
    "# 一、收入\n\n2024年收入总计200.00万元，其中：财政拨款收入105.00万元，占75.00%；事业收入50.00万元，占25.00%。\n"
    "\n# 二、支出\n\n支出总计5000万元，其中：人员经费3000万元，公用经费2000万元。\n"
    "\n| 项目 | 金额 |\n| --- | --- |\n| 基本支出 | 30 |\n| 项目支出 | 20 |\n| 合计 | 50 |\n"
)


@pytest.fixture(scope="module")
def result() -> Result:
    return extract(TEXT.encode(), name="report.md")


def test_every_id_of_a_result_is_found(result: Result) -> None:
    parts = (result.claims, result.checks, result.findings, result.sections, result.tables)
    ids = [one.id for part in parts for one in part]  # type: ignore[attr-defined]
    assert result.findings
    assert result.tables
    for identity in ids:
        assert is_id(identity), identity
        found = find(result, identity)
        assert found is not None
        kinds = [found.claim, found.check, found.finding, found.section, found.table]
        assert sum(kind is not None for kind in kinds) == 1


def test_a_cell_by_its_table_row_and_column(result: Result) -> None:
    table = result.tables[0]
    found = find(result, f"{table.id}.3.1")
    assert found is not None
    assert found.cell == table.rows[3][1]
    assert {check.rule for check in found.checks} >= {"table_sum"}
    assert find(result, f"{table.id}.9.1") is None
    assert find(result, "c9999") is None


def test_a_number_knows_the_checks_that_look_at_it(result: Result) -> None:
    finding = result.findings[0]
    assert finding.suspect.claim
    found = find(result, finding.suspect.claim)
    assert found is not None
    assert set(finding.checks) <= {check.id for check in found.checks}
    assert finding in found.findings


def test_how_a_check_came_about(result: Result) -> None:
    for check in result.checks:
        if check.rule.startswith("table"):
            continue
        fates = [one.fate for one in trace(result, check).proposals]
        assert fates.count("kept") == 1, check.id
    share = next(check for check in result.checks if check.rule == "share" and check.status == "fails")
    assert trace(result, share).tried > 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_is_told_at_80_columns(
    result: Result, lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    Path("saved.json").write_bytes(as_json.encode(result))
    share = next(check for check in result.checks if check.rule == "share" and check.status == "fails")
    told = [
        share.id,
        result.findings[0].id,
        result.claims[0].id,
        "s1",
        result.tables[0].id,
        f"{result.tables[0].id}.3.1",
    ]
    for identity in told:
        assert cli.run(["explain", "saved.json", identity, "--lang", lang]) == 0
        out = capsys.readouterr().out
        assert out.startswith(identity)
        assert max(map(cell_len, out.splitlines())) <= 80
    assert cli.run(["explain", "saved.json", "c9999", "--lang", lang]) == 2
    assert "c9999" in capsys.readouterr().err


def test_a_quoted_number_is_told_with_its_checks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("report.txt").write_text(TEXT, encoding="utf-8")
    assert cli.run(["explain", "report.txt", "105.00万元"]) == 0
    out = capsys.readouterr().out
    assert "用到它的核对" in out
    assert "share" in out
