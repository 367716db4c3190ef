"""Claims as xBRL-JSON: exact numbers, dimensions and notes, and what Arelle reads and writes again is the same."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import unescape

import pytest

import extractor
from extractor.model import Period, Result
from extractor.reports.files.formats import oim
from extractor.reports.oim.names import NAMESPACES, PREFIX, escape_name, name_unit
from tests.reports import results

ARELLE = "EXTRACT_ARELLE"
CODE = "import sys; from extractor.cli import run; sys.exit(run(sys.argv[1:]))"
TEXT = (
    "第三部分 某区水务局2024年度部门决算情况说明\n"
    "一、支出情况\n"
    "2024年支出合计350.00万元，比上年减少5.2%，其中：基本支出210.00万元，占60.00%；项目支出140.00万元，占40.00%。\n"
    "全年走访约30户，培训不少于100人次，每人补助200—300元，发放<资料>20余万份 & 手册3台（套）。\n"
    "截至2024年末，公务用车保有量4辆。\n"
)


def report(result: Result) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(oim.encode(result, "a.xsd"))
    return read


def extract(text: str = TEXT) -> Result:
    return extractor.extract(text.encode(), name="a.txt")


def facts_of(raw: str, result: Result) -> list[dict[str, Any]]:
    identity = next(claim.id for claim in result.claims if claim.raw == raw)
    facts = report(result)["facts"]
    return [fact for key, fact in facts.items() if key in (identity, f"{identity}-high")]


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("350.00万元", [("3500000", -2)]),
        ("5.2%", [("0.052", 3)]),
        ("30户", [("30", 0)]),
        ("100人次", [("100", None)]),
        ("200—300元", [("200", 0), ("300", 0)]),
        ("20余万份", [("200000", None)]),
        ("4辆", [("4", None)]),
    ],
)
def test_numbers_are_exact_and_as_certain_as_they_are_told(raw: str, told: list[tuple[str, int | None]]) -> None:
    found = facts_of(raw, extract())
    assert [(fact["value"], fact.get("decimals")) for fact in found] == told


def test_a_fact_is_of_its_metric_time_body_and_scope() -> None:
    (fact,) = facts_of("4辆", extract())
    dimensions = fact["dimensions"]
    assert dimensions["concept"] == "claims:claim-number-instant"
    assert dimensions["period"] == "2025-01-01T00:00:00"
    assert dimensions["unit"] == "units:辆"
    assert dimensions["claims:role"] == "claims:role-actual"
    assert dimensions["claims:metric"] == "公务用车保有量"


def test_a_metric_of_the_vocabulary_is_the_concept() -> None:
    (fact,) = facts_of("210.00万元", extract())
    assert fact["dimensions"]["concept"] == "claims:fiscal.expenditure.basic"
    assert fact["dimensions"]["unit"] == "iso4217:CNY"
    assert "claims:metric" not in fact["dimensions"]


def test_a_decrease_is_a_positive_number_with_a_direction_and_a_ratio_has_no_unit() -> None:
    (fact,) = facts_of("5.2%", extract())
    assert fact["dimensions"]["claims:direction"] == "claims:direction-decrease"
    assert "unit" not in fact["dimensions"]


def test_ends_of_a_range_are_told_apart() -> None:
    low, high = facts_of("200—300元", extract())
    assert [fact["dimensions"].pop("claims:bound") for fact in (low, high)] == ["claims:bound-low", "claims:bound-high"]
    assert low["dimensions"] == high["dimensions"]


def test_words_stand_where_there_are_no_dates_and_no_id() -> None:
    changed = results.claim(1, "100.50万元", period=Period("近年来", None, None))
    fact = report(results.result(claims=(changed,)))["facts"]["c1"]
    assert fact["dimensions"]["claims:time"] == "近年来"
    assert fact["dimensions"]["claims:metric"] == "收入总计"
    assert fact["dimensions"]["concept"] == "claims:claim"
    assert "period" not in fact["dimensions"]


def test_a_number_without_base_keeps_its_unit() -> None:
    changed = results.claim(1, "100.50万元", base_value=None, unit="篮", interval=(None, None))
    fact = report(results.result(claims=(changed,)))["facts"]["c1"]
    assert (fact["value"], fact["dimensions"]["unit"]) == ("100.50", "units:篮")


def test_the_note_of_a_fact_is_the_anchor_of_its_claim() -> None:
    result = extract()
    facts = report(result)["facts"]
    for claim in result.claims:
        (note,) = facts[claim.id]["links"]["footnote"]["_"]
        place = json.loads(unescape(facts[note]["value"]))
        assert result.text[place["start"] : place["end"]] == place["quote"] == claim.raw
        assert place["sha256"] == result.document.sha256
        assert place["claim"] == claim.id


def test_parts_and_shares_are_linked_to_what_they_are_of() -> None:
    result = extract()
    facts = report(result)["facts"]
    parts = {key for key, fact in facts.items() if "partOf" in fact.get("links", {})}
    assert parts == {claim.id for claim in result.claims if claim.part_of}
    assert parts


def test_the_taxonomy_declares_each_name_once_and_labels_it_in_both_languages() -> None:
    result = extract()
    root = ElementTree.fromstring(oim.encode_beside(result))
    names = [one.get("name") for one in root.iter("{http://www.w3.org/2001/XMLSchema}element")]
    assert len(names) == len(set(names))
    used = {value for fact in report(result)["facts"].values() for value in name_own(fact["dimensions"])}
    assert used <= set(names)
    labels = [one.text for one in root.iter("{http://www.xbrl.org/2003/linkbase}label")]
    assert {"基本支出", "basic expenditure", "basic expenditure (ratio)"} <= set(labels)
    assert root.get("targetNamespace") == NAMESPACES[PREFIX]


def name_own(dimensions: dict[str, str]) -> set[str]:
    """The names of the taxonomy that a fact uses."""
    own = (dimensions["concept"], *(key for key in dimensions), *dimensions.values())
    return {name.removeprefix("claims:") for name in own if name.startswith("claims:")}


@pytest.mark.parametrize("words", ["台（套）", "a b", "8090后", "元/", "<&>", "½"])
def test_any_word_becomes_a_name_of_xml(words: str) -> None:
    ElementTree.fromstring(f"<{escape_name(words)}/>")
    assert name_unit(words)


def test_a_unit_over_itself_is_one_of_its_own() -> None:
    assert name_unit("元/元") == "units:元_x002F_元"


# ── files ────────────────────────────────────────────────────────────────────────────────────────────────


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", CODE, *arguments], capture_output=True, text=True, check=False)


def test_the_taxonomy_stands_beside_the_report(tmp_path: Path) -> None:
    source = tmp_path / "报告 1.txt"
    source.write_text(TEXT, encoding="utf-8")
    assert run(str(source), "-o", str(tmp_path / "a.oim.json")).returncode == 0
    assert run(str(source), "--format", "oim", "-o", f"{tmp_path}/out/").returncode == 0
    assert sorted(one.name for one in tmp_path.glob("a.*")) == ["a.oim.json", "a.oim.xsd"]
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == ["报告 1.oim.json", "报告 1.oim.xsd"]
    told = json.loads((tmp_path / "out" / "报告 1.oim.json").read_bytes())["documentInfo"]["taxonomy"]
    assert told == ["%E6%8A%A5%E5%91%8A%201.oim.xsd"]


def test_a_report_named_like_a_taxonomy_keeps_its_name(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text(TEXT, encoding="utf-8")
    assert run(str(source), "--format", "oim", "-o", str(tmp_path / "b.xsd")).returncode == 0
    assert sorted(one.name for one in tmp_path.glob("b.*")) == ["b.xsd", "b.xsd.xsd"]


def test_two_files_fit_into_no_stream_and_two_reports_into_no_file(tmp_path: Path) -> None:
    sources = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for source in sources:
        source.write_text(TEXT, encoding="utf-8")
    stream = run(str(sources[0]), "--format", "oim", "-o", "-", "--lang", "en")
    assert (stream.returncode, stream.stdout) == (2, "")
    assert "two files" in stream.stderr
    assert run(*map(str, sources), "-o", str(tmp_path / "c.oim.json")).returncode == 2
    assert not list(tmp_path.glob("c.*"))


# ── Arelle ───────────────────────────────────────────────────────────────────────────────────────────────


def find_arelle() -> str:
    found = os.environ.get(ARELLE) or shutil.which("arelleCmdLine")
    if not found:
        pytest.skip(f"Arelle is not here: name its arelleCmdLine in {ARELLE}, or pip install arelle-release")
    return found


def read_back(folder: Path, result: Result) -> tuple[str, dict[str, Any]]:
    """What Arelle says while it validates a report, and the report as it writes it again; without a network."""
    (folder / "a.oim.json").write_bytes(oim.encode(result, "a.oim.xsd"))
    (folder / "a.oim.xsd").write_bytes(oim.encode_beside(result))
    back = folder / "back.json"
    options = ["--internetConnectivity=offline", "--validate", "--plugins", "saveLoadableOIM"]
    line = [find_arelle(), *options, "--file", str(folder / "a.oim.json"), "--saveLoadableOIM", str(back)]
    home = {**os.environ, "XDG_CONFIG_HOME": str(folder), "HOME": str(folder)}
    done = subprocess.run(line, capture_output=True, text=True, check=True, cwd=folder, env=home)
    return done.stdout + done.stderr, json.loads(back.read_bytes())


def simplify(report: dict[str, Any]) -> dict[str, Any]:
    """The facts with numbers as numbers, prefixes of entities and names of links as the addresses they stand for."""
    info = report["documentInfo"]
    return {key: _simplify(fact, info["namespaces"], info["linkTypes"]) for key, fact in report["facts"].items()}


def _simplify(fact: dict[str, Any], names: dict[str, str], links: dict[str, str]) -> dict[str, Any]:
    dimensions = dict(fact["dimensions"])
    if "entity" in dimensions:
        prefix, _, name = dimensions["entity"].partition(":")
        dimensions["entity"] = f"{names[prefix]}:{name}"
    is_note = dimensions["concept"] == "xbrl:note"
    linked = {links[name]: targets for name, targets in fact.get("links", {}).items()}
    value = fact["value"] if is_note else Decimal(fact["value"])
    return {**fact, "value": value, "dimensions": dimensions, "links": linked}


def test_arelle_finds_nothing_wrong_and_writes_the_same_facts(tmp_path: Path) -> None:
    result = extract()
    said, back = read_back(tmp_path, result)
    assert [line for line in said.splitlines() if "[info]" not in line] == []
    assert simplify(back) == simplify(report(result))


def test_arelle_reads_a_report_without_claims_or_body(tmp_path: Path) -> None:
    said, back = read_back(tmp_path, extract("没有数字。\n"))
    assert "rror" not in said
    assert back["facts"] == {}
