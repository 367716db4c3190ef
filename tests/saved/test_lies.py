"""Saved results and decisions that lie are refused where they are loaded, in one sentence."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extractor import cli, saved
from extractor.model import InputError
from extractor.pipeline import extract
from extractor.reports.files.formats import jsonl

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted((ROOT / "corpus/reports").glob("*.txt"))
Change = Callable[[dict[str, Any]], object]


PAGE = """<html><head><title>青石区2024年度部门决算</title></head><body><h1>青石区2024年度部门决算</h1>
<h2>一、收入支出决算情况</h2><p>2024年收入总计200.00万元，其中财政拨款收入150.00万元，占75.00%；
其他收入50.00万元，占25.00%。</p>
<p>“三公”经费支出决算12.20万元，比上年增加2.20万元，增长22.00%。</p>
<table><tr><th>项目</th><th>金额（万元）</th></tr>
<tr><td>财政拨款收入</td><td>150.00</td></tr>
<tr><td>其他收入</td><td>50.00</td></tr><tr><td>合计</td><td>200.00</td></tr></table>
<h2>二、民生</h2><p>发放救助金20.00万元，救助困难群众300人次。</p>
<table><tr><th>名称</th><th>人次</th></tr><tr><td>低保</td><td>100</td></tr>
<tr><td>特困</td><td>200</td></tr><tr><td>合计</td><td>300</td></tr></table></body></html>"""


@cache
def _sample() -> bytes:
    return jsonl.encode(extract(PAGE.encode(), name="page.html"))


def sample() -> dict[str, Any]:
    """A result with sections, claims, tables and checks, as JSON has it."""
    found: dict[str, Any] = json.loads(_sample())
    return found


def put(*path: str | int, value: object) -> Change:
    """A change of one place; a negative index counts from the end, as ``-1``."""

    def change(made: dict[str, Any]) -> None:
        place: Any = made
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value

    return change


def widen(made: dict[str, Any]) -> None:
    cell = {"text": "", "start": 0, "end": 0, "value": None, "unit": None, "box": None, "rowspan": 1, "colspan": 1}
    for table in made["tables"][:2]:
        table["rows"], table["header_rows"] = [[cell] * 20_000], 0


def cover(made: dict[str, Any]) -> None:
    rows = made["tables"][0]["rows"]
    for row in rows:
        for cell in row:
            cell["rowspan"], cell["colspan"] = len(rows), len(rows[0])


def with_formula(made: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(check for check in made["checks"] if check["formula"] == "part / base")
    return found


CELL: dict[str, Any] = {"role": "x", "table": "t1", "row": 0, "column": 0}


def tell(*findings: dict[str, Any]) -> Change:
    """Findings of the first check, each with what is changed of it."""
    made: dict[str, Any] = {
        "severity": "error", "suspect": {"role": "x", "claim": "c1"}, "stated": "1", "proposed": None, "mends": [],
        "breaks": [], "amount": None, "message": {"zh": "", "en": ""},
    }  # fmt: skip

    def change(result: dict[str, Any]) -> None:
        own = {"checks": [result["checks"][0]["id"]]}
        result["findings"] = [{"id": f"finding-{at}"} | made | own | one for at, one in enumerate(findings)]

    return change


LIES: dict[str, Change] = {
    "a power of ten": put("claims", 0, "value", value="1e999999999"),
    "NaN": put("claims", 0, "base_value", value="NaN"),
    "infinity": put("claims", 0, "interval", value=["Infinity", None]),
    "a million digits": put("claims", 0, "value_high", value="9" * 1_000_000),
    "digits of another script": put("claims", 0, "value", value="٣"),
    "stated": put("checks", 0, "stated", value="1e9999999"),
    "computed": put("checks", 0, "computed", value="-nan"),
    "difference": put("checks", 0, "difference", value="1_0"),
    "a cell": put("tables", 0, "rows", 0, 0, "value", value="1e999"),
    "a rule": put("checks", 0, "rule", value="nothing"),
    "a path as a rule": put("checks", 0, "rule", value="../messages/cli"),
    "a reason": put("checks", 0, "reason", value="nothing"),
    "no operands": put("checks", 0, "operands", value=[]),
    "an operand of nothing": put("checks", 0, "operands", 0, value={"role": "part"}),
    "an operand without its claim": put("checks", 0, "operands", 0, value={"role": "part", "claim": "c99999"}),
    "an operand without its cell": put("checks", 0, "operands", 0, value=CELL | {"row": 9**9}),
    "a cell before the first": put("checks", 0, "operands", 0, value=CELL | {"row": -1}),
    "words outside": put("checks", 0, "operands", 0, value={"role": "x", "text": {"start": 0, "end": 10**9}}),
    "a formula": lambda made: with_formula(made).update(formula="part ** 9 ** 9"),
    "a formula of brackets": lambda made: with_formula(made).update(formula="(" * 9000 + "1" + ")" * 9000),
    "a formula without its operands": lambda made: with_formula(made)["operands"].pop(),
    "power": put("checks", 0, "power", value=1e308),
    "an offset": put("claims", 0, "start", value=10**9),
    "an offset below nothing": put("claims", 0, "start", value=-5),
    "an end before the start": put("claims", 0, "sentence", value={"start": 9, "end": 2}),
    "words that stand elsewhere": put("claims", 0, "raw", value="别的字"),
    "a section": put("claims", 0, "section", value="s99999"),
    "a section in itself": lambda made: put("sections", 0, "parent", value=made["sections"][0]["id"])(made),
    "an id twice": lambda made: put("claims", 1, "id", value=made["claims"][0]["id"])(made),
    "a part of nothing": put("claims", 0, "part_of", value="c99999"),
    "a page": put("claims", 0, "page", value=7),
    "a rectangle": put("claims", 0, "boxes", value=[[0, 0, 1e300, 1]]),
    "a day": put("claims", 0, "period", value={"text": "", "start": "0000-1e9-99", "end": None}),
    "pages": put("pages", value=[{"number": 1, "start": 0, "end": 1, "width": 1e300, "height": 1.0, "source": "text"}]),
    "a finding of no check": tell({"checks": []}),
    "a finding of a check that is none": tell({"checks": ["sum-0"]}),
    "a finding that mends what is no check": tell({"mends": ["sum-0"]}),
    "a check in two findings": tell({}, {}),
    "a finding twice": tell({"id": "x"}, {"id": "x"}),
    "a suspect that is none": tell({"suspect": {"role": "x", "claim": "c99999"}}),
    "a proposal": tell({"proposed": "1e9999999"}),
    "money": tell({"amount": "nan"}),
    "verified": put("verification", "verified", value=["c99999"]),
    "20,000 columns twice": widen,
    "cells that cover each other": cover,
    "rows of different lengths": lambda made: made["tables"][0]["rows"][0].pop(),
    "a header longer than its table": put("tables", 0, "header_rows", value=10**6),
    "another type": put("claims", 0, "start", value="0"),
    "another schema": put("schema", value="extractor/2"),
    "no text": lambda made: made.pop("text"),
}
RAW = {
    "no JSON": b"{",
    "nothing": b"",
    "no Unicode": b'{"schema": "\xff"}',
    "nested": b'{"schema":"extractor/1","more":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "nested in a field": b'{"schema":"extractor/1","claims":' + b'[{"cell":' * 100_000,
    "a number": b'{"schema":"extractor/1","pages":[{"number":' + b"9" * 5000 + b"}]}",
    "not a number": b'{"schema":"extractor/1","pages":[{"width":NaN}]}',
}


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("lie", [*LIES, *RAW])
def test_a_lie_is_refused(lie: str) -> None:
    made = sample()
    if lie in LIES:
        LIES[lie](made)
    data = RAW[lie] if lie in RAW else json.dumps(made).encode()
    with pytest.raises(InputError) as refused:
        saved.decode_result(data, "lie.json")
    assert refused.value.notice.message == "annotation.result"
    assert len(str(refused.value.notice.facts["reason"])) < 200


COMMANDS = [
    ["check", "lie.json"],
    ["check", "lie.json", "--format", "json"],
    ["diff", "lie.json", "true.json"],
    ["report", "lie.json", "-o", "x.html"],
    ["report", "lie.json", "--xlsx", "x.xlsx"],
    ["evaluate", "lie.json", "true.json"],
    ["annotate", "lie.json", "-o", "x.jsonl"],
]


def test_a_finding_that_could_have_been_made_is_read_and_results_without_findings_are() -> None:
    made = sample()
    tell({})(made)
    assert saved.decode_result(json.dumps(made).encode(), "true.json").findings
    del made["findings"]
    assert not saved.decode_result(json.dumps(made).encode(), "true.json").findings


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: " ".join(arguments[:2]))
@pytest.mark.parametrize("lie", ["a power of ten", "20,000 columns twice", "nested"])
def test_every_command_says_so_in_one_sentence(
    arguments: list[str], lie: str, capsys: pytest.CaptureFixture[str]
) -> None:
    made = sample()
    if lie in LIES:
        LIES[lie](made)
    Path("lie.json").write_bytes(RAW[lie] if lie in RAW else json.dumps(made).encode())
    Path("true.json").write_bytes(_sample())
    assert cli.run([*arguments, "--lang", "en"]) == 2
    shown = capsys.readouterr()
    assert shown.err.count("\n") == 1
    assert shown.err.startswith("extract: lie.json: ")
    assert shown.out in ("", "[]\n")
    assert sorted(path.name for path in Path().iterdir()) == ["lie.json", "true.json"]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_what_was_extracted_is_no_lie(path: Path) -> None:
    found = extract(path)
    assert saved.decode_result(jsonl.encode(found), path.name) == found


# ── results that were changed by chance ──────────────────────────────────────────────────────────────────────────────

ODD = [None, "", "\x1b[2J", -1, 0, 1, 2**40, 1.5, "1", "-0.1", [], {}, True, "c1", "t1", "share", "extractor/1"]


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place of a JSON value that can be changed, as what holds it and where."""
    for at, one in value.items() if isinstance(value, dict) else enumerate(value):
        yield value, at
        if isinstance(one, dict | list):
            yield from places(one)


@pytest.mark.parametrize("seed", range(40))
def test_what_is_let_through_can_be_used(seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    chance, made = random.Random(seed), sample()
    everywhere = [*places(made)]
    for holder, at in chance.sample(everywhere, 3):
        holder[at] = chance.choice(ODD)
    Path("changed.json").write_text(json.dumps(made), encoding="utf-8")
    Path("true.json").write_bytes(_sample())
    for arguments in (
        ["check", "changed.json", "--verbose"],
        ["diff", "changed.json", "true.json"],
        ["report", "changed.json", "-o", "x.html", "--xlsx", "x.xlsx"],
    ):
        assert cli.run(arguments) in (0, 1, 2)
    assert "程序内部错误" not in capsys.readouterr().err


# ── what files are read at all ───────────────────────────────────────────────────────────────────────────────────────


def test_what_is_no_file_is_not_waited_for(capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo("pipe.json")
    Path("folder.json").mkdir()
    Path("zero.json").symlink_to("/dev/zero")
    for name in ("pipe.json", "folder.json", "zero.json", "absent.json"):
        assert cli.run(["check", name, "--lang", "en"]) == 2
    assert capsys.readouterr().err.count("\n") == 4


def test_a_file_larger_than_any_result_is_not_read(capsys: pytest.CaptureFixture[str]) -> None:
    with Path("large.json").open("wb") as file:
        file.truncate(3 * 2**30)
    for arguments in (["check", "large.json"], ["evaluate", "large.json", "large.json"]):
        assert cli.run([*arguments, "--lang", "en"]) == 2
    assert capsys.readouterr().err.count("large.json: more than 512 MB") == 2


@pytest.mark.parametrize(
    "data",
    [
        b"{",
        b"\xff",
        b"[" * 100_000,
        b'{"schema": "extractor-decisions/1", "document": "x", "decisions": {"a": {"state": "no"}}}',
        b'{"schema": "extractor-decisions/1", "document": 1}',
        b'{"schema": "extractor-decisions/1", "decisions": ' + b'{"a":' * 100_000,
    ],
)
def test_decisions_that_lie(data: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    Path("true.json").write_bytes(_sample())
    Path("decisions.json").write_bytes(data)
    assert cli.run(["report", "true.json", "-o", "x.html", "--decisions", "decisions.json", "--lang", "en"]) == 2
    shown = capsys.readouterr()
    assert shown.err.count("\n") == 1
    assert "decisions.json" in shown.err
    assert not Path("x.html").exists()


def test_decisions_longer_than_any(capsys: pytest.CaptureFixture[str]) -> None:
    Path("true.json").write_bytes(_sample())
    with Path("decisions.json").open("wb") as file:
        file.truncate(2**30)
    assert cli.run(["report", "true.json", "-o", "x.html", "--decisions", "decisions.json", "--lang", "en"]) == 2
    assert "decisions.json: more than 16 MB" in capsys.readouterr().err
