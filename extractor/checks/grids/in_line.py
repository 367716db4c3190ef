"""Numbers that a sentence tells of one row, or column, of a form of counts, whatever it calls them.

One of them may stand in a form by chance, several with so many digits in one line of it do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from extractor.amounts.amount import Amount, read_in_unit
from extractor.amounts.book import Book
from extractor.checks.grids.grid import Grid, read_grids
from extractor.model import Claim

# So many numbers of a sentence, with so many digits, are no chance; a number of one digit is.
FEWEST, TELLING, LEAST = 4, 10, 10

Place = tuple[int, int]
InGrid = tuple[Grid, Mapping[int, Place]]


class InLine(NamedTuple):
    """A number of the narrative, and the cell that has it."""

    claim: Claim
    cell: Amount


def find_in_lines(book: Book) -> Iterator[InLine]:
    """The numbers of each sentence that stand in one line of a table of whole numbers without a unit."""
    grids = [grid for grid in book.view(read_grids).values() if _is_of_counts(grid)]
    lines = [(grid, line) for grid in grids for line in _list_lines(grid)]
    for claims in book.sentences if lines else ():
        counted = {int(claim.value): claim for claim in claims if _is_count(claim)}
        if len(counted) >= FEWEST:
            yield from _find_best(book, counted, lines)


def _find_best(book: Book, counted: Mapping[int, Claim], lines: Sequence[InGrid]) -> Iterator[InLine]:
    """The numbers of a sentence in the line that has most of them, if it has enough."""
    weights = [_weigh(counted, line) for _, line in lines]
    most = max(weights)
    if most >= TELLING:
        yield from _read(book, counted, *lines[weights.index(most)])


def _is_of_counts(grid: Grid) -> bool:
    numbers = [number for row in grid.numbers for number in row.values()]
    return grid.scale == 1 and all(number.step == 1 and not number.kind for number in numbers)


def _is_count(claim: Claim) -> bool:
    """Whether a claim of the narrative is one whole number of things, of more than one digit."""
    is_one = claim.is_one_told and claim.kind == "level" and not claim.approximation
    return is_one and claim.dimension == "count" and claim.value.isdecimal() and int(claim.value) >= LEAST


def _list_lines(grid: Grid) -> Iterator[Mapping[int, Place]]:
    """The columns and rows of a table, each as where in it a number stands first."""
    columns: dict[int, dict[int, Place]] = {}
    for row, numbers in zip(grid.rows, grid.numbers, strict=True):
        yield {numbers[column].value: (row, column) for column in sorted(numbers, reverse=True)}
        for column, number in numbers.items():
            columns.setdefault(column, {}).setdefault(number.value, (row, column))
    yield from columns.values()


def _weigh(counted: Mapping[int, Claim], line: Mapping[int, Place]) -> int:
    """How many digits the numbers have that stand in a line; none where they are few."""
    shared = counted.keys() & line.keys()
    return sum(len(str(value)) for value in shared) if len(shared) >= FEWEST else 0


def _read(book: Book, counted: Mapping[int, Claim], grid: Grid, line: Mapping[int, Place]) -> Iterator[InLine]:
    for value in sorted(counted.keys() & line.keys(), key=lambda value: counted[value].start):
        cell = book.cell(grid.table, *line[value])
        if cell is not None:
            yield InLine(counted[value], read_in_unit(cell, book.amount(counted[value]).unit))
