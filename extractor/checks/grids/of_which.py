"""Cells of forms whose own label makes them some of the number above: 执行数：17.60, below it 其中-财政拨款：16.20."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.amounts.amount import RATIO, Amount
from extractor.amounts.book import Book
from extractor.amounts.layout import expression
from extractor.model import TableCell

# Rates of parts may be higher than that of their total, and a number without a unit may be one.
UNKNOWN = frozenset(("", RATIO))


def find_of_which(book: Book) -> Iterator[tuple[Amount, Amount]]:
    """Each number of a form with a label of its own that makes it some of the number above, and that one."""
    for table in book.tables:
        for row, (above, cells) in enumerate(pairwise(table.rows), 1):
            for column in _list_labelled(cells):
                if column in _list_labelled(above) and _is_of_which(cells, column) > _is_of_which(above, column):
                    part, whole = book.cell(table, row, column), book.cell(table, row - 1, column)
                    if part and whole and UNKNOWN.isdisjoint((part.base, whole.base)):
                        yield part, whole


def _is_of_which(cells: Sequence[TableCell], column: int) -> bool:
    """Whether the words in front of a number make it some of another."""
    return bool(expression("of_which").search(cells[column - 1].text))


def _list_labelled(cells: Sequence[TableCell]) -> list[int]:
    """The columns of a row whose numbers have labels of their own, where several have."""
    found = [column for column in range(1, len(cells)) if _is_labelled(cells, column)]
    return found if len(found) > 1 else []


def _is_labelled(cells: Sequence[TableCell], column: int) -> bool:
    """Whether a number has words right in front of it, and no other number behind it that could have the same ones."""
    label, number, *behind = cells[column - 1 : column + 2]
    if number.value is None or label.value is not None or not label.text:
        return False
    return not behind or behind[0].value is None
