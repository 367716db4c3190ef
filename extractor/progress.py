"""Who is told how far a long piece of work on one document is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal

Stage = Literal["read", "recognised", "drawn", "marked"]
"""What is done with one page after the other."""
Watch = Callable[[Stage, int, int], None]
"""Is told with how many pages something is done, and of how many; last when it is with all."""

_watch: ContextVar[Watch | None] = ContextVar("watch", default=None)


@contextmanager
def watched(watch: Watch | None) -> Iterator[None]:
    """Within this, ``watch`` is told of every page; nobody is where it is None.

    >>> with watched(print):
    ...     tell("read", 1, 2)
    read 1 2
    >>> tell("read", 2, 2)
    """
    before = _watch.set(watch)
    try:
        yield
    finally:
        _watch.reset(before)


def tell(stage: Stage, done: int, pages: int) -> None:
    """Tells whoever watches."""
    watch = _watch.get()
    if watch:
        watch(stage, done, pages)
