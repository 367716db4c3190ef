"""The checks of a result for the review page: their operands side by side, and the sentences these stand in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.messages import Lang, speak
from extractor.model import Check, Operand, Result
from extractor.reports.review_page import formula as page_formula
from extractor.reports.review_page.words import shown
from extractor.reports.standing import ranked

# Sentences that are shown with a finding.
MOST_SENTENCES = 3


def ordered(result: Result) -> list[Check]:
    """The checks that fail, the most severe first; those that are only remarks come last."""
    return ranked(result, (check for check in result.checks if check.status == "fails"))


def amount(book: Book, operand: Operand) -> Amount | None:
    """The number that an operand refers to; None where the result has no such place."""
    if operand.claim is not None:
        claim = book.claim.get(operand.claim)
        return book.amount(claim) if claim else None
    table = book.table.get(operand.table or "")
    row, column = operand.row, operand.column
    if table is None or row is None or column is None:
        return None
    if not (row < len(table.rows) and column < len(table.rows[row])):
        return None
    return book.cell(table, row, column) or book.read_empty(table, row, column)


def check(book: Book, one: Check, number: Mapping[str, int], lang: Lang) -> dict[str, Any]:
    """A check as the page's script reads it."""
    amounts = [amount(book, operand) for operand in one.operands]
    made: dict[str, Any] = {
        "id": shown(one.id),
        "r": shown(one.rule),
        "s": one.status,
        "v": one.severity or "",
        "why": shown(one.reason or ""),
        "m": shown(speak(one.message, lang)),
        "o": [_operand(book, operand, found, number) for operand, found in zip(one.operands, amounts, strict=True)],
    }
    formula = page_formula.written(one, [found for found in amounts if found], lang) if all(amounts) else None
    if formula:
        made["f"] = formula
    if one.status != "holds":
        made["q"] = _sentences(book, one, number)
    return made


def _operand(book: Book, operand: Operand, found: Amount | None, number: Mapping[str, int]) -> dict[str, Any]:
    made: dict[str, Any] = {"role": shown(operand.role)}
    if operand.claim is not None and operand.claim in number:
        return made | {"c": number[operand.claim]}
    if found is None:
        return made | {"raw": "", "m": ""}
    raw = found.raw if not found.unit or found.raw.endswith(found.unit) else found.raw + found.unit
    place = {"t": operand.table, "row": operand.row, "col": operand.column, "b": _box(book, operand)}
    return made | place | {"raw": shown(raw), "m": shown(found.label), "g": found.page, "h": shown(found.heading)}


def _box(book: Book, operand: Operand) -> list[float] | None:
    """Where a cell stands on its page."""
    table = book.table.get(operand.table or "")
    if table is None or operand.row is None or operand.column is None:
        return None
    box = table.rows[operand.row][operand.column].box
    return [round(edge, 1) for edge in box] if box else None


def _sentences(book: Book, one: Check, number: Mapping[str, int]) -> list[list[Any]]:
    """The sentences of the operands, the first ones, with the operands marked."""
    claims = [book.claim[operand.claim] for operand in one.operands if operand.claim in book.claim]
    spans = list(dict.fromkeys((claim.sentence.start, claim.sentence.end) for claim in claims))[:MOST_SENTENCES]
    return [_marked(book, start, end, [(c.start, c.end, number[c.id]) for c in claims]) for start, end in spans]


def _marked(book: Book, start: int, end: int, marks: list[tuple[int, int, int]]) -> list[Any]:
    runs: list[Any] = []
    at = start
    for low, high, claim in sorted(set(marks)):
        if at <= low and high <= end:
            runs += [shown(book.text[at:low]), [shown(book.text[low:high]), claim]]
            at = high
    return [run for run in (*runs, shown(book.text[at:end])) if run]
