"""The totals of a table that the text in front of it tells: 计划总投资77.41亿元，尚需投资38.00亿元.

Such a total is called what the head of its column ends in. What is still to be invested stands in no cell: it is one
total less another.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import partial
from itertools import pairwise, takewhile
from operator import attrgetter

from msgspec import Struct

from extractor import patterns
from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.layout import is_total
from extractor.checks.grids.labels import clean_label, read_heads, read_words
from extractor.claims.vocabulary import normalize_name
from extractor.model import Claim, Table

# Names with so many last characters in common are of one thing: 计划总投资, 预计总投资.
ENDING = 3

_expression = partial(patterns.fragment, "checks/table")


class Left(Struct, frozen=True):
    """What is still to come of a total of a table, with that total and what of it was spent."""

    claim: Claim
    whole: Amount
    taken: Amount


def list_totalled(book: Book, claim: Claim) -> Iterator[tuple[Table, int, int]]:
    """The cells of totals, by table, row and column, that a level in front of their table is called like."""
    table = _find_next(book, claim) if claim.kind == "level" else None
    if table is None:
        return
    name = normalize_name(claim.metric or "")
    for column, head in read_heads(table).items():
        if _count_ending(name, _expression("measure").sub("", head)) >= ENDING:
            yield from ((table, row, column) for row in _list_totals(table) if table.rows[row][column].value)


def _find_next(book: Book, claim: Claim) -> Table | None:
    """The first table behind a claim, if it is of the claim's section."""
    at = bisect_left(book.tables, claim.end, key=attrgetter("start"))
    table = next(iter(book.tables[at : at + 1]), None)
    return table if table and table.section == claim.section else None


def _list_totals(table: Table) -> list[int]:
    """The rows of a table that are called its total."""
    rows = range(table.header_rows, len(table.rows))
    return [row for row in rows if is_total(clean_label(read_words(c for c in table.rows[row] if c.value is None)))]


def _count_ending(one: str, other: str) -> int:
    """How many last characters two names have in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(reversed(one), reversed(other), strict=False)))


def find_left(book: Book) -> Iterator[Left]:
    """What is still to be invested, right behind all that is to be, which is the total of a table behind both."""
    for sentence in book.sentences:
        for whole, left in pairwise(sentence):
            if left.is_one_told and _expression("to_come").search(book.text[whole.end : left.start]):
                yield from _find_left(book, whole, left)


def _find_left(book: Book, told: Claim, claim: Claim) -> Iterator[Left]:
    """The totals of which a level and the one in front of it are the rest and the whole."""
    for table, row, column in list_totalled(book, told):
        whole = book.cell(table, row, column)
        spent = [at for at, head in read_heads(table).items() if _expression("spent").search(head)]
        taken = [book.cell(table, row, at) for at in spent if table.rows[row][at].value]
        if whole and len(taken) == 1 and taken[0] and taken[0].base == whole.base == book.amount(claim).base:
            yield Left(claim, whole, taken[0])
