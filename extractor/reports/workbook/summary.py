"""The first sheet of the working papers: what the document is, what was found, and how far the reader has come."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from extractor.reports.decisions import STATES, name_document
from extractor.reports.labels import label_rule
from extractor.reports.printable import printable
from extractor.reports.terminal import findings as told
from extractor.reports.warned import tell_warnings
from extractor.reports.workbook.book import HEAD, Book, Cell, Columns, Formula, Link, Shown, measure_width, name_letter
from extractor.reports.workbook.cells import LOOKS, mark_status, name_status
from extractor.reports.workbook.entries import CHECKS
from extractor.reports.workbook.head import label_field
from extractor.reports.workbook.phrases import get_phrase
from extractor.reports.workbook.places import STATUSES, Papers
from extractor.reports.workbook.rows import FINDINGS, name_state

LABEL = {"font_color": "#454b54", "valign": "top"}
BLOCK = {"bold": True, "font_size": 12, "bottom": 2, "bottom_color": "#1f4e9e"}
SHARE = {"num_format": "0.0%"}
# As many digits of a share as its format shows.
SHARE_DIGITS = 4
WIDTHS = (36, 16, 16, 16, 16, 16)
BESIDE = {"align": "left", "valign": "top"}
# The characters of Latin width that stand beside a label, those that a line of wrapped words leaves, its height.
ROOM, SPARE, TEXT_HEIGHT = sum(WIDTHS[1:]), 6, 16
TITLE = {"bold": True, "font_size": 18, "align": "center", "valign": "vcenter"}
SUBTITLE = {"font_size": 12, "align": "center", "valign": "vcenter", "text_wrap": True}
FRAME = {"border": 1, "border_color": "#8a94a3", "valign": "vcenter", "text_wrap": True}
NAMED = FRAME | {"bg_color": "#e3e8ef", "bold": True, "align": "center"}
# The lines of the head, as pairs on one row: on the left whose report it is, on the right whose papers.
HEAD_LINES = (("entity", "index"), ("project", "prepared"), ("period", "reviewed"), ("file", "date"))
# A moment of ISO 8601, as browsers write it: its day and its minute.
MOMENT = re.compile(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)[\d:.]*Z$")
# The heights of the title and of a line of the head, which is also filled in by hand, in points.
TITLE_HEIGHT, LINE_HEIGHT = 34, 26


def write(book: Book, sheet: Any, papers: Papers) -> None:
    """Blocks of facts below each other, each under its heading."""
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    row = _write_head(book, sheet, papers)
    for name, block in (
        ("findings", _count_findings), ("standing", _count_standings), ("marks", _count_marks),
        ("rules", _count_rules), ("tables", _list_tables), ("document", _describe_document),
    ):  # fmt: skip
        if rows := list(block(papers)):
            row = _write_block(book, sheet, row, get_phrase(f"block.{name}", papers.lang), rows)
        if name == "findings" and papers.findings:
            row = _write_progress(book, sheet, row, papers)


def _write_head(book: Book, sheet: Any, papers: Papers) -> int:
    """The title, whose report it is, and who prepared and reviewed the papers, with room to sign by hand."""
    info, last = papers.result.document, len(WIDTHS) - 1
    for row, (text, look) in enumerate(
        ((get_phrase("title", papers.lang), TITLE), (printable(info.title or info.name), SUBTITLE))
    ):
        book.merge(sheet, (row, 0), (row, last), text, look)
        sheet.set_row(row, TITLE_HEIGHT)
    for row, pair in enumerate(HEAD_LINES, 3):
        sheet.set_row(row, LINE_HEIGHT)
        for name, column in zip(pair, (0, 3), strict=True):
            book.put(sheet, row, column, _label_line(name, papers), NAMED)
            book.merge(sheet, (row, column + 1), (row, column + 2), _tell_line(name, papers), FRAME)
    return 3 + len(HEAD_LINES) + 1


def _label_line(name: str, papers: Papers) -> str:
    return get_phrase("file", papers.lang) if name == "file" else label_field(name, papers.lang)


def _tell_line(name: str, papers: Papers) -> str:
    told: str = papers.result.document.name if name == "file" else getattr(papers.head, name)
    return printable(told)


def _write_block(book: Book, sheet: Any, row: int, title: str, rows: Sequence[Sequence[Cell]]) -> int:
    """A heading and its rows; gives the row behind them and an empty one."""
    _write_title(book, sheet, row, title)
    for at, cells in enumerate(rows, row + 1):
        for column, cell in enumerate(cells):
            if column == len(cells) - 1 == 1 and isinstance(cell, str) and measure_width(cell) > ROOM:
                _write_long(book, sheet, at, cell)
            else:
                book.put(sheet, at, column, cell, LABEL if not column else BESIDE)
    return row + len(rows) + 2


def _write_long(book: Book, sheet: Any, row: int, text: str) -> None:
    """Words that are wider than the sheet, on as many lines as they need."""
    book.merge(sheet, (row, 1), (row, len(WIDTHS) - 1), text, BESIDE | {"text_wrap": True})
    sheet.set_row(row, TEXT_HEIGHT * -(-measure_width(text) // (ROOM - SPARE)))


def _describe_document(papers: Papers) -> Iterator[Sequence[Cell]]:
    info, tool = papers.result.document, papers.result.tool
    pages = None if info.page_count is None else str(info.page_count)
    facts = {
        "titled": name_document(info), "pages": pages, "sha256": info.sha256, "made-by": f"{tool.name} {tool.version}",
    }  # fmt: skip
    yield from ([get_phrase(name, papers.lang), printable(fact)] for name, fact in facts.items() if fact)
    told_once = tell_warnings(info.warnings, papers.lang)
    yield from ([get_phrase("warning", papers.lang), warning] for warning in told_once)


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


def _count_marks(papers: Papers) -> Iterator[Sequence[Cell]]:
    """What each tick mark says, how many checks the spreadsheet gives it, and how many of them changed by that."""
    if not papers.checks:
        return
    counts: Counter[str] = Counter(check.status for check in papers.checks if check.id in papers.live)
    verdict, status = (_name_column(CHECKS, name, papers, "checks") for name in ("verdict", "status"))
    for name in STATUSES:
        told_by = mark_status(name, papers.lang)
        yield [told_by, Formula(f'COUNTIF({verdict},"{told_by}")', Decimal(counts[name]))]
    none = get_phrase("not-computed", papers.lang)
    yield [none, Formula(f'COUNTIF({verdict},"{none}")', Decimal(len(papers.checks) - counts.total()))]
    changed = f'SUMPRODUCT(({verdict}<>{status})*({verdict}<>"{none}"))'
    yield [get_phrase("changed", papers.lang), Formula(changed, Decimal(0))]


def _name_column(columns: Columns, name: str, papers: Papers, sheet: str) -> str:
    """The cells of a column below its head."""
    letter, count = name_letter(columns, name), len(papers.checks if sheet == "checks" else papers.findings)
    return f"'{papers.sheet(sheet)}'!${letter}$2:${letter}${count + 1}"


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
    cells = _name_column(FINDINGS, "state", papers, "findings")
    for at, name in enumerate(STATES, row + 1):
        label = name_state(name, papers.lang)
        book.put(sheet, at, 0, label, LABEL)
        book.put(sheet, at, 1, Formula(f'COUNTIF({cells},"{label}")', Decimal(counts[name])), {"align": "left"})
    row += len(STATES) + 1
    facts = {"reviewer": papers.decisions.reviewer, "saved": write_moment(papers.decisions.saved)}
    for fact, told_by in facts.items():
        if told_by:
            book.put(sheet, row, 0, get_phrase(fact, papers.lang), LABEL)
            book.put(sheet, row, 1, printable(told_by), BESIDE)
            row += 1
    return row + 1


def write_moment(moment: str) -> str:
    """A moment as people read it; what is none as it is.

    >>> write_moment("2026-11-29T17:45:46.925Z"), write_moment("昨天")
    ('2026-11-29 17:45 UTC', '昨天')
    """
    return MOMENT.sub(r"\1 \2 UTC", moment)


def _write_title(book: Book, sheet: Any, row: int, title: str) -> None:
    for column in range(len(WIDTHS)):
        book.put(sheet, row, column, None if column else title, BLOCK)
