"""Measuring and making annotations by hand: evaluate, annotate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from extractor.cli.apps import commands
from extractor.cli.choices import AnnotationForm, Memory, Patterns, Timeout


@commands.command()
def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(help="Annotation by hand: .jsonl, .ann (brat) or .json (Label Studio).", show_default=False),
    ],
    result: Annotated[
        Path, typer.Argument(help="Result of extract, report, or another annotation.", show_default=False)
    ],
    text: Annotated[
        Path | None,
        typer.Option(help="The text that GOLD is about; default: the .txt beside it.", show_default=False),
    ] = None,
    misses: Annotated[int, typer.Option(min=0, metavar="N", help="How many misses of each kind are listed.")] = 15,
    as_json: Annotated[bool, typer.Option("--json", help="The figures as JSON.")] = False,
    lang: Annotated[Literal["zh", "en"], typer.Option(help="Language of the figures and messages.")] = "zh",
    patterns: Patterns = None,
    timeout: Timeout = 120,
    memory: Memory = 2048,
) -> int:
    """Measure a result against an annotation by hand: what was found, and what is right of it.

    A GOLD.meta.json beside GOLD.jsonl may name the annotated {"ranges": [[start, end]]}: nothing else counts.
    Where the text of RESULT differs from the annotated one (a PDF, say), its claims are carried over.

    Example: extract evaluate gold.jsonl outputs/report.json --misses 30
    """
    from extractor.apart.limits import Limits
    from extractor.runs.annotation import Request, evaluate_result

    return evaluate_result(gold, result, text, Request(misses, as_json, lang, Limits(timeout, memory)))


@commands.command()
def annotate(
    source: Annotated[
        Path,
        typer.Argument(help="Result of extract, report, or annotation (.jsonl, .ann, .json).", show_default=False),
    ],
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="DIR|FILE", help="Where it goes; a FILE's ending tells the format.")
    ] = "outputs/",
    form: Annotated[
        AnnotationForm | None,
        typer.Option("--format", help="Format of the annotation; default: jsonl.", show_default=False),
    ] = None,
    lang: Annotated[Literal["zh", "en"], typer.Option(help="Language of messages and of the tools' labels.")] = "zh",
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing but errors.")] = False,
    patterns: Patterns = None,
    timeout: Timeout = 120,
    memory: Memory = 2048,
) -> int:
    """Write a result as the beginning of an annotation by hand, or an annotation in another format.

    jsonl: NAME.jsonl, NAME.txt and NAME.meta.json. brat: NAME.ann, NAME.txt, NAME.meta.json and brat's two .conf
    files. labelstudio: NAME.tasks.json to import and labelstudio.xml, the labelling interface. All three hold the
    same, and nothing is lost on the way from one to another. A file with other content is never replaced.

    Example: extract annotate outputs/report.json -o gold/ --format labelstudio
    """
    from extractor.apart.limits import Limits
    from extractor.runs.annotation import annotate_source

    return annotate_source(source, output, form, lang, Limits(timeout, memory), quiet)
