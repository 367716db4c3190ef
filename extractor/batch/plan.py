"""Which files of a batch are still to be read, and what becomes of those of the same content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.batch import work
from extractor.batch.ahead import ahead
from extractor.batch.asked import Request, Tally
from extractor.batch.items import Item, shown
from extractor.batch.progress import Progress
from extractor.batch.store import Store
from extractor.batch.work import Outcome
from extractor.messages import render
from extractor.model import InputError, Notice

AHEAD = 16
"""How many files are read at a time to tell whether they are done, where many machines wait for the next one to do."""


class Plan:
    """Which files are still to be read: none whose content is done, and of those with one content the first alone."""

    def __init__(self, store: Store, request: Request, tally: Tally, progress: Progress) -> None:
        self._store, self._request, self._tally = store, request, tally
        self._look, self._tell = progress.look, progress.tell
        self._expected: dict[str, tuple[Item, str]] = {}
        self._reading: dict[str, list[Item]] = {}
        self._left: list[Item] = []
        self._redone: set[str] = set()

    def todo(self, found: Sequence[Item]) -> Iterator[Item]:
        """The files to read, one after the other as they are asked for."""
        for item, sha256 in ahead(self._hash, found, AHEAD if self._request.engine == "dask" else 0):
            self._look()
            key = work.key(sha256, self._request.options) if sha256 else ""
            if key and self._is_done(item, key):
                self._pass_over(item, key, sha256)
            elif key in self._reading:
                self._reading[key].append(item)
            else:
                self._expected[item.path] = item, key
                self._reading.setdefault(key, []) if key else None
                yield item

    def keep(self, outcome: Outcome) -> list[Outcome]:
        """Keeps an outcome, for the files of the same content too; gives it with what failed because of it."""
        item, key = self._expected.pop(outcome.path, (None, ""))
        others = self._reading.pop(key, [])
        self._store.add(outcome, item.seen if item else "")
        self._tally.add(outcome)
        if outcome.status == "done" and self._request.reprocess:
            self._redone.add(outcome.key)
        if outcome.key not in ("", key):
            self._left += others
            return [outcome]
        return [outcome, *(failed for item in others if (failed := self._same(item, outcome)))]

    def left_over(self) -> list[Item]:
        """The files that waited for another of their content, which was then read with a changed one."""
        left, self._left = self._left, []
        return left

    def _same(self, item: Item, outcome: Outcome) -> Outcome | None:
        """Lists a file of the same content; its failure by its own name."""
        if outcome.status == "done":
            self._tally.same += 1
            self._store.list_again(item, outcome.key, outcome.sha256)
            return None
        message = (outcome.message or "").replace(work.name(outcome.path), work.name(item.path), 1)
        other = Outcome(item.path, outcome.key, "failed", outcome.reason, message)
        self._store.add(other)
        self._tally.add(other)
        return other

    def _is_done(self, item: Item, key: str) -> bool:
        """Whether there is a result of the key; a damaged one is told, and is none."""
        if self._request.reprocess:
            return key in self._redone
        done = self._store.has(key)
        if not done and self._store.holds(key) and key not in self._reading:
            facts: dict[str, str | int] = {"path": shown(item.path)}
            self._tell(render(Notice("batch.damaged-result", facts), self._request.lang))
        return done

    def _pass_over(self, item: Item, key: str, sha256: str) -> None:
        if self._store.lists(item.path, key):
            self._tally.skipped += 1
        else:
            self._tally.same += 1
            self._store.list_again(item, key, sha256)

    def _hash(self, item: Item) -> str:
        """The hash of a file's content as it is now; empty where it cannot be read, which its worker will tell."""
        try:
            return self._store.recall(item) or work.content_hash(item.path)
        except (OSError, InputError):
            return ""
