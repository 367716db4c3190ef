"""The commands evaluate and annotate: figures and files, and one sentence for what goes wrong."""

import json
from pathlib import Path

import pytest
from annotations import HOUSEHOLDS, MONEY, RATE, RISE, TEXT, annotation

from extractor import cli
from extractor.evaluation import targets


@pytest.fixture(autouse=True)
def _with_a_report_and_gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    Path("report.txt").write_text(TEXT, encoding="utf-8")
    targets.write(annotation(MONEY, RISE, HOUSEHOLDS, RATE), "gold/")


def test_figures_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["evaluate", "gold/report.jsonl", "report.txt"]) == 0
    out, err = capsys.readouterr()
    assert [line.split()[1:] for line in out.splitlines() if line.startswith("整条表述 ")] == [
        ["1.0000"] * 3 + ["4"] * 3
    ]
    assert "遗漏（0）" in out
    assert "…" not in out
    assert err == ""


def test_misses_stand_side_by_side(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Path("gold/report.jsonl").read_text(encoding="utf-8")
    Path("gold/report.jsonl").write_text(lines.replace('"actual"', '"target"', 1), encoding="utf-8")
    assert cli.run(["evaluate", "gold/report.jsonl", "report.txt", "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert "[20余万元]" in out
    assert "role: gold target, got actual" in out
    assert cli.run(["evaluate", "gold/report.jsonl", "report.txt", "--lang", "en", "--misses", "0"]) == 0
    assert "Missed" not in capsys.readouterr().out


def test_json_for_programs(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert cli.run(["report.txt", "-q"]) == 0
    assert cli.run(["evaluate", "gold/report.jsonl", "outputs/report.json", "--json"]) == 0
    found = json.loads(capfdbinary.readouterr().out)
    assert found["schema"] == "extractor-evaluation/1"
    assert found["mentions"]["f1"] == 1.0
    assert set(found["kinds"]) == {"level", "change_amount", "change_rate", "share", "completion", "rate"}


def test_a_result_becomes_gold_for_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["report.txt", "-q"]) == 0
    for form, name in (("jsonl", "report.jsonl"), ("brat", "report.ann"), ("labelstudio", "report.tasks.json")):
        assert cli.run(["annotate", "outputs/report.json", "-o", f"{form}/", "--format", form]) == 0
        assert f"{form}/{name}" in capsys.readouterr().out
        assert cli.run(["evaluate", f"{form}/{name}", "outputs/report.json", "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["whole_claims"]["f1"] == 1.0
    assert Path("brat/annotation.conf").is_file()
    assert Path("labelstudio/labelstudio.xml").is_file()


def test_quiet_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["annotate", "report.txt", "-o", "made/", "-q"]) == 0
    assert Path("made/report.jsonl").is_file()
    assert (*capsys.readouterr(),) == ("", "")


def test_one_report_of_a_project_of_several(capsys: pytest.CaptureFixture[str]) -> None:
    targets.write(annotation(MONEY), "one.json")
    targets.write(annotation(MONEY, name="other.txt"), "two.json", lang="zh")
    tasks = [*json.loads(Path("one.json").read_bytes()), *json.loads(Path("two.json").read_bytes())]
    Path("all.json").write_text(json.dumps(tasks), encoding="utf-8")
    assert cli.run(["evaluate", "all.json", "report.txt", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["mentions"]["gold"] == 1
    Path("report.txt").rename("third.txt")
    assert cli.run(["evaluate", "all.json", "third.txt"]) == 2
    assert cli.run(["annotate", "all.json"]) == 2
    assert capsys.readouterr().err.count("\n") == 2


def test_the_text_may_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    Path("gold/report.txt").rename("annotated.txt")
    Path("report.txt").write_text("标题\n" + TEXT, encoding="utf-8")
    assert cli.run(["evaluate", "gold/report.jsonl", "report.txt"]) == 2
    assert "--text" in capsys.readouterr().err
    assert cli.run(["evaluate", "gold/report.jsonl", "report.txt", "--text", "annotated.txt", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["mentions"]["f1"] == 1.0


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["evaluate", "absent.jsonl", "report.txt"],
        ["evaluate", "gold/report.jsonl", "absent.json"],
        ["evaluate", "gold/report.jsonl", "gold"],
        ["evaluate", "report.txt", "gold/report.jsonl"],
        ["annotate", "absent.json"],
        ["annotate", "gold/report.jsonl", "-o", "gold.xml"],
        ["annotate", "report.txt", "-o", "gold/"],
    ],
)
def test_what_goes_wrong_is_one_sentence(capsys: pytest.CaptureFixture[str], arguments: list[str], lang: str) -> None:
    assert cli.run([*arguments, "--lang", lang]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("extract: ")
    assert err.count("\n") == 1
