"""One run of `extract check`: the findings of every file, and the exit code that tells of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec

from extractor.messages import Lang, render
from extractor.model import ExtractorError, Notice, Result
from extractor.reports.delivery import emit, say, sentence
from extractor.reports.findings import findings, show
from extractor.reports.saved import load

NOTHING, FOUND, FAILED = 0, 1, 2


def audit(
    files: Sequence[Path], form: Literal["text", "json"], lang: Lang, *, quiet: bool = False, every: bool = False
) -> int:
    """Prints the findings of the files in turn; 2 if one could not be checked, 1 if something does not hold, else 0."""
    codes, found = [], []
    for number, file in enumerate(files):
        result = _loaded(file, lang)
        if result is None:
            codes.append(FAILED)
            continue
        failing = findings(result)
        codes.append(FOUND if failing else NOTHING)
        found += [{"document": result.document.name, **msgspec.to_builtins(check)} for check in failing]
        if form == "text" and not quiet:
            if number:
                print()
            show(result, lang, every)
    if form == "json" and not quiet:
        codes.append(emit(msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n", lang))
    return max(codes, default=NOTHING)


def _loaded(file: Path, lang: Lang) -> Result | None:
    """The result of a file; None, and a sentence on the standard error, where there is none."""
    try:
        return load(file, lang=lang)
    except ExtractorError as error:
        say(sentence(error, lang))
    except Exception as error:
        facts: dict[str, str | int] = {"name": file.name, "reason": f"{type(error).__name__}: {error}"}
        say(render(Notice("cli.unexpected", facts), lang))
    return None
