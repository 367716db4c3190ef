"""One document can harm itself alone: whatever it does to its worker, the others are read."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.apart import worker
from extractor.batch import local, whole, work
from extractor.batch.items import Item, find
from extractor.batch.work import Options, Outcome

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what a document does is put in by forking")
REAL = work.one
LIMITS = work.options(timeout=60.0, memory_mb=400, lang="en")
# Only for what never ends: on a busy machine a document that is read may take as long.
SHORT = work.options(timeout=3.0, memory_mb=400, lang="en")
Deed = Callable[[], object]


def bomb() -> None:
    held = []
    while True:
        held.append(bytearray(b"x" * 2**22))
        time.sleep(0.002)


def hold() -> None:
    """Takes all at once, more than the address space has."""
    bytearray(2**33)


def leave() -> None:
    os._exit(3)


def loop() -> None:
    while True:
        pass


def fault() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def lose() -> None:
    Path("reports/2.txt").unlink()


def outcomes(monkeypatch: pytest.MonkeyPatch, deed: Deed, jobs: int = 1) -> dict[str, Outcome]:
    """What becomes of three documents, the second of which does something."""

    def one(path: str, options: Options) -> Outcome:
        try:
            if path.endswith("2.txt"):
                deed()
        except Exception as error:
            return work.failure(path, "", error, options.lang)
        return REAL(path, options)

    monkeypatch.setattr(work, "one", one)
    limits = SHORT if deed is loop else LIMITS
    return {Path(made.path).name: made for made in local.run(find(["reports"]), limits, jobs)}


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    ("deed", "reason", "words"),
    [
        (leave, "crash", "exit 3"),
        (fault, "crash", "SIGSEGV"),
        (loop, "timeout", "within 3 s"),
        (bomb, "memory", "--memory"),
        (hold, "memory", "--memory"),
        (lose, "missing", "no such file"),
        (lambda: 1 / 0, "error", "ZeroDivisionError"),
        (lambda: sys.setrecursionlimit(10**9) or eval("(" * 10**6), "error", "2.txt"),
    ],
    ids=["exit", "segfault", "loop", "bomb", "hold", "lose", "error", "deep"],
)
def test_a_document_costs_itself_alone(
    reports: Path, monkeypatch: pytest.MonkeyPatch, deed: Deed, reason: str, words: str, jobs: int
) -> None:
    found = outcomes(monkeypatch, deed, jobs)
    assert sorted(found) == ["1.txt", "2.txt", "3.txt"]
    assert (found["2.txt"].status, found["2.txt"].reason) == ("failed", reason)
    assert words in (found["2.txt"].message or "")
    assert [found[name].status for name in ("1.txt", "3.txt")] == ["done", "done"]


def test_a_document_that_vanishes_is_told(reports: Path) -> None:
    items = [*find(["reports"]), Item(str(reports / "4.txt"), 1)]
    found = {Path(made.path).name: made.reason for made in local.run(items, LIMITS, 2)}
    assert found == {"1.txt": None, "2.txt": None, "3.txt": None, "4.txt": "missing"}


def test_what_the_caller_holds_is_no_document_s(reports: Path) -> None:
    held = bytearray(b"x" * (LIMITS.memory_mb + 50) * 2**20)
    assert {made.status for made in local.run(find(["reports"]), LIMITS, 1)} == {"done"}
    assert held


def test_workers_are_replaced(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def one(path: str, options: Options) -> Outcome:
        return Outcome(path, "", "failed", str(os.getpid()))

    monkeypatch.setattr(work, "one", one)
    monkeypatch.setattr(worker, "RECYCLE", 2)
    items = [next(find(["reports"]))] * 5
    pids = [made.reason for made in local.run(items, LIMITS, 1)]
    assert pids[0] == pids[1] != pids[2] == pids[3] != pids[4]


def test_no_worker_outlives_its_run(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def one(path: str, options: Options) -> Outcome:
        return Outcome(path, "", "failed", str(os.getpid()))

    monkeypatch.setattr(work, "one", one)
    run = local.run(find(["reports"]), LIMITS, 2)
    pid = int(next(run).reason or 0)
    run.close()  # type: ignore[attr-defined]
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_who_watches_hears_of_a_slow_document(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def one(path: str, options: Options) -> Outcome:
        time.sleep(0.3)
        return REAL(path, options)

    monkeypatch.setattr(work, "one", one)
    heard: list[local.Busy] = []
    assert len(list(local.run(find(["reports"], limit=1), LIMITS, 1, heard.extend))) == 1
    assert {Path(path).name for path, _ in heard} == {"1.txt"}
    assert max(seconds for _, seconds in heard) >= 0.2


def test_the_key_is_of_content_version_patterns_and_language() -> None:
    keys = {
        work.key("a", Options(lang="zh", version="1", patterns_hash="p")),
        work.key("b", Options(lang="zh", version="1", patterns_hash="p")),
        work.key("a", Options(lang="en", version="1", patterns_hash="p")),
        work.key("a", Options(lang="zh", version="2", patterns_hash="p")),
        work.key("a", Options(lang="zh", version="1", patterns_hash="q")),
    }
    assert len(keys) == 5
    assert work.key("a", Options(timeout=1)) == work.key("a", Options(timeout=2))


def test_a_result_is_the_one_of_extract(reports: Path) -> None:
    from extractor.pipeline import extract
    from extractor.reports.files.formats.jsonl import encode

    made = work.one(str(reports / "1.txt"), LIMITS)
    assert made.result
    assert whole.unpack(made.result) == encode(extract(reports / "1.txt", lang="en"))
