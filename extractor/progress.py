"""Who is told how far a long piece of work on one document is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Watch = Callable[[int, int], None]
"""Is told how many pages are recognised, and of how many; last when all are."""

_watch: ContextVar[Watch | None] = ContextVar("watch", default=None)


@contextmanager
def watched(watch: Watch | None) -> Iterator[None]:
    """Within this, ``watch`` is told of every page that is recognised; nobody is where it is None.

    >>> with watched(print):
    ...     tell(1, 2)
    1 2
    >>> tell(2, 2)
    """
    before = _watch.set(watch)
    try:
        yield
    finally:
        _watch.reset(before)


def tell(done: int, pages: int) -> None:
    """Tells whoever watches."""
    watch = _watch.get()
    if watch:
        watch(done, pages)
