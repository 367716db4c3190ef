"""What a report is written as: the outputs with the endings of their files, and where each of them goes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, to_builtins

from extractor import endings
from extractor.messages import Lang
from extractor.model import InputError, Notice
from extractor.reports.decisions import Decisions
from extractor.reports.files.targets import OutputError
from extractor.reports.formats import COMPARISONS, RESULTS
from extractor.reports.printable import printable
from extractor.reports.workbook.head import Head
from extractor.runs.reading import unpack

# Where the page goes by default, and the pixels a point of its page images: sharp where a page is as wide as a screen.
FOLDER, SCALE = Path("outputs"), 1.5
# What the files of documents end in; no output may look like one.
DOCUMENTS = frozenset((*endings.DOCUMENTS, *endings.OTHERS))


class Source(Struct, frozen=True):
    """What outputs are made from; ``packed`` is the result as ``reading.unpack`` takes it."""

    file: Path
    packed: bytes
    decisions: Decisions | None
    lang: Lang
    has_images: bool
    head: Head | None = None


class Made(Struct, frozen=True):
    """What the file of an output holds, and what is to be said of it."""

    data: bytes
    remark: Notice | None = None


class Output(Struct, frozen=True):
    """One thing that a report is written as: what its file may end in, and its maker, which is loaded when used."""

    endings: frozenset[str]
    encode: Callable[[Source], Made]


def encode_output(name: str, source: Source) -> Made:
    """What the file of an output holds. Raises ``InputError`` where it needs the PDF and there is none."""
    return OUTPUTS[name].encode(source)


def _encode_page(source: Source) -> Made:
    from extractor.reports.printed import read_lines
    from extractor.reports.review_page import page
    from extractor.reports.review_page.images import draw_pages

    result = unpack(source.packed)
    decisions = to_builtins(source.decisions) if source.decisions else None
    if not source.has_images:
        return Made(page.encode(result, source.lang, decisions=decisions))
    data = _read_pdf(source, "--pages")
    images, printed = draw_pages(data, result, SCALE), read_lines(data, result)
    return Made(page.encode(result, source.lang, decisions=decisions, images=images, printed=printed))


def _encode_pdf(source: Source) -> Made:
    from extractor.reports.marked_pdf import pdf

    data = _read_pdf(source, "--pdf")
    marked = pdf.mark(unpack(source.packed), data, source.lang, source.decisions)
    without = Notice("report.no-front", {"name": printable(source.file.name)})
    return Made(marked.data, None if marked.has_front else without)


def _encode_workbook(source: Source) -> Made:
    from extractor.reports.workbook import papers

    return Made(papers.encode(unpack(source.packed), source.lang, source.decisions, source.head))


def _encode_memo(source: Source) -> Made:
    from extractor.reports.memo import memo

    return Made(memo.encode(unpack(source.packed), source.lang, source.decisions, source.head))


def _read_pdf(source: Source, option: str) -> bytes:
    """The PDF as it is now. Raises ``InputError`` where there is none, or not the one that the result was made from."""
    document = unpack(source.packed).document
    if document.format != "pdf" or source.file.suffix.lower() == ".json":
        raise InputError("report.needs-pdf", name=printable(source.file.name), option=option)
    try:
        data = source.file.read_bytes()
    except OSError as error:
        raise InputError("input.unreadable", name=source.file.name, reason=error.strerror or str(error)) from error
    if hashlib.sha256(data).hexdigest() != document.sha256:
        raise InputError("report.not-the-pdf", name=printable(source.file.name))
    return data


OUTPUTS = {
    "html": Output(frozenset((".html", ".htm")), _encode_page),
    "pdf": Output(frozenset((".pdf",)), _encode_pdf),
    "xlsx": Output(frozenset((".xlsx",)), _encode_workbook),
    "docx": Output(frozenset((".docx",)), _encode_memo),
}


def choose_targets(
    file: Path, output: str | None, wanted: Mapping[str, Path | None], read: Sequence[Path | None]
) -> dict[str, Path]:
    """The files to write by their output; none of them is another, FILE, or what is ``read``. Raises ``OutputError``.

    ``output`` names the page, which is also written where nothing else is ``wanted``; or what its ending says, where
    that has no name of its own.
    """
    targets = {name: path for name, path in wanted.items() if path is not None}
    if output is not None or not targets:
        told = _tell_output(output)
        targets = {"html" if told in targets else told: _name_page(file, output), **targets}
    sources = {os.path.realpath(path) for path in (file, *read) if path}
    taken: set[str] = set()
    for name, path in targets.items():
        _refuse(path, name, file)
        if os.path.realpath(path) in sources:
            raise OutputError("cli.source", path=printable(str(path)))
        if os.path.realpath(path) in taken:
            raise OutputError("report.same-target", path=printable(str(path)))
        taken.add(os.path.realpath(path))
    return targets


def _tell_output(name: str | None) -> str:
    """The output that the name of a file is of, by its ending; the page where that says nothing."""
    ending = "" if name is None or _is_folder(name) else Path(name).suffix.lower()
    return next((output for output, made in OUTPUTS.items() if ending in made.endings), "html")


def _refuse(path: Path, name: str, file: Path) -> None:
    """Refuses the standard output, and a name that ends like something else."""
    if str(path) == "-":
        raise OutputError("report.no-stdout", name=printable(file.name))
    if path.suffix.lower() in _known_endings() - OUTPUTS[name].endings:
        raise OutputError("report.ending", path=printable(str(path)), ending=f".{name}")


def _known_endings() -> frozenset[str]:
    """The endings that would say that a file is something else."""
    written = {f".{name}" for formats in (RESULTS, COMPARISONS) for name in formats.names}
    return DOCUMENTS.union(written, *(output.endings for output in OUTPUTS.values()))


def _name_page(file: Path, output: str | None) -> Path:
    """The page's file: the one named, or FILE's stem in the folder that is."""
    if output is None:
        return FOLDER / f"{file.stem}.html"
    return Path(output) / f"{file.stem}.html" if _is_folder(output) else Path(output)


def _is_folder(output: str) -> bool:
    return output.endswith("/") or Path(output).is_dir()
