"""One place says how a run ends, whatever goes wrong in it."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from extractor import console
from extractor.model import DEBUG, InputError
from extractor.reports.formats import ANSWERS, CITATIONS, COMPARISONS, EXPORTS, RESULTS, Formats
from extractor.runs.diff import Request, compare_files
from extractor.runs.outcome import Outcome, attempt, run_process

ALL = (RESULTS, COMPARISONS, EXPORTS, ANSWERS, CITATIONS)


def fail(error: BaseException) -> Outcome:
    raise error


@pytest.mark.parametrize("error", [InputError("input.missing", name="a.pdf"), ValueError("boom"), MemoryError()])
def test_what_goes_wrong_is_one_sentence_that_names_the_file(
    error: Exception, capsys: pytest.CaptureFixture[str]
) -> None:
    assert attempt(lambda: fail(error), "zh", "a.pdf") == Outcome.FAILED == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("extract: a.pdf：")
    assert err.count("\n") == 1


def test_a_variable_asks_for_the_place(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DEBUG, "1")
    attempt(lambda: fail(ValueError("boom")), "en", "a.pdf")
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize("error", [BrokenPipeError(), KeyboardInterrupt()])
def test_what_ends_the_whole_command_is_passed_on(error: BaseException) -> None:
    with pytest.raises(type(error)):
        attempt(lambda: fail(error), "zh", "a.pdf")


def test_a_disk_that_fills_up_at_the_end_is_one_sentence() -> None:
    line = [sys.executable, "-c", "from extractor.cli import main; main()", "--help"]
    with Path("/dev/full").open("wb") as out:
        done = subprocess.run(line, stdout=out, stderr=subprocess.PIPE, check=False)
    assert done.returncode == Outcome.FAILED
    assert done.stderr.decode().startswith("extract: stdout：磁盘空间不足")
    assert done.stderr.count(b"\n") == 1


def test_an_error_that_nobody_expected_is_no_finding() -> None:
    code = "import extractor.runs.outcome as o, sys; sys.exit(o.run_process(lambda _: 1 // 0, []))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == Outcome.FAILED
    assert "ZeroDivisionError" in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


def test_a_diff_that_meets_a_bug_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("发放补助5万元。", encoding="utf-8")
    monkeypatch.setattr("extractor.diffs.diff", lambda *_, **__: fail(ValueError("boom")))
    assert compare_files([tmp_path / "a.txt", tmp_path / "b.txt"], None, Request()) == Outcome.FAILED
    assert "a.txt, b.txt：程序内部错误（ValueError: boom）" in capsys.readouterr().err


@pytest.mark.parametrize("formats", ALL, ids=lambda formats: formats.folder)
def test_every_format_is_a_file_that_can_be_loaded(formats: Formats) -> None:
    names = formats.names
    assert names[0] == formats.default
    for name in names:
        module = formats.load(name)
        assert module.__doc__
        assert {"encode", "write", "draw"} & set(vars(module))
        assert formats.choose(None, f"x.{formats.endings.get(name, name)}") == name


@pytest.mark.parametrize("line", [["schema"], ["check", "absent.pdf"], ["--help"]])
def test_a_closed_standard_output_is_one_sentence(line: list[str]) -> None:
    command = [sys.executable, "-c", "from extractor.cli import main; main()", *line]
    done = subprocess.run(["sh", "-c", '"$@" >&-', "sh", *command], capture_output=True, check=False)
    assert done.returncode == Outcome.FAILED
    assert done.stderr.startswith(b"extract: ")
    assert done.stderr.count(b"\n") == 1


def test_nowhere_to_say_anything_is_no_finding() -> None:
    command = [sys.executable, "-c", "from extractor.cli import main; main()", "check", "absent.pdf"]
    for closed in (">&- 2>&-", ">/dev/full 2>/dev/full"):
        assert subprocess.run(["sh", "-c", f'"$@" {closed}', "sh", *command], check=False).returncode == Outcome.FAILED


# Interrupts the process at the first look for a module of the program.
INTERRUPTED_WHILE_LOADED = """
import os, signal, sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "extractor.model" and sys.meta_path.pop(0):
            os.kill(os.getpid(), signal.SIGINT)
from extractor import console
sys.meta_path.insert(0, Finder())
console.main()
"""


def test_an_interruption_while_the_program_is_loaded_says_nothing() -> None:
    done = subprocess.run([sys.executable, "-c", INTERRUPTED_WHILE_LOADED], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (Outcome.INTERRUPTED, b"", b"")


def test_who_ignores_interruptions_still_does_while_the_program_is_loaded() -> None:
    code = f"import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n{INTERRUPTED_WHILE_LOADED}"
    done = subprocess.run([sys.executable, "-c", code, "--help"], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (Outcome.DONE, b"")


def test_the_console_script_is_the_one_that_can_be_interrupted() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["scripts"] == {"extract": "extractor.console:main"}
    assert console.INTERRUPTED == Outcome.INTERRUPTED


def test_an_interruption_between_commands_is_no_crash() -> None:
    assert run_process(lambda _: fail(KeyboardInterrupt()), []) == Outcome.INTERRUPTED
