"""Every command reads within limits: a file made to harm costs itself, in a sentence, and the others are done."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import bombs
import pytest

from extractor import cli

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux alone")
TEXT = "第一部分 决算情况\n一、收入情况\n2020年收入总计100.50万元，其中财政拨款60万元，其他收入40.50万元。\n"


@pytest.fixture(autouse=True)
def _with_reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(TEXT, encoding="utf-8")
    Path("z.txt").write_text(TEXT.replace("2020", "2021"), encoding="utf-8")
    os.mkfifo("bomb.pdf")


def attack(capfd: pytest.CaptureFixture[str], line: Sequence[str], words: str, seconds: int = 2) -> None:
    """Runs a command over something that never ends."""
    assert cli.run([*line, "--timeout", str(seconds), "--lang", "en"]) == 2
    err = capfd.readouterr().err
    assert words in err
    assert err.count("\n") == 1


def test_the_others_are_done_and_the_output_is_whole(capfd: pytest.CaptureFixture[str]) -> None:
    attack(capfd, ["a.txt", "bomb.pdf", "z.txt", "-o", "all.jsonl", "-q"], "bomb.pdf: not done within 15 s", 15)
    lines = Path("all.jsonl").read_bytes().splitlines()
    assert [json.loads(line)["document"]["name"] for line in lines] == ["a.txt", "z.txt"]


@pytest.mark.parametrize(
    "line",
    [
        ["check", "bomb.pdf"],
        ["diff", "bomb.pdf", "a.txt"],
        ["report", "bomb.pdf", "-o", "x.html"],
        ["explain", "bomb.pdf", "5"],
        ["annotate", "bomb.pdf"],
    ],
    ids=lambda line: line[0],
)
def test_every_command_has_limits(capfd: pytest.CaptureFixture[str], line: list[str]) -> None:
    attack(capfd, line, "bomb.pdf: not done within 2 s and stopped; --timeout allows more.")


def test_a_form_that_draws_itself_costs_itself() -> None:
    Path("self.pdf").write_bytes(bombs.make_pdf(bombs.BOMBS["a form that draws itself"]))
    line = ["self.pdf", "a.txt", "-o", "out/", "-q", "--timeout", "20", "--memory", "300", "--lang", "en"]
    # In a process of its own: what this one has loaded would count against the limit.
    command = [sys.executable, "-c", "from extractor.cli import main; main()", *line]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert run.stderr.startswith("extract: self.pdf: ")
    assert run.stderr.count("\n") == 1
    assert [path.name for path in Path("out").iterdir()] == ["a.json"]


def test_an_interruption_ends_the_process_of_the_document() -> None:
    line = [sys.executable, "-c", "from extractor.cli import main; main()", "bomb.pdf", "-q"]
    run = subprocess.Popen(line, stderr=subprocess.PIPE)
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children")
    while not (found := children.read_text().split()):
        time.sleep(0.02)
    run.send_signal(signal.SIGINT)
    _, err = run.communicate(timeout=20)
    assert (run.returncode, err) == (130, b"")
    until = time.monotonic() + 5
    while any(map(is_alive, found)):
        assert time.monotonic() < until, "the process of a document outlived its command"
        time.sleep(0.05)


def is_alive(pid: str) -> bool:
    """Whether a process runs; one that has ended may still be listed where nobody has asked for it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
