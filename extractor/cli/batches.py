"""A data set of many reports: batch, rebuild, prune, query, export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from extractor.cli.apps import commands
from extractor.cli.choices import AnswerForm, ExportForm, Memory, Patterns, Timeout, What


@commands.command()
def batch(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="OUT", help="The folder of the data set.")],
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH...", help="Files, folders, patterns; - is a list on stdin.", show_default=False),
    ] = None,
    files: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.csv",
            help="More files, with columns path or url, title, publisher, date.",
            show_default=False,
        ),
    ] = None,
    aliases: Annotated[
        Path | None,
        typer.Option(metavar="FILE.csv", help="Names for bodies: alias, name.", show_default=False),
    ] = None,
    jobs: Annotated[
        int, typer.Option("-j", "--jobs", min=0, metavar="N", help="Documents read at a time; 0: one a processor.")
    ] = 0,
    glob: Annotated[
        list[str] | None,
        typer.Option(
            metavar="GLOB",
            help="Names taken from folders; default: all that can be read (PDF, web, Office, text, ZIP).",
            show_default=False,
        ),
    ] = None,
    recursive: Annotated[bool, typer.Option(help="Folders in folders too.")] = True,
    patterns: Patterns = None,
    timeout: Timeout = 120,
    memory: Memory = 2048,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Only the first N files.", show_default=False)
    ] = None,
    reprocess: Annotated[bool, typer.Option("--reprocess", help="Also what is done already.")] = False,
    engine: Annotated[Literal["local", "dask"], typer.Option(help="This machine, or a Dask cluster.")] = "local",
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="The scheduler of the cluster.", show_default=False)
    ] = None,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing but what failed.")] = False,
    lang: Annotated[Literal["zh", "en"], typer.Option(help="Language of messages and warnings.")] = "zh",
) -> int:
    """Read many reports into the data set in OUT; what is done already is not done again.

    Every document is read by a process of its own; one that fails, takes too long or too much memory costs itself
    alone. A batch that was stopped, in whatever way, goes on where it was when the same command is run again. One
    batch works in an OUT at a time. What failed stands in OUT/failures.csv and is tried again by the next batch; what
    lies in the folders and is not read stands in OUT/passed_over.csv. A metadata.csv in a folder or beside it is read
    as --files is, for what the documents do not say.

    Exit codes: 0 all done, 3 some failed, 2 could not run, 130 interrupted.

    Examples: extract batch reports/ -o data; find . -name '*.pdf' -print0 | extract batch - -o data --timeout 60
    """
    from extractor.batch import engines, items, work
    from extractor.batch.asked import Request
    from extractor.runs.batch import read_batch

    options = work.options(timeout, memory, lang)
    request = Request(
        paths or [], output, options, glob or items.DOCUMENTS, recursive, limit, jobs or engines.processors(),
        reprocess, engine, scheduler, quiet, files, aliases,
    )  # fmt: skip
    return read_batch(request)


@commands.command()
def rebuild(
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="The folder of a batch.", show_default=False)],
    aliases: Annotated[
        Path | None,
        typer.Option(metavar="FILE.csv", help="Names for bodies: alias, name.", show_default=False),
    ] = None,
    patterns: Patterns = None,
    lang: Annotated[Literal["zh", "en"], typer.Option(help="Language of messages.")] = "zh",
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing but errors.")] = False,
) -> int:
    """Make the database of a batch anew from its results.

    Example: extract rebuild data
    """
    from extractor.runs.batch import rebuild_database

    return rebuild_database(folder, lang, aliases, quiet)


@commands.command()
def prune(
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="The folder of a batch.", show_default=False)],
    yes: Annotated[bool, typer.Option("--yes/--dry-run", help="Remove it, or say only what would be.")] = False,
    lang: Annotated[Literal["zh", "en"], typer.Option(help="Language of messages.")] = "zh",
) -> int:
    """Take out of a data set what is of no use: documents whose files are gone, results that newer ones replaced.

    Says what it would remove; with --yes it is removed.

    Example: extract prune data --yes
    """
    from extractor.runs.prune import prune_store

    return prune_store(folder, yes, lang)


@commands.command()
def query(
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="The folder of a batch.", show_default=False)],
    question: Annotated[
        str | None,
        typer.Argument(metavar="QUESTION", help="A question by its name, or in SQL (DuckDB's).", show_default=False),
    ] = None,
    entity: Annotated[
        str | None,
        typer.Option(metavar="WORDS", help="Only of entities with WORDS in their names.", show_default=False),
    ] = None,
    schema: Annotated[
        bool, typer.Option("--schema", help="The tables and columns with their meanings, and the metrics.")
    ] = False,
    form: Annotated[AnswerForm, typer.Option("--format", help="How it is answered.")] = "table",
    timeout: Annotated[float, typer.Option(min=0, metavar="SECONDS", help="For the answer; 0: no limit.")] = 120,
    memory: Annotated[int, typer.Option(min=0, metavar="MB", help="For the answer; 0: no limit.")] = 2048,
    patterns: Patterns = None,
    lang: Annotated[Literal["zh", "en"], typer.Option(help="Language of messages, names and meanings.")] = "zh",
) -> int:
    """Ask the data set of a batch: a question that is ready, or one of your own in SQL.

    Without a QUESTION the questions that are ready are listed. SQL may name the tables and views that --schema tells.
    Nothing else can be asked: other files, the network, extensions and settings are closed to a question.

    Examples: extract query data; extract query data 三公; extract query data "two years" --entity 柳林 --lang en;
    extract query data "SELECT entity, year, base_value FROM panel_long WHERE metric_id = 'fiscal.revenue.total'"
    """
    from extractor.batch.asking import Bounds
    from extractor.runs.tables import answer_query, print_schema

    if schema:
        return print_schema(form, lang)
    return answer_query(folder, question, entity, form, lang, Bounds(timeout, memory))


@commands.command()
def export(
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="The folder of a batch.", show_default=False)],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The file to write.")],
    what: Annotated[
        What, typer.Option(help="What to write; panel: a row an entity and year, panel-long: a row a figure.")
    ] = "claims",
    form: Annotated[
        ExportForm | None,
        typer.Option("--format", help="Default: what FILE ends in, else csv.", show_default=False),
    ] = None,
    patterns: Patterns = None,
    lang: Annotated[Literal["zh", "en"], typer.Option(help="Language of messages and of the panel's columns.")] = "zh",
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing but errors.")] = False,
) -> int:
    """Write what a batch found to a file for Excel, Python or R.

    panel has a column for each metric, kind and role of what is of a whole year and a whole entity: what was done,
    budgeted and aimed at apart, in base units (元, 1 for 100 %), changes negative where something fell; its sources
    lead to document, page and claim. panel-long has every figure once, with its scope and sentence.

    Examples: extract export data -o claims.xlsx; extract export data --what panel -o panel.csv
    """
    from extractor.runs.tables import export_table

    return export_table(folder, what, form, output, lang, quiet)
