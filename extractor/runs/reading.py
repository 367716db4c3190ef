"""Documents as a command reads them: in a process of its own, within its limits of time and memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import msgspec

from extractor.apart import inside
from extractor.apart.desk import Desk
from extractor.apart.limits import Limits, Sign
from extractor.kept import save_made
from extractor.messages import Lang, sentences
from extractor.model import Result
from extractor.progress import watched
from extractor.reports.printable import printable
from extractor.runs.misuse import refuse_misused

R = TypeVar("R")


class Reader:
    """Reads files one after the other; a file that takes too much, or ends its process, costs itself alone.

    ``meanwhile`` is what the command itself does while a report is read, such as loading what it will need.
    """

    def __init__(self, limits: Limits, meanwhile: Callable[[], None] | None = None) -> None:
        self._desk, self._meanwhile = Desk(limits, _show_pages), meanwhile
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
        with working_on(file.name):
            return self._desk.call(file.name, _load, file, lang, tables)

    def call(self, name: str, function: Callable[..., R], *arguments: Any) -> R:
        """What another function of a module makes, for what is called ``name``."""
        with working_on(name):
            return self._desk.call(name, function, *arguments)


@contextmanager
def working_on(name: str) -> Iterator[None]:
    """Within this a line on the terminal tells what is worked on, until there is more to say of how far it is."""
    from extractor.reports.terminal.speech import clear_progress, show_progress

    show_progress(f"{printable(name)} …")
    try:
        yield
    finally:
        clear_progress()


def unpack(packed: bytes) -> Result:
    """The result in what a reader hands on."""
    return _make_decoder().decode(packed)


def _show_pages(sign: Sign) -> None:
    """How many pages of a scan are recognised so far."""
    from extractor.reports.terminal.speech import show_pages

    show_pages(sign.at, sign.of)


@cache
def _make_decoder() -> msgspec.msgpack.Decoder[Result]:
    return msgspec.msgpack.Decoder(Result)


# ── in the process of its own ──


def _extract(file: Path, lang: Lang) -> bytes:
    from extractor.pipeline import extract

    with watched(inside.tell):
        packed = msgspec.msgpack.encode(extract(file, lang=lang))
    save_made()
    return packed


def _load(file: Path, lang: Lang, tables: Sequence[Path]) -> bytes:
    from extractor.runs.saved import load

    with watched(inside.tell):
        packed = msgspec.msgpack.encode(load(file, lang=lang, tables=tables))
    save_made()
    return packed
