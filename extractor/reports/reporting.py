"""One run of `extract report`: the review page, the marked PDF and the working papers of one document."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from extractor.messages import Lang, render
from extractor.model import ExtractorError, InputError, Notice, Result
from extractor.pipeline import extract
from extractor.reports import decisions as decided
from extractor.reports.decisions import Decisions
from extractor.reports.delivery import say, sentence
from extractor.reports.printable import printable
from extractor.reports.saved import load
from extractor.reports.targets import OutputError, standard_output

WRITTEN, FAILED = 0, 2
# Where the page goes by default, and how large its page images are: pixels a point.
FOLDER, SCALE = Path("outputs"), 1.5
# The endings that each output may have, and those that would say it were something else.
ENDINGS = {"html": {".html", ".htm"}, "pdf": {".pdf"}, "xlsx": {".xlsx"}}
KNOWN = {".html", ".htm", ".pdf", ".xlsx", ".xls", ".csv", ".json", ".jsonl", ".docx", ".doc", ".txt", ".md"}


class Wish(Struct, frozen=True):
    """What a run writes, and how it speaks; the page is written where it is named, or nothing else is."""

    output: str | None = None
    pdf: Path | None = None
    xlsx: Path | None = None
    pages: bool = False
    decisions: Path | None = None
    lang: Lang = "zh"
    quiet: bool = False


class Source(Struct, frozen=True):
    """A result, and the bytes of the PDF it was made from where that is at hand."""

    file: Path
    result: Result
    pdf: bytes | None


def run(file: Path, wish: Wish) -> int:
    """Writes what is wished for and tells where it is; 2 if that failed, else 0."""
    try:
        if file.is_dir():
            return _batch(file, wish)
        targets = _targets(file, wish)
        source = _source(file, wish.lang)
        _ready(source, targets, wish)
        known = decided.load(wish.decisions, source.result) if wish.decisions else None
        for name, target in targets.items():
            WRITERS[name](source, target, wish, known)
        if not wish.quiet:
            with standard_output():
                _show(source.result, targets, wish.lang)
    except ExtractorError as error:
        say(sentence(error, wish.lang))
        return FAILED
    except Exception as error:
        facts: dict[str, str | int] = {"name": file.name, "reason": f"{type(error).__name__}: {error}"}
        say(render(Notice("cli.unexpected", facts), wish.lang))
        return FAILED
    return WRITTEN


# ── what is asked for ────────────────────────────────────────────────────────────────────────────────────


def _targets(file: Path, wish: Wish) -> dict[str, Path]:
    """The files to write by their kind; none of them is another, or the document itself. Raises ``OutputError``."""
    found = {"pdf": wish.pdf, "xlsx": wish.xlsx}
    if wish.output is not None or not (wish.pdf or wish.xlsx):
        found = {"html": _page_path(file, wish.output), **found}
    targets = {name: path for name, path in found.items() if path is not None}
    sources = {os.path.realpath(path) for path in (file, wish.decisions) if path}
    for name, path in targets.items():
        if str(path) == "-":
            raise OutputError("report.no-stdout", name=printable(file.name))
        if path.suffix.lower() in KNOWN - ENDINGS[name]:
            raise OutputError("report.ending", path=printable(str(path)), ending=f".{name}")
        if os.path.realpath(path) in sources:
            raise OutputError("cli.source", path=printable(str(path)))
        if any(os.path.realpath(path) == os.path.realpath(targets[other]) for other in targets if other != name):
            raise OutputError("report.same-target", path=printable(str(path)))
    return targets


def _page_path(file: Path, output: str | None) -> Path:
    """The page's file: the one named, or FILE's stem in the folder that is."""
    if output is None:
        return FOLDER / f"{file.stem}.html"
    return Path(output) / f"{file.stem}.html" if output.endswith("/") or Path(output).is_dir() else Path(output)


def _source(file: Path, lang: Lang) -> Source:
    """The result, from bytes that are read once: what is marked is what was extracted."""
    if file.suffix.lower() == ".json" or not _is_pdf(file):
        return Source(file, load(file, lang=lang), None)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise InputError("input.unreadable", name=file.name, reason=error.strerror or str(error)) from error
    return Source(file, extract(data, name=file.name, lang=lang), data)


def _is_pdf(file: Path) -> bool:
    """Whether the content is PDF, whatever the name says; what cannot be read is told where it is loaded."""
    try:
        with file.open("rb") as opened:
            return b"%PDF-" in opened.read(1024)
    except OSError:
        return False


def _ready(source: Source, targets: dict[str, Path], wish: Wish) -> None:
    """Refuses what cannot be made before anything is written. Raises ``InputError``."""
    options = {"--pdf": "pdf" in targets, "--pages": wish.pages and "html" in targets}
    name = printable(source.file.name)
    for option in (option for option, wanted in options.items() if wanted):
        if source.pdf is None:
            raise InputError("report.needs-pdf", name=name, option=option)
        if hashlib.sha256(source.pdf).hexdigest() != source.result.document.sha256:
            raise InputError("report.not-the-pdf", name=name)


# ── the outputs ──────────────────────────────────────────────────────────────────────────────────────────


def _html(source: Source, target: Path, wish: Wish, known: Decisions | None) -> None:
    from extractor.reports import page

    images = page.page_images(source.file, source.result, SCALE) if wish.pages else None
    decisions = msgspec.to_builtins(known) if known else None
    page.write(source.result, target, wish.lang, decisions=decisions, images=images)


def _pdf(source: Source, target: Path, wish: Wish, known: Decisions | None) -> None:
    from extractor.reports import marked

    marked.write(source.result, source.pdf or b"", target, wish.lang, known)


def _xlsx(source: Source, target: Path, wish: Wish, known: Decisions | None) -> None:
    from extractor.reports import papers

    papers.write(source.result, target, wish.lang, known)


Writer = Callable[[Source, Path, Wish, Any], None]
WRITERS: dict[str, Writer] = {"html": _html, "pdf": _pdf, "xlsx": _xlsx}


# ── a batch ──────────────────────────────────────────────────────────────────────────────────────────────


def _batch(folder: Path, wish: Wish) -> int:
    """A page for each document of a batch, and one over all of them."""
    from extractor.reports import batch_reports, stored

    name = printable(folder.name)
    if not stored.is_store(folder):
        raise InputError("input.directory", name=name)
    given = {"-o": wish.output, "--pdf": wish.pdf, "--xlsx": wish.xlsx, "--pages": wish.pages}
    for option, value in (given | {"--decisions": wish.decisions}).items():
        if value:
            raise OutputError("batch_report.options", path=printable(str(folder)), option=option)
    return batch_reports.write(folder, wish.lang, wish.quiet)


# ── the terminal ─────────────────────────────────────────────────────────────────────────────────────────


def _show(result: Result, targets: dict[str, Path], lang: Lang) -> None:
    """The document, how many findings there are, and where the report is."""
    from extractor.reports import reported

    reported.show(result, targets, lang)
