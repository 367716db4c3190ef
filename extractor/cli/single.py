"""`extract FILE...`: the command without a name."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from extractor import __version__
from extractor.cli.apps import extraction
from extractor.cli.choices import Memory, Patterns, ResultForm, Timeout

EXAMPLES = """
\b
Examples:
  extract report.pdf                  summary on the screen, JSON in outputs/
  extract report.pdf -o -             JSON on the standard output
  extract reports/*.pdf -o results/   one JSON file for each report
  extract *.txt -o all.jsonl          one line for each report
  extract report.pdf -o r.oim.json    xBRL-JSON, and r.oim.xsd beside it
  extract report.pdf --lang en -v     in English, with every claim

\b
Commands:
  extract check FILE                  which numbers disagree; 1 if any do
  extract diff A B                    what two reports say of the same things
  extract diff A --between PART PART  the same for two parts of one report
  extract report FILE                 a page, a marked PDF, working papers
  extract explain FILE QUOTE          why a number is a claim, or is none
  extract cite TEXT REPORT            which numbers of a text reports support
  extract serve --mcp --root DIR      the reports of a folder for programs
  extract probe FILE                  plants errors and tells which are seen
  extract patterns                    patterns of your own: list, new, check
  extract completion SHELL            the script with which a shell completes
  extract schema                      the JSON Schema of a result
  extract evaluate GOLD RESULT        precision, recall, F1 by an annotation
  extract annotate SOURCE             a result, or an annotation of another
                                      format, as an annotation to correct
  extract batch PATH -o OUT           folders of reports into one data set
  extract query OUT SQL               ask it a question
  extract export OUT -o FILE          claims, checks, documents or a panel of
                                      it, for Excel, Python or R
  extract rebuild OUT                 its database, anew from its results
  extract prune OUT                   takes out what is no longer there

A file named like a command is given with its folder: extract ./schema

Settings: extract.toml in the working folder, or [tool.extract] of its
pyproject.toml, with patterns, lang, timeout, memory.

Without -o, each result is outputs/NAME.json, NAME being the file's name without
its ending, with the ending and the folders where files of one run share it. A
result that is already there is replaced.

\b
Exit codes:
  0    done
  1    extract check, extract diff: something does not hold or differs
  2    wrong use, an input that cannot be read, or an output that cannot be
       written; of several files the others are done all the same
  3    extract batch: done, but some documents failed
  130  interrupted
"""


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"extract {__version__}")
        raise typer.Exit


@extraction.command(epilog=EXAMPLES)
def extract(
    files: Annotated[
        list[Path], typer.Argument(help="Reports: PDF, Word, Excel, web pages, text and others.", show_default=False)
    ],
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="DIR|FILE|-", help="Where the JSON goes; - is stdout.")
    ] = "outputs/",
    form: Annotated[
        ResultForm | None,
        typer.Option(
            "--format",
            help="jsonl is one line a document, oim xBRL-JSON with its taxonomy; default by the ending of a FILE named "
            ".jsonl or .oim.json, else json.",
        ),
    ] = None,
    lang: Annotated[Literal["zh", "en"], typer.Option(help="Language of summary and messages.")] = "zh",
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing but errors.")] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="List every claim, time and path.")] = False,
    patterns: Patterns = None,
    timeout: Timeout = 120,
    memory: Memory = 2048,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_version, help="Show the version and exit.")
    ] = False,
) -> int:
    """Find every quantitative claim in Chinese public reports: value, unit, section, page, place.

    Each FILE becomes one JSON document; a summary goes to the screen.
    """
    from extractor.apart.limits import Limits
    from extractor.runs.extract import Request, read_files

    return read_files(files, Request(output, form, lang, quiet, verbose), Limits(timeout, memory))
