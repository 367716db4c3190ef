"""The parent of a batch meets what is no plain file, too large, or out of reach, and goes on."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pytest

from extractor import cli
from extractor.batch import contents, work
from extractor.model import InputError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes and sparse files are other things there")
LARGE = 3 * 2**30


def test_a_hash_is_that_of_the_bytes(tmp_path: Path) -> None:
    for size in (0, 1, contents.PIECE, contents.PIECE + 1):
        (tmp_path / "a").write_bytes(b"x" * size)
        assert contents.hash_file(str(tmp_path / "a")) == hashlib.sha256(b"x" * size).hexdigest()
        assert contents.read_file(str(tmp_path / "a")) == b"x" * size


def test_a_large_file_costs_itself(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (reports / "0.txt").open("wb") as file:
        file.truncate(LARGE)
    assert cli.run(["batch", "reports", "-o", "out", "-j", "1", "--lang", "en"]) == 3
    out, err = capsys.readouterr()
    assert "more than 1024 MB" in err
    assert "3 done" in out


def test_a_pipe_in_place_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert work.one(str(tmp_path / "a.txt"), work.options(lang="en")).reason == "no-file"
    with pytest.raises(InputError):
        contents.hash_file(str(tmp_path / "a.txt"))


def test_a_device_and_a_name_that_is_too_long_cost_themselves(
    reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (reports / "zero.txt").symlink_to("/dev/zero")
    line = ["batch", "reports", "n" * 300 + ".txt", "reports/zero.txt", "/dev/null", "-o", "out", "-j", "1"]
    assert cli.run([*line, "--lang", "en"]) == 3
    out, err = capsys.readouterr()
    assert "nnn.txt: cannot be read" in err
    assert "/dev/null: neither a file nor a folder" in err
    assert "3 done" in out
