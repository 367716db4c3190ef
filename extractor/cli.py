"""The command ``extract``: its arguments and options, and nothing else."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Literal

import typer

from extractor import __version__

EXAMPLES = """
\b
Examples:
  extract report.pdf                  summary on the screen, JSON in outputs/
  extract report.pdf -o -             JSON on the standard output
  extract reports/*.pdf -o results/   one JSON file for each report
  extract *.txt -o all.jsonl          one line for each report
  extract report.pdf --lang en -v     in English, with every claim

\b
Commands:
  extract explain FILE QUOTE          why a number is a claim, or is none
  extract schema                      the JSON Schema of a result

A file named like a command is given with its folder: extract ./schema

Without -o, each result is outputs/NAME.json, NAME being the file's name without
its ending, with the ending and the folders where files of one run share it. A
result that is already there is replaced.

\b
Exit codes:
  0    done
  2    wrong use, an input that cannot be read, or an output that cannot be
       written; of several files the others are done all the same
  130  interrupted
"""

HELP = {"help_option_names": ["-h", "--help"]}
extraction = typer.Typer(
    add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=HELP
)
commands = typer.Typer(
    add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=HELP
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"extract {__version__}")
        raise typer.Exit


@extraction.command(epilog=EXAMPLES)
def extract(
    files: Annotated[list[Path], typer.Argument(help="Reports: PDF or text.", show_default=False)],
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="DIR|FILE|-", help="Where the JSON goes; - is stdout.")
    ] = "outputs/",
    form: Annotated[
        Literal["json", "jsonl"] | None,
        typer.Option("--format", help="jsonl is one line a document; default for a FILE named .jsonl, else json."),
    ] = None,
    lang: Annotated[Literal["zh", "en"], typer.Option(help="Language of summary and messages.")] = "zh",
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing but errors.")] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="List every claim, time and path.")] = False,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_version, help="Show the version and exit.")
    ] = False,
) -> int:
    """Find every quantitative claim in Chinese public reports: value, unit, section, page, place.

    Each FILE becomes one JSON document; a summary goes to the screen.
    """
    from extractor.pipeline import extract as result_of
    from extractor.reports.delivery import Manner, deliver

    form = form or ("jsonl" if output.endswith(".jsonl") else "json")
    manner = Manner(output, form, lang, quiet, verbose)
    return deliver(files, lambda file, name: result_of(file, name=name, lang=lang), manner)


@commands.callback()
def _commands() -> None:
    """What the tool offers beside the extraction."""


@commands.command()
def schema() -> int:
    """Print the JSON Schema of a result."""
    from extractor.reports.delivery import emit
    from extractor.reports.schema import schema as made

    return emit(made(), "zh")


@commands.command()
def explain(
    file: Annotated[Path, typer.Argument(help="A report: PDF or text.", show_default=False)],
    quote: Annotated[str, typer.Argument(help="Words of it that hold a number.", show_default=False)],
    lang: Annotated[Literal["zh", "en"], typer.Option(help="Language of the explanation.")] = "zh",
) -> int:
    """Show for a quoted number its section and sentence, every pattern that fired and every guard tried.

    Example: extract explain report.pdf 发放救助金20余万元
    """
    from extractor.explain import explain as explanations
    from extractor.reports.delivery import spoken
    from extractor.reports.explanation import show

    with spoken(lang) as failed:
        show(explanations(file, quote, lang=lang), lang)
        return 0
    return failed


def main() -> None:
    """The console entry point: the first argument names a command, or the extraction is meant."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        from extractor.reports.targets import discard

        discard()
        code = 141
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Runs the command line ``arguments`` and gives its exit code."""
    names = {command.callback.__name__ for command in commands.registered_commands if command.callback}
    app = commands if arguments[:1] and arguments[0] in names else extraction
    try:
        return int(app(arguments, prog_name="extract", standalone_mode=False) or 0)
    except typer.TyperException as error:
        print(f"extract: {error.format_message().rstrip('.')}; see extract --help.", file=sys.stderr)
        return 2
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except SystemExit:
        # Without its standalone mode typer leaves so in one case only: the reader of the output went away.
        return 141
