"""One run of `extract report`: the review page, the marked PDF and the working papers of one document."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from msgspec import Struct

from extractor.messages import Lang
from extractor.model import InputError, Result
from extractor.pipeline import extract
from extractor.reports import decisions
from extractor.reports.files.targets import OutputError, standard_output
from extractor.reports.printable import printable
from extractor.runs.outcome import Outcome, attempt
from extractor.runs.outputs import OUTPUTS, Source, choose_targets
from extractor.runs.saved import load


class Request(Struct, frozen=True):
    """What a run writes, and how it speaks; the page is written where it is named, or nothing else is."""

    output: str | None = None
    pdf: Path | None = None
    xlsx: Path | None = None
    pages: bool = False
    decisions: Path | None = None
    lang: Lang = "zh"
    quiet: bool = False


def report_file(file: Path, request: Request) -> Outcome:
    """Writes what is asked for and tells where it is."""
    work = partial(_report_batch if file.is_dir() else _report, file, request)
    return attempt(work, request.lang, file.name)


def _report(file: Path, request: Request) -> Outcome:
    wanted = {"pdf": request.pdf, "xlsx": request.xlsx}
    targets = choose_targets(file, request.output, wanted, request.decisions)
    result, pdf = _read(file, request.lang)
    _refuse_without_pdf(result, pdf, _options(targets, request), printable(file.name))
    known = decisions.load(request.decisions, result) if request.decisions else None
    source = Source(file, result, pdf, known, request.lang, request.pages)
    for name, target in targets.items():
        OUTPUTS[name].write(source, target)
    if not request.quiet:
        with standard_output():
            _show(result, targets, request.lang)
    return Outcome.DONE


def _read(file: Path, lang: Lang) -> tuple[Result, bytes | None]:
    """The result, and the bytes of the PDF it was made from, read once: what is marked is what was extracted."""
    if file.suffix.lower() == ".json" or not _is_pdf(file):
        return load(file, lang=lang), None
    try:
        data = file.read_bytes()
    except OSError as error:
        raise InputError("input.unreadable", name=file.name, reason=error.strerror or str(error)) from error
    return extract(data, name=file.name, lang=lang), data


def _is_pdf(file: Path) -> bool:
    """Whether the content is PDF, whatever the name says; what cannot be read is told where it is loaded."""
    try:
        with file.open("rb") as opened:
            return b"%PDF-" in opened.read(1024)
    except OSError:
        return False


def _options(targets: Mapping[str, Path], request: Request) -> list[str]:
    """The options asked for that need the PDF itself."""
    options = {"--pdf": "pdf" in targets, "--pages": request.pages and "html" in targets}
    return [option for option, is_wanted in options.items() if is_wanted]


def _refuse_without_pdf(result: Result, pdf: bytes | None, options: list[str], name: str) -> None:
    """Refuses what cannot be made before anything is written. Raises ``InputError``."""
    if not options:
        return
    if pdf is None:
        raise InputError("report.needs-pdf", name=name, option=options[0])
    if hashlib.sha256(pdf).hexdigest() != result.document.sha256:
        raise InputError("report.not-the-pdf", name=name)


def _report_batch(folder: Path, request: Request) -> Outcome:
    """A page for each document of a batch, and one over all of them."""
    from extractor.batch import stored
    from extractor.runs import batch_report

    if not stored.is_store(folder):
        raise InputError("input.directory", name=printable(folder.name))
    given = {"-o": request.output, "--pdf": request.pdf, "--xlsx": request.xlsx, "--pages": request.pages}
    for option, value in (given | {"--decisions": request.decisions}).items():
        if value:
            raise OutputError("batch_report.options", path=printable(str(folder)), option=option)
    return batch_report.write_pages(folder, request.lang, request.quiet)


def _show(result: Result, targets: Mapping[str, Path], lang: Lang) -> None:
    """The document, how many findings there are, and where the report is."""
    from extractor.reports.terminal import written

    written.show(result, targets, lang)
