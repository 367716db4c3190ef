"""One run over files: each is extracted, written, and shown; one that fails does not stop the others."""

from __future__ import annotations

import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import get_terminal_size

from msgspec import Struct

from extractor.messages import Lang, render
from extractor.model import ExtractorError, InputError, Notice, Result
from extractor.reports.printable import printable
from extractor.reports.sinks import Format, Write, sink
from extractor.reports.targets import OutputError, standard_output

Extract = Callable[[Path, str | None], Result]
"""Takes a file and the name it has in the result."""


class Manner(Struct, frozen=True):
    """How a run writes and speaks: ``output`` and ``format`` of the results, and what is said about them."""

    output: str
    format: Format = "json"
    lang: Lang = "zh"
    quiet: bool = False
    verbose: bool = False

    @property
    def silent(self) -> bool:
        """Nothing but results belongs on the standard output."""
        return self.quiet or self.output == "-"


class Done(Struct, frozen=True):
    """A document that was extracted: its result, where that went, and the seconds both took."""

    file: Path
    result: Result
    written: Path | None
    seconds: float


def deliver(files: Sequence[Path], extract: Extract, manner: Manner) -> int:
    """Extracts every file once, in the order given, and writes the results; 2 if any failed, else 0."""
    distinct: dict[str, Path] = {}
    for file in files:
        distinct.setdefault(os.path.realpath(file), file)
    with spoken(manner.lang) as failed, sink([*distinct.values()], manner.output, manner.format) as write:
        return _all([*distinct.values()], extract, write, manner)
    return failed


def emit(data: bytes, lang: Lang) -> int:
    """Writes ``data`` to the standard output; 2 if that failed, else 0."""
    with spoken(lang) as failed, standard_output() as out:
        out.write(data)
        return 0
    return failed


@contextmanager
def spoken(lang: Lang) -> Iterator[int]:
    """Says an ``ExtractorError`` of the block; yields the exit code for that case."""
    try:
        yield 2
    except ExtractorError as error:
        say(sentence(error, lang))


def _all(files: Sequence[Path], extract: Extract, write: Write, manner: Manner) -> int:
    several, done, claims = len(files) > 1, 0, 0
    for number, file in enumerate(files, start=1):
        if several and not manner.quiet:
            progress(f"{number}/{len(files)} {printable(file.name)}")
        if outcome := _one(file, extract, write, manner):
            with standard_output():
                _tell(outcome, several, manner)
            done, claims = done + 1, claims + len(outcome.result.claims)
    if several and not manner.silent:
        with standard_output():
            _totals(len(files), done, claims, manner.lang)
    return 0 if done == len(files) else 2


def _one(file: Path, extract: Extract, write: Write, manner: Manner) -> Done | None:
    started = time.perf_counter()
    try:
        result = extract(file, _name(file))
        return Done(file, result, write(file, result), time.perf_counter() - started)
    except BrokenPipeError:
        raise
    except ExtractorError as error:
        say(sentence(error, manner.lang))
    except Exception as error:
        facts: dict[str, str | int] = {"name": file.name, "reason": f"{type(error).__name__}: {error}"}
        say(render(Notice("cli.unexpected", facts), manner.lang))
        if manner.verbose:
            traceback.print_exc()
    return None


def _name(file: Path) -> str | None:
    """The file's name in Unicode: JSON cannot hold the bytes of a name in another encoding."""
    return os.fsencode(file.name).decode("utf-8", "replace") or None


def sentence(error: ExtractorError, lang: Lang) -> str:
    """What the error says, in ``lang`` where it has words for it."""
    return render(error.notice, lang) if isinstance(error, InputError | OutputError) else str(error)


def say(text: str) -> None:
    """One line on the standard error, in place of the progress line where there is one."""
    clear()
    print(f"extract: {printable(text)}", file=sys.stderr, flush=True)


def progress(text: str) -> None:
    """A line on a terminal that the next one replaces; nothing where there is no terminal."""
    if sys.stderr.isatty():
        from rich.cells import set_cell_size

        line = set_cell_size(text, get_terminal_size().columns - 1).rstrip()
        print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)


def clear() -> None:
    """Takes the line of ``progress`` away."""
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _tell(done: Done, several: bool, manner: Manner) -> None:
    if manner.verbose and not manner.quiet:
        say(render(Notice("cli.written", _facts(done, manner.lang)), manner.lang))
    if manner.silent or several:
        _warn(done, manner)
    if manner.silent or done.written is None:
        return
    clear()
    if several:
        _line(done, manner.lang)
    else:
        from extractor.reports import terminal

        terminal.show(done.result, done.written, manner.lang, manner.verbose)


def _facts(done: Done, lang: Lang) -> dict[str, str | int]:
    from extractor.reports.terminal import source

    path = str(done.written) if done.written else render(Notice("cli.standard-output"), lang)
    kind = " ".join(source(done.result, lang))
    return {"name": done.file.name, "format": kind, "seconds": f"{done.seconds:.2f}", "path": path}


def _warn(done: Done, manner: Manner) -> None:
    if not manner.quiet:
        for warning in done.result.document.warnings:
            facts: dict[str, str | int] = {"name": done.file.name, "warning": warning}
            say(render(Notice("cli.warning", facts), manner.lang))


def _line(done: Done, lang: Lang) -> None:
    from extractor.reports.terminal import extent

    words = [printable(done.file.name), *extent(done.result, lang), printable(str(done.written))]
    print("  ".join(words), flush=True)


def _totals(files: int, done: int, claims: int, lang: Lang) -> None:
    clear()
    facts: dict[str, str | int] = {"files": files, "done": done, "failed": files - done, "claims": claims}
    print(render(Notice("summary.totals" if done == files else "summary.totals-failed", facts), lang))
