"""Where the numbers of a document stand, in the order of their values: claims of the narrative, and cells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import islice
from operator import attrgetter

from msgspec import Struct

from extractor.amounts.amount import find_base
from extractor.amounts.book import Book
from extractor.amounts.interval import Interval
from extractor.amounts.misprints import count_digits
from extractor.model import Claim, Table, TableCell
from extractor.quantities import units

# Of the places that tell one number so many are asked.
MOST = 24
# Numbers are looked up by whole steps, so many to one of the base unit: rates have decimals.
STEPS = 1_000_000


class Place(Struct, frozen=True):
    """Where a number stands: as a claim of the narrative, or in a cell."""

    key: int
    claim: Claim | None = None
    table: Table | None = None
    row: int = 0
    column: int = 0


Places = Mapping[str, Sequence[Place]]
"""Where numbers stand, by their base unit, in the order of their values."""


def find_key(number: Fraction) -> int:
    """A number in whole steps."""
    return number.numerator * STEPS // number.denominator


def sort_places(places: Iterable[tuple[str, Place]]) -> Places:
    """Some places by the base unit that each comes with."""
    found: dict[str, list[Place]] = {}
    for unit, place in places:
        found.setdefault(unit, []).append(place)
    return {unit: sorted(alike, key=attrgetter("key")) for unit, alike in found.items()}


def find_within(places: Sequence[Place], allowed: Interval) -> Iterator[Place]:
    """The places of numbers that are allowed, those with the smallest numbers first."""
    if allowed.low is None or allowed.high is None:
        return iter(())
    first = bisect_left(places, find_key(allowed.low), key=attrgetter("key"))
    last = bisect_right(places, find_key(allowed.high), key=attrgetter("key"))
    return islice(places, first, min(last, first + MOST))


def list_cells(book: Book, asked: Iterable[str], fewest: int) -> Iterator[tuple[str, Place]]:
    """The cells of the bodies of all tables with so many digits at least, in the base units that are asked for."""
    wanted = frozenset(asked)
    for table in book.tables:
        for row in range(table.header_rows, len(table.rows)):
            for column, cell in enumerate(table.rows[row]):
                unit = find_base(cell.unit or "") if cell.value and count_digits(cell.value) >= fewest else ""
                if unit in wanted:
                    yield unit, Place(_read_key(cell), None, table, row, column)


@cache
def _find_scale(unit: str) -> Fraction:
    return Fraction(units.factor(unit)) * STEPS


def _read_key(cell: TableCell) -> int:
    """The value of a cell in whole steps."""
    scale = _find_scale(cell.unit or "")
    if scale.denominator == 1:
        return int(Decimal(cell.value or 0) * scale.numerator)
    return int(Fraction(cell.value or 0) * scale)
