"""A folder of patterns of one's own: it lies over the package's, is data only, and what is wrong with it is told."""

from __future__ import annotations

import json
import os
import pickle
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import extractor
from extractor import patterns
from extractor.batch import work
from extractor.checks.declared import list_declared
from extractor.cli import run
from extractor.cli.apps import commands, extraction
from extractor.layers import VARIABLE, PatternError, use_patterns
from extractor.own import lint
from extractor.own.stubs import PLACES, write_stub
from extractor.quantities.units import readings

ROOT = Path(__file__).resolve().parents[2]
ESG = ROOT / "corpus" / "own" / "esg"
UNIT = '[[pattern]]\nid = "shop"\nwords = ["爿"]\ndimension = "count"\nbase = "爿"\n'
REPORT = "某某股份有限公司2024年环境、社会及治理报告\n一、气候\n2024年，公司温室气体排放总量35000tCO2e，"


@pytest.fixture(autouse=True)
def _package_alone() -> Iterator[None]:
    yield
    use_patterns(None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "mine"


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return folder


def find(text: str) -> list[tuple[str, str, str]]:
    return [(one.raw, one.dimension, one.evidence[0]) for one in extractor.extract(text.encode(), name="a.txt").claims]


# ── one folder over the other ──


def test_a_unit_of_ones_own_is_read_and_forgotten_again(folder: Path) -> None:
    text = "老街现有商铺3爿，发放补助20万元。"
    before = extractor.extract(text.encode(), name="a.txt")
    use_patterns(write(folder, "units/shops.toml", UNIT))
    assert find(text)[0] == ("3爿", "count", "units/shops.shop")
    use_patterns(None)
    assert extractor.extract(text.encode(), name="a.txt") == before


def test_an_entry_with_the_id_of_the_packages_replaces_it_and_another_stands_behind(folder: Path) -> None:
    own = UNIT.replace('"shop"', '"yuan"').replace('"爿"', '"圆整"').replace('"count"', '"money"')
    use_patterns(write(folder, "units/money.toml", own))
    assert "圆整" in readings()
    assert "元" not in readings()
    assert patterns.is_own("units/money.yuan")
    names = [key for key, _ in patterns.read_entries("units/money")]
    assert len(names) == len(set(names))


def test_words_join_a_list_and_fragments_replace_one(folder: Path) -> None:
    known = patterns.lexicon("vocabulary/time")["last_year"]
    use_patterns(write(folder, "vocabulary/time.toml", '[words]\nlast_year = ["旧年"]\n'))
    assert patterns.lexicon("vocabulary/time")["last_year"] == [*known, "旧年"]


def test_a_room_of_ones_own_is_named_in_expressions(folder: Path) -> None:
    write(folder, "vocabulary/green.toml", '[words]\ngas = ["碳", "甲烷"]\n')
    use_patterns(folder)
    assert patterns.compiled("metrics/x.y", "{green.gas}排放").fullmatch("甲烷排放")


def test_defaults_of_a_file_are_for_its_own_entries(folder: Path) -> None:
    use_patterns(
        write(
            folder, "units/money.toml", '[defaults]\ndimension = "count"\n' + UNIT.replace('dimension = "count"\n', "")
        )
    )
    assert readings()["爿"].dimension == "count"
    assert readings()["元"].dimension == "money"


def test_a_metric_of_ones_own_is_meant_rather(folder: Path) -> None:
    own = '[[pattern]]\nid = "revenue"\nzh = "营收"\nen = "turnover"\nnames = "营业收入"\n'
    use_patterns(write(folder, "metrics/mine.toml", own))
    (claim,) = extractor.extract("公司实现营业收入3.5亿元。".encode(), name="a.txt").claims
    assert claim.metric_id == "mine.revenue"


def test_results_of_a_batch_are_of_their_patterns(folder: Path) -> None:
    alone = work.patterns_hash()
    use_patterns(write(folder, "units/shops.toml", UNIT))
    other = work.patterns_hash()
    write(folder, "units/shops.toml", UNIT.replace("爿", "弄"))
    use_patterns(folder)
    assert len({alone, other, work.patterns_hash()}) == 3


def test_other_processes_read_with_the_same(folder: Path) -> None:
    write(folder, "units/shops.toml", UNIT)
    code = "import extractor; print(extractor.extract('商铺3爿。'.encode(), name='a.txt').claims[0].dimension)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={**os.environ, VARIABLE: str(folder), "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.stdout.strip() == "count"


def test_nothing_but_data_is_read(folder: Path) -> None:
    write(folder, "units/shops.toml", UNIT)
    write(folder, "checks/evil.py", "raise SystemExit('run')\n")
    write(folder, "questions/evil.sql", "DROP TABLE claims;\n")
    use_patterns(folder)
    assert find("商铺3爿。")[0][1] == "count"
    assert all(file.suffix == ".toml" for file in patterns.files(""))


# ── rules ──


@pytest.mark.parametrize(
    ("rest", "status"),
    [
        ("实现营业收入10.00亿元，碳排放强度0.35吨/万元。", "holds"),
        ("实现营业收入10.00亿元，碳排放强度0.36吨/万元。", "fails"),
        ("实现营业收入10.00亿元，碳排放强度350千克/万元。", "holds"),
        ("实现营业收入10.00亿元，碳排放强度1.82吨/吨钢。", None),
        ("实现营业收入10.00亿元，2023年碳排放强度0.36吨/万元。", None),
        ("实现营业收入10.00亿元，2030年碳排放强度目标0.30吨/万元。", None),
        ("碳排放强度0.36吨/万元。", None),
    ],
)
def test_a_rule_of_data_is_judged_by_units_time_and_printed_digits(rest: str, status: str | None) -> None:
    use_patterns(ESG)
    found = extractor.extract(f"{REPORT}{rest}".encode(), name="a.txt").checks
    assert [check.status for check in found if check.rule == "esg_intensity"] == ([status] if status else [])


def test_two_numbers_that_could_be_meant_leave_a_check_unclear() -> None:
    use_patterns(ESG)
    text = f"{REPORT}实现营业收入10.00亿元。\n其中：实现营业收入9.10亿元，碳排放强度0.36吨/万元。"
    found = extractor.extract(text.encode(), name="a.txt").checks
    assert {check.status for check in found if check.rule == "esg_intensity"} <= {"unclear", "holds"}


def test_no_rule_of_ones_own_without_a_folder() -> None:
    assert list_declared() == ()


# ── the commands ──


@pytest.mark.parametrize("kind", PLACES)
def test_a_stub_is_in_order_as_it_is(kind: str, folder: Path) -> None:
    write_stub(kind, "carbon", folder)
    checked = lint.check_folder(folder)
    assert (checked.problems, checked.unshown) == ((), ())
    assert checked.examples == 2
    with pytest.raises(PatternError, match="is there already"):
        write_stub(kind, "carbon", folder)


@pytest.mark.parametrize("name", ["Carbon", "../x", "a b", "", "碳"])
def test_a_stub_has_a_name(name: str, folder: Path) -> None:
    with pytest.raises(PatternError, match="small letters"):
        write_stub("unit", name, folder)


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("units/a.toml", UNIT.replace('"count"', '"cash"'), "units/a.shop.dimension: cash is not accepted"),
        ("units/a.toml", UNIT.replace("words", "wrods"), "units/a.shop: there is no field wrods"),
        ("units/a.toml", UNIT + UNIT, "twice"),
        ("units/a.toml", "[[pattern]\n", "not valid TOML"),
        ("metrics/a.toml", '[[pattern]]\nid = "x"\nen = "x"\nnames = "("\n', "metrics/a.x.names: not a valid"),
        ("metrics/a.toml", '[[pattern]]\nid = "x"\nen = "x"\nnames = "{no.where}"\n', "vocabulary/ has no no"),
        ("metrics/a.toml", '[[pattern]]\nid = "x"\nen = "x"\nnames = "(?:碳+碳+)+量"\n', "more than in proportion"),
        ("checks/a.toml", "", "label"),
        ("checks/a1.toml", "", "small letters"),
        ("examples/units/a.txt", "= 商铺3间。\n  4间\n", "units/a:1: missing claim: 4间"),
        ("examples/units/a.txt", "商铺\n", "units/a:1: a line begins"),
        ("examples/checks/a.txt", "= 商铺3间。\n  sum holds | 3间\n", "missing check: sum holds"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    file: str, text: str, said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, file, text)
    assert run(["patterns", "check", str(folder), "--lang", "en"]) == 1
    assert said in capsys.readouterr().out


def test_a_file_that_nothing_reads_and_a_folder_that_is_not_there_are_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, "unit/a.toml", UNIT)
    for command in (["patterns", "check", str(folder)], ["check", "x.txt", "--patterns", str(folder)]):
        assert run([*command, "--lang", "zh"]) == 2
        assert "unit/a：该位置的文件不会被读取" in capsys.readouterr().err
    assert run(["x.txt", "--patterns", str(folder / "none"), "--lang", "en"]) == 2
    assert "there is no such folder" in capsys.readouterr().err
    assert VARIABLE not in os.environ


def test_an_error_travels_between_processes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    error = pickle.loads(pickle.dumps(PatternError("id-twice", place="units/a.b")))
    assert str(error) == "units/a.b: the id stands twice in the file; ids are unique."
    file = folder / "a.txt"
    write(folder, "units/a.toml", UNIT.replace('"count"', '"cash"'))
    file.write_text("商铺3间。", encoding="utf-8")
    assert run(["check", str(file), "--patterns", str(folder)]) == 2
    assert "units/a.shop.dimension：不接受 cash" in capsys.readouterr().err


def test_every_command_that_reads_has_the_option() -> None:
    apps = [*commands.registered_commands, *extraction.registered_commands]
    named = {one.callback.__name__: one.callback.__annotations__ for one in apps if one.callback}
    reading = {name for name, options in named.items() if "timeout" in options}
    assert {name for name in reading if "patterns" not in named[name]} == set()


def test_entries_are_found_by_their_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["patterns", "tCO2e", "--patterns", str(ESG), "--lang", "en"]) == 0
    assert "units/esg.tonne_co2e" in capsys.readouterr().out
    assert run(["patterns", "tCO2e"]) == 1
    assert run(["patterns", "--patterns", str(ESG)]) == 0
    assert "units/esg  2 条，其中自有 2 条" in capsys.readouterr().out


# ── settings ──


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("extract.toml", 'patterns = "mine"\nlang = "en"\n'),
        ("pyproject.toml", '[tool.extract]\npatterns = "mine"\nlang = "en"\n'),
    ],
)
def test_settings_of_the_working_folder(
    file: str, text: str, folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    write(folder, "units/shops.toml", UNIT)
    write(folder.parent, file, text)
    write(folder.parent, "a.txt", "老街现有商铺3爿。")
    assert run(["a.txt", "-o", "-", "-v"]) == 0
    said = capfd.readouterr()
    assert json.loads(said.out)["claims"][0]["unit"] == "爿"
    assert f"extract: settings of {file}: patterns = mine, lang = en" in said.err
    assert run(["check", "a.txt", "--lang", "zh"]) == 0
    assert "核对" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pattern = 'x'\n", "there is no setting pattern; accepted: patterns, lang, timeout, memory"),
        ("lang = 'fr'\n", "a setting is wrong"),
        ("timeout = -1\n", "a setting is wrong"),
        ("lang = \n", "not valid TOML"),
    ],
)
def test_settings_that_are_none(
    text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "extract.toml", text)
    assert run(["check", "a.txt", "--lang", "en"]) == 2
    assert said in capsys.readouterr().err


# ── the page ──


@pytest.mark.parametrize("page", ["patterns.md", "patterns.zh-CN.md"])
def test_sessions_of_the_page_are_the_tools_own(
    page: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ESG, tmp_path / "corpus/own/esg")
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    sessions = "".join(re.findall(r"```\n(\$ extract .*?)```", text, re.DOTALL)).split("$ extract ")[1:]
    assert len(sessions) == 5
    for session in sessions:
        command, _, shown = session.partition("\n")
        assert run(shlex.split(command)) in (0, 1)
        printed = capfd.readouterr().out.splitlines()
        assert [line for line in shown.splitlines() if line.strip("…") and line not in printed] == []


def test_both_pages_tell_the_same() -> None:
    pages = [(ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("patterns.md", "patterns.zh-CN.md")]
    assert len({tuple(re.findall(r"^(#+) |^(```\w*)$", page, re.MULTILINE)) for page in pages}) == 1
