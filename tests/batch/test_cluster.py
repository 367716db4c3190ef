"""A batch on a real cluster: a scheduler and two workers, each a process with an address of its own on loopback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest

from extractor import cli
from extractor.batch import store, work
from extractor.batch.items import Item, find
from extractor.batch.work import Options, Outcome
from extractor.model import InputError

distributed = pytest.importorskip("distributed", reason="a cluster needs narrative-extractor[distributed]")
psutil = pytest.importorskip("psutil", reason="a cluster needs narrative-extractor[distributed]")

from extractor.batch import cluster  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
REPORTS = sorted(path for path in (ROOT / "corpus/reports").glob("*.txt") if path.stat().st_size < 10_000)
T = TypeVar("T")
TRAVELLING = cluster._travelling
START = 30
"""Seconds within which a process of the cluster must be up; it takes one or two."""


class Processes:
    """A scheduler and workers, with folders of their own below ``folder``; all of them end with the test."""

    def __init__(self, folder: Path, stack: ExitStack, **environment: str) -> None:
        self._folder, self._stack = folder, stack
        self._environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1", **environment}
        told = folder / "scheduler.json"
        self.scheduler = self._start(
            "scheduler", "--host", address(1), "--port", "0", "--no-dashboard", "--scheduler-file", str(told)
        )
        self.address: str = waited(lambda: json.loads(told.read_text())["address"], self.scheduler)

    def worker(self, number: int, *options: str, **environment: str) -> subprocess.Popen[bytes]:
        """A worker of one thread that is not started anew when it is killed."""
        return self._start(
            "worker", self.address, "--host", address(number), "--name", f"worker-{number}", "--nthreads", "1",
            "--no-nanny", "--no-dashboard", "--memory-limit", "0",
            "--local-directory", str(self._folder / f"worker-{number}"), *options, **environment,
        )  # fmt: skip

    def _start(self, kind: str, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *arguments]
        with (self._folder / "log").open("ab") as log:
            process = subprocess.Popen(
                command, stdout=log, stderr=log, cwd=self._folder, env=self._environment | environment
            )
        self._stack.callback(ended, process)
        return process


def address(number: int) -> str:
    """An address of this machine alone; only Linux answers on all of 127.x.x.x."""
    return f"127.0.0.{number}" if sys.platform == "linux" else "127.0.0.1"


def waited(ask: Callable[[], T], process: subprocess.Popen[bytes]) -> T:
    """What ``ask`` gives once it gives something; the process must live until then."""
    deadline = time.monotonic() + START
    while time.monotonic() < deadline:
        assert process.poll() is None, "the process ended before it was up"
        try:
            if found := ask():
                return found
        except (OSError, ValueError, KeyError):
            pass
        time.sleep(0.05)
    raise AssertionError("the process is not up")


def ended(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


def children(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """The processes that a process has started, and theirs."""
    return psutil.Process(process.pid).children(recursive=True)


def together(processes: Processes, *numbers: int, **environment: str) -> list[subprocess.Popen[bytes]]:
    """Workers of these numbers, all of which have reported to the scheduler."""
    started = [processes.worker(number, **environment) for number in numbers]
    with distributed.Client(processes.address, timeout=START, set_as_default=False) as client:
        client.wait_for_workers(len(started), timeout=START)
    return started


@contextmanager
def cluster_in(folder: Path, **environment: str) -> Iterator[Processes]:
    with ExitStack() as stack:
        yield Processes(folder, stack, **environment)


@pytest.fixture
def processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    """A scheduler of the test's own."""
    with cluster_in(tmp_path_factory.mktemp("cluster")) as found:
        yield found


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a cluster of two workers that no test harms."""
    with cluster_in(tmp_path_factory.mktemp("shared")) as found:
        together(found, 2, 3)
        yield found.address


def made(folder: Path, count: int) -> list[Item]:
    """Documents with different bytes."""
    folder.mkdir()
    for number in range(count):
        source = REPORTS[number % len(REPORTS)]
        text = source.read_text(encoding="utf-8") + f"\n附记：本批第{number + 1}份。\n"
        (folder / f"{number:02}_{source.name}").write_text(text, encoding="utf-8")
    return list(find([str(folder)]))


def paths(outcomes: Sequence[Outcome]) -> Counter[str]:
    return Counter(outcome.path for outcome in outcomes)


def test_what_a_killed_worker_had_is_done_by_another_and_nothing_twice(processes: Processes, tmp_path: Path) -> None:
    items = made(tmp_path / "documents", 30)
    lasting, killed = together(processes, 2, 3)
    outcomes, orphans = [], []
    for outcome in cluster.run(items, work.options(), processes.address):
        outcomes.append(outcome)
        if len(outcomes) == 8:
            orphans = children(killed)
            killed.send_signal(signal.SIGKILL)
            killed.wait()
    assert orphans, "the worker that was killed had been reading"
    assert paths(outcomes) == Counter(item.path for item in items)
    assert {outcome.status for outcome in outcomes} == {"done"}
    _, alive = psutil.wait_procs(orphans, timeout=5)
    assert not alive
    assert not children(lasting), "nothing stays behind on a worker when the batch is over"


def test_results_are_those_of_one_machine(shared: str, tmp_path: Path) -> None:
    items = made(tmp_path / "documents", 3)
    options = work.options(lang="en")
    found = {outcome.path: outcome for outcome in cluster.run(items, options, shared)}
    for item in items:
        here = work.one(item.path, options)
        there = found[item.path]
        assert (there.key, there.claims, there.result) == (here.key, here.claims, here.result)


def test_a_document_that_takes_too_long_fails_alone(shared: str, tmp_path: Path) -> None:
    quick, slow = made(tmp_path / "documents", 2), long(tmp_path)
    outcomes = {outcome.path: outcome for outcome in cluster.run([slow, *quick], work.options(timeout=4), shared)}
    assert outcomes.pop(slow.path).reason == "timeout"
    assert [outcome.status for outcome in outcomes.values()] == ["done", "done"]


def test_a_document_that_needs_too_much_memory_fails(shared: str, tmp_path: Path) -> None:
    (outcome,) = cluster.run([long(tmp_path)], work.options(memory_mb=50), shared)
    assert outcome.reason == "memory"


def test_urls_are_read_by_the_workers(shared: str, tmp_path: Path) -> None:
    pytest.importorskip("fsspec")
    made(tmp_path / "documents", 3)
    items = list(find([f"file://{tmp_path}/documents"]))
    assert [Path(item.path).name[:3] for item in items] == ["00_", "01_", "02_"]
    outcomes = list(cluster.run(items, work.options(), shared))
    assert paths(outcomes) == Counter(item.path for item in items)
    assert {outcome.status for outcome in outcomes} == {"done"}


def test_a_batch_that_was_killed_goes_on_where_it_was_and_then_has_nothing_to_do(shared: str, tmp_path: Path) -> None:
    items, out = made(tmp_path / "documents", 14), tmp_path / "out"
    arguments = ["batch", str(tmp_path / "documents"), "-o", str(out), "--engine", "dask", "--scheduler", shared]
    command = [sys.executable, "-c", "from extractor.cli import main; main()", *arguments]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=os.environ | {"PYTHONPATH": str(ROOT)})
    try:
        waited(lambda: len(list(out.glob("results/*/*.zst"))) > 1, run)
    finally:
        ended(run)
    assert len(list(out.glob("results/*/*.zst"))) < 14, "it was killed before its end"
    assert cli.run(arguments) == 0
    assert len(list(out.glob("results/*/*.zst"))) == 14
    done = [entry.path for entry in store.entries(out) if entry.status == "done"]
    assert Counter(done) == Counter(item.path for item in items)
    assert cli.run(arguments) == 0
    assert sum(1 for _ in store.entries(out)) == 14


def test_a_batch_of_urls_is_resumed_too(shared: str, tmp_path: Path) -> None:
    made(tmp_path / "documents", 3)
    arguments = [
        "batch", f"file://{tmp_path}/documents", "-o", str(tmp_path / "out"), "--engine", "dask", "--scheduler", shared,
    ]  # fmt: skip
    assert (cli.run(arguments), cli.run(arguments)) == (0, 0)
    assert sum(1 for _ in store.entries(tmp_path / "out")) == 3


def test_a_file_that_only_this_machine_has_is_told_from_one_that_is_nowhere(
    shared: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path / "documents", 1)
    monkeypatch.chdir(tmp_path / "documents")
    (here,) = (path.name for path in Path.cwd().iterdir())
    items = [Item(here, 0), Item(str(tmp_path / "nowhere.pdf"), 0)]
    reasons = {outcome.path: outcome.reason for outcome in cluster.run(items, work.options(), shared)}
    assert reasons == {here: "unshared", items[1].path: "missing"}


def test_a_document_that_no_worker_survives_fails_and_the_rest_goes_on(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = made(tmp_path / "documents", 12)
    (tmp_path / "documents/bomb.txt").write_text("x", encoding="utf-8")
    monkeypatch.setattr(cluster, "_travelling", deadly)
    with cluster_in(tmp_path_factory.mktemp("cluster"), DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0") as found:
        together(found, 2, 3)
        bombed = [at(tmp_path / "documents/bomb.txt"), *items]
        outcomes = list(cluster.run(bombed, work.options(), found.address))
    assert paths(outcomes) == Counter(item.path for item in bombed)
    failed = {Path(outcome.path).name: outcome for outcome in outcomes if outcome.status == "failed"}
    assert {outcome.reason for outcome in failed.values()} == {"workers"}
    assert "bomb.txt" in failed
    assert len(failed) < 5, "those that stood beside it on that worker may fail too, and no others"


def deadly() -> tuple[Any, Any, Any]:
    """What travels, but for one document, which takes its worker with it."""
    read, standing, leave = TRAVELLING()

    def explosive(run: str, path: str, options: bytes) -> Any:
        if path.endswith("bomb.txt"):
            os.kill(os.getpid(), 9)
        return read(run, path, options)

    return explosive, standing, leave


def test_a_scheduler_that_is_lost_ends_the_batch_with_a_sentence(processes: Processes, tmp_path: Path) -> None:
    items = made(tmp_path / "documents", 30)
    together(processes, 2)
    outcomes = cluster.run(items, work.options(), processes.address, connect=2)
    next(outcomes)
    processes.scheduler.kill()
    with pytest.raises(InputError) as error:
        list(outcomes)
    assert error.value.notice.message == "cluster.lost"


def test_a_cluster_without_workers_is_waited_for_and_given_up(processes: Processes, tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        list(cluster.run(made(tmp_path / "documents", 1), work.options(), processes.address, patience=0.5))
    assert error.value.notice.message == "cluster.no-workers"


def test_workers_of_another_version_are_refused(shared: str, tmp_path: Path) -> None:
    options = Options(version="0.0.1", patterns_hash="0" * 64)
    with pytest.raises(InputError) as error:
        list(cluster.run(made(tmp_path / "documents", 1), options, shared))
    assert error.value.notice.message == "cluster.other-version"


def test_workers_without_the_tool_are_refused(processes: Processes, tmp_path: Path) -> None:
    hidden = tmp_path / "hidden"
    (hidden / "extractor").mkdir(parents=True)
    (hidden / "extractor/__init__.py").write_text("")
    together(processes, 2, PYTHONPATH=str(hidden))
    with pytest.raises(InputError) as error:
        list(cluster.run(made(tmp_path / "documents", 1), work.options(), processes.address))
    assert error.value.notice.message == "cluster.not-installed"


@pytest.mark.parametrize(
    ("scheduler", "message"),
    [("tcp://127.0.0.1:1", "unreachable"), ("nonsense", "address"), ("no://127.0.0.1:1", "address")],
)
def test_an_address_where_nothing_answers_is_told(scheduler: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        list(cluster.run([], work.options(), scheduler, connect=0.5))
    assert error.value.notice.message == f"cluster.{message}"


def long(folder: Path) -> Item:
    """A document that takes seconds."""
    path = folder / "long.txt"
    path.write_text("本年支出100.5万元，比上年增长5.2%。\n" * 60_000, encoding="utf-8")
    return at(path)


def at(path: Path) -> Item:
    return Item(str(path), path.stat().st_size, path.stat().st_mtime)
