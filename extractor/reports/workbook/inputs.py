"""The inputs of the working papers: each number that a check computes with, once, as the formulas refer to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property

from msgspec import Struct

from extractor.amounts.amount import Amount
from extractor.amounts.interval import Interval
from extractor.model import Operand, Result
from extractor.reports.workbook.expressions import Cell, Expression, combine, refer, write_constant

Pair = tuple[Expression | None, Expression | None]
Key = tuple[str, int, int]
"""A claim's id with 0 and 0, or a table's with a row and a column."""
# The letters of the columns that formulas refer to, as ``entries.INPUTS`` orders them.
FACTOR, VALUE, LAST, LOW, HIGH = "E", "F", "G", "H", "I"


class Input(Struct, frozen=True, dict=True):
    """A number in its own row; ``last`` is the width of what its digits allow, in the unit in which it is written."""

    cell: Cell
    amount: Amount

    @cached_property
    def value(self) -> Fraction:
        """The number as written."""
        return Fraction(self.amount.value)

    @cached_property
    def last(self) -> Fraction:
        """One unit of its last digit: as wide as the interval around it; 0 for what is exact or lies at its end."""
        low, high = self.low, self.high
        if low is None or high is None or self.value - low != high - self.value:
            return Fraction(0)
        return high - low

    @cached_property
    def low(self) -> Fraction | None:
        """The least that its digits and words allow under rounding, as written."""
        return _scale(self.amount.rounded.low, self.amount)

    @cached_property
    def high(self) -> Fraction | None:
        """The greatest."""
        return _scale(self.amount.rounded.high, self.amount)

    def at(self, column: str) -> Cell:
        """The cell of another column in the row."""
        return Cell(self.cell.sheet, column, self.cell.row)

    @cached_property
    def _known(self) -> dict[Fraction, Expression]:
        """What a formula may refer to: the number as written, and its ends."""
        found = {self.value: refer(self.cell, self.value)}
        for column, end in ((LOW, self.low), (HIGH, self.high)):
            if end is not None:
                found.setdefault(end, refer(self.at(column), end))
        return found

    def write(self, wanted: Fraction) -> Expression:
        """A number beside the one written, as what its digits allow begins or ends with."""
        if wanted in self._known:
            return self._known[wanted]
        step = wanted - self.value
        sign, size = ("+", step) if step > 0 else ("-", -step)
        value, last = self.point, self.last
        return combine(sign, value, refer(self.at(LAST), last) if size == last else write_constant(size))

    @cached_property
    def point(self) -> Expression:
        """The number as written."""
        return self._known[self.value]

    @cached_property
    def _rounded(self) -> Pair:
        return self._write_ends(self.amount.rounded, self.amount.factor)

    @cached_property
    def _cut(self) -> Pair:
        return self._write_ends(self.amount.cut, self.amount.factor)

    def find_ends(self, interval: Interval, factor: Fraction) -> Pair:
        """The ends of an interval of the base unit, written in the unit that ``factor`` takes there.

        Those of the number itself are written once, for all checks that it is in.
        """
        if factor == self.amount.factor:
            if interval is self.amount.rounded:
                return self._rounded
            if interval is self.amount.cut:
                return self._cut
        return self._write_ends(interval, factor)

    def _write_ends(self, interval: Interval, factor: Fraction) -> Pair:
        low, high = interval.low, interval.high
        first = None if low is None else self.write(low / factor)
        return first, first if high is low else None if high is None else self.write(high / factor)


def _scale(end: Fraction | None, amount: Amount) -> Fraction | None:
    return None if end is None else end / amount.factor


def make_key(operand: Operand) -> Key:
    """What an operand is found by."""
    if operand.claim is not None:
        return operand.claim, 0, 0
    return operand.table or "", operand.row or 0, operand.column or 0


def list_inputs(result: Result, amounts: Iterable[Amount], sheet: str) -> dict[Key, Input]:
    """The inputs by what they are found by: claims as they stand in the text, then cells, column by column.

    The parts of a column's total stand below each other then, as one range.
    """
    known = {make_key(amount.operand): amount for amount in amounts}
    order = {key: at for at, key in enumerate(_list_places(result, known))}
    ranked = sorted(known, key=order.__getitem__)
    return {key: Input(Cell(sheet, VALUE, row), known[key]) for row, key in enumerate(ranked, 2)}


def _list_places(result: Result, known: Mapping[Key, Amount]) -> Iterator[Key]:
    yield from ((claim.id, 0, 0) for claim in result.claims)
    tables = {table.id: at for at, table in enumerate(result.tables)}
    cells = (key for key in known if key[0] in tables)
    yield from sorted(cells, key=lambda key: (tables[key[0]], key[2], key[1]))
