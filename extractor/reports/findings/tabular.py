"""Findings as rows of a table for people: the same columns in CSV and in a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TypeAlias

from extractor.messages import Lang, render
from extractor.model import Notice
from extractor.reports.findings.rows import Row
from extractor.reports.findings.selecting import Listing
from extractor.reports.labels import label_rule
from extractor.reports.printable import printable

Cell: TypeAlias = Decimal | str | None
COLUMNS = {
    "document": 28, "severity": 8, "rule": 16, "page": 6, "heading": 30, "said": 60, "quote": 60, "stated": 14,
    "proposed": 14, "unit": 8, "amount": 18, "computation": 50, "mended": 8, "standing": 8, "state": 8, "note": 24,
    "finding": 18, "checks": 24,
}  # fmt: skip
"""The columns with their widths in a workbook, in characters."""


def name_columns(lang: Lang) -> list[str]:
    """The heads of the columns."""
    return [_say(f"column.{name}", lang) for name in COLUMNS]


def list_cells(listings: Iterable[Listing], lang: Lang) -> Iterator[list[Cell]]:
    """A row for each finding that is told, document by document."""
    for listing in listings:
        name = printable(listing.result.document.name)
        yield from (_fill_row(name, row, lang) for row in listing.rows)


def _fill_row(document: str, row: Row, lang: Lang) -> list[Cell]:
    mistake, spot = row.mistake, row.find_spot()
    known: dict[str, Cell] = {
        "document": document,
        "severity": _say(f"severity.{mistake.severity}", lang),
        "rule": _say("separator", lang).join(label_rule(rule, lang) for rule in row.rules),
        "said": row.say(lang),
        "stated": _read(row.stated),
        "proposed": _read(row.proposed),
        "unit": row.find_unit(),
        "amount": _read(row.amount),
        "computation": "; ".join(row.compute(lang).values()),
        "mended": Decimal(len(mistake.finding.mends)) if mistake.finding else None,
        "standing": _say(f"standing.{row.standing}", lang) if row.standing else None,
        "state": _say(f"state.{row.decision.state}", lang),
        "note": printable(row.decision.note),
        "finding": printable(mistake.id),
        "checks": " ".join(printable(check.id) for check in mistake.checks),
    }
    if spot:
        page = None if spot.page is None else Decimal(spot.page)
        known |= {"page": page, "heading": spot.heading, "quote": spot.excerpt.text}
    return [known.get(name) for name in COLUMNS]


def _read(number: str | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def _say(name: str, lang: Lang) -> str:
    return render(Notice(f"findings.{name}"), lang)
