"""What changed between two versions beside their numbers, and what became of their findings, as lines of a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.messages import Lang, speak
from extractor.model import Change, Diff, FindingChange, Passage
from extractor.reports.comparison.cells import list_cells
from extractor.reports.comparison.rows import BACK, SIDE, Cell, get_phrase
from extractor.reports.comparison.sentences import Mark, Piece, cut_passage, write_plain
from extractor.reports.printable import printable

STATUSES = ("new", "changed", "fixed", "unchanged", "dismissed")
"""What may have become of a finding, the most telling first."""


def cut_change(change: Change) -> tuple[list[Piece], list[Piece]]:
    """The sentence of either side with what changed in it; none where a side has nothing."""
    return _cut(change.left, "left"), _cut(change.right, "right")


def _cut(passage: Passage | None, mark: Mark) -> list[Piece]:
    return cut_passage(passage, mark) if passage else []


def name_passage(passage: Passage) -> str:
    """Where a side of a change stands: its heading, and in a table the labels of its row and column."""
    labels = (passage.cell.row_label, passage.cell.column_label) if passage.cell else ()
    names = (passage.heading or "", *labels)
    return " › ".join(printable(name) for name in names if name)


def list_changed(diff: Diff, number: int, lang: Lang) -> list[list[Cell]]:
    """Cells, changes, and the findings but for those that stayed, as rows of the table of pairs, numbered on."""
    told = [finding for finding in diff.findings if finding.status != "unchanged"]
    rows = list_cells(diff, number, lang)
    rows += [_fill_change(at, change, lang) for at, change in enumerate(diff.changes, number + len(rows))]
    return rows + [_fill_finding(at, one, lang) for at, one in enumerate(told, number + len(rows))]


def _fill_change(number: int, change: Change, lang: Lang) -> list[Cell]:
    place = change.left or change.right
    front: list[Cell] = [Decimal(number), get_phrase(f"what.{change.what}", lang), name_passage(place) if place else ""]
    left, right = _fill_side(change.left, "left"), _fill_side(change.right, "right")
    return [*front, *left, *right, *_fill_back(printable(speak(change.message, lang)))]


def _fill_side(passage: Passage | None, mark: Mark) -> list[Cell]:
    if passage is None:
        return [None] * len(SIDE)
    told: dict[str, Cell] = {
        "raw": printable(passage.text),
        "section": name_passage(passage),
        "page": None if passage.page is None else Decimal(passage.page),
        "sentence": write_plain(cut_passage(passage, mark)),
    }
    return [told.get(name) for name in SIDE]


def _fill_finding(number: int, finding: FindingChange, lang: Lang) -> list[Cell]:
    front: list[Cell] = [Decimal(number), get_phrase(f"finding.{finding.status}", lang), None]
    return [*front, *[None] * (2 * len(SIDE)), *_fill_back(say_finding(finding, lang))]


def _fill_back(message: str) -> Sequence[Cell]:
    return [message if name == "message" else None for name in BACK]


def order_findings(diff: Diff) -> Iterator[FindingChange]:
    """The findings by what became of them, in the order of ``STATUSES``."""
    return (one for status in STATUSES for one in diff.findings if one.status == status)


def count_findings(diff: Diff) -> dict[str, str | int]:
    """How many findings became what, as facts of a sentence."""
    counts: Counter[str] = Counter(finding.status for finding in diff.findings)
    return {status: counts[status] for status in STATUSES}


def say_finding(finding: FindingChange, lang: Lang) -> str:
    """The sentence of a finding, as the later version has it."""
    said = finding.right or finding.left
    return printable(speak(said.message, lang)) if said else ""
