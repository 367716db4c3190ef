"""One batch from its files to its summary: what is done already is passed over, the rest is read and kept."""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from extractor import messages
from extractor.batch import engines, items, work
from extractor.batch.ahead import ahead
from extractor.batch.items import DOCUMENTS, Item
from extractor.batch.progress import Progress
from extractor.batch.store import Store, opened
from extractor.batch.work import Options, Outcome
from extractor.messages import Lang, render
from extractor.model import ExtractorError, InputError, Notice
from extractor.reports.delivery import say, spoken

ALL_DONE, SOME_FAILED, COULD_NOT_RUN, INTERRUPTED = 0, 3, 2, 130
AHEAD = 16
"""How many files are read at a time to tell whether they are done, where many machines wait for the next one to do."""


class Request(Struct, frozen=True):
    """What is asked of a batch: which files, how they are read, and where the results go."""

    paths: Sequence[str]
    out: Path
    options: Options
    glob: Sequence[str] = DOCUMENTS
    recursive: bool = True
    limit: int | None = None
    jobs: int = 1
    reprocess: bool = False
    engine: Literal["local", "dask"] = "local"
    scheduler: str | None = None
    quiet: bool = False

    @property
    def lang(self) -> Lang:
        """The language that the batch speaks."""
        return self.options.lang


class Tally(Struct):
    """What a batch has seen so far; ``failed`` counts by reason, ``unmet`` is what could not even be looked at."""

    done: int = 0
    skipped: int = 0
    same: int = 0
    pages: int = 0
    claims: int = 0
    failed: Counter[str] = msgspec.field(default_factory=Counter)
    unmet: list[Outcome] = []

    def add(self, outcome: Outcome) -> None:
        """Counts one document."""
        if outcome.status == "done":
            self.done += 1
            self.pages += outcome.pages
            self.claims += outcome.claims
        else:
            self.failed[outcome.reason or "error"] += 1


def batch(request: Request) -> int:
    """Reads what is asked for; the exit code says whether all was done, some failed, or the batch could not run."""
    with spoken(request.lang) as failed:
        return _batch(request, Tally())
    return failed


def _batch(request: Request, tally: Tally) -> int:
    read = engines.chosen(request.engine, request.scheduler)
    found = _found(request, tally)
    if not found:
        raise InputError("batch.nothing")
    with opened(request.out) as store:
        code = _all(found, read, store, request, tally)
        store.write_failures(tally.unmet)
        if code != INTERRUPTED:
            _tabulate(request, store.changed)
    _conclude(request, tally)
    return code if code == INTERRUPTED else SOME_FAILED if tally.failed else ALL_DONE


def _found(request: Request, tally: Tally) -> list[Item]:
    """The files, and in ``tally`` what could not be looked at; each of these is told at once."""

    def complain(path: str, error: InputError) -> None:
        message = render(error.notice, request.lang)
        say(message)
        outcome = Outcome(path, "", "failed", error.notice.message.rpartition(".")[2], message)
        tally.unmet.append(outcome)
        tally.add(outcome)

    return list(
        items.find(
            request.paths, request.glob, request.recursive, request.limit,
            stdin=sys.stdin.buffer if "-" in request.paths else None, avoid=str(request.out), complain=complain,
        )
    )  # fmt: skip


def _all(found: Sequence[Item], read: engines.Read, store: Store, request: Request, tally: Tally) -> int:
    with Progress(len(found), tally, request) as progress:
        plan = Plan(store, request, tally, progress.look)
        try:
            waiting: Sequence[Item] = found
            while waiting:
                for outcome in read(plan.todo(waiting), request.options, request.jobs, progress.watch):
                    for kept in plan.keep(outcome):
                        progress.told(kept)
                waiting = plan.left_over()
        except KeyboardInterrupt:
            return INTERRUPTED
        except ExtractorError:
            progress.stop()
            if tally.done or tally.skipped or tally.same or tally.failed:
                _conclude(request, tally)
            raise
    return ALL_DONE


class Plan:
    """Which files are still to be read: none whose content is done, and of those with one content the first alone."""

    def __init__(self, store: Store, request: Request, tally: Tally, look: Callable[[], None]) -> None:
        self._store, self._request, self._tally, self._look = store, request, tally, look
        self._expected: dict[str, str] = {}
        self._reading: dict[str, list[Item]] = {}
        self._left: list[Item] = []
        self._redone: set[str] = set()

    def todo(self, found: Sequence[Item]) -> Iterator[Item]:
        """The files to read, one after the other as they are asked for."""
        key_of = partial(_key, options=self._request.options)
        for item, key in ahead(key_of, found, AHEAD if self._request.engine == "dask" else 0):
            self._look()
            if key and self._is_done(key):
                self._pass_over(item.path, key)
            elif key in self._reading:
                self._reading[key].append(item)
            else:
                self._expected[item.path] = key
                self._reading.setdefault(key, []) if key else None
                yield item

    def keep(self, outcome: Outcome) -> list[Outcome]:
        """Keeps an outcome, for the files of the same content too; gives it with what failed because of it."""
        key = self._expected.pop(outcome.path, "")
        others = self._reading.pop(key, [])
        self._store.add(outcome)
        self._tally.add(outcome)
        if outcome.status == "done" and self._request.reprocess:
            self._redone.add(outcome.key)
        if outcome.key not in ("", key):
            self._left += others
            return [outcome]
        return [outcome, *(failed for item in others if (failed := self._same(item.path, outcome)))]

    def left_over(self) -> list[Item]:
        """The files that waited for another of their content, which was then read with a changed one."""
        left, self._left = self._left, []
        return left

    def _same(self, path: str, outcome: Outcome) -> Outcome | None:
        """Lists a file of the same content; its failure by its own name."""
        if outcome.status == "done":
            self._tally.same += 1
            self._store.list_again(path, outcome.key)
            return None
        message = (outcome.message or "").replace(work.name(outcome.path), work.name(path), 1)
        other = Outcome(path, outcome.key, "failed", outcome.reason, message)
        self._store.add(other)
        self._tally.add(other)
        return other

    def _is_done(self, key: str) -> bool:
        return key in self._redone if self._request.reprocess else self._store.has(key)

    def _pass_over(self, path: str, key: str) -> None:
        if self._store.lists(path, key):
            self._tally.skipped += 1
        else:
            self._tally.same += 1
            self._store.list_again(path, key)


def _key(item: Item, options: Options) -> str:
    """The key of a file's content as it is now; empty where it cannot be read, which its worker will tell."""
    try:
        return work.key(hashlib.sha256(work.content(item.path)).hexdigest(), options)
    except (OSError, InputError):
        return ""


def _tabulate(request: Request, changed: bool) -> None:
    """Makes the database anew where something was added, or where there is none."""
    from extractor.batch import database

    if changed or not database.path(request.out).is_file():
        database.build(request.out)


def _conclude(request: Request, tally: Tally) -> None:
    """The summary: how many documents were done, passed over, and failed for which reason, and where all of it is."""
    if request.quiet:
        return
    facts: dict[str, str | int] = {
        "done": tally.done, "skipped": tally.skipped, "same": tally.same, "failed": tally.failed.total(),
        "pages": tally.pages, "claims": tally.claims, "path": items.shown(str(request.out)),
    }  # fmt: skip
    print(render(Notice("batch.summary", facts), request.lang))
    for reason, count in tally.failed.most_common():
        known = reason if messages.known(f"batch.reason.{reason}") else "other"
        words = render(Notice(f"batch.reason.{known}"), request.lang)
        print(render(Notice("batch.summary.reason", {"reason": words, "count": count}), request.lang))
    print(render(Notice("batch.summary.failures" if tally.failed else "batch.summary.path", facts), request.lang))


def rebuild(out: Path, lang: Lang) -> int:
    """Makes the database of ``out`` anew from its results; 2 where that cannot be done."""
    from extractor.batch import database
    from extractor.batch.store import existing

    with spoken(lang) as failed:
        with existing(out):
            made = database.build(out)
        print(render(Notice("batch.rebuilt", {"path": items.shown(str(database.path(out))), **made}), lang))
        return ALL_DONE
    return failed
