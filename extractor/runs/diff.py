"""One run of `extract diff`: what is compared, where the diff goes, and the outcome that tells of it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct

from extractor.apart.limits import Limits
from extractor.messages import Lang
from extractor.model import Comparison, Diff, InputError
from extractor.reports.comparison.beside import Beside, Links
from extractor.reports.comparison.cells import list_relations
from extractor.reports.comparison.judging import is_of_comparison, name_diff
from extractor.reports.comparison.pictures import NO_PICTURES, Pictures, draw_sides
from extractor.reports.decisions import Decisions
from extractor.reports.files.targets import OutputError, replacing, spare_sources, standard_output
from extractor.reports.formats import COMPARISONS
from extractor.reports.printable import printable
from extractor.runs.outcome import Outcome, attempt
from extractor.runs.reading import Reader, unpack
from extractor.runs.watching import Line


class Request(Struct, frozen=True):
    """How a run writes and speaks; without ``output`` and ``form`` only the terminal is told.

    ``comparison`` names what the sides are to each other, ``decisions`` a file with what a reader set aside.
    """

    output: str | None = None
    form: str | None = None
    lang: Lang = "zh"
    quiet: bool = False
    every: bool = False
    limits: Limits = Limits()
    comparison: Comparison | None = None
    decisions: Path | None = None
    pages: bool = False

    @property
    def is_written(self) -> bool:
        """Whether the diff goes to a file or to the standard output."""
        return self.output is not None or self.form is not None

    @property
    def is_silent(self) -> bool:
        """Whether nothing but the diff belongs on the standard output."""
        return self.quiet or (self.is_written and self.target is None)

    @property
    def target(self) -> Path | None:
        """The file that is named; None for the standard output."""
        return None if self.output in (None, "-") else Path(self.output or "")

    @property
    def format(self) -> str:
        """The format asked for, else the one that the output's name ends in, else JSON."""
        return COMPARISONS.choose(self.form, self.output)

    @property
    def is_page(self) -> bool:
        """Whether the diff is written as a page."""
        return self.is_written and self.format == "html"


def compare_files(files: Sequence[Path], between: tuple[str, str] | None, request: Request) -> Outcome:
    """Compares two files, two parts of one, or the body of one with its attachments; writes and shows the diffs."""
    names = ", ".join(file.name for file in files)
    return attempt(partial(_compare_files, files, between, request), request.lang, names)


def _compare_files(files: Sequence[Path], between: tuple[str, str] | None, request: Request) -> Outcome:
    if request.pages and not request.is_page:
        raise OutputError("diffs.pages")
    read = (*files, *filter(None, (request.decisions,)))
    if request.target:
        spare_sources((request.target,), read)
    found, beside = _compare(files, between, request)
    written = _write(found, request, beside, read) if request.is_written else []
    if not request.is_silent:
        _show(found, written, request)
    if not any(map(has_something, found)):
        return Outcome.FAILED
    return Outcome.FOUND if any(map(has_contradictions, found)) else Outcome.DONE


def has_something(found: Diff) -> bool:
    """Whether anything could be compared: numbers of one thing, or the words of two versions."""
    return bool(found.pairs or found.cells or found.cells_agreeing) or found.comparison == "version"


def has_contradictions(found: Diff) -> bool:
    """Whether a pair, or a cell of two versions, contradicts: what was rounded, cut or of another period does not."""
    if "different" in list_relations(found):
        return True
    return any(change.what == "cell" and change.left and change.right for change in found.changes)


def _compare(files: Sequence[Path], between: tuple[str, str] | None, request: Request) -> tuple[list[Diff], Beside]:
    """The diffs and what they are written with, made in the process that has read the files."""
    if len(files) > 2:
        raise InputError("diffs.files", count=len(files))
    with Reader(request.limits, Line(request.lang, request.quiet)) as reader:
        packed = [reader.load_packed(file, request.lang) for file in files]
        if between and len(files) == 2:
            raise InputError("diffs.between-one")
        made = _load_decisions(request)
        dismissed = _list_dismissed(packed, request, made)
        names = ", ".join(file.name for file in files)
        found = reader.call(names, _compare_results, packed, between, request.comparison, dismissed)
        pictures = reader.call(names, _draw_sides, files, packed, found) if request.pages else NO_PICTURES
        return found, Beside(_link_files(files, request), _list_decided(request, made, found), pictures)


def _draw_sides(files: Sequence[Path], packed: Sequence[bytes], found: Sequence[Diff]) -> Pictures:
    return draw_sides(files, [*map(unpack, packed)], found)


def _link_files(files: Sequence[Path], request: Request) -> Links:
    return _link(files[0], request.target), _link(files[-1], request.target)


def _load_decisions(request: Request) -> Decisions | None:
    """What a reader decided, of findings or of differences. Raises ``InputError``."""
    from extractor.reports.decisions import load_file

    return load_file(request.decisions) if request.decisions else None


def _list_dismissed(packed: Sequence[bytes], request: Request, made: Decisions | None) -> frozenset[str]:
    """The checks that a reader set aside, in either document. Raises ``InputError``."""
    if request.decisions is None or made is None or is_of_comparison(made):
        return frozenset()
    from extractor.reports.decisions import load_any

    known = load_any(request.decisions, [*map(unpack, packed)])
    return frozenset(check for check, decision in known.decisions.items() if decision.state == "dismissed")


def _list_decided(request: Request, made: Decisions | None, found: Sequence[Diff]) -> Sequence[Decisions]:
    """What was decided of differences, which must be those of one of the diffs. Raises ``InputError``."""
    if request.decisions is None or made is None or not is_of_comparison(made):
        return ()
    if made.document not in map(name_diff, found):
        names = " / ".join(printable(side.document.name) for side in (found[0].left, found[0].right))
        raise InputError("report.other-document", name=printable(request.decisions.name), document=names)
    return (made,)


def _compare_results(
    packed: Sequence[bytes], between: tuple[str, str] | None, comparison: Comparison | None, dismissed: frozenset[str]
) -> list[Diff]:
    """Two parts of one document, two documents, or a document's body against each of its attachments."""
    from extractor.diffs import against_attachments, diff

    results = [*map(unpack, packed)]
    if between:
        left, right = between
        return [diff(results[0], results[0], left_part=left, right_part=right, comparison=comparison)]
    if len(results) == 2:
        return [diff(results[0], results[1], comparison=comparison, dismissed=dismissed)]
    found = against_attachments(results[0])
    if not found:
        raise InputError("diffs.no-attachment", name=results[0].document.name)
    return found


def _write(found: Sequence[Diff], request: Request, beside: Beside, read: Sequence[Path]) -> list[Path]:
    """Writes the diffs in their format, over nothing that was ``read``, and gives the files they went to."""
    made = COMPARISONS.load(request.format).encode(found, request.lang, beside)
    if request.target is None:
        return _write_to_standard_output(made, request.format)
    paths = name_files(request.target, len(made))
    spare_sources(paths, read)
    for path, data in zip(paths, made, strict=True):
        with replacing(path) as file:
            file.write(data)
    return paths


def _link(file: Path, target: Path | None) -> str | None:
    """The way from what is written to a document; None where it goes to no file, and for a saved result."""
    if target is None or file.suffix.lower() == ".json":
        return None
    return quote(os.fsencode(Path(os.path.relpath(file, target.parent)).as_posix()))


def _write_to_standard_output(made: Sequence[bytes], form: str) -> list[Path]:
    if len(made) > 1:
        raise OutputError("diffs.needs-output", format=form)
    with standard_output() as out:
        out.write(made[0])
    return []


def name_files(path: Path, count: int) -> list[Path]:
    """The names of so many files.

    >>> [path.name for path in name_files(Path("out/diff.html"), 2)]
    ['diff-1.html', 'diff-2.html']
    """
    return [path] if count == 1 else [path.with_stem(f"{path.stem}-{at}") for at in range(1, count + 1)]


def _show(found: Sequence[Diff], written: Sequence[Path], request: Request) -> None:
    from extractor.reports.terminal import comparison

    with standard_output():
        for at, one in enumerate(found):
            print(end="\n" if at else "")
            comparison.show(one, request.lang, request.every)
        for path in written:
            print(f"\n{comparison.get_phrase('written', request.lang)}  {printable(str(path))}", end="")
        print(end="\n" if written else "")
