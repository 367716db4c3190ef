"""Work on this machine: a few processes, one document in one of them at a time, and none that can harm the others.

A worker that takes too long or too much memory is ended, one that dies is replaced, and one that has done many
documents too; what it was reading is the only document that fails. Workers come from a process that has loaded
everything once, so a new one costs hundredths of a second (by ``fork``, where the system has it).
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from multiprocessing.connection import wait

from extractor.apart import inside
from extractor.apart.limits import Ended
from extractor.apart.worker import Worker
from extractor.batch import work
from extractor.batch.items import Item
from extractor.batch.work import Options, Outcome
from extractor.messages import render
from extractor.model import Notice
from extractor.progress import watched

POLL = 0.1
"""Seconds between two looks at what the workers hold; what is faster than that meets the system's own limit."""

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
        self._seats: list[Seat] = []
        for _ in range(jobs):
            self._seats.append(Seat(options, self._seats))

    def over(self, items: Iterator[Item], watch: Watch) -> Iterator[Outcome]:
        """The outcomes of ``items``, in the order in which they are done."""
        for seat in self._seats:
            seat.give(next(items, None))
        while busy := [seat for seat in self._seats if seat.item]:
            wait([seat.worker.connection for seat in busy], POLL)
            watch([seat.busy for seat in busy])
            for seat in busy:
                if outcome := seat.look():
                    if seat.worker.is_worn:
                        seat.renew(self._seats)
                    seat.give(next(items, None))
                    yield outcome

    def close(self) -> None:
        """Ends all workers, whatever they are doing."""
        for seat in self._seats:
            seat.worker.end()


class Seat:
    """The place of one worker, and the document that it reads."""

    def __init__(self, options: Options, others: Iterable[Seat]) -> None:
        self._options = options
        self.item: Item | None = None
        self.worker = _start(options, others)

    def give(self, item: Item | None) -> None:
        """Has the worker read ``item``; None leaves it idle."""
        self.item = item
        if item:
            self.worker.give(item.path)

    @property
    def busy(self) -> Busy:
        """What the worker reads and for how long."""
        return (self.item.path if self.item else "", self.worker.seconds)

    def look(self) -> Outcome | None:
        """How the work on the document ended; None while it goes on within its bounds."""
        assert self.item, "a worker is asked for an outcome while it has an item"
        found = self.worker.look()
        if isinstance(found, Ended):
            made = work.failed(self.item.path, "", found.reason, self._options.lang, **found.facts)
            return work.measured(made, found.seconds, found.held_mb)
        if found and found.reason == "memory":
            self.worker.retire()
        return found

    def renew(self, others: Iterable[Seat]) -> None:
        """Another worker in the place of one that is dead or worn."""
        self.worker.end()
        self.worker = _start(self._options, (other for other in others if other is not self))


def _start(options: Options, others: Iterable[Seat]) -> Worker[str, Outcome]:
    return Worker(partial(_read, options), options.limits, [other.worker for other in others])


def _read(options: Options, path: str) -> Outcome:
    """In the worker: how the work on a document ended."""
    with watched(inside.tell_slow_pages):
        return work.one(path, options)
