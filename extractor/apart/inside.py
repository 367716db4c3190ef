"""What a process of its own does to itself: it bounds its memory, ends with its parent, and answers."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from extractor.apart.limits import Sign
from extractor.apart.pages import Pages
from extractor.documents.loading import appoint_keeper

MARGIN_MB = 256
"""What the address space may grow beyond the memory that is allowed: not all of it is ever filled."""


_listening: list[Connection] = []


def tell(at: int, of: int) -> None:
    """Gives a sign of life where somebody waits for this process."""
    _send(Sign(at, of))


def tell_pages(what: str, at: int, of: int) -> None:
    """The same of pages, with what is done with them."""
    _send(Sign(at, of, what))


def tell_slow_pages(what: str, at: int, of: int) -> None:
    """The same where nobody looks: only of pages for which the limit of time begins anew."""
    sign = Sign(at, of, what)
    if sign.is_slow:
        _send(sign)


def _send(sign: Sign) -> None:
    for connection in _listening:
        connection.send(sign)


def serve(
    connection: Connection,
    answer: Callable[[Any], Any],
    memory_mb: int,
    parent: int,
    inherited: Sequence[Connection],
    pages: Pages | None,
) -> None:
    """Answers what comes through ``connection``, until nobody listens any more; ``pages`` are watched over."""
    for other in inherited:
        other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with(parent)
    _bound(memory_mb)
    if pages:
        appoint_keeper(pages)
    _listening[:] = [connection]
    with suppress(EOFError, OSError):
        while True:
            connection.send(answer(connection.recv()))


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
    # What no number of the system can hold is no bound.
    with suppress(OSError, ValueError, OverflowError):
        used = int(Path("/proc/self/statm").read_bytes().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        if memory_mb:
            resource.setrlimit(resource.RLIMIT_AS, (used + (memory_mb + MARGIN_MB) * 2**20,) * 2)
