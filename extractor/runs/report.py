"""One run of `extract report`: the review page, the marked PDF, the working papers and the memo of one document."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from msgspec import Struct

from extractor.apart.limits import Limits
from extractor.messages import Lang, render
from extractor.model import InputError, Result
from extractor.reports.decisions import Decisions, read_carried
from extractor.reports.files.targets import OutputError, replacing, standard_output
from extractor.reports.printable import printable
from extractor.reports.terminal.speech import say
from extractor.reports.workbook.head import load_head
from extractor.runs.carrying import tell_carried
from extractor.runs.misuse import refuse_misused
from extractor.runs.outcome import Outcome, attempt
from extractor.runs.outputs import Source, choose_targets, encode_output
from extractor.runs.reading import Reader, unpack
from extractor.runs.watching import Line


class Request(Struct, frozen=True):
    """What a run writes, and how it speaks; the page is written where it is named, or nothing else is."""

    output: str | None = None
    pdf: Path | None = None
    xlsx: Path | None = None
    memo: Path | None = None
    header: Path | None = None
    pages: bool = False
    decisions: Path | None = None
    lang: Lang = "zh"
    quiet: bool = False
    limits: Limits = Limits()


def report_file(file: Path, request: Request) -> Outcome:
    """Writes what is asked for and tells where it is."""
    # Unlike that of Path this raises nothing where a folder may not be entered or a name is too long.
    is_folder = os.path.isdir(file)  # noqa: PTH112
    work = partial(_report_batch if is_folder else _report, file, request)
    return attempt(work, request.lang, file.name)


def _report(file: Path, request: Request) -> Outcome:
    wanted = {"pdf": request.pdf, "xlsx": request.xlsx, "docx": request.memo}
    targets = choose_targets(file, request.output, wanted, (request.decisions, request.header))
    head = load_head(request.header, request.lang) if request.header else None
    with Reader(request.limits, Line(request.lang, request.quiet)) as reader:
        packed = reader.load_packed(file, request.lang)
        result = unpack(packed)
        known = _read_decisions(request, result)
        source = Source(file, packed, known, request.lang, request.pages, head)
        written, outcome = _write_outputs(source, targets, reader)
    if written and not request.quiet:
        with standard_output():
            _show(result, written, known, request.lang)
    return outcome


def _read_decisions(request: Request, result: Result) -> Decisions | None:
    """What was decided; of another version it is said what became of it. Raises ``InputError``."""
    if request.decisions is None:
        return None
    found = read_carried(request.decisions, result)
    if not request.quiet:
        tell_carried(found, request.decisions, request.lang)
    return found.decisions


def _write_outputs(source: Source, targets: Mapping[str, Path], reader: Reader) -> tuple[dict[str, Path], Outcome]:
    """The outputs that could be written, each by itself, and whether all could."""
    outcomes = {
        name: attempt(partial(_write, name, source, target, reader), source.lang, target.name)
        for name, target in targets.items()
    }
    written = {name: target for name, target in targets.items() if outcomes[name] == Outcome.DONE}
    return written, max(outcomes.values())


def _write(name: str, source: Source, target: Path, reader: Reader) -> Outcome:
    made = reader.call(printable(target.name), encode_output, name, source)
    with replacing(target) as file:
        file.write(made.data)
    if made.remark:
        say(render(made.remark, source.lang))
    return Outcome.DONE


def _report_batch(folder: Path, request: Request) -> Outcome:
    """A page for each document of a batch, and one over all of them."""
    from extractor.batch import stored
    from extractor.runs import batch_report

    if not stored.is_store(folder):
        refuse_misused(folder)
        raise InputError("misuse.folder", name=printable(str(folder)))
    given = {"-o": request.output, "--pdf": request.pdf, "--xlsx": request.xlsx, "--pages": request.pages}
    others = {"--memo": request.memo, "--header": request.header, "--decisions": request.decisions}
    for option, value in (given | others).items():
        if value:
            raise OutputError("batch_report.options", path=printable(str(folder)), option=option)
    return batch_report.write_pages(folder, request.lang, request.quiet, request.limits)


def _show(result: Result, targets: Mapping[str, Path], known: Decisions | None, lang: Lang) -> None:
    """The document, how many findings there are, what was decided of them, and where the report is."""
    from extractor.reports.terminal import written

    written.show(result, targets, lang, known)
