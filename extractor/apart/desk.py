"""Functions called in a process of their own, one after the other: their values, their errors, and what ended them."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from multiprocessing.connection import wait
from types import TracebackType
from typing import Any, Self, TypeVar

from msgspec import Struct

from extractor.apart.limits import Ended, Limits, Sign, UnexpectedError
from extractor.apart.worker import Worker
from extractor.model import ExtractorError, InputError

POLL = 0.05
"""Seconds between two looks at what the process holds; what is faster meets the system's own limit."""

R = TypeVar("R")
Call = tuple[Callable[..., Any], tuple[Any, ...]]


class Value(Struct, frozen=True):
    """What a function gave, which may be None: an answer that is not there yet is None, too."""

    value: Any


class Failure(Struct, frozen=True):
    """An exception of the other process; ``trace`` tells where it was raised."""

    error: Exception
    trace: str


class Desk:
    """One process that calls functions, started with the first call and replaced where one has ended it.

    Functions, arguments and values travel between processes: functions are those of a module. ``hear`` is told of signs
    of life, ``idle`` is called again and again while there is nothing to hear.
    """

    def __init__(
        self, limits: Limits, hear: Callable[[Sign], None] | None = None, idle: Callable[[], None] | None = None
    ) -> None:
        self._limits, self._hear, self._idle = limits, hear, idle
        self._worker: Worker[Call, Any] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def call(self, name: str, function: Callable[..., R], *arguments: Any) -> R:
        """What ``function`` gives. Raises what it raises, and ``InputError`` about ``name`` where it was ended."""
        self.begin(function, *arguments)
        made: R = self.finish(name)
        return made

    def begin(self, function: Callable[..., Any], *arguments: Any) -> None:
        """Has ``function`` called; ``finish`` gives its value, and the caller does something else meanwhile."""
        if self._worker and self._worker.is_worn:
            self._end()
        self._worker = self._worker or Worker(_answer, self._limits, hear=self._hear)
        self._worker.give((function, arguments))

    def finish(self, name: str) -> Any:
        """The value of the call that was begun; what ``call`` says holds."""
        assert self._worker, "a call is begun before it is finished"
        while (found := self._worker.look()) is None:
            if self._idle:
                self._idle()
            wait([self._worker.connection], POLL)
        if isinstance(found, Ended):
            self._end()
            raise InputError(f"limits.{found.reason}", name=name, **found.facts)
        if isinstance(found, Failure):
            found.error.add_note(found.trace)
            raise found.error
        return found.value

    def _end(self) -> None:
        if self._worker:
            self._worker.end()
            self._worker = None


def _answer(call: Call) -> Any:
    """In the other process: the value of a call, or why there is none."""
    function, arguments = call
    try:
        return Value(function(*arguments))
    except (ExtractorError, OSError) as error:
        return Failure(error, traceback.format_exc())
    except MemoryError:
        return Ended("memory", {}, 0.0, 0.0)
    except Exception as error:
        return Failure(UnexpectedError(f"{type(error).__name__}: {error}"), traceback.format_exc())
