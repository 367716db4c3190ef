"""One run of `extract cite`: a text and the reports it speaks of, where the answer goes, and the outcome."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import msgspec
from msgspec import Struct

from extractor.apart.limits import Limits
from extractor.cite.answer import Citations
from extractor.messages import Lang
from extractor.model import InputError
from extractor.reports.files.targets import replacing, spare_sources, standard_output
from extractor.reports.formats import CITATIONS
from extractor.reports.printable import printable
from extractor.runs.outcome import Outcome, attempt
from extractor.runs.reading import Reader, unpack
from extractor.runs.watching import Line


class Request(Struct, frozen=True):
    """How a run writes and speaks; ``strict`` counts a number that is not found as one that is contradicted."""

    output: str | None = None
    form: str | None = None
    lang: Lang = "zh"
    strict: bool = False
    quiet: bool = False
    every: bool = False
    limits: Limits = Limits()

    @property
    def is_written(self) -> bool:
        """Whether the answer goes to a file or to the standard output."""
        return self.output is not None or self.form is not None

    @property
    def target(self) -> Path | None:
        """The file that is named; None for the standard output."""
        return None if self.output in (None, "-") else Path(self.output or "")


def cite_files(article: Path, reports: Sequence[Path], request: Request) -> Outcome:
    """Looks up the numbers of a text in reports, writes and shows what came of it."""
    names = ", ".join(file.name for file in (article, *reports))
    return attempt(partial(_cite, article, reports, request), request.lang, names)


def _cite(article: Path, reports: Sequence[Path], request: Request) -> Outcome:
    if request.target:
        spare_sources((request.target,), (article, *reports))
    found = _look_up(article, reports, request)
    if not found.citations:
        raise InputError("cite.no-numbers", name=printable(article.name))
    if request.is_written:
        _write(found, request)
    if not (request.quiet or (request.is_written and request.target is None)):
        _show(found, request)
    return _conclude(found, request.strict)


def _conclude(found: Citations, strict: bool) -> Outcome:
    wrong = found.count("contradicted") + (found.count("not_found") if strict else 0)
    return Outcome.FOUND if wrong else Outcome.DONE


def _look_up(article: Path, reports: Sequence[Path], request: Request) -> Citations:
    """What the process that has read the files says of the numbers."""
    names = ", ".join(file.name for file in (article, *reports))
    with Reader(request.limits, Line(request.lang, request.quiet)) as reader:
        packed = [reader.load_packed(file, request.lang) for file in (article, *reports)]
        made = reader.call(names, _cite_results, packed)
    return msgspec.msgpack.decode(made, type=Citations)


def _write(found: Citations, request: Request) -> None:
    form = CITATIONS.choose(request.form, request.output)
    data: bytes = CITATIONS.load(form).encode(found, request.lang)
    if request.target is None:
        with standard_output() as out:
            out.write(data)
        return
    with replacing(request.target) as file:
        file.write(data)


def _show(found: Citations, request: Request) -> None:
    from extractor.reports.citations.rows import get_phrase
    from extractor.reports.terminal import citations

    with standard_output():
        citations.show(found, request.lang, request.every)
        if request.target:
            print(f"\n{get_phrase('written', request.lang)}  {printable(str(request.target))}")


# ── in the process of its own ──


def _cite_results(packed: Sequence[bytes]) -> bytes:
    from extractor.cite import cite

    article, *reports = map(unpack, packed)
    return msgspec.msgpack.encode(cite(article, reports))
