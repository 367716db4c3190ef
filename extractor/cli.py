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
  extract check FILE                  which numbers disagree; 1 if any do
  extract diff A B                    what two reports say of the same things
  extract diff A --between PART PART  the same for two parts of one report
  extract report FILE                 a page, a marked PDF, working papers
  extract explain FILE QUOTE          why a number is a claim, or is none
  extract schema                      the JSON Schema of a result
  extract evaluate GOLD RESULT        precision, recall, F1 by an annotation
  extract annotate SOURCE             a result, or an annotation of another
                                      format, as an annotation to correct
  extract batch PATH -o OUT           folders of reports into one data set
  extract query OUT SQL               ask it a question
  extract export OUT -o FILE          claims, checks, documents or a panel of
                                      it, for Excel, Python or R
  extract rebuild OUT                 its database, anew from its results

A file named like a command is given with its folder: extract ./schema

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
def schema(
    of_diff: Annotated[bool, typer.Option("--diff", help="The schema of what extract diff writes.")] = False,
) -> int:
    """Print the JSON Schema of a result."""
    from extractor import model
    from extractor.reports.delivery import emit
    from extractor.reports.schema import schema as made

    return emit(made(model.Diff if of_diff else model.Result), "zh")


@commands.command()
def check(
    files: Annotated[list[Path], typer.Argument(help="Reports, or results saved as .json.", show_default=False)],
    form: Annotated[
        Literal["text", "json"], typer.Option("--format", help="json: the findings as a JSON list.")
    ] = "text",
    lang: Annotated[Literal["zh", "en"], typer.Option(help="Language of findings and messages.")] = "zh",
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print nothing; the exit code tells.")] = False,
    verbose: Annotated[
        bool, typer.Option("-v", "--verbose", help="Also remarks and what could not be checked.")
    ] = False,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 whatever was found.")] = False,
) -> int:
    """Print what does not hold: numbers against tables, each other and their own arithmetic.

    Exit codes: 0 nothing found, 1 something does not hold, 2 a file could not be checked.

    Examples: extract check report.pdf; extract check outputs/*.json --lang en
    """
    from extractor.reports.auditing import audit

    code = audit(files, form, lang, quiet=quiet, every=verbose)
    return 0 if exit_zero and code == 1 else code


@commands.command()
def diff(
    files: Annotated[
        list[Path], typer.Argument(help="One or two reports, or results saved as .json.", show_default=False)
    ],
    between: Annotated[
        tuple[str, str] | None,
        typer.Option("--between", metavar="PART PART", help="Two parts of one FILE, by heading.", show_default=False),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="FILE|-", help="Where the diff goes; - is stdout.", show_default=False),
    ] = None,
    form: Annotated[
        Literal["json", "csv", "xlsx", "html"] | None,
        typer.Option("--format", help="Default: by the ending of FILE, else json.", show_default=False),
    ] = None,
    lang: Annotated[Literal["zh", "en"], typer.Option(help="Language of the table and messages.")] = "zh",
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print nothing; the exit code tells.")] = False,
    verbose: Annotated[
        bool, typer.Option("-v", "--verbose", help="Also what is equal, and what stands on one side only.")
    ] = False,
) -> int:
    """Compare what two reports, or two parts of one, say of the same things.

    Of one FILE alone, the body is compared with each attachment. A part is named by its heading's number, its beginning
    or words of it: 附件1, 第二部分, 预算绩效.

    Exit codes: 0 nothing contradicts, 1 something does, 2 the files could not be compared.

    Examples: extract diff draft.txt final.pdf; extract diff report.pdf --between 第一部分 附件2;
    extract diff report.pdf; extract diff 2023.json 2024.json -o - | less
    """
    from extractor.reports.comparing import Wish
    from extractor.reports.comparing import run as compared

    return compared(files, between, Wish(output, form, lang, quiet, verbose))


@commands.command()
def report(
    file: Annotated[
        Path, typer.Argument(help="A report, a result saved as .json, or a batch's folder.", show_default=False)
    ],
    output: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", metavar="FILE|DIR", help="The page; default: outputs/NAME.html.", show_default=False
        ),
    ] = None,
    pdf: Annotated[
        Path | None, typer.Option("--pdf", metavar="FILE", help="A copy of the PDF, marked.", show_default=False)
    ] = None,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", metavar="FILE", help="Working papers.", show_default=False)
    ] = None,
    pages: Annotated[bool, typer.Option("--pages", help="With images of the PDF's pages in the page.")] = False,
    decisions: Annotated[
        Path | None,
        typer.Option("--decisions", metavar="FILE", help="What the page saved as decided.", show_default=False),
    ] = None,
    lang: Annotated[Literal["zh", "en"], typer.Option(help="Language of reports and messages.")] = "zh",
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print nothing but errors.")] = False,
) -> int:
    """Write what people work with: a review page, the PDF with marks and notes, a workbook to decide in.

    The page is written if -o names it, or if neither --pdf nor --xlsx is given. --pdf and --pages need the PDF itself,
    not a saved result. A file that is already there is replaced; the PDF that is read never is. Of a batch in OUT,
    a page for each document and OUT/reports/index.html over all of them are written.

    Exit codes: 0 written, 2 could not.

    Examples: extract report report.pdf; extract report report.pdf --pdf marked.pdf --xlsx papers.xlsx;
    extract report outputs/report.json -o page.html --decisions decisions.json
    """
    from extractor.reports.reporting import Wish, run

    return run(file, Wish(output, pdf, xlsx, pages, decisions, lang, quiet))


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
) -> int:
    """Measure a result against an annotation by hand: what was found, and what is right of it.

    A GOLD.meta.json beside GOLD.jsonl may name the annotated {"ranges": [[start, end]]}: nothing else counts.
    Where the text of RESULT differs from the annotated one (a PDF, say), its claims are carried over.

    Example: extract evaluate gold.jsonl outputs/report.json --misses 30
    """
    from extractor.evaluation import figures, scores, sources
    from extractor.reports.delivery import emit, spoken

    with spoken(lang) as failed:
        got = sources.single(result, lang)
        found = scores.evaluate(sources.gold(gold, got, text), got)
        if as_json:
            return emit(figures.encode(found, misses), lang)
        from extractor.evaluation.terminal import show

        show(found, lang, misses)
        return 0
    return failed


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
        Literal["jsonl", "brat", "labelstudio"] | None,
        typer.Option("--format", help="Format of the annotation; default: jsonl.", show_default=False),
    ] = None,
    lang: Annotated[Literal["zh", "en"], typer.Option(help="Language of messages and of the tools' labels.")] = "zh",
) -> int:
    """Write a result as the beginning of an annotation by hand, or an annotation in another format.

    jsonl: NAME.jsonl, NAME.txt and NAME.meta.json. brat: NAME.ann, NAME.txt, NAME.meta.json and brat's two .conf
    files. labelstudio: NAME.tasks.json to import and labelstudio.xml, the labelling interface. All three hold the
    same, and nothing is lost on the way from one to another. A file with other content is never replaced.

    Example: extract annotate outputs/report.json -o gold/ --format labelstudio
    """
    from extractor.evaluation import sources, targets
    from extractor.reports.delivery import spoken

    with spoken(lang) as failed:
        found = sources.single(source, lang)
        targets.tell(found, targets.write(found, output, form, lang), lang)
        return 0
    return failed


@commands.command()
def batch(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Files, folders, patterns; - is a list on stdin.", show_default=False),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="OUT", help="The folder of the data set.")],
    jobs: Annotated[
        int, typer.Option("-j", "--jobs", min=0, metavar="N", help="Documents read at a time; 0: one a processor.")
    ] = 0,
    glob: Annotated[
        list[str] | None,
        typer.Option(
            metavar="GLOB", help="Names taken from folders; default: pdf, txt, doc, docx, wps.", show_default=False
        ),
    ] = None,
    recursive: Annotated[bool, typer.Option(help="Folders in folders too.")] = True,
    timeout: Annotated[float, typer.Option(min=0, metavar="SECONDS", help="For one document; 0: no limit.")] = 120,
    memory: Annotated[int, typer.Option(min=0, metavar="MB", help="For one document; 0: no limit.")] = 2048,
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
    batch works in an OUT at a time. What failed stands in OUT/failures.csv and is tried again by the next batch.

    Exit codes: 0 all done, 3 some failed, 2 could not run, 130 interrupted.

    Examples: extract batch reports/ -o data; find . -name '*.pdf' -print0 | extract batch - -o data --timeout 60
    """
    from extractor.batch import engines, items, runs, work

    options = work.options(timeout, memory, lang)
    request = runs.Request(
        paths, output, options, glob or items.DOCUMENTS, recursive, limit, jobs or engines.processors(), reprocess,
        engine, scheduler, quiet,
    )  # fmt: skip
    return runs.batch(request)


@commands.command()
def rebuild(
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="The folder of a batch.", show_default=False)],
    lang: Annotated[Literal["zh", "en"], typer.Option(help="Language of messages.")] = "zh",
) -> int:
    """Make the database of a batch anew from its results.

    Example: extract rebuild data
    """
    from extractor.batch import runs

    return runs.rebuild(folder, lang)


@commands.command()
def query(
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="The folder of a batch.", show_default=False)],
    sql: Annotated[str, typer.Argument(metavar="SQL", help="A question in SQL (DuckDB's).", show_default=False)],
    form: Annotated[Literal["table", "csv", "json"], typer.Option("--format", help="How it is answered.")] = "table",
    lang: Annotated[Literal["zh", "en"], typer.Option(help="Language of messages.")] = "zh",
) -> int:
    """Ask the database of a batch: tables documents, sections, claims, tables, cells and checks.

    Example: extract query data "SELECT entity, year, base_value FROM claims JOIN documents ON id = document_id
    WHERE metric_id = 'fiscal.revenue.total' ORDER BY base_value DESC"
    """
    from extractor.batch.query import query as answer

    return answer(folder, sql, form, lang)


@commands.command()
def export(
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="The folder of a batch.", show_default=False)],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The file to write.")],
    what: Annotated[
        Literal["claims", "checks", "documents", "panel"],
        typer.Option(help="panel: a row a document, a column a metric (收入总计, 三公经费…)."),
    ] = "claims",
    form: Annotated[
        Literal["csv", "xlsx", "parquet", "jsonl"] | None,
        typer.Option("--format", help="Default: what FILE ends in, else csv.", show_default=False),
    ] = None,
    lang: Annotated[Literal["zh", "en"], typer.Option(help="Language of messages and of the panel's columns.")] = "zh",
) -> int:
    """Write what a batch found to a file for Excel, Python or R.

    Examples: extract export data -o claims.xlsx; extract export data --what panel -o panel.csv
    """
    from extractor.batch import export as exports

    return exports.export(folder, what, exports.form_of(output, form), output, lang)


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
