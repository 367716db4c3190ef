"""Cells of tables that two documents have in common, by the labels of their rows and columns: alike, moved on, changed.

Versions are compared whole elsewhere; here stand a body and its attachments, a department and its unit, two years.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Literal

import regex
from msgspec import UNSET, Struct
from msgspec.structs import replace

from extractor.amounts.amount import Amount, write_in_unit
from extractor.amounts.names import normalize_name
from extractor.diffs.halves import Half
from extractor.diffs.kinds import are_other_bodies, is_department_of
from extractor.diffs.parts import squeeze
from extractor.diffs.units import ADDITIVE
from extractor.diffs.wording import measure_growth, write_rate, write_sentence
from extractor.messages import Lang, gap
from extractor.model import CellPair, Comparison, Period, SideCell, Table, TableCell
from extractor.quantities import units

# Tables that have so much of their labels in common are of one form.
ALIKE = 0.5
# So many numbers that both have: what fewer share may be any table with a total.
LEAST = 3
Difference = Literal["different", "different_period"]
YEAR = regex.compile(r"[0-9]{4}")


class Key(Struct, frozen=True):
    """What a number of a table is of: the labels of its row and column without their time, and how many years ago."""

    row: str
    column: str
    ago: int


class Figure(Struct, frozen=True):
    """A number of a table, and where it stands."""

    table: Table
    row: int
    column: int
    amount: Amount
    key: Key

    @property
    def cell(self) -> TableCell:
        """The cell that holds it."""
        return self.table.rows[self.row][self.column]


class Form(Struct, frozen=True, dict=True):
    """A table as it is compared: its numbers by what they are of, those left out that two cells of it are."""

    table: Table
    figures: Mapping[Key, Figure]

    @cached_property
    def labels(self) -> frozenset[str]:
        """The labels of its rows and columns."""
        return frozenset(label for key in self.figures for label in (key.row, key.column) if label)


def compare_cells(left: Half, right: Half, comparison: Comparison) -> tuple[tuple[CellPair, ...], int]:
    """The numbers of tables of one form that are not the same, and how many are; none of versions and of two bodies."""
    if comparison in ("version", "peer") or _are_apart(left, right, comparison):
        return (), 0
    judge = _Judge(left, right, comparison)
    met = [pair for forms in _pair_forms(_read_forms(left), _read_forms(right)) for pair in judge.meet(*forms)]
    found = [judge.tell(one, two) for one, two in met if not one.amount.reach.meets(two.amount.reach)]
    return tuple(pair for pair in found if pair), len(met) - sum(pair is not None for pair in found)


def _are_apart(left: Half, right: Half, comparison: Comparison) -> bool:
    """Whether what two documents say of one label need not agree: of two bodies, or of what was planned and done."""
    stages = {half.document.stage for half in (left, right)} - {None}
    return len(stages) > 1 or (comparison == "year" and are_other_bodies(left.document, right.document))


# ── tables of one form ───────────────────────────────────────────────────────────────────────────────────


def _read_forms(half: Half) -> list[Form]:
    inside = (half.part.start, half.part.end) if half.part else (0, len(half.result.text))
    tables = (table for table in half.result.tables if inside[0] <= table.start < inside[1])
    return [
        form for form in (Form(table, _read_figures(half, table)) for table in tables) if len(form.figures) >= LEAST
    ]


def _read_figures(half: Half, table: Table) -> dict[Key, Figure]:
    """The numbers of a table by what they are of."""
    found = list(_list_figures(half, table))
    times = Counter(figure.key for figure in found)
    return {figure.key: figure for figure in found if times[figure.key] == 1 and figure.key.row}


def _list_figures(half: Half, table: Table) -> Iterator[Figure]:
    for row, cells in enumerate(table.rows):
        for column, cell in enumerate(cells):
            amount = half.book.cell(table, row, column) if cell.row_label is not UNSET else None
            if amount:
                yield Figure(table, row, column, amount, _read_key(cell, half.document.year))


def _read_key(cell: TableCell, year: int | None) -> Key:
    period = cell.period if isinstance(cell.period, Period) else None
    # A row is called alike whatever was planned or done of it; which of these a column holds is what tells it apart.
    row, column = normalize_name(_squeeze(cell.row_label, period)), _squeeze(cell.column_label, period)
    begun = period.start[:4] if period and period.start else None
    return Key(row, column, year - int(begun) if year and begun else 0)


def _squeeze(label: object, period: Period | None) -> str:
    """A label as it is compared, without the time that it names."""
    told = label if isinstance(label, str) else ""
    timeless = told.replace(period.text, "") if period else told
    return squeeze(YEAR.sub("", timeless))


def _pair_forms(lefts: Sequence[Form], rights: Sequence[Form]) -> Iterator[tuple[Form, Form]]:
    """Tables that are of one form, those most alike first and then in their order."""
    by_label: dict[str, list[int]] = {}
    for to, form in enumerate(rights):
        for label in form.labels:
            by_label.setdefault(label, []).append(to)
    rated = [rate for at, form in enumerate(lefts) for rate in _rate_forms(at, form, rights, by_label)]
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, at, to in sorted(rated, key=lambda rate: (-rate[0], abs(rate[1] - rate[2]), rate[1:])):
        if at not in taken[0] and to not in taken[1]:
            taken[0].add(at)
            taken[1].add(to)
            yield lefts[at], rights[to]


def _rate_forms(
    at: int, form: Form, others: Sequence[Form], by_label: Mapping[str, Sequence[int]]
) -> Iterator[tuple[Fraction, int, int]]:
    """How alike a table is to each that shares labels with it, where that is enough."""
    shared = Counter(to for label in form.labels for to in by_label.get(label, ()))
    for to, count in shared.items():
        alike = Fraction(2 * count, len(form.labels) + len(others[to].labels))
        if alike >= ALIKE and form.table.kind == others[to].table.kind:
            yield alike, at, to


# ── their numbers ────────────────────────────────────────────────────────────────────────────────────────


class _Judge:
    """What two numbers of one label say of each other."""

    def __init__(self, left: Half, right: Half, comparison: Comparison) -> None:
        self.halves, self.comparison = (left, right), comparison
        years = left.document.year, right.document.year
        self.apart = (years[1] or 0) - (years[0] or 0) if all(years) and comparison == "year" else 0
        self.is_turned = self.apart < 0
        self.is_left_whole = not is_department_of(right.document, left.document)

    def meet(self, one: Form, two: Form) -> Iterator[tuple[Figure, Figure]]:
        """Numbers of one thing: of one time first, then those that have the same place in reports of two years."""
        for key, figure in one.figures.items():
            same = replace(key, ago=key.ago + self.apart)
            for other in dict.fromkeys((same, key)):
                if other in two.figures and figure.amount.base == two.figures[other].amount.base:
                    yield figure, two.figures[other]

    def tell(self, one: Figure, two: Figure) -> CellPair | None:
        """Two numbers that differ, as it is told; None where that is as it should be."""
        if self.comparison == "unit":
            return self._tell_unit(one, two)
        if self.comparison == "year":
            if self._date(one, 0) == self._date(two, 1):
                return self._make(one, two, "different", "restated")
            return self._make(one, two, "different_period", "moved-on")
        return self._make(one, two, "different", "different")

    def _tell_unit(self, one: Figure, two: Figure) -> CellPair | None:
        whole, part = (one, two) if self.is_left_whole else (two, one)
        is_additive = units.meaning(whole.amount.base).dimension in ADDITIVE and whole.amount.exact >= 0
        if not is_additive or part.amount.exact <= whole.amount.exact:
            return None
        return self._make(one, two, "different", "unit-larger")

    def _date(self, figure: Figure, side: int) -> int | None:
        """The year that a number is of."""
        year = self.halves[side].document.year
        return year - figure.key.ago if year else None

    def _make(self, one: Figure, two: Figure, relation: Difference, sentence: str) -> CellPair:
        before, now = (two, one) if self.is_turned else (one, two)
        change, rate = measure_growth(before.amount.exact, now.amount.exact)
        message = write_sentence(sentence, lambda lang: self._state(one, two, rate, lang))
        return CellPair(_place(one), _place(two), relation, message, change, rate)

    def _state(self, one: Figure, two: Figure, rate: str | None, lang: Lang) -> dict[str, str | int]:
        """The facts that the sentences about two numbers name."""
        left, right = (f"{figure.cell.text}{figure.amount.unit}" for figure in (one, two))
        before, now = (right, left) if self.is_turned else (left, right)
        department, unit = (left, right) if self.is_left_whole else (right, left)
        by = abs(two.amount.exact - one.amount.exact)
        return {
            "metric": _call(one), "left": left, "right": right, "before": before, "now": now, "rate": write_rate(rate),
            "department": department, "unit": unit,
            "difference": gap(write_in_unit(by, one.amount), one.amount.unit, lang),
        }  # fmt: skip


def _call(figure: Figure) -> str:
    """What a number of a table is called: its table, its row, its column."""
    labels = (figure.table.title, figure.cell.row_label, figure.cell.column_label)
    return " › ".join(label for label in labels if isinstance(label, str) and label)


def _place(figure: Figure) -> SideCell:
    cell = figure.cell
    row, column = (label if isinstance(label, str) else "" for label in (cell.row_label, cell.column_label))
    return SideCell(
        cell.start, cell.end, cell.text, table=figure.table.id, title=figure.table.title, row=figure.row,
        column=figure.column, row_label=row, column_label=column, unit=figure.amount.unit, page=figure.amount.page,
    )  # fmt: skip
