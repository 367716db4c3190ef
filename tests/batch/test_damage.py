"""What a disk or somebody else did to a store is noticed, said and made good; it ends no later batch."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest
from batches import text
from zstandard import ZstdCompressor

from extractor import cli
from extractor.batch import store, whole


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A batch of three reports, made once."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "reports").mkdir()
    for number in (1, 2, 3):
        (folder / "reports" / f"{number}.txt").write_text(text(number), encoding="utf-8")
    assert cli.run(["batch", str(folder / "reports"), "-o", str(folder / "out"), "-q"]) == 0
    return folder


@pytest.fixture
def folder(made: Path) -> Path:
    """The batch, to be damaged; the reports stay where they are."""
    shutil.rmtree(made / "damaged", ignore_errors=True)
    shutil.copytree(made / "out", made / "damaged")
    return made


def again(folder: Path, *arguments: str) -> int:
    return cli.run(
        ["batch", str(folder / "reports"), "-o", str(folder / "damaged"), "--lang", "zh", "-j", "1", *arguments]
    )


def results(out: Path) -> list[Path]:
    return sorted(out.glob("results/??/*.zst"))


def ask(out: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(out / "store.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def flip(data: bytes) -> bytes:
    """One bit is another, in the middle."""
    at = len(data) // 2
    return data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :]


def pack(data: bytes) -> bytes:
    return ZstdCompressor(write_checksum=True).compress(data)


DAMAGE = {
    "a bit": flip,
    "cut": lambda data: data[:-20],
    "empty": lambda data: b"",
    "zeros": lambda data: bytes(len(data)),
    "more": lambda data: data + b"more",
    "no json": lambda data: pack(b"\xff{"),
    "another json": lambda data: pack(b'{"pages": 1}\n'),
    "nested": lambda data: pack(b'{"pages": ' + b"[" * 100_000),
    "bomb": lambda data: pack(bytes(whole.LARGEST + 1)),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_result_is_read_again_and_said(folder: Path, damage: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = folder / "damaged"
    first = results(out)[0]
    before = first.read_bytes()
    first.write_bytes(DAMAGE[damage](before))
    assert again(folder) == 0
    shown = capsys.readouterr()
    assert shown.err.count("结果文件已损坏") == 1
    assert "完成 1 份" in shown.out
    assert "此前已完成 2 份" in shown.out
    assert first.read_bytes() == before
    assert ask(out, "SELECT count(*) FILTER (status = 'done'), count(*) FROM documents") == [(3, 3)]


def test_a_result_that_is_gone_is_read_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = folder / "damaged"
    results(out)[0].unlink()
    assert again(folder) == 0
    assert "完成 1 份" in capsys.readouterr().out
    assert len(results(out)) == 3


def lie(data: bytes, **changes: object) -> bytes:
    """A result that a checksum proves, and whose fields are of other types."""
    return pack(json.dumps(json.loads(whole.unpack(data)) | changes).encode() + b"\n")


LIES = {
    "a bit": flip,
    "claims of another type": lambda data: lie(data, claims=["x"]),
    "an offset that is none": lambda data: lie(data, sections=[{"start": 1e300}]),
    "tables nested": lambda data: lie(data, tables=json.loads("[" * 500 + "]" * 500)),
}


@pytest.mark.parametrize("damage", LIES)
def test_a_damaged_result_ends_no_batch_and_no_database(
    folder: Path, damage: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out, other = folder / "damaged", folder / "4.txt"
    first = results(out)[0]
    key = first.name.removesuffix(".json.zst")
    first.write_bytes(LIES[damage](first.read_bytes()))
    other.write_text(text(4), encoding="utf-8")
    assert cli.run(["batch", str(other), "-o", str(out), "-q", "--lang", "en"]) == 3
    assert "the results of 1 files are damaged" in capsys.readouterr().err
    assert ask(out, "SELECT key, claims FROM documents WHERE reason = 'damaged_result'") == [(key, 0)]
    assert ask(out, "SELECT count(DISTINCT document_id) FROM claims") == [(3,)]
    assert cli.run(["rebuild", str(out)]) == 3


@pytest.mark.parametrize(
    "line", [b"\x00" * 80 + b"\n", b'{"seq":1,"path":"\xff\n', b'{"seq":"x"}\n', b"[" * 90_000 + b"\n"]
)
def test_damaged_lines_are_taken_off_and_said(folder: Path, line: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    out = folder / "damaged"
    index = out / store.INDEX
    lines = index.read_bytes().splitlines(keepends=True)
    index.write_bytes(lines[0] + line + lines[2])
    assert again(folder) == 0
    shown = capsys.readouterr()
    assert "有 1 行已损坏" in shown.err
    assert "内容相同 1 份" in shown.out
    assert len({entry.path for entry in store.entries(out)}) == 3
    assert ask(out, "SELECT count(*) FROM documents WHERE status = 'done'") == [(3,)]
    assert again(folder) == 0
    assert capsys.readouterr().err == ""


def test_an_index_that_is_gone_is_made_anew(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = folder / "damaged"
    (out / store.INDEX).unlink()
    assert again(folder) == 0
    assert len([*store.entries(out)]) == 3
    assert ask(out, "SELECT count(*) FROM documents WHERE status = 'done'") == [(3,)]


def test_what_stands_in_a_result_s_place_is_not_waited_for(tmp_path: Path) -> None:
    import os

    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert whole.read_extent(pipe) is None
    assert whole.read_extent(tmp_path / "absent") is None
    assert whole.read_extent(tmp_path) is None
