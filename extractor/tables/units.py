"""The units of the numbers in a table: stated in the cell, above it, in front of it, or for the table."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from extractor.tables import headers, lexicon
from extractor.tables.grids import Place
from extractor.tables.headers import Column


class Label(Struct, frozen=True):
    """Words that numbers are of: the unit they state, and whether they are counted in a unit of their own."""

    unit: str | None = None
    has_own_unit: bool = False


NO_LABEL = Label()


class Units:
    """Tells the unit of each number, asked row by row from the top and cell by cell from the left."""

    def __init__(self, columns: Sequence[Column], unit: str | None) -> None:
        self._columns = columns
        self._of_table = unit
        self._is_form = not any(column.labels for column in columns)
        # A column of units is about the columns that are counted in one of their own, where there are any.
        self._some_have_own = any(column.has_own_unit for column in columns)
        self._row = -1
        # For each column the label that reaches down over several rows, and the row behind its last one.
        self._reaching: dict[int, tuple[Label, int]] = {}
        # In a form, which has no header: for each column the last label, which the numbers below it are of.
        self._above: dict[int, Label] = {}

    def begin_row(self, texts: Sequence[str]) -> None:
        """Begin the next row."""
        self._row += 1
        self._of_row = self._find_unit(texts)
        self._label, self._around = NO_LABEL, NO_LABEL
        self._is_behind_number = False

    def _find_unit(self, texts: Sequence[str]) -> str | None:
        """The unit that a row states in its column of units."""
        for column, text in zip(self._columns, texts, strict=True):
            word = lexicon.strip_space(text)
            if column.holds_units and lexicon.is_measure(word):
                return word
        return None

    def take_words(self, at: int, place: Place, text: str) -> None:
        """The words of the cell in column ``at``."""
        label = _read_label(text)
        if self._is_form:
            self._above.update(dict.fromkeys(range(at, at + place.colspan), label))
        if place.rowspan > 1:
            self._reaching[at] = (label, self._row + place.rowspan)
        self._add_label(label, place.rowspan > 1)

    def take_covered(self, at: int) -> None:
        """Column ``at`` is covered by a cell: perhaps one that begins above."""
        label, end = self._reaching.get(at, (NO_LABEL, 0))
        if self._row < end:
            self._add_label(label, True)

    def name_unit(self, at: int, written: str) -> str | None:
        """The unit of the number in column ``at``, behind which ``written`` stands as its own."""
        self._is_behind_number = True
        column, above, label = self._columns[at], self._above.get(at, NO_LABEL), self._label
        stated = written or column.unit or self._read_row_unit(column)
        if stated:
            return stated
        # What is counted in a unit of its own does not take the unit that the table states.
        if above.unit or above.has_own_unit:
            return above.unit
        if label.unit or label.has_own_unit:
            return label.unit
        return None if column.has_own_unit else self._of_table

    def _read_row_unit(self, column: Column) -> str | None:
        """The unit that the row states of the numbers in a column."""
        is_meant = column.has_own_unit or not self._some_have_own
        return self._of_row if is_meant else None

    def _add_label(self, label: Label, reaches_down: bool) -> None:
        """Labels in a row add up until a number; then what reaches over several rows still holds."""
        if reaches_down and label.unit:
            self._around = label
        before = self._around if self._is_behind_number else self._label
        self._label = replace(label, unit=label.unit or before.unit)
        self._is_behind_number = False


def _read_label(text: str) -> Label:
    """The unit that the words of a cell state, and whether they are counted in one of their own."""
    words = lexicon.strip_space(text)
    return Label(headers.read_unit(words), lexicon.is_match("headers", "own", words))
