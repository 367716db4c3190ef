"""Which page a process is loading, as it and the one that watches it see it: one that ends it is not loaded again."""

from __future__ import annotations

import os
import signal
import sys
from mmap import mmap
from pathlib import Path
from struct import Struct

from extractor.documents.loading import Page

# What loading a page may take: seconds of the processor, and MB beside what the process has already. Of 2,466 pages of
# published reports the slowest takes 0.1 s, and the largest 3 MB.
SECONDS, MEMORY_MB = 3.0, 256
# What drawing a part of it may take: the slowest of 294 drawings of published pages takes 0.03 s.
DRAWN_SECONDS = 5.0
# A document with more such pages than this is no report.
MOST_BARRED = 3
# Whether a page is being loaded, the hash of its file, and its index.
CELL = Struct("=?64sI")


class Pages:
    """The keeper of one process; it exists before that begins, and both hold the same cell of memory. Linux alone."""

    def __init__(self) -> None:
        self._cell = mmap(-1, CELL.size)
        self._barred: set[Page] = set()
        self._left, self._room = MOST_BARRED, (0, 0)

    # ── from outside ──

    def begin(self) -> None:
        """A document is begun: some of its pages may be barred."""
        self._left = MOST_BARRED
        self._cell[0] = 0

    @property
    def is_loading(self) -> bool:
        """Whether the process is loading a page, or ended while it was."""
        return bool(self._cell[0])

    def bar(self) -> bool:
        """Bars the page over which the process ended; False where it was over none, or over too many."""
        if not self.is_loading or not self._left:
            return False
        _, sha256, index = CELL.unpack(self._cell[:])
        self._barred.add((sha256.decode(), index))
        self._left -= 1
        self._cell[0] = 0
        return True

    # ── in the process ──

    def enter(self, page: Page) -> bool:
        """Has the system end this process where what follows takes too much; False for a page that is barred."""
        import resource

        if page in self._barred:
            return False
        self._room = soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        room = _measure_space() + MEMORY_MB * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (room if soft == resource.RLIM_INFINITY else min(room, soft), hard))
        self._cell[:] = CELL.pack(True, page[0].encode(), page[1])
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        return True

    def draw(self) -> None:
        """Has the system end this process where drawing the page that was entered last takes too long."""
        self._cell[0] = 1
        signal.setitimer(signal.ITIMER_PROF, DRAWN_SECONDS)

    def leave(self) -> None:
        """What follows is bounded as before."""
        import resource

        signal.setitimer(signal.ITIMER_PROF, 0)
        resource.setrlimit(resource.RLIMIT_AS, self._room)
        self._cell[0] = 0


def make_pages() -> Pages | None:
    """The keeper of a process that is about to begin; None where the system has no such bounds."""
    return Pages() if sys.platform == "linux" else None


def _measure_space() -> int:
    """The address space of this process in bytes."""
    return int(Path("/proc/self/statm").read_bytes().split()[0]) * os.sysconf("SC_PAGE_SIZE")
