"""What is kept is whole or not there, and one batch works in a folder at a time."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from extractor.batch import store, work
from extractor.batch.items import Item
from extractor.batch.work import Outcome
from extractor.reports.files.targets import OutputError


def done(name: str, key: str) -> Outcome:
    from zstandard import ZstdCompressor

    line = json.dumps({"pages": [1, 2], "claims": [1, 2, 3], "name": name}).encode() + b"\n"
    return Outcome(f"/{name}", key * 64, "done", result=ZstdCompressor().compress(line), pages=2, claims=3)


def keys(out: Path) -> list[tuple[str, str]]:
    return [(entry.path, entry.key[:1]) for entry in store.entries(out)]


def test_what_is_added_is_there_for_the_next_batch(tmp_path: Path) -> None:
    with store.opened(tmp_path / "out") as one:
        one.add(done("a.pdf", "a"))
        one.add(Outcome("/b.pdf", "", "failed", "damaged", "b.pdf：PDF 已损坏"))
    with store.opened(tmp_path / "out") as two:
        assert two.has("a" * 64)
        assert two.lists("/a.pdf", "a" * 64)
        assert not two.lists("/b.pdf", "a" * 64)
        two.list_again(Item("/b.pdf", 0), "a" * 64, "")
        assert two.write_failures() == 0
    assert [entry.seq for entry in store.entries(tmp_path / "out")] == [1, 2, 3]
    assert [(entry.pages, entry.claims) for entry in store.entries(tmp_path / "out")] == [(2, 3), (0, 0), (2, 3)]


@pytest.mark.parametrize("torn", [b'{"seq":2,"path":"/b', b"\xe6\x94", b"x" * 100_000])
def test_a_last_line_that_was_cut_off_is_taken_off(tmp_path: Path, torn: bytes) -> None:
    with store.opened(tmp_path) as one:
        one.add(done("a.pdf", "a"))
    with (tmp_path / store.INDEX).open("ab") as index:
        index.write(torn)
    assert keys(tmp_path) == [("/a.pdf", "a")]
    with store.opened(tmp_path) as two:
        two.add(done("b.pdf", "b"))
    assert keys(tmp_path) == [("/a.pdf", "a"), ("/b.pdf", "b")]
    assert (tmp_path / store.INDEX).read_bytes().count(b"\n") == 2


def test_a_line_cut_off_without_any_before(tmp_path: Path) -> None:
    (tmp_path / store.INDEX).write_bytes(b'{"seq":')
    with store.opened(tmp_path):
        pass
    assert (tmp_path / store.INDEX).read_bytes() == b""


def test_a_path_that_is_no_unicode(tmp_path: Path) -> None:
    path = os.fsdecode(b"/\xb1\xa8.pdf")
    with store.opened(tmp_path) as one:
        one.add(Outcome(path, "", "failed", "damaged", "…"))
        one.write_failures()
    (entry,) = store.entries(tmp_path)
    assert entry.path == r"/\xb1\xa8.pdf"
    assert os.fsdecode(bytes.fromhex(entry.raw or "")) == path
    assert r"/\xb1\xa8.pdf,damaged" in (tmp_path / store.FAILURES).read_text(encoding="utf-8-sig")


def test_a_second_batch_is_refused(tmp_path: Path) -> None:
    code = "import sys, pathlib, extractor.batch.store as s\nwith s.opened(pathlib.Path(sys.argv[1])): pass"
    with store.opened(tmp_path):
        second = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False
        )
    assert "batch.locked" in second.stderr
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False).returncode == 0


def test_a_full_disk_leaves_no_half_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with store.opened(tmp_path) as one:
        one.add(done("a.pdf", "a"))
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            with pytest.raises(OutputError) as error:
                one.add(done("b.pdf", "b"))
            assert error.value.notice.message == "cli.unwritable-ENOSPC"
            with pytest.raises(OutputError):
                one.list_again(Item("/c.pdf", 0), "a" * 64, "")
        one.add(done("d.pdf", "d"))
    assert keys(tmp_path) == [("/a.pdf", "a"), ("/d.pdf", "d")]
    assert sorted(path.name[:1] for path in (tmp_path / store.RESULTS).rglob("*.*")) == ["a", "d"]


def test_failures_are_no_formulas(tmp_path: Path) -> None:
    with store.opened(tmp_path) as one:
        one.add(Outcome("/一.pdf", "", "failed", "damaged", "=HYPERLINK(1)"))
        one.write_failures([Outcome("@不存在", "", "failed", "missing", "+甲")])
    written = (tmp_path / store.FAILURES).read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.decode("utf-8-sig").splitlines() == [
        "path,reason,message",
        "/一.pdf,damaged,'=HYPERLINK(1)",
        "'@不存在,missing,'+甲",
    ]


def test_place_of_a_result(tmp_path: Path) -> None:
    assert store.place(tmp_path, "ab" * 32) == tmp_path / "results/ab" / ("ab" * 32 + work.ENDING)
