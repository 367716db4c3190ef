"""Documents as a command reads them: in a process of its own, within its limits of time and memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import msgspec

from extractor.apart import inside
from extractor.apart.desk import Desk
from extractor.apart.limits import Limits
from extractor.kept import save_made
from extractor.messages import Lang, sentences
from extractor.model import Result
from extractor.progress import watched
from extractor.runs.misuse import refuse_misused
from extractor.runs.watching import Line

R = TypeVar("R")


class Reader:
    """Reads files one after the other; a file that takes too much, or ends its process, costs itself alone.

    ``line`` tells how far it is. ``meanwhile`` is what the command itself does while a report is read, such as loading
    what it will need.
    """

    def __init__(self, limits: Limits, line: Line | None = None, meanwhile: Callable[[], None] | None = None) -> None:
        self.line = line or Line()
        self._desk, self._meanwhile = Desk(limits, self.line.hear, self.line.wait), meanwhile
        sentences()  # both processes have something to say: read once, before they part

    def __enter__(self) -> Self:
        self._desk.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._desk.__exit__(kind, error, trace)

    def extract(self, file: Path, lang: Lang) -> Result:
        """The result of a report. Raises ``InputError``."""
        refuse_misused(file)
        with self.line.about(file.name):
            self._desk.begin(_extract, file, lang)
            if self._meanwhile:
                self._meanwhile()
            return unpack(self._desk.finish(file.name))

    def load(self, file: Path, lang: Lang, tables: Sequence[Path] = ()) -> Result:
        """The result that a file holds as JSON, or that of the report in it. Raises ``InputError``."""
        return unpack(self.load_packed(file, lang, tables))

    def load_packed(self, file: Path, lang: Lang, tables: Sequence[Path] = ()) -> bytes:
        """The same as ``unpack`` takes it."""
        refuse_misused(file)
        with self.line.about(file.name):
            return self._desk.call(file.name, _load, file, lang, tables)

    def call(self, name: str, function: Callable[..., R], *arguments: Any) -> R:
        """What another function of a module makes, for what is called ``name``."""
        with self.line.about(name):
            made: R = self._desk.call(name, _call, function, arguments)
            return made


def unpack(packed: bytes) -> Result:
    """The result in what a reader hands on."""
    return _make_decoder().decode(packed)


@cache
def _make_decoder() -> msgspec.msgpack.Decoder[Result]:
    return msgspec.msgpack.Decoder(Result)


# ── in the process of its own ──


def _call(function: Callable[..., R], arguments: tuple[Any, ...]) -> R:
    with watched(inside.tell_pages):
        return function(*arguments)


def _extract(file: Path, lang: Lang) -> bytes:
    from extractor.pipeline import extract

    with watched(inside.tell_pages):
        packed = msgspec.msgpack.encode(extract(file, lang=lang))
    save_made()
    return packed


def _load(file: Path, lang: Lang, tables: Sequence[Path]) -> bytes:
    from extractor.runs.saved import load

    with watched(inside.tell_pages):
        packed = msgspec.msgpack.encode(load(file, lang=lang, tables=tables))
    save_made()
    return packed
