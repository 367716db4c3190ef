"""The checks of a result for the review page: their operands side by side, and the sentences these stand in."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor
from typing import Any

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.checks import is_verifying
from extractor.messages import Lang, speak
from extractor.model import Check, Operand, Span
from extractor.reports.computation import find_amount, write_lines
from extractor.reports.decisions import mark_findings
from extractor.reports.labels import label_role, name_reason
from extractor.reports.printable import escape_invisible
from extractor.reports.standing import Mistake, Place, is_finding, list_mistakes, rank_checks
from extractor.reports.suspects import find_cell_box, find_section, find_suspect, write_proposed

MISSING = {"raw": "", "m": ""}
"""What is said of an operand that the result has not."""
# Sentences that are shown with a finding.
MOST_SENTENCES = 3


def describe_findings(book: Book, lang: Lang) -> list[dict[str, Any]]:
    """What is wrong, the most severe first, by its first check; then what is only remarked, a check each.

    ``m`` is what a finding says beside its checks, ``c`` are the others of these, ``u`` the place of the number to
    suspect among the operands of the first, ``x`` its section, ``to`` what it may have been meant to be, with which
    ``e`` checks hold; ``n`` is the fingerprint of its numbers, ``no`` its number in every output.
    """
    remarks = rank_checks(book.result, filter(_is_remark, book.result.checks))
    seen = mark_findings(book.result)
    found = [
        _describe_mistake(book, mistake, seen, lang) | {"no": number}
        for number, mistake in enumerate(list_mistakes(book.result), 1)
    ]
    return [*found, *(_describe_remark(book, check) for check in remarks)]


def _describe_remark(book: Book, check: Check) -> dict[str, Any]:
    first = check.operands[0] if check.operands else None
    return {"id": escape_invisible(check.id), "m": "", "c": [], "u": 0, "x": find_section(book, first)}


def _is_remark(check: Check) -> bool:
    return check.status == "fails" and not is_finding(check)


def _describe_mistake(book: Book, mistake: Mistake, seen: Mapping[str, str], lang: Lang) -> dict[str, Any]:
    first, *others = mistake.checks
    has_own = mistake.message != first.message
    said = escape_invisible(speak(mistake.message, lang)) if has_own else ""
    at = find_suspect(mistake)
    made: dict[str, Any] = {
        "id": escape_invisible(first.id),
        "m": said,
        "c": [escape_invisible(one.id) for one in others],
        "n": seen.get(mistake.id, ""),
    }
    made |= {"u": at, "x": find_section(book, first.operands[at] if first.operands else None)}
    return made | _describe_proposal(book, mistake)


def _describe_proposal(book: Book, mistake: Mistake) -> dict[str, Any]:
    """The number that was probably meant, and how many checks it mends."""
    proposed = write_proposed(book, mistake.finding)
    if proposed is None or mistake.finding is None:
        return {}
    return {"to": proposed, "e": len(mistake.finding.mends)}


class Cells:
    """The cells that checks take, each described once: operands refer to them by their number."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._numbers: dict[Place, int | None] = {}
        self.described: list[dict[str, Any]] = []

    def number(self, operand: Operand) -> int | None:
        """The number of a cell; None where the result has none there."""
        place = operand.table or "", operand.row or 0, operand.column or 0
        if place not in self._numbers:
            found = find_amount(self._book, operand)
            self._numbers[place] = len(self.described) if found else None
            self.described += [_describe_cell(self._book, operand, found)] if found else []
        return self._numbers[place]


def describe_check(book: Book, check: Check, number: Mapping[str, int], cells: Cells, lang: Lang) -> dict[str, Any]:
    """A check as the page's script reads it."""
    made: dict[str, Any] = {
        "id": escape_invisible(check.id),
        "r": escape_invisible(check.rule),
        "s": check.status,
        "v": check.severity or "",
        "why": name_reason(check, lang),
        "m": escape_invisible(speak(check.message, lang)),
        "o": [_describe_operand(book, check, operand, number, cells, lang) for operand in check.operands],
    }
    if check.status.startswith("holds"):
        made["p"] = floor(check.power * 100)
    if is_verifying(check):
        made["y"] = 1
    if lines := write_lines(check, book, lang):
        made["f"] = lines
    if check.status != "holds":
        made["q"] = _list_sentences(book, check, number)
    return made


def _describe_operand(
    book: Book, check: Check, operand: Operand, number: Mapping[str, int], cells: Cells, lang: Lang
) -> dict[str, Any]:
    """An operand with its role: the number of its claim or of its cell, or what the stretch of text says."""
    made: dict[str, Any] = {"role": escape_invisible(label_role(check.rule, operand.role, lang))}
    if operand.text is not None:
        return made | _describe_text(book, operand.text)
    if operand.claim is not None:
        return made | ({"c": number[operand.claim]} if operand.claim in number else MISSING)
    cell = cells.number(operand)
    return made | (MISSING if cell is None else {"i": cell})


def _describe_text(book: Book, span: Span) -> dict[str, Any]:
    return {"raw": escape_invisible(book.text[span.start : span.end]), "m": "", "g": book.page(span.start), "h": ""}


def _describe_cell(book: Book, operand: Operand, found: Amount) -> dict[str, Any]:
    raw = found.raw if found.raw.endswith(found.unit) else found.raw + found.unit
    place = {"t": operand.table, "row": operand.row, "col": operand.column, "b": _find_box(book, operand)}
    place["x"] = find_section(book, operand)
    words = {"raw": raw, "m": found.label, "h": found.heading}
    return place | {"g": found.page} | {name: escape_invisible(text) for name, text in words.items()}


def _find_box(book: Book, operand: Operand) -> list[float] | None:
    """Where a cell stands on its page."""
    box = find_cell_box(book, operand)
    return [round(edge, 1) for edge in box] if box else None


def _list_sentences(book: Book, one: Check, number: Mapping[str, int]) -> list[list[Any]]:
    """The sentences of the operands, the first ones, with the operands marked."""
    claims = [book.claim[operand.claim] for operand in one.operands if operand.claim in book.claim]
    spans = list(dict.fromkeys((claim.sentence.start, claim.sentence.end) for claim in claims))[:MOST_SENTENCES]
    return [_mark(book, start, end, [(c.start, c.end, number[c.id]) for c in claims]) for start, end in spans]


def _mark(book: Book, start: int, end: int, marks: list[tuple[int, int, int]]) -> list[Any]:
    runs: list[Any] = []
    at = start
    for low, high, claim in sorted(set(marks)):
        if at <= low and high <= end:
            runs += [escape_invisible(book.text[at:low]), [escape_invisible(book.text[low:high]), claim]]
            at = high
    return [run for run in (*runs, escape_invisible(book.text[at:end])) if run]
