"""One run of `extract probe`: errors planted in a report in a process of its own, and what is told of them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from msgspec import Struct

from extractor.apart import inside
from extractor.apart.desk import Desk
from extractor.apart.limits import Limits, Sign
from extractor.messages import Lang, render, sentences
from extractor.model import InputError, Notice
from extractor.probe.figures import Probe
from extractor.progress import watched
from extractor.reports.files.indented import indent
from extractor.reports.files.targets import replacing, spare_sources, standard_output
from extractor.reports.printable import printable
from extractor.reports.terminal.speech import clear_progress, show_progress
from extractor.runs.outcome import Outcome, attempt


class Request(Struct, frozen=True):
    """How many errors are planted, drawn by which seed, and how what came of them is told; ``output`` is for JSON."""

    count: int = 40
    seed: int = 1
    output: str | None = None
    lang: Lang = "zh"
    quiet: bool = False
    every: bool = False
    limits: Limits = Limits()

    @property
    def target(self) -> Path | None:
        """The file that is named; None for the standard output."""
        return None if self.output in (None, "-") else Path(self.output or "")

    @property
    def is_silent(self) -> bool:
        """Whether nothing but the JSON belongs on the standard output."""
        return self.quiet or self.output == "-"


def probe_file(file: Path, request: Request) -> Outcome:
    """Plants errors in a report, one at a time, and tells which of them its checks saw."""
    return attempt(partial(_probe, file, request), request.lang, file.name)


def _probe(file: Path, request: Request) -> Outcome:
    if file.suffix.lower() == ".json":
        raise InputError("probe.saved", name=printable(file.name))
    if request.target:
        spare_sources((request.target,), (file,))
    sentences()  # both processes have something to say: read once, before they part
    with Desk(request.limits, partial(_show_planted, file.name, request)) as desk:
        found = desk.call(file.name, _plant_all, file, request.count, request.seed)
    clear_progress()
    if not found.planted:
        raise InputError("probe.no-numbers", name=printable(file.name))
    written = _write(found, request)
    if not request.is_silent:
        _show(found, written, request)
    return Outcome.DONE


def _show_planted(name: str, request: Request, sign: Sign) -> None:
    """How far the work is; of a scan, how many pages are recognised first."""
    if not request.quiet:
        facts: dict[str, str | int] = {"at": sign.at, "of": sign.of, "name": printable(name)}
        show_progress(render(Notice("probe.progress", facts), request.lang))


def _write(found: Probe, request: Request) -> Path | None:
    """Writes the JSON where it is asked for, and gives the file it went to."""
    if request.output is None:
        return None
    if request.target is None:
        with standard_output() as out:
            out.write(indent(found))
        return None
    with replacing(request.target) as file:
        file.write(indent(found))
    return request.target


def _show(found: Probe, written: Path | None, request: Request) -> None:
    from extractor.reports.terminal import probing

    with standard_output():
        probing.show(found, request.lang, request.every)
        if written:
            print(f"\n{probing.get_phrase('written', request.lang)}  {printable(str(written))}")


# ── in the process of its own ──


def _plant_all(file: Path, count: int, seed: int) -> Probe:
    from extractor.documents import read
    from extractor.probe import probe

    with watched(inside.tell_slow_pages):
        document = read(str(file))
    return probe(document, count, seed, inside.tell)
