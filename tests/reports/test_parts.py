"""What a killed process was writing goes away with the next that writes there; what another is writing stays."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from extractor.reports.files import parts
from extractor.reports.files.targets import replacing

WRITER = """
import sys, pathlib
from extractor.reports.files.targets import replacing
with replacing(pathlib.Path(sys.argv[1])) as file:
    file.write(b"half")
    file.flush()
    print("writing", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def _forget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "_SWEPT", set())


def start(target: Path) -> subprocess.Popen[bytes]:
    """A process that is in the middle of writing ``target``."""
    line = [sys.executable, "-c", WRITER, str(target)]
    writer = subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert writer.stdout
    assert writer.stdout.readline() == b"writing\n"
    return writer


def write(target: Path) -> None:
    with replacing(target) as file:
        file.write(b"whole")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_what_a_killed_process_left_is_taken_away(tmp_path: Path) -> None:
    writer = start(tmp_path / "a.json")
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    assert [path.name for path in tmp_path.iterdir()] == [f".extract-{writer.pid}.part"]
    write(tmp_path / "b.json")
    assert [path.name for path in tmp_path.iterdir()] == ["b.json"]


def test_what_another_process_is_writing_stays(tmp_path: Path) -> None:
    writer = start(tmp_path / "a.json")
    write(tmp_path / "b.json")
    writer.communicate(b"")
    assert writer.returncode == 0
    assert sorted((path.name, path.read_bytes()) for path in tmp_path.iterdir()) == [
        ("a.json", b"half"),
        ("b.json", b"whole"),
    ]


def test_nothing_else_is_taken_away(tmp_path: Path) -> None:
    (tmp_path / "outside").write_bytes(b"mine")
    (tmp_path / ".extract-notes").write_bytes(b"mine")
    (tmp_path / ".extract-1.part").symlink_to(tmp_path / "outside")
    (tmp_path / ".extract-2.part").mkdir()
    write(tmp_path / "b.json")
    assert len([*tmp_path.iterdir()]) == 5
    assert (tmp_path / "outside").read_bytes() == b"mine"


def test_a_part_that_is_no_file_is_not_written_through(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"mine")
    target = tmp_path / "out" / "b.json"
    target.parent.mkdir()
    parts.name_part(target).symlink_to(outside)
    write(target)
    assert outside.read_bytes() == b"mine"
    assert target.read_bytes() == b"whole"
    assert not target.is_symlink()


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        with replacing(tmp_path / "a.json") as file:
            file.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert list(tmp_path.iterdir()) == []
