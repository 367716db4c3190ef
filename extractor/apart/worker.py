"""A process that does one piece of work at a time, seen from outside: it is ended where it takes too much."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Generic, TypeVar

from extractor.apart import inside
from extractor.apart.limits import Ended, Limits, Sign
from extractor.apart.pages import make_pages

RECYCLE = 200
"""After how many pieces of work a process is replaced; earlier where it holds half of what it may."""

Task = TypeVar("Task")
Answer = TypeVar("Answer")


class Worker(Generic[Task, Answer]):
    """One process; ``answer`` is what it does with a task, ``others`` are those that it must not listen for.

    ``hear`` is told of its signs of life. A page of a PDF that ends the process is barred, and the task begun anew.
    """

    def __init__(
        self,
        answer: Callable[[Task], Answer],
        limits: Limits,
        others: Iterable[Worker[Task, Answer]] = (),
        hear: Callable[[Sign], None] | None = None,
    ) -> None:
        self._answer, self._limits, self._others, self._hear = answer, limits, list(others), hear
        self._pages = make_pages()
        self._done, self._dead = 0, False
        self._started = self._born_mb = self._first_mb = self._most_mb = 0.0
        self._task: Task | None = None
        self._start()

    def _start(self) -> None:
        context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        self.connection, theirs = context.Pipe()
        others = (other.connection for other in self._others)
        inherited = [self.connection, *others] if sys.platform == "linux" else []
        arguments = (theirs, self._answer, self._limits.memory_mb, os.getpid(), inherited, self._pages)
        self._process = context.Process(target=inside.serve, args=arguments, daemon=True)
        self._process.start()
        self._born_mb = self._held_mb()
        theirs.close()

    def give(self, task: Task) -> None:
        """Has the process begin with ``task``."""
        self._started, self._task = time.monotonic(), task
        if self._pages:
            self._pages.begin()
        self._send(task)

    def _send(self, task: Task | None) -> None:
        self._first_mb = self._most_mb = self._held_mb()
        with suppress(OSError):
            self.connection.send(task)

    @property
    def seconds(self) -> float:
        """How long the process is at its task."""
        return time.monotonic() - self._started

    def look(self) -> Answer | Ended | None:
        """What came of the task; None while it goes on within its limits."""
        if self.connection.poll():
            return self._receive()
        held = self._held_mb()
        self._most_mb = max(held, self._most_mb)
        if 0 < self._limits.memory_mb < held - self._born_mb:
            return self._give_up("memory")
        if 0 < self._limits.timeout < self.seconds:
            return self._give_up("timeout", seconds=f"{self._limits.timeout:g}")
        return None

    @property
    def is_worn(self) -> bool:
        """Whether another should take its place."""
        half = self._limits.memory_mb / 2
        return self._dead or self._done >= RECYCLE or 0 < half < self._held_mb() - self._born_mb

    def retire(self) -> None:
        """Has it replaced after what it has just done."""
        self._dead = True

    def end(self) -> None:
        """Kills the process and lets go of it."""
        self._process.kill()
        self._process.join()
        self.connection.close()

    def _receive(self) -> Answer | Ended | None:
        try:
            made: Answer | Sign = self.connection.recv()
        except (EOFError, OSError):
            before = _measure_dead_mb()
            self._process.join()
            after = _measure_dead_mb()
            self._most_mb = max(self._most_mb, after if after > before else 0.0)
            return None if self._go_without() else self._explain_death(self._process.exitcode or 0)
        if isinstance(made, Sign):
            self._go_on(made)
            return None
        self._done += 1
        return made

    def _go_on(self, sign: Sign) -> None:
        if sign.is_slow:
            self._started = time.monotonic()
        if self._hear:
            self._hear(sign)

    def _go_without(self) -> bool:
        """Begins the task anew without the page over which the process ended, where it was a page."""
        if not self._pages or not self._pages.bar():
            return False
        self.connection.close()
        self._start()
        self._send(self._task)
        return True

    def _explain_death(self, code: int) -> Ended:
        """Libraries in C end the process where they get no memory: who held much of it has run out of it."""
        if self._pages and self._pages.is_loading:
            return self._give_up("pages")
        if code < 0 and 0 < self._limits.memory_mb / 2 < self._most_mb - self._first_mb:
            return self._give_up("memory")
        return self._give_up("crash", reason=_name_cause(code))

    def _give_up(self, reason: str, /, **facts: str) -> Ended:
        self._dead = True
        return Ended(reason, facts, self.seconds, self._most_mb)

    def _held_mb(self) -> float:
        """The memory that the process holds; 0 where the system does not tell."""
        with suppress(OSError, IndexError, ValueError):
            pages = int(Path(f"/proc/{self._process.pid}/statm").read_bytes().split()[1])
            return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
        return 0.0


def _measure_dead_mb() -> float:
    """The most memory that any process which has ended so far has held; 0 where the system does not tell."""
    if sys.platform != "linux":
        return 0.0
    import resource

    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def _name_cause(code: int) -> str:
    """What an exit code says: the name of the signal, or the code."""
    if code < 0:
        with suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit {code}"
