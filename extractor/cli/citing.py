"""What others say of reports, and ask of them: cite, serve."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from extractor.cli.apps import commands
from extractor.cli.choices import CitationForm, Memory, Patterns, Timeout


@commands.command()
def cite(
    article: Annotated[Path, typer.Argument(help="A text: .txt, .md, .html, .docx, .pdf.", show_default=False)],
    reports: Annotated[list[Path], typer.Argument(help="The reports, or results saved as .json.", show_default=False)],
    output: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", metavar="FILE|-", help="Where the answer goes; - is stdout.", show_default=False
        ),
    ] = None,
    form: Annotated[
        CitationForm | None,
        typer.Option("--format", help="Default: by the ending of FILE, else json.", show_default=False),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="A number that is not found gives 1, too.")] = False,
    lang: Annotated[Literal["zh", "en"], typer.Option(help="Language of the table and messages.")] = "zh",
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print nothing; the exit code tells.")] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Also the numbers that are supported.")] = False,
    patterns: Patterns = None,
    timeout: Timeout = 120,
    memory: Memory = 2048,
) -> int:
    """Look up every number of a text in reports: supported, contradicted, or not found.

    A number is supported where a report tells the same of the same thing: written out, in another unit (2556.71万元,
    0.26亿元), rounded, or within words such as 约, 超过, 不到. It is contradicted only where a report of the body
    that the text speaks of tells the very same metric, period and scope otherwise, and nothing supports it. Each
    source is an anchor: document, SHA-256, page, section, words, offsets.

    Exit codes: 0 nothing contradicted, 1 something is (with --strict: or is not found), 2 the files could not be read.

    Examples: extract cite article.docx report.pdf; extract cite post.md 2023.pdf 2024.pdf -o numbers.xlsx --strict
    """
    from extractor.apart.limits import Limits
    from extractor.runs.cite import Request, cite_files

    request = Request(output, form, lang, strict, quiet, verbose, Limits(timeout, memory))
    return cite_files(article, reports, request)


@commands.command()
def serve(
    root: Annotated[Path, typer.Option("--root", metavar="DIR", help="The folder whose reports may be read.")],
    mcp: Annotated[bool, typer.Option("--mcp", help="Over stdin and stdout, by the Model Context Protocol.")] = False,
    lang: Annotated[Literal["zh", "en"], typer.Option(help="Language of messages and findings.")] = "zh",
    patterns: Patterns = None,
    timeout: Timeout = 120,
    memory: Memory = 2048,
) -> int:
    """Answer other programs about the reports of a folder: read-only, with anchors that can be verified.

    Tools: outline, find_claims, claim, findings, compare, verify_citation. Only files under DIR are read, none that a
    link leads to elsewhere; nothing is written, nothing leaves the machine. Needs the extra mcp.

    Exit codes: 0 nobody asks any more, 2 it cannot be served.

    Example: extract serve --mcp --root reports/
    """
    from extractor.apart.limits import Limits
    from extractor.runs.serve import refuse_protocol, serve_folder

    return serve_folder(root, lang, Limits(timeout, memory)) if mcp else refuse_protocol(lang)
