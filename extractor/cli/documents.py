"""What is done with one report or two: check, diff, report, explain; and the schema of a result."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from extractor.cli.apps import commands
from extractor.cli.choices import ComparisonForm, FindingForm, Memory, Patterns, Timeout
from extractor.model import Comparison


@commands.command()
def check(
    files: Annotated[list[Path], typer.Argument(help="Reports, or results saved as .json.", show_default=False)],
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="FILE|-", help="Where the findings go as data.", show_default=False),
    ] = None,
    form: Annotated[
        FindingForm | None,
        typer.Option("--format", help="Default: by the ending of FILE; text without one.", show_default=False),
    ] = None,
    min_amount: Annotated[
        str | None,
        typer.Option(metavar="AMOUNT", help="Only what is off by so much money: 1000, 1万元.", show_default=False),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="new|error|amount",
            help="Only errors, what is not in the baseline, what is off by money.",
            show_default=False,
        ),
    ] = None,
    rule: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="Only findings of this rule.", show_default=False)
    ] = None,
    decisions: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What was decided; dismissed findings are left out.", show_default=False),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Known findings: only others make the exit code 1.", show_default=False),
    ] = None,
    write_baseline: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write what is found as known findings.", show_default=False),
    ] = None,
    tables: Annotated[
        list[Path] | None,
        typer.Option("--tables", metavar="FILE", help="Statements that the reports are about.", show_default=False),
    ] = None,
    lang: Annotated[Literal["zh", "en"], typer.Option(help="Language of findings and messages.")] = "zh",
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print nothing; the exit code tells.")] = False,
    verbose: Annotated[
        bool, typer.Option("-v", "--verbose", help="Also remarks and what could not be checked.")
    ] = False,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 whatever was found.")] = False,
    patterns: Patterns = None,
    timeout: Timeout = 120,
    memory: Memory = 2048,
) -> int:
    """Print what does not hold: numbers against tables, each other and their own arithmetic.

    One mistake is one finding, the heaviest first. With --tables (which may be given several times) the narrative is
    checked against the statements in other files. A baseline is what --write-baseline wrote, a saved result, or
    decisions; findings whose numbers changed count as new.

    Exit codes: 0 nothing found, 1 something does not hold, 2 a file could not be checked.

    Examples: extract check report.pdf; extract check outputs/*.json --lang en --only error;
    extract check report.pdf --min-amount 1万元 -o findings.xlsx;
    extract check draft.docx --tables statements.xlsx --baseline known.json
    """
    from extractor.apart.limits import Limits
    from extractor.runs.check import Request, check_files
    from extractor.runs.outcome import Outcome

    request = Request(
        lang, None if form == "text" else form, quiet, verbose, tables or (), Limits(timeout, memory), output,
        min_amount, only or (), rule or (), decisions, baseline, write_baseline,
    )  # fmt: skip
    outcome = check_files(files, request)
    return Outcome.DONE if exit_zero and outcome == Outcome.FOUND else outcome


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
        ComparisonForm | None,
        typer.Option("--format", help="Default: by the ending of FILE, else json.", show_default=False),
    ] = None,
    comparison: Annotated[
        Comparison | None,
        typer.Option(
            "--as", help="What the sides are to each other; told from the files by default.", show_default=False
        ),
    ] = None,
    decisions: Annotated[
        Path | None,
        typer.Option(
            "--decisions", metavar="FILE", help="What a review page, or this one, saved as decided.", show_default=False
        ),
    ] = None,
    pages: Annotated[
        bool, typer.Option("--pages", help="With images of the pages that differ, in the page written with -o.")
    ] = False,
    lang: Annotated[Literal["zh", "en"], typer.Option(help="Language of the table and messages.")] = "zh",
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print nothing; the exit code tells.")] = False,
    verbose: Annotated[
        bool, typer.Option("-v", "--verbose", help="Also what is equal, and what stands on one side only.")
    ] = False,
    patterns: Patterns = None,
    timeout: Timeout = 120,
    memory: Memory = 2048,
) -> int:
    """Compare what two reports, or two parts of one, say of the same things.

    Versions of one text are compared whole: sentences, words, headings, dates and cells too, and what check finds in
    both. The unit of a department, two years, two bodies are compared as what they are (--as names it).

    Of one FILE alone, the body is compared with each attachment; a page, workbook or CSV is then written for each, as
    NAME-1, NAME-2. A part is named by its heading's number, its beginning or words of it: 附件1, 第二部分, 预算绩效.

    Exit codes: 0 nothing contradicts, 1 something does, 2 the files could not be compared.

    Examples: extract diff draft.txt final.pdf; extract diff report.pdf --between 第一部分 附件2;
    extract diff report.pdf; extract diff 2023.json 2024.json -o - | less;
    extract diff draft.pdf final.pdf -o diff.html --pages
    """
    from extractor.apart.limits import Limits
    from extractor.runs.diff import Request, compare_files

    limits = Limits(timeout, memory)
    request = Request(output, form, lang, quiet, verbose, limits, comparison, decisions, pages)
    return compare_files(files, between, request)


@commands.command()
def report(
    file: Annotated[
        Path, typer.Argument(help="A report, a result saved as .json, or a batch's folder.", show_default=False)
    ],
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE|DIR",
            show_default=False,
            help="The page, by default outputs/NAME.html; with .pdf, .xlsx or .docx at its end one of the others.",
        ),
    ] = None,
    pdf: Annotated[
        Path | None, typer.Option("--pdf", metavar="FILE", help="A copy of the PDF, marked.", show_default=False)
    ] = None,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", metavar="FILE", help="Working papers.", show_default=False)
    ] = None,
    memo: Annotated[
        Path | None, typer.Option("--memo", metavar="FILE", help="A memo of a page (.docx).", show_default=False)
    ] = None,
    header: Annotated[
        Path | None,
        typer.Option("--header", metavar="FILE", help="Head of papers and memo: TOML or JSON.", show_default=False),
    ] = None,
    pages: Annotated[bool, typer.Option("--pages", help="With images of the PDF's pages in the page.")] = False,
    decisions: Annotated[
        Path | None,
        typer.Option(
            "--decisions",
            metavar="FILE",
            help="What the page saved, or papers (.xlsx) say, as decided.",
            show_default=False,
        ),
    ] = None,
    lang: Annotated[Literal["zh", "en"], typer.Option(help="Language of reports and messages.")] = "zh",
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print nothing but errors.")] = False,
    patterns: Patterns = None,
    timeout: Timeout = 120,
    memory: Memory = 2048,
) -> int:
    """Write what people work with: a review page, the PDF with marks, working papers to decide in, a memo.

    The page is written if -o names it, or if nothing else is asked for. --pdf and --pages need the PDF itself, not a
    saved result. The papers compute every check anew by formulas; what is decided in them --decisions reads back. The
    memo tells the findings that were confirmed. --header says whose they are: entity, project, period, index, prepared,
    reviewed, date. A file that is already there is replaced; the PDF that is read never is. Of a batch in OUT,
    a page for each document and OUT/reports/index.html over all of them are written.

    Exit codes: 0 written, 2 could not.

    Examples: extract report report.pdf; extract report report.pdf --pdf marked.pdf --xlsx papers.xlsx;
    extract report outputs/report.json -o page.html --decisions decisions.json;
    extract report report.pdf --decisions papers.xlsx --memo memo.docx --header head.toml
    """
    from extractor.apart.limits import Limits
    from extractor.runs.report import Request, report_file

    request = Request(output, pdf, xlsx, memo, header, pages, decisions, lang, quiet, Limits(timeout, memory))
    return report_file(file, request)


@commands.command()
def explain(
    file: Annotated[Path, typer.Argument(help="A report; for an id also a saved result.", show_default=False)],
    quote: Annotated[str, typer.Argument(help="Words of it that hold a number, or an id.", show_default=False)],
    lang: Annotated[Literal["zh", "en"], typer.Option(help="Language of the explanation.")] = "zh",
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Also every guard that stayed silent.")] = False,
    patterns: Patterns = None,
    timeout: Timeout = 120,
    memory: Memory = 2048,
) -> int:
    """Show for a quoted number its section and sentence, the patterns that fired, and its checks.

    For an id that is shown anywhere (c12, sum-1a2b3c4d, finding-1a2b3c4d, s3, t2, t2.4.1): what it is, which checks
    look at it, and of a check what its rule proposed and which readings were tried.

    Examples: extract explain report.pdf 发放救助金20余万元; extract explain report.pdf finding-1a2b3c4d
    """
    from extractor.apart.limits import Limits
    from extractor.runs.explain import explain_quote

    return explain_quote(file, quote, lang, Limits(timeout, memory), verbose)


@commands.command()
def schema(
    of_diff: Annotated[bool, typer.Option("--diff", help="The schema of what extract diff writes.")] = False,
) -> int:
    """Print the JSON Schema of a result.

    Example: extract schema > result.schema.json
    """
    from extractor.runs.schema import print_schema

    return print_schema(of_diff)
