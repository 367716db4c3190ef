"""Patterns of one's own: extract patterns list, new, check."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from extractor.cli.apps import HELP, commands
from extractor.cli.choices import Lang, Patterns

own = typer.Typer(
    add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=HELP,
    help="Patterns, the package's and your own: extract patterns [WORDS] lists, new and check make and check a folder."
    "\n\nExamples: extract patterns 标准煤; extract patterns new unit carbon --patterns mine; "
    "extract patterns check mine",
)  # fmt: skip
commands.add_typer(own, name="patterns")
# What stands behind `patterns` is looked for, unless it is one of these.
LIST = "list"


@own.command(LIST)
def list_patterns(
    words: Annotated[
        list[str] | None, typer.Argument(help="Words of an entry: its name, its terms.", show_default=False)
    ] = None,
    patterns: Patterns = None,
    lang: Lang = "zh",
) -> int:
    """List the files of patterns, or with WORDS the entries that have all of them: id, file, what it says, from where.

    Exit codes: 0 listed, 1 nothing found, 2 the patterns cannot be read.

    Examples: extract patterns; extract patterns 标准煤; extract patterns metrics 营业收入 --patterns esg
    """
    from extractor.runs.patterns import list_patterns

    return list_patterns(words or [], lang)


@own.command()
def new(
    kind: Annotated[Literal["unit", "metric", "rule"], typer.Argument(help="What to begin.", show_default=False)],
    name: Annotated[str, typer.Argument(help="Its name: small letters and _.", show_default=False)],
    patterns: Annotated[
        Path | None,
        typer.Option("--patterns", metavar="DIR", help="The folder; default: patterns/.", show_default=False),
    ] = None,
    lang: Lang = "zh",
) -> int:
    """Write a first file of a unit, a metric or a rule, with its examples, into a folder of your own.

    Example: extract patterns new metric carbon --patterns esg
    """
    from extractor.runs.patterns import write_stub

    return write_stub(kind, name, patterns, lang)


@own.command()
def check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder of patterns of your own.")],
    lang: Lang = "zh",
) -> int:
    """Check a folder of patterns: entries, fields, expressions and their speed, and run its examples.

    Exit codes: 0 in order, 1 something is wrong, 2 the folder cannot be read.

    Example: extract patterns check esg
    """
    from extractor.runs.patterns import check_patterns

    return check_patterns(folder, lang)
