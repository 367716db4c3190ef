"""What a batch keeps: one compressed file a result, and a list of which file's result it is that only ever grows.

    OUT/results/ab/abcd….json.zst   one line of JSON, named by its key (content, version, patterns, language)
    OUT/index.jsonl                 one line for each file that was read, or could not be: the last one of a path counts
    OUT/passed_over.csv             what lies in the folders of the last batch and was not read, and why
    OUT/failures.csv                what failed and why, as of the end of the last batch
    OUT/store.duckdb                all of it as tables, brought up to the above (``database``)

A result is written beside its place, flushed to the disk and renamed, and only then listed; the list is flushed with
every line. Whatever moment the power fails at, a result is there as a whole or not at all, and one that is there but
not listed is listed when its file is met again. A line that was cut off is taken off. A disk may damage what was whole:
a result is unpacked, which proves its checksum, before it counts as there, and damaged lines are taken off and told.
"""

from __future__ import annotations

import csv
import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import msgspec

from extractor.batch.items import Item, shown
from extractor.batch.register import Register
from extractor.batch.whole import Entry, read_extent, read_lines, stamp
from extractor.batch.work import ENDING, Outcome
from extractor.messages import Lang, render
from extractor.model import Notice
from extractor.reports.files.spreadsheets import make_field
from extractor.reports.files.targets import OutputError, explain_unwritable, replacing, writing
from extractor.reports.terminal.speech import say

INDEX, RESULTS, FAILURES, LOCK = "index.jsonl", "results", "failures.csv", ".lock"
PASSED_OVER = "passed_over.csv"
FAILURE_COLUMNS = ("path", "reason", "message")
PASSED_OVER_COLUMNS = ("path", "reason")


@contextmanager
def opened(out: Path, lang: Lang = "zh") -> Iterator[Store]:
    """The store in ``out``, made where there is none, for one batch at a time. Raises ``OutputError``."""
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)
        (out / RESULTS).mkdir(exist_ok=True)
    with _locked(out), _index(out / INDEX, lang) as index:
        yield Store(out, index)


def _index(path: Path, lang: Lang) -> BinaryIO:
    """The index, open for lines at its end."""
    with writing(path):
        _drop_damaged(path, lang)
        index = path.open("ab+", buffering=0)
        _mend(index)
        return index


def _drop_damaged(path: Path, lang: Lang) -> None:
    """Writes the index anew without its damaged lines, and says how many there were; their results stay."""
    damaged = sum(entry is None for _, entry in read_lines(path)) if path.is_file() else 0
    if damaged:
        say(render(Notice("batch.damaged-index", {"path": shown(str(path)), "count": damaged}), lang))
        with replacing(path) as index:
            index.writelines(line for line, entry in read_lines(path) if entry)
            index.flush()
            os.fsync(index.fileno())


@contextmanager
def existing(out: Path, lang: Lang = "zh") -> Iterator[Store]:
    """The store in ``out``, which must be there."""
    if not (out / INDEX).is_file():
        raise OutputError("batch.no-store", path=shown(str(out)))
    with opened(out, lang) as store:
        yield store


class Store:
    """The results and the index of one folder, while a batch has it to itself."""

    def __init__(self, out: Path, index: BinaryIO) -> None:
        self.out, self._index = out, index
        self._register = Register(entries(out))

    def place(self, key: str) -> Path:
        """Where the result of this key is, or would be."""
        return place(self.out, key)

    def holds(self, key: str) -> bool:
        """Whether there is a file for the result of this key, whole or damaged."""
        return self.place(key).is_file()

    def has(self, key: str) -> bool:
        """Whether there is a result of this key, and it is whole: it looks as it did, or is looked through."""
        file = self.place(key)
        return self._register.has_seen(key, stamp(file)) or read_extent(file) is not None

    def lists(self, path: str, key: str) -> bool:
        """Whether this key's result is listed as that of the file at ``path``."""
        return self._register.lists(shown(path), key)

    def number(self, found: Iterable[Item]) -> None:
        """Gives each of these files its number, in their order; one that has a number keeps it."""
        for item in found:
            self._register.number(shown(item.path))

    def recall(self, item: Item) -> str:
        """The hash of a file's content where the file looks as it did when it was read; else empty."""
        return self._register.recall(shown(item.path), item.seen)

    def add(self, outcome: Outcome, seen: str = "") -> None:
        """Keeps what became of a document, whose file looked like ``seen``. Raises ``OutputError``."""
        if outcome.result is not None:
            self._write(outcome.key, outcome.result)
        self._list(outcome, seen)

    def list_again(self, item: Item, key: str, sha256: str) -> None:
        """Lists a result that is there already as that of a file of this content. Raises ``OutputError``."""
        extent = read_extent(self.place(key))
        if extent is None:
            raise OutputError("batch.lost-result", path=shown(str(self.place(key))))
        pages, claims = len(extent.pages), len(extent.claims)
        self._list(Outcome(item.path, key, "done", pages=pages, claims=claims, sha256=sha256), item.seen)

    def _write(self, key: str, data: bytes) -> None:
        target = self.place(key)
        beside = target.with_name(f".{key}.part")
        with writing(target):
            if not target.parent.is_dir():
                target.parent.mkdir()
                _flush_folder(target.parent.parent)
            try:
                with beside.open("wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                beside.replace(target)
            except BaseException:
                with suppress(OSError):
                    beside.unlink()
                raise
            _flush_folder(target.parent)

    def _list(self, outcome: Outcome, seen: str) -> None:
        """One more line, whole and on the disk, or none; what failed as it did before is not told again."""
        entry = self._enter(outcome, seen)
        if entry.status == "failed" and self._register.tells(entry):
            return
        end = self._index.seek(0, os.SEEK_END)
        line = msgspec.json.encode(entry) + b"\n"
        with writing(self.out / INDEX):
            try:
                if self._index.write(line) != len(line):
                    raise OSError(28, os.strerror(28))
                os.fsync(self._index.fileno())
            except OSError:
                with suppress(OSError):
                    self._index.truncate(end)
                raise
        self._register.note(entry)

    def _enter(self, outcome: Outcome, seen: str) -> Entry:
        """The line on an outcome."""
        kept = stamp(self.place(outcome.key)) if outcome.status == "done" else ""
        number = self._register.number(shown(outcome.path))
        told = _entry(self._register.seq + 1, outcome)
        return msgspec.structs.replace(told, id=number, seen=seen if outcome.sha256 else "", kept=kept)

    def write_failures(self, unmet: Sequence[Outcome] = ()) -> int:
        """Writes ``failures.csv``: the files that failed last, and ``unmet``, what could not even be looked at."""
        failing = (entry for entry in entries(self.out) if entry.status == "failed")
        latest = {entry.path: entry for entry in failing if self._register.tells(entry)}
        rows = [*latest.values(), *(_entry(0, outcome) for outcome in unmet)]
        write_csv(self.out / FAILURES, FAILURE_COLUMNS, ((row.path, row.reason, row.message) for row in rows))
        return len(rows)

    def write_passed_over(self, rows: Sequence[tuple[str, str]], unmet: Sequence[Outcome]) -> None:
        """Writes ``passed_over.csv``: the paths that were not meant or could not be looked at, and why."""
        named = [*rows, *((outcome.path, outcome.reason or "") for outcome in unmet)]
        write_csv(self.out / PASSED_OVER, PASSED_OVER_COLUMNS, ((shown(path), reason) for path, reason in named))

    def remove(self, path: str) -> None:
        """Lists that there is no document at this path any more; its number stays taken. Raises ``OutputError``."""
        self._list(Outcome(path, "", "removed"), "")


def place(out: Path, key: str) -> Path:
    """Where in ``out`` the result of a key is."""
    return out / RESULTS / key[:2] / f"{key}{ENDING}"


def entries(out: Path) -> Iterator[Entry]:
    """What the lines of the index say; one that is none, such as a last one that was cut off, is passed over."""
    return (entry for _, entry in read_lines(out / INDEX) if entry)


def write_csv(target: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Writes rows as CSV that spreadsheets open as they should: a byte order mark, and no cell that is a formula."""
    count = 0
    with replacing(target) as file, io.TextIOWrapper(file, "utf-8-sig", errors="replace", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(map(make_field, columns))
        for row in rows:
            writer.writerow(map(make_field, row))
            count += 1
    return count


def _entry(seq: int, outcome: Outcome) -> Entry:
    path = shown(outcome.path)
    raw = None if path == outcome.path else os.fsencode(outcome.path).hex()
    return Entry(
        seq, path, outcome.key, outcome.status, outcome.reason, outcome.message, outcome.pages, outcome.claims,
        outcome.seconds, outcome.peak_mb, raw, sha256=outcome.sha256,
    )  # fmt: skip


def _mend(index: BinaryIO) -> None:
    """Takes off a last line that was not written to its end."""
    end = size = index.seek(0, os.SEEK_END)
    while end:
        start = max(0, end - 2**16)
        index.seek(start)
        at = index.read(end - start).rfind(b"\n")
        end = start + at + 1 if at >= 0 else start
        if at >= 0:
            break
    if end < size:
        index.truncate(end)


def _flush_folder(folder: Path) -> None:
    """Has the system write a folder's names to the disk, where it can be asked to."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    """Keeps other batches out of ``out``; the system lets go of the lock when the process ends, however it does."""
    try:
        lock = (out / LOCK).open("ab+")
    except OSError as error:
        raise explain_unwritable(out / LOCK, error) from error
    with lock:
        try:
            _take(lock)
        except OSError:
            raise OutputError("batch.locked", path=shown(str(out))) from None
        yield


def _take(lock: BinaryIO) -> None:
    """Locks the file for this process alone; its workers do not inherit the lock."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
