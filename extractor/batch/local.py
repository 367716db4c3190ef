"""Work on this machine: a few processes, one document in one of them at a time, and none that can harm the others.

A worker that takes too long or too much memory is ended, one that dies is replaced, and one that has done many
documents too; what it was reading is the only document that fails. Workers come from a process that has loaded
everything once, so a new one costs hundredths of a second (by ``fork``, where the system has it).
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from extractor.batch import work
from extractor.batch.items import Item
from extractor.batch.work import Options, Outcome
from extractor.messages import render
from extractor.model import Notice

RECYCLE = 200
"""After how many documents a worker is replaced; it is replaced earlier where it holds half of what it may."""
POLL = 0.1
"""Seconds between two looks at what the workers hold; what is faster than that meets the system's own limit."""
MARGIN_MB = 256
"""What a worker's address space may grow beyond the memory it is allowed: not all of it is ever filled."""

Busy = tuple[str, float]
"""A file that is being read, and for how many seconds so far."""
Watch = Callable[[list[Busy]], None]


def run(items: Iterable[Item], options: Options, jobs: int, watch: Watch | None = None) -> Iterator[Outcome]:
    """Every item's outcome, as each is done; ``watch`` is told several times a second what is being read."""
    load()
    pool = Pool(options, jobs)
    try:
        yield from pool.over(iter(items), watch or (lambda _: None))
    finally:
        pool.close()


def load() -> None:
    """Reads one small text, so that workers begin with the modules and the patterns loaded."""
    from extractor.pipeline import extract

    extract(render(Notice("batch.sample"), "zh").encode(), name="sample.txt")
    from extractor.documents import pdf  # noqa: F401
    from extractor.reports.files.formats import jsonl  # noqa: F401

    gc.collect()
    gc.freeze()


class Pool:
    """The workers of a run; each is given the next document when it has told of its last."""

    def __init__(self, options: Options, jobs: int) -> None:
        self._options = options
        self._workers: list[Worker] = []
        for _ in range(jobs):
            self._workers.append(Worker(options, self._workers))

    def over(self, items: Iterator[Item], watch: Watch) -> Iterator[Outcome]:
        """The outcomes of ``items``, in the order in which they are done."""
        for worker in self._workers:
            worker.give(next(items, None))
        while busy := [worker for worker in self._workers if worker.item]:
            wait([worker.connection for worker in busy], POLL)
            watch([worker.busy for worker in busy])
            for worker in busy:
                if outcome := worker.outcome():
                    self._successor(worker).give(next(items, None))
                    yield outcome

    def _successor(self, worker: Worker) -> Worker:
        """The worker itself, or a new one in its place where it is dead or worn."""
        if not worker.worn:
            return worker
        worker.end()
        at = self._workers.index(worker)
        del self._workers[at]
        self._workers.insert(at, fresh := Worker(self._options, self._workers))
        return fresh

    def close(self) -> None:
        """Ends all workers, whatever they are doing."""
        for worker in self._workers:
            worker.end()


class Worker:
    """One process that reads one document at a time, seen from outside."""

    def __init__(self, options: Options, others: list[Worker]) -> None:
        context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        self.connection, theirs = context.Pipe()
        inherited = [self.connection, *(other.connection for other in others)] if sys.platform == "linux" else []
        self._process = context.Process(target=_serve, args=(theirs, options, os.getpid(), inherited), daemon=True)
        self._process.start()
        theirs.close()
        self._options, self._done, self._dead = options, 0, False
        self.item: Item | None = None
        self._started = 0.0

    def give(self, item: Item | None) -> None:
        """Has the worker read ``item``; None leaves it idle."""
        self.item, self._started = item, time.monotonic()
        if item:
            with suppress(OSError):
                self.connection.send(item.path)

    @property
    def busy(self) -> Busy:
        """What the worker reads and since when."""
        return (self.item.path if self.item else "", time.monotonic() - self._started)

    def outcome(self) -> Outcome | None:
        """How the work on the document ended; None while it goes on within its bounds."""
        assert self.item, "a worker is asked for an outcome while it has an item"
        limit = self._options.memory_mb
        if self.connection.poll():
            return self._received()
        if limit and self._held_mb() > limit:
            return self._ended("memory")
        if self._options.timeout and self.busy[1] > self._options.timeout:
            return self._ended("timeout", seconds=f"{self._options.timeout:g}")
        return None

    @property
    def worn(self) -> bool:
        """Whether another should take the worker's place."""
        half = self._options.memory_mb / 2
        return self._dead or self._done >= RECYCLE or (half > 0 and self._held_mb() > half)

    def end(self) -> None:
        """Kills the process and lets go of it."""
        self._process.kill()
        self._process.join()
        self.connection.close()

    def _received(self) -> Outcome:
        try:
            made: Outcome = self.connection.recv()
        except (EOFError, OSError):
            self._process.join()
            return self._ended("crash", reason=_cause(self._process.exitcode or 0))
        self._done += 1
        self._dead = made.reason == "memory"
        return made

    def _ended(self, reason: str, /, **facts: str) -> Outcome:
        assert self.item, "a worker ends over an item"
        self._dead = True
        held = 0.0 if reason == "crash" else self._held_mb()
        made = work.failed(self.item.path, "", reason, self._options.lang, **facts)
        return work.measured(made, self.busy[1], held)

    def _held_mb(self) -> float:
        """The memory that the process holds; 0 where the system does not tell."""
        with suppress(OSError, IndexError, ValueError):
            pages = int(Path(f"/proc/{self._process.pid}/statm").read_bytes().split()[1])
            return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
        return 0.0


def _cause(code: int) -> str:
    """What an exit code says: the name of the signal, or the code."""
    if code < 0:
        with suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit {code}"


def _serve(connection: Connection, options: Options, parent: int, inherited: list[Connection]) -> None:
    """A worker from inside: reads the documents it is told to, until nobody listens any more."""
    for other in inherited:
        other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with(parent)
    _bound(options.memory_mb)
    with suppress(EOFError, OSError):
        while True:
            connection.send(work.one(connection.recv(), options))


def _die_with(parent: int) -> None:
    """Has the system end this process when its parent ends, even if that was killed; Linux only."""
    if sys.platform == "linux":
        import ctypes

        death_signal = 1
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(death_signal, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _bound(memory_mb: int) -> None:
    """Bounds the address space, so that what grows too fast to be seen fails inside; no core is written."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, ValueError):
        used = int(Path("/proc/self/statm").read_bytes().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        if memory_mb:
            resource.setrlimit(resource.RLIMIT_AS, (used + (memory_mb + MARGIN_MB) * 2**20,) * 2)
