"""No command opens a socket, starts a program, or writes outside its output folder, whatever a document asks for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import lures
import pytest
from watch import CAN_FILTER, KILLED, forbid_sockets, watch

OUT = "made"
SYSTEM = {Path("/dev/null"), Path("/proc/self/clear_refs")}
"""What is written to and keeps nothing: how much memory a process took is measured anew."""
COMMANDS = {
    "extract": ["{files}", "-o", f"{OUT}/results/"],
    "check": ["check", "{files}", "--verbose"],
    "diff": ["diff", "in/page.html", "in/word.docx", "-o", f"{OUT}/diff.html"],
    "report": [
        "report",
        "in/shown.pdf",
        "-o",
        f"{OUT}/x.html",
        "--pdf",
        f"{OUT}/x.pdf",
        "--xlsx",
        f"{OUT}/x.xlsx",
        "--pages",
    ],
    "report of a page": ["report", "in/page.html", "-o", f"{OUT}/y.html", "--xlsx", f"{OUT}/y.xlsx"],
    "explain": ["explain", "in/page.html", "收入总计200.00万元"],
    "annotate": ["annotate", "in/word.docx", "-o", f"{OUT}/notes/"],
    "schema": ["schema"],
    "batch": ["batch", "in", "-o", f"{OUT}/store", "-j", "1"],
    "query": ["query", f"{OUT}/store", "SELECT document, raw FROM claims"],
    "export": ["export", f"{OUT}/store", "-o", f"{OUT}/claims.parquet"],
    "pages of a batch": ["report", f"{OUT}/store"],
    "rebuild": ["rebuild", f"{OUT}/store"],
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Path]]:
    """The folder that commands run in, with the files that ask for something."""
    folder = tmp_path_factory.mktemp("watched") / "work"
    folder.mkdir()
    return folder, lures.write_lures(folder / "in")


@pytest.mark.parametrize("name", COMMANDS)
def test_no_socket_no_program_no_file_elsewhere(place: tuple[Path, list[Path]], name: str) -> None:
    folder, files = place
    named = [f"in/{file.name}" for file in files]
    arguments = [word for one in COMMANDS[name] for word in (named if one == "{files}" else [one])]
    done = watch(arguments, folder)
    assert done.code in (0, 1, 2, 3), done.said
    assert "SIGSYS" not in done.said
    assert "Traceback" not in done.said
    assert done.events == []
    elsewhere = {path for path in done.written if not path.is_relative_to(folder / OUT)}
    assert elsewhere <= SYSTEM
    assert lures.SECRET not in done.said
    for made in (folder / OUT).rglob("*") if (folder / OUT).exists() else ():
        assert not made.is_file() or lures.SECRET.encode() not in made.read_bytes()


def test_the_files_are_read(place: tuple[Path, list[Path]]) -> None:
    folder, files = place
    done = watch(["check", *(f"in/{file.name}" for file in files), "--lang", "en"], folder)
    refused = [line for line in done.said.splitlines() if line.startswith("extract: ")]
    assert [line.split(": ")[1] for line in refused] == [*lures.REFUSED]
    assert done.code == 2


@pytest.mark.skipif(not CAN_FILTER, reason="calls are filtered on Linux alone")
def test_a_socket_would_be_seen() -> None:
    code = "import socket; socket.socketpair(); print('local', flush=True); socket.socket()"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, preexec_fn=forbid_sockets
    )
    assert (done.stdout, done.returncode) == ("local\n", KILLED)


def test_a_program_and_a_file_would_be_seen(tmp_path: Path) -> None:
    import os

    from watch import HOOK

    (tmp_path / "sitecustomize.py").write_text(HOOK)
    code = (
        "import subprocess, sys; open('x', 'w').close(); subprocess.run([sys.executable, '-c', 'open(\"y\", \"w\")'])"
    )
    environment = os.environ | {"PYTHONPATH": str(tmp_path), "WATCH_LOG": str(tmp_path / "log")}
    subprocess.run([sys.executable, "-c", code], check=True, cwd=tmp_path, env=environment)
    told = (tmp_path / "log").read_text()
    assert "subprocess.Popen" in told
    assert f"write\t'{tmp_path}/x'" in told
    assert f"write\t'{tmp_path}/y'" in told
