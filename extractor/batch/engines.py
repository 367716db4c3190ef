"""What does the work of a batch: the processes of this machine, or a cluster that is there."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from extractor.batch import local
from extractor.batch.items import Item
from extractor.batch.work import Options, Outcome
from extractor.model import InputError

Read = Callable[[Iterable[Item], Options, int, local.Watch], Iterator[Outcome]]
"""Takes items, options, a number of jobs and who watches; gives the outcomes as they come."""


def chosen(engine: str, scheduler: str | None) -> Read:
    """The engine of this name. Raises ``InputError`` where it cannot be had."""
    if engine == "local":
        return local.run
    if not scheduler:
        raise InputError("batch.no-scheduler")
    try:
        cluster = importlib.import_module("extractor.batch.cluster")
    except ImportError:
        raise InputError("batch.no-cluster") from None
    return partial(_over, cluster, scheduler)


def _over(
    cluster: object, scheduler: str, items: Iterable[Item], options: Options, _jobs: int, _watch: local.Watch
) -> Iterator[Outcome]:
    outcomes: Iterator[Outcome] = cluster.run(items, options, scheduler)  # type: ignore[attr-defined]
    return outcomes


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
