"""Completion in a shell: commands, options and their values, as a shell asks for them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from extractor.cli import run
from extractor.cli.completing import VARIABLE

ROOT = Path(__file__).resolve().parents[2]


def ask(typed: str) -> list[str]:
    words = {"COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split(" ")) - 1), VARIABLE: "complete_bash"}
    done = subprocess.run(
        [sys.executable, "-c", "from extractor.cli import main; main()"], capture_output=True, text=True, check=True,
        env={**os.environ, **words, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("extract ch", ["check"]),
        ("extract check --form", ["--format"]),
        ("extract check --lang ", ["zh", "en"]),
        ("extract patterns n", ["new"]),
        ("extract a.pdf --la", ["--lang"]),
        ("extract --verb", ["--verbose"]),
    ],
)
def test_what_was_begun_is_completed(typed: str, found: list[str]) -> None:
    assert ask(typed) == found


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert VARIABLE in script
    if found := shutil.which(shell):
        assert subprocess.run([found, "-n"], input=script, text=True, capture_output=True).returncode == 0
