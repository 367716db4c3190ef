import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from typer.main import get_command

from extractor import cli
from extractor.cli.help import find_text, load_texts

REPORT = "第一部分 决算情况\n一、收入情况\n2020年收入总计100.50万元，比上年增长5.2%。\n"


@pytest.fixture(autouse=True)
def _with_a_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    Path("report.txt").write_text(REPORT, encoding="utf-8")


def command(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    line = [sys.executable, "-c", "from extractor.cli import main; main()", *arguments]
    return subprocess.run(line, capture_output=True, check=False, **options)  # type: ignore[call-overload,no-any-return]


def test_extract_needs_no_subcommand(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["report.txt"]) == 0
    out, err = capsys.readouterr()
    assert "100.50万元" in out
    assert "outputs/report.json" in out
    assert err == ""
    assert max(cell_len(line) for line in out.splitlines()) <= 80
    assert json.loads(Path("outputs/report.json").read_bytes())["text"] == REPORT


def test_the_standard_output_holds_the_json_alone_and_the_same_twice() -> None:
    first, second = command("report.txt", "-o", "-"), command("report.txt", "-o", "-")
    assert first.returncode == 0
    assert first.stdout == second.stdout
    assert first.stderr == b""
    assert json.loads(first.stdout)["schema"] == "extractor/1"
    assert not Path("outputs").exists()


def test_a_file_named_like_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    Path("report.txt").rename("schema")
    assert cli.run(["./schema", "-q"]) == 0
    assert Path("outputs/schema.json").is_file()
    assert cli.run(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Result"


def test_the_ending_jsonl_chooses_the_format() -> None:
    assert cli.run(["report.txt", "-o", "all.jsonl", "-q"]) == 0
    assert Path("all.jsonl").read_bytes().count(b"\n") == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_bad_input_is_one_sentence(capsys: pytest.CaptureFixture[str], lang: str) -> None:
    Path("empty.txt").write_bytes(b"")
    for bad in ("absent.pdf", ".", "empty.txt", "hostile\x1b[2J.pdf", ""):
        assert cli.run([bad, "--lang", lang]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("extract: ")
        assert err.count("\n") == 1
        assert err.rstrip("\n").isprintable()
    assert not Path("outputs").exists()


LONG = "x" * 300


@pytest.mark.parametrize(
    "arguments",
    [
        [LONG],
        [f"{LONG}.txt", "-o", "-"],
        ["report.txt", "-o", f"{LONG}.json"],
        ["report.txt", "-o", f"{LONG}/"],
        ["check", f"{LONG}.pdf"],
        ["check", "report.txt", "--tables", f"{LONG}.xlsx"],
        ["diff", f"{LONG}.txt", "report.txt"],
        ["diff", "report.txt", "report.txt", "-o", f"{LONG}.html"],
        ["explain", f"{LONG}.txt", "5"],
        ["report", f"{LONG}.txt"],
        ["report", "report.txt", "-o", f"{LONG}.html"],
        ["report", "report.txt", "--decisions", f"{LONG}.json"],
        ["evaluate", f"{LONG}.json", f"{LONG}.json"],
        ["annotate", f"{LONG}.txt"],
        ["annotate", "report.txt", "-o", f"{LONG}.jsonl"],
        ["batch", "report.txt", "-o", LONG],
        ["query", LONG, "SELECT 1"],
        ["export", LONG, "-o", "x.csv"],
        ["rebuild", LONG],
    ],
    ids=lambda arguments: " ".join(arguments).replace(LONG, "LONG"),
)
def test_a_name_that_the_system_refuses_is_one_sentence(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run([*arguments, "--lang", "en"]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "internal error" not in err


@pytest.mark.parametrize("arguments", [[], ["--unknown"], ["report.txt", "--format", "xml"], ["schema", "x"]])
def test_wrong_use_is_one_sentence(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert cli.run(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("extract: ")
    shown = "extract schema" if "schema" in arguments else "extract"
    assert err.endswith(f"；用法见 {shown} --help。\n")
    assert err.count("\n") == 1
    assert cli.run([*arguments[:1], "--lang", "en", *arguments[1:]] if "schema" not in arguments else arguments) == 2
    told = capsys.readouterr().err
    assert "schema" in arguments or told.endswith("; see extract --help.\n")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["check"], "缺少参数 files"),
        (["check", "a", "--verbos"], "没有选项 --verbos，是不是 --verbose？"),
        (["check", "a", "--format", "pdf"], "--format 不能是“pdf”，可选：text、json"),
        (["check", "a", "--timeout", "x"], "--timeout 的值不对：应为数字"),
        (["check", "a", "--timeout", "-1"], "不能小于 0"),
        (["check", "a", "-o"], "选项 -o 后面缺少值"),
        (["schema", "a", "b"], "多余的参数"),
    ],
)
def test_wrong_use_is_told_in_chinese(capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str) -> None:
    assert cli.run(arguments) == 2
    assert sentence in capsys.readouterr().err


def test_the_environment_may_choose_the_language(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXTRACT_LANG", "en")
    assert cli.run(["check", "absent.pdf"]) == 2
    assert "no such file" in capsys.readouterr().err
    assert cli.run(["check", "absent.pdf", "--lang", "zh"]) == 2
    assert "文件不存在" in capsys.readouterr().err
    assert cli.run(["--help"]) == 0
    assert "Usage" in capsys.readouterr().out


def test_a_command_that_is_mistyped_is_not_taken_for_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["chek", "report.txt"]) == 2
    assert "是不是 check？" in capsys.readouterr().err
    assert not Path("outputs").exists()
    Path("chek").write_text("发放补助5万元。", encoding="utf-8")
    assert cli.run(["chek", "-q"]) == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="permissions do not bind the superuser")
def test_a_folder_without_permission(capsys: pytest.CaptureFixture[str]) -> None:
    Path("closed").mkdir(mode=0o500)
    assert cli.run(["report.txt", "-o", "closed/"]) == 2
    assert capsys.readouterr().err.startswith("extract: closed/report.json：没有写入权限")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("columns", ["80", "120"])
def test_help_fits_and_names_every_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: str, lang: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert cli.run(["--help", "--lang", lang]) == 0
    text = capsys.readouterr().out
    assert max(map(cell_len, text.splitlines())) <= int(columns)
    for known in cli.commands.registered_commands:
        assert known.callback is not None
        assert f"extract {known.callback.__name__}" in text
    assert ("Exit codes" if lang == "en" else "退出码") in text


def list_commands() -> dict[str, Any]:
    """Every command, by what is typed after `extract`."""
    found: dict[str, Any] = {"extract": get_command(cli.extraction)}
    for name, command in get_command(cli.commands).commands.items():  # type: ignore[attr-defined]
        below = getattr(command, "commands", {})
        found |= {f"{name}.{sub}": one for sub, one in below.items()} or {name: command}
    return found


@pytest.mark.parametrize("name", list_commands())
def test_every_command_and_option_has_its_chinese_help(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = load_texts()
    assert name in texts, f"patterns/help: the command {name} has no text"
    unnamed = [one.name for one in list_commands()[name].params if not find_text(name, one.name)]
    assert unnamed == [], f"patterns/help: {name} has parameters without a text"
    monkeypatch.setenv("COLUMNS", "80")
    assert cli.run([*(name.split(".") if name != "extract" else ()), "--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    # Values to choose from are not parted.
    assert [line for line in lines if cell_len(line) > 80 and "|" not in line] == []


@pytest.mark.parametrize("name", [*list_commands(), "patterns"])
@pytest.mark.parametrize(("lang", "example"), [("zh", "例"), ("en", "Example")])
def test_every_command_has_an_example_in_both_languages(
    name: str, lang: str, example: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run([*(name.split(".") if name != "extract" else ()), "--help", "--lang", lang]) == 0
    told = capsys.readouterr().out.partition(example)[2]
    assert f"extract {name.replace('.', ' ')}".removesuffix(" extract").removesuffix(" list") in " ".join(told.split())


def test_no_help_is_left_of_what_is_gone() -> None:
    known = {f"{name}.{one.name}" for name, command in list_commands().items() for one in command.params}
    known |= {*list_commands(), "patterns", "extract.epilog"}
    left = [key for key in load_texts() if key not in known and key.partition(".")[0] not in ("any", "word")]
    assert left == []


def list_loaded(*arguments: str) -> set[str]:
    """The modules that a command has loaded when it is done."""
    show = "import sys; from extractor.cli import run; run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    command = [sys.executable, "-c", show, *arguments]
    return set(subprocess.run(command, capture_output=True, check=True, text=True).stderr.split())


def test_help_imports_nothing_heavy() -> None:
    assert not {"rich", "regex", "pypdfium2_raw", "pdfplumber", "spacy", "jieba"} & list_loaded("--help")


def test_the_schema_needs_nothing_that_reads() -> None:
    assert not {"rich", "pypdfium2_raw", "jieba", "extractor.documents", "extractor.claims"} & list_loaded("schema")


def test_a_reader_that_goes_away_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    line = [sys.executable, "-c", "from extractor.cli import main; main()", "schema"]
    with os.fdopen(writing, "wb") as out:
        done = subprocess.run(line, stdout=out, stderr=subprocess.PIPE, check=False)
    assert done.stderr == b""
    assert done.returncode == 141


def test_a_full_standard_output_is_one_sentence() -> None:
    for arguments in (["report.txt"], ["report.txt", "-o", "-"], ["schema"]):
        line = [sys.executable, "-c", "from extractor.cli import main; main()", *arguments]
        with Path("/dev/full").open("wb") as out:
            done = subprocess.run(line, stdout=out, stderr=subprocess.PIPE, check=False)
        assert done.returncode == 2
        assert done.stderr.decode().startswith("extract: stdout：磁盘空间不足")
        assert done.stderr.count(b"\n") == 1


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("extract 0.")
