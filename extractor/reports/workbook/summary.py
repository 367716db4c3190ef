"""The first sheet of the working papers: what the document is, what was found, and how far the reader has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from extractor.reports.decisions import STATES
from extractor.reports.labels import label_rule
from extractor.reports.printable import printable
from extractor.reports.terminal import findings as told
from extractor.reports.workbook.book import HEAD, Book, Cell, Link, Shown, get_phrase
from extractor.reports.workbook.places import STATUSES, Papers
from extractor.reports.workbook.rows import LOOKS, STATE, name_state, name_status

LABEL = {"font_color": "#454b54", "valign": "top"}
BLOCK = {"bold": True, "font_size": 12, "bottom": 2, "bottom_color": "#1f4e9e"}
SHARE = {"num_format": "0.0%"}
# As many digits of a share as its format shows.
SHARE_DIGITS = 4
WIDTHS = (46, 14, 14, 14, 14, 14)


def write(book: Book, sheet: Any, papers: Papers) -> None:
    """Blocks of facts below each other, each under its heading."""
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    info = papers.result.document
    book.put(sheet, 0, 0, printable(info.title or info.name), {"bold": True, "font_size": 15})
    row = 2
    for name, block in (
        ("document", _describe_document), ("standing", _count_standings), ("findings", _count_findings),
        ("rules", _count_rules), ("tables", _list_tables),
    ):  # fmt: skip
        if rows := list(block(papers)):
            row = _write_block(book, sheet, row, get_phrase(f"block.{name}", papers.lang), rows)
        if name == "findings" and papers.findings:
            row = _write_progress(book, sheet, row, papers)


def _write_block(book: Book, sheet: Any, row: int, title: str, rows: Sequence[Sequence[Cell]]) -> int:
    """A heading and its rows; gives the row behind them and an empty one."""
    _write_title(book, sheet, row, title)
    for at, cells in enumerate(rows, row + 1):
        for column, cell in enumerate(cells):
            book.put(sheet, at, column, cell, LABEL if not column else {"align": "left", "valign": "top"})
    return row + len(rows) + 2


def _describe_document(papers: Papers) -> Iterator[Sequence[Cell]]:
    info, tool = papers.result.document, papers.result.tool
    pages = None if info.page_count is None else str(info.page_count)
    facts = {
        "file": info.name, "entity": info.entity, "year": None if info.year is None else str(info.year),
        "pages": pages, "sha256": info.sha256, "made-by": f"{tool.name} {tool.version}",
    }  # fmt: skip
    yield from ([get_phrase(name, papers.lang), printable(fact)] for name, fact in facts.items() if fact)
    yield from ([get_phrase("warning", papers.lang), printable(warning)] for warning in info.warnings)


def _count_standings(papers: Papers) -> Iterator[Sequence[Cell]]:
    counts = Counter(papers.standing.values())
    total = counts.total()
    for name in ("verified", "contradicted", "unverified"):
        share = Shown(round(Decimal(counts[name]) / total, SHARE_DIGITS), SHARE) if total else None
        yield [
            Shown(get_phrase(f"standing.{name}", papers.lang), LOOKS[name]),
            Decimal(counts[name]),
            share,
        ]
    yield [Link(get_phrase("claims", papers.lang), papers.sheet("claims"), 0), Decimal(total)]


def _count_findings(papers: Papers) -> Iterator[Sequence[Cell]]:
    counts = Counter(mistake.severity for mistake in papers.findings)
    for severity in ("error", "warning"):
        yield [Shown(told.get_phrase(f"severity.{severity}", papers.lang), LOOKS[severity]), Decimal(counts[severity])]
    yield [Link(get_phrase("all-findings", papers.lang), papers.sheet("findings"), 0), Decimal(len(papers.findings))]


def _count_rules(papers: Papers) -> Iterator[Sequence[Cell]]:
    """How the checks of each rule ended."""
    counts: dict[str, Counter[str]] = {}
    for check in papers.checks:
        counts.setdefault(check.rule, Counter())[check.status] += 1
    if not counts:
        return
    heads = [
        get_phrase("rule", papers.lang),
        *(name_status(name, papers.lang) for name in STATUSES),
        get_phrase("total", papers.lang),
    ]
    yield [Shown(head, HEAD) for head in heads]
    for rule, own in counts.items():
        numbers = [Decimal(own[name]) for name in STATUSES]
        yield [label_rule(rule, papers.lang), *numbers, Decimal(own.total())]
    yield [
        Link(get_phrase("all-checks", papers.lang), papers.sheet("checks"), 0),
        *[None] * 4,
        Decimal(len(papers.checks)),
    ]


def _list_tables(papers: Papers) -> Iterator[Sequence[Cell]]:
    for table in papers.result.tables:
        sheet, row = papers.tables[table.id]
        cells = sum(place[0] == table.id for place in papers.failing)
        page = get_phrase("on-page", papers.lang, page=table.page) if table.page is not None else None
        doubtful = Shown(get_phrase("doubtful", papers.lang, count=cells), LOOKS["warning"]) if cells else None
        yield [Link(printable(table.title or table.id), sheet, row), page, doubtful]


def _write_progress(book: Book, sheet: Any, row: int, papers: Papers) -> int:
    """How many findings are in each state, counted anew by the spreadsheet whenever one is decided."""
    _write_title(book, sheet, row, get_phrase("block.progress", papers.lang))
    counts = Counter(papers.decisions.of_mistake(mistake).state for mistake in papers.findings)
    column = chr(ord("A") + STATE)
    for at, name in enumerate(STATES, row + 1):
        label = name_state(name, papers.lang)
        book.put(sheet, at, 0, label, LABEL)
        cells = f"'{papers.sheet('findings')}'!${column}$2:${column}${len(papers.findings) + 1}"
        sheet.write_formula(at, 1, f'=COUNTIF({cells},"{label}")', book.format({"align": "left"}), counts[name])
    row += len(STATES) + 1
    facts = {"reviewer": papers.decisions.reviewer, "saved": papers.decisions.saved}
    for fact, told_by in facts.items():
        if told_by:
            book.put(sheet, row, 0, get_phrase(fact, papers.lang), LABEL)
            book.put(sheet, row, 1, printable(told_by))
            row += 1
    return row + 1


def _write_title(book: Book, sheet: Any, row: int, title: str) -> None:
    for column in range(len(WIDTHS)):
        book.put(sheet, row, column, None if column else title, BLOCK)
