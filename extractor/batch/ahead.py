"""Work that waits, done a little ahead of where its results are asked for."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def ahead(function: Callable[[T], R], items: Iterable[T], threads: int) -> Iterator[tuple[T, R]]:
    """Every item with its result, in order; ``threads`` work on those that come next, none when it is 0.

    >>> list(ahead(str.upper, ["a", "b"], 2)), list(ahead(str.upper, ["a", "b"], 0))
    ([('a', 'A'), ('b', 'B')], [('a', 'A'), ('b', 'B')])
    """
    if not threads:
        yield from ((item, function(item)) for item in items)
        return
    left = iter(items)
    pool = ThreadPoolExecutor(threads)
    try:
        begun: deque[tuple[T, Future[R]]] = deque()
        while True:
            begun += ((item, pool.submit(function, item)) for item in islice(left, 2 * threads - len(begun)))
            if not begun:
                return
            item, result = begun.popleft()
            yield item, result.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
