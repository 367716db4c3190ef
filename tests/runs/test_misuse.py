"""What is no report, and what is no target of a result: told at once, with the command that is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import cli

TEXT = "一、收入\n2020年收入总计100.50万元，其中财政拨款60万元，其他收入40万元。\n"


@pytest.fixture(autouse=True)
def _with_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("report.txt").write_text(TEXT, encoding="utf-8")
    assert cli.run(["report.txt", "-o", "saved/", "-q"]) == 0
    assert cli.run(["report", "report.txt", "-o", "page.html", "-q"]) == 0
    assert cli.run(["check", "report.txt", "-o", "list.csv", "-q", "--exit-zero"]) == 0
    assert cli.run(["check", "report.txt", "--write-baseline", "known.json", "-q"]) == 0


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("saved/report.json", "extract check report.json"),
        ("page.html", "extract check outputs/NAME.json"),
        ("check page.html", "extract check outputs/NAME.json"),
        ("diff page.html report.txt", "extract check outputs/NAME.json"),
        ("check list.csv", "extract check"),
        ("check known.json", "--baseline known.json"),
        ("check saved", "extract check saved/*.json"),
        ("saved", "extract check saved/*.json"),
        ("report saved", "extract check saved/*.json"),
        ("report .", "extract batch . -o data"),
        ("report.txt -o x.xlsx", "extract report report.txt --xlsx x.xlsx"),
        ("report.txt -o x.html", "extract report report.txt -o x.html"),
        ("report.txt -o x.pdf", "extract report report.txt --pdf x.pdf"),
        ("report.txt -o x.csv", "extract check report.txt -o x.csv"),
        ("report.txt -o x", "extract report.txt -o x.json"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_one_sentence_with_the_right_command(
    line: str, command: str, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run([*line.split(), "--lang", lang]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert command in err
    assert err.count("\n") == 1
    assert not [*Path().glob("x*")]


def test_options_in_front_of_the_command_are_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--lang", "en", "-o", "x.json", "check", "report.txt"]) in (0, 1)
    assert Path("x.json").is_file()
    assert "Checks" in capsys.readouterr().out


def test_what_is_told_to_be_json_may_be_called_anything() -> None:
    assert cli.run(["report.txt", "-o", "x.html", "--format", "json", "-q"]) == 0
    Path("y").mkdir()
    assert cli.run(["report.txt", "-o", "y", "-q"]) == 0
    assert Path("y/report.json").is_file()
