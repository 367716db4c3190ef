"""What the lines of a store's index have said so far, kept small: digests stand for paths and keys."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import count

from extractor.batch.whole import Entry

FAILED = b"!"


class Register:
    """Which result each file has, which number, and what it looked like; what a million of them take stays small."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._last: dict[bytes, bytes] = {}
        self._numbers: dict[bytes, int] = {}
        self._seen: dict[bytes, bytes] = {}
        self._kept: dict[bytes, bytes] = {}
        self._taken: set[int] = set()
        self.seq = 0
        for entry in entries:
            self.note(entry)
        self._free: Iterator[int] = (number for number in count(1) if number not in self._taken)

    def note(self, entry: Entry) -> None:
        """Takes in a line."""
        path = digest(entry.path)
        self.seq = max(self.seq, entry.seq)
        self._last[path] = digest_state(entry)
        self._seen[path] = bytes.fromhex(entry.sha256) + digest(entry.seen) if entry.seen else b""
        if entry.id is not None:
            self._numbers[path] = entry.id
            self._taken.add(entry.id)
        if entry.kept:
            self._kept[digest(entry.key)] = digest(entry.kept)

    def number(self, path: str) -> int:
        """The number of the document at ``path``: the one that it has, else the first that none has or ever had."""
        known = digest(path)
        if known not in self._numbers:
            self._numbers[known] = next(self._free)
            self._taken.add(self._numbers[known])
        return self._numbers[known]

    def tells(self, entry: Entry) -> bool:
        """Whether the last line of this file says the same."""
        return self._last.get(digest(entry.path)) == digest_state(entry)

    def lists(self, path: str, key: str) -> bool:
        """Whether this key's result is listed as that of the file at ``path``."""
        return self._last.get(digest(path)) == digest(key)

    def recall(self, path: str, seen: str) -> str:
        """The hash of the content of the file at ``path``; empty where it is not known to look as it did."""
        held = self._seen.get(digest(path), b"")
        return held[:-DIGEST].hex() if seen and held[-DIGEST:] == digest(seen) else ""

    def has_seen(self, key: str, kept: str) -> bool:
        """Whether the file of a result looks as it did when it was written or looked through."""
        return bool(kept) and self._kept.get(digest(key)) == digest(kept)


DIGEST = 16


def digest(text: str) -> bytes:
    """Sixteen bytes in place of a path or a key."""
    return hashlib.blake2b(text.encode(), digest_size=DIGEST).digest()


def digest_state(entry: Entry) -> bytes:
    """What a line says of its file: which result it has, or why it has none."""
    if entry.status == "done":
        return digest(entry.key)
    return FAILED + digest(f"{entry.reason}\0{entry.message}")
