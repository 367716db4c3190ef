"""Working papers: a result as a workbook in which findings are decided, with the evidence a click away."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, BinaryIO

from extractor.messages import Lang
from extractor.model import Result
from extractor.reports.decisions import STATES, Decisions, State, make_empty
from extractor.reports.files.targets import replacing
from extractor.reports.workbook import entries, rows
from extractor.reports.workbook import summary as papers_summary
from extractor.reports.workbook import tables as papers_tables
from extractor.reports.workbook.book import Book, find_column, name_cell
from extractor.reports.workbook.head import Head, complete_head
from extractor.reports.workbook.phrases import get_phrase
from extractor.reports.workbook.places import Papers
from extractor.reports.workbook.places import plan_papers as planned
from extractor.sweeping import unswept

CHANGED = {"bg_color": "#fdf3d8", "bold": True}
# The look of a decision that was made, by its state.
DECIDED: dict[State, dict[str, str]] = {
    "confirmed": {"font_color": "#8f1414", "bg_color": "#fdecea"},
    "dismissed": {"font_color": "#454b54", "bg_color": "#dfe3e8"},
}


def write(
    result: Result, target: Path | BinaryIO, lang: Lang = "zh", decisions: Decisions | None = None,
    head: Head | None = None,
) -> None:  # fmt: skip
    """Writes the working papers to a file, which is replaced as a whole, or to a stream. Raises ``OutputError``."""
    made = encode(result, lang, decisions, head)
    if not isinstance(target, Path):
        target.write(made)
        return
    with replacing(target) as file:
        file.write(made)


def encode(result: Result, lang: Lang = "zh", decisions: Decisions | None = None, head: Head | None = None) -> bytes:
    """The workbook; the same for the same result, decisions, head and language."""
    out, decisions = io.BytesIO(), decisions or make_empty(result)
    head = complete_head(head or Head(), result, decisions, lang)
    with unswept():
        _write_sheets(planned(result, lang, decisions, head), Book(out, lang, head))
    return out.getvalue()


def _write_sheets(papers: Papers, book: Book) -> None:
    with book.book:
        papers_summary.write(book, book.sheet(papers.sheet("summary"), is_upright=True), papers)
        _write_findings(book, book.sheet(papers.sheet("findings")), papers)
        book.listing(book.sheet(papers.sheet("claims")), rows.CLAIMS, [*rows.list_claims(papers)], 1, printed=13)
        _write_checks(book, book.sheet(papers.sheet("checks")), papers)
        inputs = [*entries.list_inputs(papers)]
        book.listing(book.sheet(papers.sheet("inputs")), entries.INPUTS, inputs, 3, printed=9, is_sorted=False)
        book.listing(book.sheet(papers.sheet("sections")), rows.SECTIONS, [*rows.list_sections(papers)], 1, printed=7)
        papers_tables.write(book, papers)


def _write_checks(book: Book, sheet: Any, papers: Papers) -> None:
    """The checks; a verdict that is not that of the result, since an input was changed, stands out."""
    book.listing(sheet, entries.CHECKS, [*entries.list_checks(papers)], 3, printed=10)
    last, column = max(1, len(papers.checks)), find_column(entries.CHECKS, "verdict")
    status, verdict = (name_cell(entries.CHECKS, name, 1) for name in ("status", "verdict"))
    none = get_phrase("not-computed", papers.lang)
    changed = f'=AND({verdict}<>"{none}",{verdict}<>{status})'
    sheet.conditional_format(
        1, column, last, column, {"type": "formula", "criteria": changed, "format": book.format(CHANGED)}
    )


def _write_findings(book: Book, sheet: Any, papers: Papers) -> None:
    """The findings, with a list to choose the state of each from."""
    book.listing(sheet, rows.fit_findings(papers), [*rows.list_findings(papers)], 3, printed=12)
    last = max(1, len(papers.findings))
    states = {name: rows.name_state(name, papers.lang) for name in STATES}
    title, message = (get_phrase(name, papers.lang) for name in ("state", "choose"))
    sheet.data_validation(
        1, rows.STATE, last, rows.STATE,
        {"validate": "list", "source": [*states.values()], "error_title": title, "error_message": message},
    )  # fmt: skip
    for name, look in DECIDED.items():
        wanted = {"type": "cell", "criteria": "==", "value": f'"{states[name]}"', "format": book.format(look)}
        sheet.conditional_format(1, rows.STATE, last, rows.STATE, wanted)
