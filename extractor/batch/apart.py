"""What a worker of a cluster does: it has each document read by a process beside it, as on a machine of one's own.

A worker has many threads and holds what others need, so it must not be the one that a document brings down. A process
that it starts (this module as a program) keeps a pool of one worker of ``local``: time limit, memory limit, crashes
and recycling are the same. It ends with the batch, and with the worker, however that ends.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from threading import Lock
from typing import BinaryIO

import msgspec

from extractor import __version__
from extractor.batch import local, work
from extractor.batch.items import Item
from extractor.batch.work import Options, Outcome


def standing() -> tuple[str, str]:
    """Which tool this worker has: its version, and the hash of its patterns."""
    return __version__, work.patterns_hash()


def read(run: str, path: str, wire: bytes) -> Outcome | tuple[str, tuple[str, str]]:
    """The outcome of the document at ``path``; where the batch has another version of the tool, this worker's."""
    asked = msgspec.json.decode(wire)
    if (asked.get("version"), asked.get("patterns_hash")) != standing():
        return _address(), standing()
    options = msgspec.convert(asked, Options)
    with READERS.taken(run, options) as reader:
        return reader.read(path)


def leave(run: str) -> None:
    """Ends the processes of a batch, whatever they are doing."""
    READERS.leave(run)


# ── in the worker ────────────────────────────────────────────────────────────────────────────────────────


class Reader:
    """A process that reads one document at a time, seen from the worker."""

    def __init__(self, options: Options) -> None:
        self._options = options
        # What the worker can import, its process can too, however the worker came by it.
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "extractor.batch.apart"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )
        with suppress(OSError):
            self._send(options)

    def read(self, path: str) -> Outcome:
        """How the work on the document at ``path`` ended; where the process died over it, that."""
        assert self._process.stdout, "the process was started with pipes"
        try:
            self._send(path)
            made: Outcome = pickle.load(self._process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError):
            self.end()
            reason = f"exit {self._process.returncode}"
            return work.failed(path, "", "crash", self._options.lang, reason=reason)
        return made

    @property
    def alive(self) -> bool:
        """Whether the process can be given another document."""
        return self._process.poll() is None

    def end(self) -> None:
        """Kills the process and lets go of it; what it started ends with it."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                with suppress(OSError):
                    stream.close()

    def _send(self, what: Options | str) -> None:
        assert self._process.stdin, "the process was started with pipes"
        pickle.dump(what, self._process.stdin)
        self._process.stdin.flush()


class Readers:
    """The readers of a worker: as many for each batch as the worker has threads that read for it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._all: defaultdict[str, list[Reader]] = defaultdict(list)
        self._idle: defaultdict[str, list[Reader]] = defaultdict(list)

    @contextmanager
    def taken(self, run: str, options: Options) -> Iterator[Reader]:
        """A reader for one document; the caller has it alone."""
        reader = self._idle_one(run) or self._new(run, options)
        try:
            yield reader
        finally:
            self._back(run, reader)

    def leave(self, run: str) -> None:
        """Ends the readers of a batch, busy ones too: nobody waits for them any more."""
        with self._lock:
            self._idle.pop(run, None)
            readers = self._all.pop(run, [])
        for reader in readers:
            reader.end()

    def _idle_one(self, run: str) -> Reader | None:
        with self._lock:
            return self._idle[run].pop() if self._idle[run] else None

    def _new(self, run: str, options: Options) -> Reader:
        reader = Reader(options)
        with self._lock:
            self._all[run].append(reader)
        return reader

    def _back(self, run: str, reader: Reader) -> None:
        with self._lock:
            known = reader in self._all.get(run, [])
            if known and reader.alive:
                self._idle[run].append(reader)
            elif known:
                self._all[run].remove(reader)


READERS = Readers()


def _address() -> str:
    """Where this worker is, for messages."""
    from distributed import get_worker

    return str(get_worker().address)


# ── in the process beside it ─────────────────────────────────────────────────────────────────────────────


def main() -> None:
    """Reads documents as they are named on the standard input, until that ends; what a document prints is no answer."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    parent = os.getppid()
    with suppress(EOFError):
        _serve(sys.stdin.buffer, answers, partial(_end_without, parent))


def _serve(names: BinaryIO, answers: BinaryIO, watch: local.Watch) -> None:
    local.load()
    pool = local.Pool(pickle.load(names), 1)
    try:
        while True:
            path = pickle.load(names)
            for outcome in pool.over(iter([Item(path, 0)]), watch):
                pickle.dump(outcome, answers)
            answers.flush()
    finally:
        pool.close()


def _end_without(parent: int, _busy: object) -> None:
    """Ends this process, and so its own, where the worker is gone while a document is being read."""
    if os.getppid() != parent:
        os._exit(1)


if __name__ == "__main__":
    main()
