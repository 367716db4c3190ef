"""One run of `extract check`: the findings of every file as they are asked for, and the outcome that tells of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct

from extractor.apart.limits import Limits
from extractor.messages import Lang, render
from extractor.model import InputError, Notice, Result
from extractor.reports.decisions import Carried, Decisions, carry, is_document, load_file
from extractor.reports.files.targets import OutputError, is_same_file, replacing, spare_sources, standard_output
from extractor.reports.findings.baselines import (
    Baseline,
    KnownDocument,
    describe_document,
    encode_baseline,
    read_baseline,
)
from extractor.reports.findings.selecting import Listing, Wanted, list_rows, make_wanted
from extractor.reports.formats import FINDINGS
from extractor.reports.printable import printable
from extractor.reports.terminal.findings import show
from extractor.reports.terminal.speech import clear_progress, say, show_progress
from extractor.reports.warned import tell_warnings
from extractor.runs.carrying import tell_carried
from extractor.runs.outcome import Outcome, attempt
from extractor.runs.reading import Reader
from extractor.runs.watching import Line


class Request(Struct, frozen=True):
    """How the findings are told; ``every`` adds remarks and what could not be checked, ``quiet`` leaves the code.

    ``tables`` are files with the statements that the reports are about. ``form`` is the format of what is written to
    ``output`` or, without, to the standard output; None for the terminal. ``least``, ``only`` and ``rules`` choose
    findings, ``decisions`` and ``baseline`` are files that say which are dismissed and known.
    """

    lang: Lang = "zh"
    form: str | None = None
    quiet: bool = False
    every: bool = False
    tables: Sequence[Path] = ()
    limits: Limits = Limits()
    output: str | None = None
    least: str | None = None
    only: Sequence[str] = ()
    rules: Sequence[str] = ()
    decisions: Path | None = None
    baseline: Path | None = None
    new_baseline: Path | None = None

    @property
    def target(self) -> Path | None:
        """The file that is named; None for the standard output."""
        return None if self.output in (None, "-") else Path(self.output or "")

    @property
    def is_written(self) -> bool:
        """Whether the findings are data, for a file or for the standard output."""
        return self.output is not None or self.form is not None

    @property
    def is_silent(self) -> bool:
        """Whether nothing but data belongs on the standard output."""
        return self.quiet or (self.is_written and self.target is None)


class Known(Struct, frozen=True):
    """What a run knows before it reads a report: what is wanted, what was decided, and what is known.

    ``is_exact`` says that one of the files is the very document that was decided on, so that no other is.
    """

    wanted: Wanted
    decisions: Decisions | None
    baseline: Baseline | None
    is_exact: bool = False

    def decide(self, result: Result) -> Carried | None:
        """What was decided of a document; None where that is about others."""
        made = self.decisions
        if made is None or (self.is_exact and made.document != result.document.sha256):
            return None
        return carry(made, result)


class Run(Struct, frozen=True):
    """One run over files: the listings of those that are done, and what they add to a new baseline."""

    files: Sequence[Path]
    request: Request
    known: Known
    reader: Reader
    listings: list[Listing]
    documents: list[KnownDocument]
    carried: list[Carried]

    @property
    def is_single(self) -> bool:
        """Whether nothing else is checked, so that decisions and a baseline can only be about this."""
        return len(self.files) == 1


def check_files(files: Sequence[Path], request: Request) -> Outcome:
    """Tells the findings of the files in turn; a file that cannot be checked does not stop the others."""
    return attempt(partial(_check_files, files, request), request.lang, ", ".join(file.name for file in files))


def _check_files(files: Sequence[Path], request: Request) -> Outcome:
    form = _choose_form(request)
    _spare_sources(files, request)
    known = _read_known(files, request)
    with Reader(request.limits, Line(request.lang, request.quiet)) as reader:
        run = Run(files, request, known, reader, [], [], [])
        outcomes = [_check_next(run, number) for number in range(len(files))]
    clear_progress()
    _refuse_strange_decisions(run)
    if form and run.listings:
        outcomes.append(attempt(partial(_write, run.listings, form, request), request.lang, request.output or "stdout"))
    if request.new_baseline and Outcome.FAILED not in outcomes:
        return attempt(partial(_write_baseline, run), request.lang, request.new_baseline.name)
    return max(outcomes, default=Outcome.DONE)


def _choose_form(request: Request) -> str | None:
    """The format of what is written; None where only the terminal is told. Raises ``OutputError``."""
    if not request.is_written:
        return None
    target = request.target
    if not request.form and (target is None or not FINDINGS.is_ending(target)):
        known = ", ".join(f".{name}" for name in FINDINGS.names)
        raise OutputError("findings.no-format", path=printable(request.output or ""), known=known)
    return FINDINGS.choose(request.form, target)


def _spare_sources(files: Sequence[Path], request: Request) -> None:
    """Refuses to write over anything that is read. Raises ``OutputError``."""
    read = (*files, *request.tables, *filter(None, (request.decisions,)))
    spare_sources(filter(None, (request.target, request.new_baseline)), read)
    if request.target and request.new_baseline and is_same_file(request.target, request.new_baseline):
        raise OutputError("report.same-target", path=printable(str(request.target)))
    # A baseline that is read may be written anew, as what is known from now on.
    spare_sources(filter(None, (request.target,)), filter(None, (request.baseline,)))


def _read_known(files: Sequence[Path], request: Request) -> Known:
    wanted = make_wanted(request.least, request.only, request.rules, request.baseline is not None)
    made = load_file(request.decisions) if request.decisions else None
    is_exact = made is not None and any(is_document(file, made.document) for file in files)
    return Known(wanted, made, read_baseline(request.baseline) if request.baseline else None, is_exact)


def _check_next(run: Run, number: int) -> Outcome:
    file, request = run.files[number], run.request
    if not run.is_single and not request.quiet:
        run.reader.line.place = f"{number + 1}/{len(run.files)}"
        show_progress(f"{run.reader.line.place} {printable(file.name)}")
    between = "\n" if run.listings else ""
    return attempt(partial(_check_file, file, run, between), request.lang, file.name)


def _check_file(file: Path, run: Run, between: str) -> Outcome:
    """Checks one file, and adds what was found to that of the files before it."""
    request, known = run.request, run.known
    result = run.reader.load(file, request.lang, request.tables)
    path = _name_document(file, result)
    listing = list_rows(result, known.wanted, _carry_decisions(result, run), known.baseline, run.is_single, path)
    run.listings.append(listing)
    if request.new_baseline:
        run.documents.append(describe_document(result, path))
    _tell(listing, request, between)
    return Outcome.DONE if listing.is_clean else Outcome.FOUND


def _name_document(file: Path, result: Result) -> str:
    """How a document was named; of a saved result the folder with the document's own name."""
    is_saved = file.suffix.lower() == ".json"
    return printable((file.parent / Path(result.document.name).name if is_saved else file).as_posix())


def _carry_decisions(result: Result, run: Run) -> Decisions | None:
    """What was decided of a document; None where that is about others."""
    found = run.known.decide(result)
    if found is None:
        return None
    run.carried.append(found)
    if not run.request.quiet and run.request.decisions:
        tell_carried(found, run.request.decisions, run.request.lang)
    return found.decisions


def _refuse_strange_decisions(run: Run) -> None:
    """Refuses decisions that are about none of the documents. Raises ``InputError``."""
    path = run.request.decisions
    if path and run.listings and not run.carried:
        documents = ", ".join(printable(one.result.document.name) for one in run.listings)
        raise InputError("report.other-document", name=printable(path.name), document=documents)


def _tell(listing: Listing, request: Request, between: str) -> None:
    """Prints the findings; beside those that are data, what was not read is told on the standard error."""
    if request.is_silent:
        for warning in () if request.quiet else tell_warnings(listing.result.document.warnings, request.lang):
            say(warning)
        return
    clear_progress()
    print(between, end="")
    show(listing, request.lang, request.every)


def _write(listings: Sequence[Listing], form: str, request: Request) -> Outcome:
    """Writes all findings in one file, or to the standard output unless that is to stay silent."""
    if request.target is None and request.quiet:
        return Outcome.DONE
    made = FINDINGS.load(form).encode(listings, request.lang)
    if request.target is None:
        with standard_output() as out:
            out.write(made)
        return Outcome.DONE
    with replacing(request.target) as file:
        file.write(made)
    _tell_written("findings.written", request.target, sum(len(one.rows) for one in listings), request)
    return Outcome.DONE


def _write_baseline(run: Run) -> Outcome:
    """Writes what was found as what is known from now on; then nothing that was found is new."""
    target = run.request.new_baseline
    assert target, "a baseline is written where one is asked for"
    with replacing(target) as file:
        file.write(encode_baseline(run.documents))
    _tell_written("findings.baseline", target, sum(len(one.findings) for one in run.documents), run.request)
    return Outcome.DONE


def _tell_written(message: str, target: Path, count: int, request: Request) -> None:
    if not request.is_silent:
        print(render(Notice(message, {"path": printable(str(target)), "count": count}), request.lang))
