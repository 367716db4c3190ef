"""One run over files: each is extracted, written, and shown; one that fails does not stop the others."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct

from extractor.apart.limits import Limits
from extractor.messages import Lang, render
from extractor.model import Notice, Result
from extractor.reports.files.sinks import Write, open_sink
from extractor.reports.files.targets import standard_output
from extractor.reports.formats import RESULTS
from extractor.reports.printable import printable
from extractor.reports.terminal.speech import clear_progress, say, show_progress
from extractor.reports.warned import tell_warnings
from extractor.runs.misuse import refuse_ending
from extractor.runs.outcome import Outcome, attempt
from extractor.runs.reading import Reader
from extractor.runs.watching import Line

Extract = Callable[[Path], Result]
"""Reads a file."""


class Request(Struct, frozen=True):
    """How a run writes and speaks: ``output`` and ``form`` of the results, and what is said about them."""

    output: str
    form: str | None = None
    lang: Lang = "zh"
    quiet: bool = False
    verbose: bool = False

    @property
    def is_silent(self) -> bool:
        """Whether nothing but results belongs on the standard output."""
        return self.quiet or self.output == "-"

    @property
    def format(self) -> str:
        """The format asked for, else the one that the output's name ends in, else JSON."""
        return RESULTS.choose(self.form, self.output)


class Done(Struct, frozen=True):
    """A document that was extracted: its result, where that went, and the seconds both took."""

    file: Path
    result: Result
    written: Path | None
    seconds: float


class Run(Struct, frozen=True):
    """One run: what it does with a file, and the documents that are done so far."""

    files: tuple[Path, ...]
    request: Request
    extract: Extract
    write: Write
    done: list[Done]

    @property
    def has_several(self) -> bool:
        """Whether each document is told in a line, and all of them in one more."""
        return len(self.files) > 1


def read_files(files: Sequence[Path], request: Request, limits: Limits) -> Outcome:
    """Extracts every file in a process of its own, within ``limits``."""
    line = Line(request.lang, request.quiet)
    with Reader(limits, line, None if request.is_silent else _load_summary) as reader:
        return extract_files(files, partial(reader.extract, lang=request.lang), request)


def _load_summary() -> None:
    """What shows a result takes as long to load as a page takes to read."""
    from extractor.reports.terminal import summary  # noqa: F401


def extract_files(files: Sequence[Path], extract: Extract, request: Request) -> Outcome:
    """Extracts every file once, in the order given, and writes the results."""
    distinct: dict[str, Path] = {}
    for file in files:
        distinct.setdefault(os.path.realpath(file), file)
    return attempt(partial(_run, tuple(distinct.values()), extract, request), request.lang, request.output)


def _run(files: tuple[Path, ...], extract: Extract, request: Request) -> Outcome:
    refuse_ending(request.output, request.form, files)
    with open_sink(files, request.output, request.format) as write:
        run = Run(files, request, extract, write, [])
        outcomes = [_extract_next(run, number) for number in range(1, len(files) + 1)]
        if run.has_several and not request.is_silent:
            with standard_output():
                _print_totals(run)
    return max(outcomes)


def _extract_next(run: Run, number: int) -> Outcome:
    """Extracts one file, and tells what came of it."""
    file = run.files[number - 1]
    if run.has_several and not run.request.quiet:
        show_progress(f"{number}/{len(run.files)} {printable(file.name)}")
    outcome = attempt(partial(_extract, run, file), run.request.lang, file.name)
    if outcome == Outcome.DONE:
        with standard_output():
            _tell(run.done[-1], run)
    return outcome


def _extract(run: Run, file: Path) -> Outcome:
    started = time.perf_counter()
    result = run.extract(file)
    written = run.write(file, result)
    run.done.append(Done(file, result, written, time.perf_counter() - started))
    return Outcome.DONE


# ── what is said ─────────────────────────────────────────────────────────────────────────────────────────


def _tell(done: Done, run: Run) -> None:
    request = run.request
    if request.verbose and not request.quiet:
        say(render(Notice("cli.written", _collect_facts(done, request.lang)), request.lang))
    if (request.is_silent or run.has_several) and not request.quiet:
        _warn(done, request.lang)
    if not request.is_silent and done.written:
        clear_progress()
        _show(done, done.written, run)


def _show(done: Done, written: Path, run: Run) -> None:
    """Shows the document in a line where there are several, else in a summary."""
    from extractor.reports.terminal import summary

    if run.has_several:
        words = [
            printable(done.file.name),
            *summary.describe_extent(done.result, run.request.lang),
            printable(str(written)),
        ]
        print("  ".join(words), flush=True)
    else:
        summary.show(done.result, written, run.request.lang, run.request.verbose)


def _collect_facts(done: Done, lang: Lang) -> dict[str, str | int]:
    from extractor.reports.terminal.summary import describe_source

    path = str(done.written) if done.written else render(Notice("cli.standard-output"), lang)
    kind = " ".join(describe_source(done.result, lang))
    return {"name": done.file.name, "format": kind, "seconds": f"{done.seconds:.2f}", "path": path}


def _warn(done: Done, lang: Lang) -> None:
    for warning in tell_warnings(done.result.document.warnings, lang):
        say(render(Notice("cli.warning", {"name": done.file.name, "warning": warning}), lang))


def _print_totals(run: Run) -> None:
    clear_progress()
    files, done = len(run.files), len(run.done)
    claims = sum(len(one.result.claims) for one in run.done)
    facts: dict[str, str | int] = {"files": files, "done": done, "failed": files - done, "claims": claims}
    print(render(Notice("summary.totals" if done == files else "summary.totals-failed", facts), run.request.lang))
