"""The command from its arguments to its exit code and what lies in OUT afterwards."""

from __future__ import annotations

import csv
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest
from batches import start, text

from extractor import cli
from extractor.batch import store, work
from extractor.batch.work import Options, Outcome

OUT = Path("out")


def run(*arguments: str) -> int:
    return cli.run(["batch", *arguments, "-o", "out", "-j", "2", "--lang", "en"])


def answer(sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect("out/store.duckdb", read_only=True) as connection:
        return connection.execute(sql).fetchall()


def listed() -> list[tuple[str, str]]:
    return [(Path(entry.path).name, entry.status) for entry in store.entries(OUT)]


def results() -> list[Path]:
    return sorted(OUT.glob("results/??/*.json.zst"))


def test_a_batch_and_the_same_again(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("reports") == 0
    out, err = capsys.readouterr()
    assert out.startswith("3 done (0 pages, 21 claims), 0 done before")
    assert err == ""
    written = {path: path.stat().st_mtime_ns for path in results()}
    assert len(written) == 3
    assert run("reports") == 0
    assert capsys.readouterr().out.startswith("0 done (0 pages, 0 claims), 3 done before")
    assert {path: path.stat().st_mtime_ns for path in results()} == written
    assert len(listed()) == 3
    assert answer("SELECT count(*) FROM claims") == [(21,)]


def test_files_of_one_content_that_fails_are_told_by_their_own_names(
    reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.txt", "b.pdf"):
        (reports / name).write_bytes(b"")
    assert run("reports") == 3
    err = capsys.readouterr().err
    with Path("out/failures.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {Path(path).name: message for path, _, message in list(csv.reader(file))[1:]}
    assert rows.keys() == {"a.txt", "b.pdf"}
    for name, message in rows.items():
        assert message.startswith(name)
        assert message in err


def test_what_fails_is_told_and_the_rest_goes_on(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (reports / "0.pdf").write_bytes(b"no PDF")
    (reports / "4.txt").write_bytes(b"")
    assert run("reports", "absent.pdf") == 3
    out, err = capsys.readouterr()
    assert "3 failed." in out
    assert "  no such file 1" in out
    assert err.count("extract: ") == 3
    with (OUT / "failures.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [(Path(row["path"]).name, row["reason"]) for row in csv.DictReader(file)]
    assert sorted(rows) == [("0.pdf", "not_pdf"), ("4.txt", "empty"), ("absent.pdf", "missing")]
    assert answer("SELECT reason FROM documents WHERE status = 'failed' ORDER BY path") == [("not_pdf",), ("empty",)]
    before = (OUT / "store.duckdb").stat().st_ino
    assert run("reports") == 3
    assert len(listed()) == 5
    assert (OUT / "store.duckdb").stat().st_ino == before
    (reports / "4.txt").write_text(text(4), encoding="utf-8")
    (reports / "0.pdf").unlink()
    assert run("reports/4.txt") == 0
    assert answer("SELECT status FROM documents WHERE document = '4.txt'") == [("done",)]
    assert "4.txt" not in (OUT / "failures.csv").read_text(encoding="utf-8-sig")


def test_one_content_under_two_names(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("0.txt", "9.txt", "🧮\n'\".txt"):
        shutil.copy(reports / "1.txt", reports / name)
    assert run("reports") == 0
    assert capsys.readouterr().out.startswith("3 done (0 pages, 21 claims), 0 done before, 3 of the same content")
    assert len(results()) == 3
    assert sorted(name for name, _ in listed()) == ["0.txt", "1.txt", "2.txt", "3.txt", "9.txt", "🧮\n'\".txt"]
    same = answer("SELECT d.document FROM documents d JOIN documents s ON d.same_as = s.id WHERE s.document = '0.txt'")
    assert sorted(same) == [("1.txt",), ("9.txt",), ("🧮\n'\".txt",)]
    assert answer("SELECT count(*), count(DISTINCT document) FROM claims") == [(21, 3)]
    shutil.copy(reports / "2.txt", reports / "later.txt")
    assert run("reports") == 0
    assert answer("SELECT count(*) FROM documents") == [(7,)]
    assert answer("SELECT count(*) FROM claims") == [(21,)]


def test_what_changed_is_done_again_and_nothing_else(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("reports") == 0
    (reports / "2.txt").write_text(text(22), encoding="utf-8")
    capsys.readouterr()
    assert run("reports") == 0
    assert capsys.readouterr().out.startswith("1 done (0 pages, 7 claims), 2 done before")
    assert answer("SELECT count(*) FROM claims WHERE raw = '22.50万元'") == [(2,)]
    assert answer("SELECT count(*) FROM claims WHERE raw = '2.50万元'") == [(0,)]
    assert run("reports", "--reprocess") == 0
    assert capsys.readouterr().out.startswith("3 done (0 pages, 21 claims), 0 done before")
    assert answer("SELECT count(*), count(DISTINCT path) FROM documents") == [(3, 3)]
    assert cli.run(["batch", "reports", "-o", "out", "--lang", "zh"]) == 0
    assert capsys.readouterr().out.startswith("完成 3 份（0 页，21 条表述），此前已完成 0 份")


@pytest.mark.skipif(sys.platform != "linux", reason="what a document does is put in by forking")
def test_a_file_that_changes_while_its_double_waits(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = work.one

    def one(path: str, options: Options) -> Outcome:
        if path.endswith("0.txt"):
            Path(path).write_text(text(77), encoding="utf-8")
        return real(path, options)

    shutil.copy(reports / "1.txt", reports / "0.txt")
    monkeypatch.setattr(work, "one", one)
    assert run("reports") == 0
    assert len(results()) == 4
    found = dict(answer("SELECT document, first(raw ORDER BY start) FROM claims GROUP BY document"))  # type: ignore[arg-type]
    assert found == {"0.txt": "77.50万元", "1.txt": "1.50万元", "2.txt": "2.50万元", "3.txt": "3.50万元"}


@pytest.mark.skipif(sys.platform != "linux", reason="what a document does is put in by forking")
def test_a_crash_costs_one_document_and_its_double(
    reports: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = work.one
    shutil.copy(reports / "2.txt", reports / "4.txt")

    def one(path: str, options: Options) -> Outcome:
        return os._exit(9) if path.endswith(("2.txt", "4.txt")) else real(path, options)

    monkeypatch.setattr(work, "one", one)
    assert run("reports") == 3
    assert "  crashed 2" in capsys.readouterr().out
    monkeypatch.setattr(work, "one", real)
    assert run("reports") == 0
    assert capsys.readouterr().out.startswith("1 done (0 pages, 7 claims), 2 done before, 1 of the same content")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("absent",), "no file to read was found"),
        (("reports", "--glob", "*.xyz"), "no file to read was found"),
        (("reports", "--engine", "dask"), "--scheduler"),
    ],
)
def test_a_batch_that_cannot_run(
    reports: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    assert run(*arguments) == 2
    assert words in capsys.readouterr().err
    assert not OUT.exists()


def test_an_output_that_is_a_file(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    OUT.write_text("in the way")
    assert run("reports") == 2
    assert capsys.readouterr().err.startswith("extract: out: a file stands where a folder is needed")


def test_the_output_in_the_folder_that_is_read(reports: Path) -> None:
    for _ in range(2):
        assert cli.run(["batch", ".", "-o", "reports/out", "-q", "--glob", "*"]) == 0
    assert len(list(store.entries(reports / "out"))) == 3


def test_a_second_batch_into_the_same_folder(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with store.opened(OUT):
        second = start("batch", "reports", "-o", "out", "--lang", "en")
        assert second.wait(60) == 2
    assert second.stderr
    assert second.stderr.read().decode() == (
        "extract: out: another batch is at work in this folder; wait until it ends, or name another with -o.\n"
    )


def test_a_full_disk_stops_the_batch_and_keeps_what_is_done(reports: Path) -> None:
    assert run("reports/1.txt", "-q") == 0
    (reports / "big.txt").write_text(text(5, 400), encoding="utf-8")

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, 9_000))

    full = start("batch", "reports", "-o", "out", "-j", "1", "--lang", "en", preexec_fn=bound)
    assert full.wait(60) == 2
    assert full.stderr
    said = full.stderr.read().decode()
    assert "cannot be written" in said
    assert "Traceback" not in said
    assert list(OUT.rglob("*.part")) == []
    assert run("reports") == 0
    assert sorted(listed()) == [(f"{name}.txt", "done") for name in ("1", "2", "3", "big")]


def test_a_database_that_cannot_be_made_costs_no_result(reports: Path) -> None:
    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    full = start("batch", "reports", "-o", "out", "-j", "1", "--lang", "en", preexec_fn=bound)
    assert full.wait(60) == 2
    assert full.stderr
    assert "the results are safe: run extract rebuild later" in full.stderr.read().decode()
    assert not (OUT / "store.duckdb").exists()
    assert cli.run(["query", "out", "SELECT 1", "--lang", "en"]) == 2
    assert cli.run(["rebuild", "out"]) == 0
    assert answer("SELECT count(*) FROM claims") == [(21,)]


def test_a_list_on_the_standard_input(reports: Path) -> None:
    line = [sys.executable, "-c", "from extractor.cli import main; main()", "batch", "-", "-o", "out", "-q"]
    names = "\0".join(["reports/1.txt", "reports/3.txt"]).encode()
    assert subprocess.run(line, input=names, check=False).returncode == 0
    assert sorted(listed()) == [("1.txt", "done"), ("3.txt", "done")]


def test_an_interrupted_batch_goes_on_later(reports: Path) -> None:
    for number in range(10, 60):
        (reports / f"{number}.txt").write_text(text(number, 20), encoding="utf-8")
    stopped = start("batch", "reports", "-o", "out", "-j", "2", "--lang", "en")
    while not OUT.is_dir() or not results():
        time.sleep(0.01)
    stopped.send_signal(signal.SIGINT)
    assert stopped.wait(60) == 130
    assert stopped.stderr
    assert b"Traceback" not in stopped.stderr.read()
    before = len(results())
    assert 0 < before < 53
    assert run("reports", "-q") == 0
    assert len(results()) == len(listed()) == 53


def test_folders_that_may_not_be_read(
    reports: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (reports / "closed").mkdir()
    scandir = os.scandir

    def scan(folder: Path) -> object:
        if Path(folder).name == "closed":
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", scan)
    assert run("reports") == 3
    out, err = capsys.readouterr()
    assert err.endswith("reports/closed: no permission to read it; passed over.\n")
    assert "  no permission 1" in out
    assert len(results()) == 3


def test_of_many_links_some_are_named(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (reports.parent / "outside.txt").write_text("一、基本情况\n全年发放补助12万元。\n", encoding="utf-8")
    for number in range(8):
        (reports / f"link{number}.txt").symlink_to(reports.parent / "outside.txt")
    assert cli.run(["batch", "reports", "-o", "out", "-q", "--lang", "en"]) == 3
    told = capsys.readouterr().err.splitlines()
    assert sum("a link that leads out of its folder" in line for line in told) == 5
    assert "extract: 3 more like these; passed_over.csv in the folder of the results lists them." in told
