"""One run of `extract check`: the findings of every file, and the outcome that tells of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from extractor.apart.limits import Limits
from extractor.messages import Lang
from extractor.model import Check, Result
from extractor.reports.files.targets import standard_output
from extractor.reports.printable import escape_json
from extractor.reports.terminal.findings import list_findings, show
from extractor.reports.terminal.speech import say
from extractor.runs.outcome import Outcome, attempt
from extractor.runs.reading import Reader


class Request(Struct, frozen=True):
    """How the findings are told; ``every`` adds remarks and what could not be checked, ``quiet`` leaves the code.

    ``tables`` are files with the statements that the reports are about.
    """

    lang: Lang = "zh"
    as_json: bool = False
    quiet: bool = False
    every: bool = False
    tables: Sequence[Path] = ()
    limits: Limits = Limits()


def check_files(files: Sequence[Path], request: Request) -> Outcome:
    """Prints the findings of the files in turn; a file that cannot be checked does not stop the others."""
    found: list[dict[str, Any]] = []
    outcomes = []
    with Reader(request.limits) as reader:
        for number, file in enumerate(files):
            check = partial(_check_file, file, request, reader, found, "\n" if number else "")
            outcomes.append(attempt(check, request.lang, file.name))
    if request.as_json and not request.quiet:
        outcomes.append(attempt(partial(_print_json, found), request.lang, "stdout"))
    return max(outcomes, default=Outcome.DONE)


def _check_file(file: Path, request: Request, reader: Reader, found: list[dict[str, Any]], between: str) -> Outcome:
    """Checks one file, and adds its findings to those of the files before it."""
    result = reader.load(file, request.lang, request.tables)
    failing = list_findings(result)
    found += _list_failing(result, failing)
    if not request.quiet:
        _tell(result, request, between)
    return Outcome.FOUND if failing else Outcome.DONE


def _list_failing(result: Result, failing: Sequence[Check]) -> list[dict[str, Any]]:
    """The failing checks as data, each with its document and the finding that it is in."""
    owner = {identity: finding.id for finding in result.findings for identity in finding.checks}
    return [
        {"document": result.document.name, "finding": owner.get(check.id), **msgspec.to_builtins(check)}
        for check in failing
    ]


def _tell(result: Result, request: Request, between: str) -> None:
    """Prints the findings; beside those that are data, what was not read is told on the standard error."""
    if request.as_json:
        for warning in result.document.warnings:
            say(warning)
        return
    print(between, end="")
    show(result, request.lang, request.every)


def _print_json(found: Sequence[dict[str, Any]]) -> Outcome:
    with standard_output() as out:
        out.write(escape_json(msgspec.json.format(msgspec.json.encode(found), indent=2)) + b"\n")
    return Outcome.DONE
