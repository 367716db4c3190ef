"""`extract check`: which findings it tells, in which formats, and what it makes of decisions and of a baseline."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import openpyxl
import pytest

import extractor
from extractor import cli
from extractor.reports.decisions import mark_findings
from extractor.reports.files.formats import json as as_json
from extractor.reports.formats import FINDINGS

LIGHT = "一、项目\n项目支出总计155.20万元，其中：人员经费105.00万元，公用经费50.00万元。\n"
HEAVY = "二、支出\n支出总计5800万元，其中：人员经费3000万元，公用经费2000万元。\n"
MORE = "三、收入\n收入合计200.00万元，其中：财政拨款收入150.00万元，占85.00%；事业收入50.00万元，占25.00%。\n"
RIGHT = "四、其他\n" + "".join(
    f"{name}补助共计{30 + at}万元，其中：一类{name}补助{10 + at}万元，二类{name}补助20万元。\n"
    for at, name in enumerate(("养老", "医疗", "交通"))
)


@pytest.fixture(autouse=True)
def _with_reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    Path("report.txt").write_text(LIGHT + HEAVY + MORE + RIGHT, encoding="utf-8")
    Path("next.txt").write_text("概况\n" + LIGHT + HEAVY.replace("5800", "5900") + RIGHT, encoding="utf-8")


def check(*options: str, name: str = "report.txt") -> int:
    return cli.run(["check", name, *options])


def written(ending: str, *options: str) -> bytes:
    assert check("-o", f"x.{ending}", *options) in (0, 1)
    return Path(f"x.{ending}").read_bytes()


def listed(*options: str) -> list[Any]:
    found: list[Any] = json.loads(written("json", *options))
    return found


def test_findings_by_weight_and_each_with_its_place() -> None:
    found = listed()
    assert [one["amount"] for one in found][:1] == ["8000000"]
    assert [one["amount"] for one in found][-1] == "2000"
    assert found[1]["amount"] is None
    text = Path("report.txt").read_text(encoding="utf-8")
    assert [text[one["start"] : one["end"]] for one in found] == ["5800万元", "85.00%", "155.20万元"]
    assert all(one["computation"].keys() <= {check["id"] for check in one["checks"]} for one in found)


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (("--min-amount", "1万元"), 2),
        (("--min-amount", "2000"), 3),
        (("--min-amount", "2000.01元"), 2),
        (("--min-amount", "1万元", "--only", "amount"), 1),
        (("--only", "amount"), 2),
        (("--rule", "limit"), 0),
        (("--rule", "sum", "--rule", "share"), 3),
        (("--rule", "share_total"), 1),
        (("--only", "error"), 3),
    ],
)
def test_what_is_asked_for(options: tuple[str, ...], count: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(listed(*options)) == count
    out = capsys.readouterr().out
    assert ("未列出" in out) == (count < 3)
    assert check(*options, "-q") == (1 if count else 0)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--min-amount", "5吨"), "不是金额"),
        (("--min-amount", "约5万元"), "不是金额"),
        (("--min-amount", "-5"), "不是金额"),
        (("--rule", "sums"), "table_sum"),
        (("--only", "old"), "new, error, amount"),
        (("--only", "new"), "--baseline"),
        (("-o", "x.pdf"), ".sarif"),
        (("-o", "x"), ".sarif"),
        (("-o", "report.txt", "--format", "csv"), "覆盖输入文件"),
        (("--baseline", "report.txt"), "不是基线"),
        (("--baseline", "absent.json"), "文件不存在"),
        (("--decisions", "absent.json"), "文件不存在"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    options: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Path("report.txt").read_bytes()
    assert check(*options) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert sentence in err
    assert err.count("\n") == 1
    assert Path("report.txt").read_bytes() == before


def test_the_same_findings_in_every_format() -> None:
    ids = [one["finding"] for one in listed()]
    assert [json.loads(line)["finding"] for line in written("jsonl").splitlines()] == ids
    rows = list(csv.DictReader(io.StringIO(written("csv").decode("utf-8-sig"))))
    assert [row["编号"] for row in rows] == ids
    sheet = openpyxl.load_workbook(io.BytesIO(written("xlsx"))).active
    at = next(column for column in sheet.iter_cols() if column[0].value == "编号")  # type: ignore[union-attr]
    assert [cell.value for cell in at[1:]] == ids
    cases = ET.fromstring(written("xml")).findall(".//testcase")
    assert [case.get("name") for case in cases if case.find("failure") is not None] == ids
    assert [one["partialFingerprints"]["finding/v1"] for one in run_of(written("sarif"))["results"]] == ids


def run_of(data: bytes) -> Any:
    (run,) = json.loads(data)["runs"]
    return run


TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
REGION = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        name: {"type": "integer", "minimum": 0 if name.startswith("char") else 1}
        for name in ("startLine", "startColumn", "endLine", "endColumn", "charOffset", "charLength")
    },
}
RESULT = {
    "type": "object",
    "required": ["message", "ruleId", "ruleIndex", "level", "locations", "partialFingerprints"],
    "additionalProperties": False,
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": {"enum": ["none", "note", "warning", "error"]},
        "message": TEXT,
        "baselineState": {"enum": ["new", "unchanged", "updated", "absent"]},
        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
        "properties": {"type": "object"},
        "suppressions": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["kind"],
                "additionalProperties": False,
                "properties": {
                    "kind": {"enum": ["inSource", "external"]},
                    "status": {"enum": ["accepted", "underReview", "rejected"]},
                    "justification": {"type": "string"},
                },
            },
        },
        "locations": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["physicalLocation"],
                "additionalProperties": False,
                "properties": {
                    "properties": {"type": "object"},
                    "logicalLocations": {
                        "type": "array",
                        "items": {"type": "object", "required": ["name", "kind"], "additionalProperties": False,
                                  "properties": {"name": {"type": "string"}, "kind": {"type": "string"}}},
                    },
                    "physicalLocation": {
                        "type": "object",
                        "required": ["artifactLocation"],
                        "additionalProperties": False,
                        "properties": {
                            "artifactLocation": {
                                "type": "object",
                                "required": ["uri", "index"],
                                "properties": {"uri": {"type": "string", "pattern": "^[!-~]+$"}},
                            },
                            "region": REGION,
                        },
                    },
                },
            },
        },
    },
}  # fmt: skip
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "additionalProperties": False,
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name", "rules"],
                                "properties": {
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "required": ["id"],
                                            "properties": {"shortDescription": TEXT},
                                        },
                                    }
                                },
                            }
                        },
                    },
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "artifacts": {"type": "array", "items": {"type": "object", "required": ["location", "hashes"]}},
                    "results": {"type": "array", "items": RESULT},
                },
            },
        },
    },
}
"""What SARIF 2.1.0 asks of the parts that are written, in the words of its schema; nothing else may stand in them."""


def decide(name: str, state: str = "dismissed") -> None:
    """Decides on the first section's finding of a report, as a page would save it."""
    result = extractor.extract(name)
    finding = next(one for one in result.findings if one.amount == "2000")
    seen = mark_findings(result)
    made = {finding.checks[0]: {"state": state, "note": "口径不同", "seen": seen[finding.id]}}
    saved = {"schema": "extractor-decisions/1", "document": result.document.sha256, "decisions": made}
    Path("decisions.json").write_text(json.dumps(saved, ensure_ascii=False), encoding="utf-8")


def test_sarif_says_what_its_schema_asks_for() -> None:
    decide("report.txt")
    check("--write-baseline", "known.json", "-q")
    for options in ((), ("--decisions", "decisions.json"), ("--baseline", "known.json")):
        jsonschema.validate(json.loads(written("sarif", *options)), SARIF)
    for one in run_of(written("sarif"))["results"]:
        region = one["locations"][0]["physicalLocation"]["region"]
        line = Path("report.txt").read_text(encoding="utf-8").splitlines()[region["startLine"] - 1]
        assert line[region["startColumn"] - 1 : region["endColumn"] - 1] in ("5800万元", "85.00%", "155.20万元")


def test_sarif_tells_states_and_suppressions() -> None:
    decide("report.txt")
    check("--write-baseline", "known.json", "-q")
    cli.run(["check", "next.txt", "-o", "x.sarif", "--baseline", "known.json", "-q"])
    states = [one["baselineState"] for one in run_of(Path("x.sarif").read_bytes())["results"]]
    assert sorted(states) == ["absent", "unchanged", "updated"]
    results = run_of(written("sarif", "--decisions", "decisions.json"))["results"]
    suppressed = [one["suppressions"] for one in results]
    assert len(suppressed) == 3
    assert suppressed.count([]) == 2
    assert [{"kind": "external", "status": "accepted", "justification": "口径不同"}] in suppressed


def test_dismissed_findings_are_left_out_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    decide("report.txt")
    assert check("--decisions", "decisions.json") == 1
    assert "已排除 1 处" in capsys.readouterr().out
    decide("report.txt", "confirmed")
    assert check("--decisions", "decisions.json") == 1
    assert "属实 口径不同" in capsys.readouterr().out


def test_decisions_on_another_version_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    decide("report.txt")
    assert check("--decisions", "decisions.json", name="next.txt") == 1
    out, err = capsys.readouterr()
    assert "沿用 1 处" in err
    assert "已排除 1 处" in out
    Path("other.txt").write_text(RIGHT, encoding="utf-8")
    assert check("--decisions", "decisions.json", name="other.txt") == 2
    assert "另一份文件" in capsys.readouterr().err


def test_findings_that_are_gone_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["report", "report.txt", "--xlsx", "papers.xlsx", "-q"]) == 0
    book = openpyxl.load_workbook("papers.xlsx")
    sheet = book["问题清单"]
    state = [cell.value for cell in sheet[1]].index("状态")
    for row in sheet.iter_rows(min_row=2):
        row[state].value = "属实"
    book.save("papers.xlsx")
    assert check("--decisions", "papers.xlsx", name="next.txt") == 1
    told = [line for line in capsys.readouterr().err.splitlines() if "已不再出现的问题" in line]
    assert told[0].startswith("extract: 已不再出现的问题 1 处：「三、收入」")
    book.save("papers.xlsx")
    decide("report.txt")
    known = json.loads(Path("decisions.json").read_text(encoding="utf-8"))
    known["decisions"] = {
        f"sum-0000000{at}": {"state": "confirmed", "said": f"第{at}处不符。"} for at in range(5)
    } | known["decisions"]
    Path("decisions.json").write_text(json.dumps(known), encoding="utf-8")
    check("--decisions", "decisions.json", name="next.txt")
    assert "已不再出现的问题 5 处：第0处不符；第1处不符；第2处不符…。\n" in capsys.readouterr().err


def test_of_several_files_the_very_document_that_was_decided_on_is_meant(capsys: pytest.CaptureFixture[str]) -> None:
    decide("report.txt")
    assert cli.run(["check", "next.txt", "report.txt", "--decisions", "decisions.json"]) == 1
    out, err = capsys.readouterr()
    assert "另一版本" not in err
    assert out.count("已排除 1 处") == 1
    Path("saved.json").write_bytes(as_json.encode(extractor.extract("report.txt")))
    cli.run(["check", "next.txt", "saved.json", "--decisions", "decisions.json"])
    assert "另一版本" not in capsys.readouterr().err


def test_of_what_is_not_asked_for_nothing_is_listed_whatever_was_decided() -> None:
    decide("report.txt")
    asked = ("--decisions", "decisions.json", "--rule", "share")
    assert [one["ruleId"] for one in run_of(written("sarif", *asked))["results"]] == ["share"]
    assert len(run_of(written("sarif", *asked, "--rule", "sum"))["results"]) == 3


def test_files_of_one_name_in_two_folders_are_two_documents() -> None:
    names = [f"{folder}/report.txt" for folder in "ab"]
    for name, text in zip(names, (LIGHT, HEAVY), strict=True):
        Path(name).parent.mkdir()
        Path(name).write_text(text, encoding="utf-8")
    assert cli.run(["check", *names, "--write-baseline", "known.json", "-q"]) == 0
    for name, text in zip(names, (LIGHT, HEAVY), strict=True):
        Path(name).write_text("概况\n" + text, encoding="utf-8")
    assert cli.run(["check", *names, "--baseline", "known.json", "-o", "x.sarif", "-q"]) == 0
    results = run_of(Path("x.sarif").read_bytes())["results"]
    assert [one["baselineState"] for one in results] == ["unchanged", "unchanged"]
    places = [one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in results]
    assert places == names


def test_one_file_is_not_both_findings_and_baseline(capsys: pytest.CaptureFixture[str]) -> None:
    assert check("-o", "x.json", "--write-baseline", "./x.json") == 2
    assert "不能写在同一个文件" in capsys.readouterr().err
    assert not Path("x.json").exists()


@pytest.mark.parametrize("words", ["=1+1", "＝HYPERLINK(1)", "-甲"])
def test_text_that_would_be_run_stays_text_after_an_edit(words: str) -> None:
    Path("report.txt").write_text(LIGHT.replace("项目\n", f"项目\n{words}"), encoding="utf-8")
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(written("xlsx"))).active for cell in row]
    risky = [cell for cell in cells if str(cell.value).startswith(words)]
    assert risky
    assert all(cell.quotePrefix for cell in risky)


def test_only_what_a_baseline_does_not_know_counts(capsys: pytest.CaptureFixture[str]) -> None:
    assert check("--write-baseline", "known.json") == 0
    assert "--baseline known.json" in capsys.readouterr().out
    first = Path("known.json").read_bytes()
    assert check("--write-baseline", "known.json", "--baseline", "known.json", "-q") == 0
    assert Path("known.json").read_bytes() == first
    assert check("--baseline", "known.json") == 0
    assert capsys.readouterr().out.count("已知\n") == 3
    assert check("--baseline", "known.json", "--only", "new") == 0
    assert "没有要列出的问题" in capsys.readouterr().out
    assert check("--baseline", "known.json", name="next.txt") == 1
    out = capsys.readouterr().out
    assert "已知，但数字有变" in out
    assert "已不再出现的问题 1 处：「" in out


def test_a_saved_result_and_decisions_are_baselines_too() -> None:
    Path("saved.json").write_bytes(as_json.encode(extractor.extract("report.txt")))
    assert check("--baseline", "saved.json", "-q") == 0
    decide("report.txt")
    assert [one["standing"] for one in listed("--baseline", "decisions.json")].count("unchanged") == 1


def test_nothing_that_is_read_is_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    text = Path("report.txt").read_bytes()
    assert check("--write-baseline", str(Path("report.txt").absolute())) == 2
    assert "结果会覆盖输入文件" in capsys.readouterr().err
    assert Path("report.txt").read_bytes() == text


def test_a_name_in_another_encoding_is_marked_as_such() -> None:
    name = os.fsdecode(b"\xbe\xf6\xcb\xe3.txt")
    try:
        Path("report.txt").rename(name)
    except (OSError, UnicodeError):
        pytest.skip("names are Unicode here")
    for ending in FINDINGS.names:
        assert check("-o", f"x.{ending}", "-q", name=name) == 1
    assert {one["document"] for one in json.loads(Path("x.json").read_bytes())} == {"\ufffd\ufffd\ufffd\ufffd.txt"}


def test_text_of_a_report_is_no_formula_and_breaks_no_xml() -> None:
    Path("evil.txt").write_text(HEAVY.replace("二、支出", "=HYPERLINK(1)<x>\x1b[31m"), encoding="utf-8")
    for ending in ("csv", "xml", "sarif", "jsonl"):
        assert cli.run(["check", "evil.txt", "-o", f"e.{ending}", "-q"]) == 1
        assert b"\x1b" not in Path(f"e.{ending}").read_bytes()
    ET.parse("e.xml")
    assert "\n=" not in Path("e.csv").read_text(encoding="utf-8-sig")
