"""What a report's checks are worth: probe."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from extractor.cli.apps import commands
from extractor.cli.choices import Memory, Patterns, Timeout


@commands.command()
def probe(
    file: Annotated[Path, typer.Argument(help="A report, no saved result.", show_default=False)],
    count: Annotated[int, typer.Option("--count", min=1, metavar="N", help="How many errors are planted.")] = 40,
    seed: Annotated[int, typer.Option("--seed", metavar="K", help="Which ones: the same seed, the same errors.")] = 1,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="FILE|-", help="Each error and all figures as JSON; - is stdout."),
    ] = None,
    lang: Annotated[Literal["zh", "en"], typer.Option(help="Language of the tables and messages.")] = "zh",
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print nothing but errors.")] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Also each error that was seen.")] = False,
    patterns: Patterns = None,
    timeout: Timeout = 120,
    memory: Memory = 2048,
) -> int:
    """Plant errors in this report, one at a time, and tell which of them its checks would have seen.

    A digit changed, two swapped, another unit, the value beside it, last year's value: half of them in the narrative,
    half in tables. By kind, rule and section, with the numbers that nothing watches. Nothing is written to the report;
    it is read once, and its checks are made anew for each error. The limit of time is for each error.

    Exit codes: 0 done, 2 the report could not be probed.

    Examples: extract probe report.pdf; extract probe report.pdf --count 200 --seed 2 -o probe.json
    """
    from extractor.apart.limits import Limits
    from extractor.runs.probe import Request, probe_file

    return probe_file(file, Request(count, seed, output, lang, quiet, verbose, Limits(timeout, memory)))
