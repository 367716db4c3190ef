"""Working papers: a result as a workbook in which findings are decided, with the evidence a click away."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, BinaryIO

from extractor.messages import Lang
from extractor.model import Result
from extractor.reports.decisions import STATES, Decisions, State, make_empty
from extractor.reports.files.targets import replacing
from extractor.reports.workbook import rows
from extractor.reports.workbook import summary as papers_summary
from extractor.reports.workbook import tables as papers_tables
from extractor.reports.workbook.book import Book, get_phrase
from extractor.reports.workbook.places import Papers
from extractor.reports.workbook.places import plan_papers as planned

# The look of a decision that was made, by its state.
DECIDED: dict[State, dict[str, str]] = {
    "confirmed": {"font_color": "#8f1414", "bg_color": "#fdecea"},
    "dismissed": {"font_color": "#454b54", "bg_color": "#dfe3e8"},
}


def write(result: Result, target: Path | BinaryIO, lang: Lang = "zh", decisions: Decisions | None = None) -> None:
    """Writes the working papers to a file, which is replaced as a whole, or to a stream. Raises ``OutputError``."""
    made = encode(result, lang, decisions)
    if not isinstance(target, Path):
        target.write(made)
        return
    with replacing(target) as file:
        file.write(made)


def encode(result: Result, lang: Lang = "zh", decisions: Decisions | None = None) -> bytes:
    """The workbook; the same for the same result, decisions and language."""
    out = io.BytesIO()
    papers, book = planned(result, lang, decisions or make_empty(result)), Book(out, lang)
    with book.book:
        papers_summary.write(book, book.sheet(papers.sheet("summary")), papers)
        _write_findings(book, book.sheet(papers.sheet("findings")), papers)
        book.listing(book.sheet(papers.sheet("claims")), rows.CLAIMS, [*rows.list_claims(papers)], 1, printed=13)
        book.listing(book.sheet(papers.sheet("checks")), rows.CHECKS, [*rows.list_checks(papers)], 3, printed=10)
        book.listing(book.sheet(papers.sheet("sections")), rows.SECTIONS, [*rows.list_sections(papers)], 1, printed=7)
        papers_tables.write(book, papers)
    return out.getvalue()


def _write_findings(book: Book, sheet: Any, papers: Papers) -> None:
    """The findings, with a list to choose the state of each from."""
    book.listing(sheet, rows.FINDINGS, [*rows.list_findings(papers)], 3, printed=12)
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
