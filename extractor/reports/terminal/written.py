"""What `extract report` says on the terminal: the document, what was found, and the files that were written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractor.messages import Lang, render
from extractor.model import Notice, Result
from extractor.reports.decisions import Decisions
from extractor.reports.printable import printable
from extractor.reports.terminal import findings


def show(result: Result, targets: Mapping[str, Path], lang: Lang, decisions: Decisions | None = None) -> None:
    """Prints it on the standard output; ``decisions`` where some were given."""
    console = Console(highlight=False, markup=False, emoji=False)
    with console.capture() as drawn:
        console.print(Text(printable(result.document.title or result.document.name), style="bold", overflow="fold"))
        console.print(_draw_facts(result, targets, lang, decisions))
    print("\n".join(line.rstrip() for line in drawn.get().splitlines()), flush=True)


def _draw_facts(result: Result, targets: Mapping[str, Path], lang: Lang, decisions: Decisions | None) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(findings.get_phrase("checks", lang), findings.describe_extent(result, lang))
    grid.add_row(findings.get_phrase("claims", lang), findings.describe_verification(result, lang))
    if decisions is not None:
        decided = findings.describe_decisions(result, decisions, lang)
        grid.add_row(findings.get_phrase("card.note", lang), decided)
    for name, path in targets.items():
        written = Text(printable(str(path)), style="green")
        grid.add_row(render(Notice(f"report.written-{name}"), lang), written)
    return grid
