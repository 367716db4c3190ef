"""Work on a Dask cluster that is there: documents go out by their names, outcomes come back and are let go of.

No more documents are with the cluster at once than keep its threads busy, so that neither the scheduler's memory nor
ours grows with the batch. What a lost worker had, Dask gives to another; a document that was there each time a worker
was lost fails, and the rest goes on. What travels is plain: the scheduler need not have the tool, the workers must, in
this version.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from itertools import count, islice
from pathlib import Path
from typing import Any, NoReturn
from uuid import uuid4

import msgspec
from distributed import Client, Future, KilledWorker

from extractor.batch.items import Item, shown
from extractor.batch.work import Options, Outcome, name
from extractor.messages import render
from extractor.model import InputError, Notice

AHEAD = 4
"""So many documents are with the cluster for each of its threads: one is read, the others wait beside it."""
CONNECT = 15.0
"""Seconds within which the scheduler must answer."""
PATIENCE = 120.0
"""Seconds for which the batch waits for a first worker, and for a new one where all were lost."""
LOOK = 2.0
"""Seconds after which the cluster's threads are counted again."""
DISCONNECTED = (OSError, RuntimeError, CancelledError, asyncio.CancelledError)
"""What a call to the cluster raises where the scheduler is gone."""


def run(
    items: Iterable[Item], options: Options, scheduler: str, *, connect: float = CONNECT, patience: float = PATIENCE
) -> Iterator[Outcome]:
    """Every item's outcome, as each is done. Raises ``InputError`` where the cluster cannot be had or is lost."""
    with _connected(scheduler, connect) as client:
        flight = Flight(client, options, scheduler, patience)
        try:
            flight.await_workers()
            flight.agree()
            yield from flight.over(iter(items))
        finally:
            flight.end()


@contextmanager
def _connected(scheduler: str, connect: float) -> Iterator[Client]:
    """The cluster at this address. What Dask logs of lost workers is said by outcomes, so it is not shown."""
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        client = Client(scheduler, timeout=connect, set_as_default=False, name="extract")
    except (ValueError, TypeError) as error:
        raise InputError("cluster.address", scheduler=shown(scheduler), reason=str(error)) from error
    except OSError as error:
        raise InputError("cluster.unreachable", scheduler=shown(scheduler), seconds=f"{connect:g}") from error
    try:
        yield client
    finally:
        with suppress(Exception):
            client.close(timeout=5)


class Flight:
    """The documents that are with the cluster."""

    def __init__(self, client: Client, options: Options, scheduler: str, patience: float) -> None:
        self._client, self._options = client, options
        self._facts: dict[str, str | int] = {"scheduler": shown(scheduler)}
        self._patience = patience
        self._run, self._numbers = uuid4().hex[:12], count()
        self._read, self._standing, self._leave = _travelling()
        self._wire = msgspec.json.encode(options)
        self._flying: dict[str, tuple[Item, Future]] = {}
        self._back: queue.SimpleQueue[Future] = queue.SimpleQueue()
        self._threads, self._counted = 0, float("-inf")

    # ── before the first document ──

    def await_workers(self) -> None:
        """Returns when there is a worker."""
        deadline = time.monotonic() + self._patience
        while not self._count():
            if time.monotonic() > deadline:
                raise InputError("cluster.no-workers", seconds=f"{self._patience:g}", **self._facts)
            time.sleep(0.2)

    def agree(self) -> None:
        """Asks every worker which version of the tool and of its patterns it has."""
        for worker, found in self._client.run(self._standing, on_error="return").items():
            if isinstance(found, Exception):
                raise InputError("cluster.not-installed", worker=worker, reason=_brief(found))
            self._same(worker, found)

    def _same(self, worker: str, found: tuple[str, str]) -> None:
        if tuple(found) != (self._options.version, self._options.patterns_hash):
            theirs, ours = _standing(*found), _standing(self._options.version, self._options.patterns_hash)
            raise InputError("cluster.other-version", worker=worker, theirs=theirs, ours=ours)

    # ── the documents ──

    def over(self, items: Iterator[Item]) -> Iterator[Outcome]:
        """The outcomes of ``items``, in the order in which they come back."""
        while True:
            for item in islice(items, max(0, AHEAD * self._count() - len(self._flying))):
                self._send(item)
            if not self._flying:
                return
            yield from self._landed(self._arrived())

    def _send(self, item: Item) -> None:
        key = f"extract-{self._run}-{next(self._numbers)}"
        future = self._client.submit(self._read, self._run, item.path, self._wire, key=key, pure=False)
        self._flying[key] = item, future
        future.add_done_callback(self._back.put)

    def _arrived(self) -> dict[str, Future]:
        """The documents that are back: one at least, all that are there."""
        silent = time.monotonic()
        while True:
            with suppress(queue.Empty):
                first = self._back.get(timeout=LOOK)
                rest = (self._back.get_nowait() for _ in range(self._back.qsize()))
                return {future.key: future for future in (first, *rest)}
            if self._count():
                silent = time.monotonic()
            elif time.monotonic() - silent > self._patience:
                raise InputError("cluster.no-workers", seconds=f"{self._patience:g}", **self._facts)

    def _landed(self, futures: dict[str, Future]) -> Iterator[Outcome]:
        made = self._gathered(futures)
        for key, future in futures.items():
            item, _ = self._flying[key]
            outcome = self._outcome(item, future, made.get(key))
            del self._flying[key]
            future.release()
            yield outcome

    def _gathered(self, futures: dict[str, Future]) -> dict[str, Any]:
        """What came of the documents, in one go; what a lost worker held is waited for while there are others."""
        while True:
            fetch: Any = self._client.gather(futures, errors="skip", asynchronous=True)
            waiting = asyncio.run_coroutine_threadsafe(fetch, self._client.loop.asyncio_loop)
            try:
                return dict(waiting.result(self._patience))
            except TimeoutError:
                waiting.cancel()
                self.await_workers()
            except DISCONNECTED:
                self._lost()

    def _outcome(self, item: Item, future: Future, made: Any) -> Outcome:
        if isinstance(made, Outcome):
            unshared = made.reason == "missing" and "://" not in item.path and Path(item.path).exists()
            return self._failed(item, "unshared") if unshared else made
        if isinstance(made, tuple):
            self._same(*made)
        if future.status == "cancelled":
            self._lost()
        error = future.exception()
        if isinstance(error, KilledWorker):
            return self._failed(item, "workers", count=error.allowed_failures + 1)
        if isinstance(error, ImportError):
            raise InputError("cluster.not-installed", worker="-", reason=_brief(error))
        return self._failed(item, "task", reason=_brief(error))

    def _failed(self, item: Item, why: str, /, **facts: str | int) -> Outcome:
        notice = Notice(f"cluster.failed.{why}", {"name": name(item.path), **facts})
        return Outcome(item.path, "", "failed", why, render(notice, self._options.lang))

    # ── the cluster ──

    def _count(self) -> int:
        """How many threads the cluster has, as of a moment ago."""
        if time.monotonic() - self._counted > LOOK or not self._threads:
            try:
                self._threads = sum(self._client.nthreads().values())
            except DISCONNECTED:
                self._lost()
            self._counted = time.monotonic()
        return self._threads

    def _lost(self) -> NoReturn:
        raise InputError("cluster.lost", **self._facts)

    def end(self) -> None:
        """Takes back what is still out, and has the workers end the processes they started for this batch."""
        with suppress(Exception):
            self._client.cancel([future for _, future in self._flying.values()], force=True)
        with suppress(Exception):
            self._client.run(self._leave, self._run, on_error="ignore")


def _travelling() -> tuple[Callable[..., Any], Callable[..., Any], Callable[..., Any]]:
    """Sent to the workers: made inside a function, it travels as it is, and needs the tool where it runs."""

    def read(run: str, path: str, options: bytes) -> Any:
        from extractor.batch import apart

        return apart.read(run, path, options)

    def standing() -> tuple[str, str]:
        from extractor.batch import apart

        return apart.standing()

    def leave(run: str) -> None:
        from extractor.batch import apart

        apart.leave(run)

    return read, standing, leave


def _standing(version: str, patterns_hash: str) -> str:
    return f"{version} ({patterns_hash[:8]})"


def _brief(error: BaseException | None) -> str:
    """The first line of what an error says."""
    said = str(error).strip() or type(error).__name__
    return said.splitlines()[0]
