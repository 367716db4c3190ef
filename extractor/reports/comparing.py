"""One run of `extract diff`: what is compared, where the diff goes, and the exit code that tells of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct

from extractor.diffs import against_attachments, diff
from extractor.messages import Lang
from extractor.model import Diff, ExtractorError, InputError
from extractor.reports import diff_files, json
from extractor.reports.delivery import say, sentence
from extractor.reports.printable import printable
from extractor.reports.saved import load
from extractor.reports.targets import OutputError, replacing, standard_output

AGREE, CONTRADICT, FAILED = 0, 1, 2
Form = Literal["json", "csv", "xlsx", "html"]
FORMS: tuple[Form, ...] = ("json", "csv", "xlsx", "html")


class Wish(Struct, frozen=True):
    """How a run writes and speaks; without ``output`` only the terminal is told."""

    output: str | None = None
    form: Form | None = None
    lang: Lang = "zh"
    quiet: bool = False
    every: bool = False

    @property
    def format(self) -> Form:
        """The format asked for, else the one that the output's name ends in, else JSON."""
        ending = Path(self.output or "").suffix.lower().removeprefix(".")
        endings: dict[str, Form] = {form: form for form in FORMS}
        return self.form or endings.get(ending, "json")

    @property
    def silent(self) -> bool:
        """Nothing but the diff belongs on the standard output."""
        return self.quiet or self.output == "-" or (self.output is None and self.form is not None)


def run(files: Sequence[Path], between: tuple[str, str] | None, wish: Wish) -> int:
    """Compares, writes and shows; 2 if that failed, 1 if something contradicts, else 0."""
    try:
        found = _diffs(files, between, wish.lang)
        written = _write(found, wish)
        if not wish.silent:
            _show(found, written, wish)
    except ExtractorError as error:
        say(sentence(error, wish.lang))
        return FAILED
    return CONTRADICT if any(contradictions(one) for one in found) else AGREE


def contradictions(found: Diff) -> int:
    """How many pairs contradict: what was rounded, cut or is of another period does not."""
    return sum(pair.relation == "different" for pair in found.pairs)


def _diffs(files: Sequence[Path], between: tuple[str, str] | None, lang: Lang) -> list[Diff]:
    """Two parts of one document, two documents, or a document's body against each of its attachments."""
    if len(files) > 2:
        raise InputError("diffs.files", count=len(files))
    results = [load(file, lang=lang) for file in files]
    if between and len(files) == 2:
        raise InputError("diffs.between-one")
    if between:
        return [diff(results[0], results[0], left_part=between[0], right_part=between[1])]
    if len(files) == 2:
        return [diff(results[0], results[1])]
    found = against_attachments(results[0])
    if not found:
        raise InputError("diffs.no-attachment", name=results[0].document.name)
    return found


def _write(found: Sequence[Diff], wish: Wish) -> list[Path]:
    """The diffs in their format, and the files they went to; JSON is one object, or a list where there are several."""
    if wish.output is None and wish.form is None:
        return []
    form, path = wish.format, None if wish.output in (None, "-") else Path(wish.output or "")
    if form == "json":
        data = json.document(found[0] if len(found) == 1 else found)
        with replacing(path) if path else standard_output() as out:
            out.write(data)
        return [path] if path else []
    if path:
        return _files(found, form, path, wish.lang)
    if len(found) > 1:
        raise OutputError("diffs.needs-output", format=form)
    with standard_output() as out:
        diff_files.write(found[0], form, out, wish.lang)
    return []


def _files(found: Sequence[Diff], form: diff_files.Form, path: Path, lang: Lang) -> list[Path]:
    """A file for each diff."""
    paths = _paths(path, len(found))
    for one, target in zip(found, paths, strict=True):
        diff_files.write(one, form, target, lang)
    return paths


def _paths(path: Path, count: int) -> list[Path]:
    """The names of so many files.

    >>> [path.name for path in _paths(Path("out/diff.html"), 2)]
    ['diff-1.html', 'diff-2.html']
    """
    return [path] if count == 1 else [path.with_stem(f"{path.stem}-{at}") for at in range(1, count + 1)]


def _show(found: Sequence[Diff], written: Sequence[Path], wish: Wish) -> None:
    from extractor.reports import differences

    with standard_output():
        for at, one in enumerate(found):
            if at:
                print()
            differences.show(one, wish.lang, wish.every)
        for path in written:
            print(f"\n{differences.named('written', wish.lang)}  {printable(str(path))}", end="")
        print(end="\n" if written else "")
