"""Numbers of tables that are not the same on both sides, as lines of a file and in the order in which they matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from extractor.messages import Lang, speak
from extractor.model import CellPair, Diff, SideCell
from extractor.reports.comparison.rows import BACK, SIDE, Cell, get_phrase
from extractor.reports.printable import printable


def list_relations(diff: Diff) -> list[str]:
    """How the numbers of all pairs relate, those of the text and those of tables."""
    return [*(pair.relation for pair in diff.pairs), *(pair.relation for pair in diff.cells)]


def order_cells(diff: Diff) -> list[CellPair]:
    """What contradicts first, then the largest rates of change; what has no rate last."""
    return sorted(diff.cells, key=lambda pair: (pair.relation != "different", _weigh(pair)))


def _weigh(pair: CellPair) -> Decimal:
    return -abs(Decimal(pair.rate)) if pair.rate else Decimal(1)


def count_cells(diff: Diff) -> dict[str, str | int]:
    """How many numbers of tables contradict, moved on and agree, as facts of a sentence."""
    counts: Counter[str] = Counter(pair.relation for pair in diff.cells)
    return {"different": counts["different"], "moved": counts["different_period"], "agreeing": diff.cells_agreeing}


def head_cells(diff: Diff, lang: Lang) -> str:
    """The heading over them: only of two years some have moved on."""
    return get_phrase("cells-years" if diff.comparison == "year" else "cells", lang, **count_cells(diff))


def name_cell(cell: SideCell) -> str:
    """Where a number stands: its table, its row, its column."""
    return " › ".join(printable(name) for name in (cell.title, cell.row_label, cell.column_label) if name)


def say_cells(pair: CellPair, lang: Lang) -> str:
    """The sentence about two numbers."""
    return printable(speak(pair.message, lang))


def list_cells(diff: Diff, number: int, lang: Lang) -> list[list[Cell]]:
    """The numbers as rows of the table of pairs, numbered on."""
    return [_fill(at, pair, lang) for at, pair in enumerate(order_cells(diff), number)]


def _fill(number: int, pair: CellPair, lang: Lang) -> list[Cell]:
    front: list[Cell] = [Decimal(number), get_phrase(f"relation.{pair.relation}", lang), name_cell(pair.left)]
    told: dict[str, Cell] = {"message": say_cells(pair, lang)}
    for name, value in (("difference", pair.change), ("rate", pair.rate)):
        told[name] = None if value is None else Decimal(value)
    return [*front, *_fill_side(pair.left), *_fill_side(pair.right), *(told.get(name) for name in BACK)]


def _fill_side(cell: SideCell) -> Sequence[Cell]:
    told: dict[str, Cell] = {
        "raw": printable(cell.text),
        "unit": printable(cell.unit),
        "section": name_cell(cell),
        "page": None if cell.page is None else Decimal(cell.page),
    }
    return [told.get(name) for name in SIDE]
