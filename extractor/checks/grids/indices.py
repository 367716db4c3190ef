"""Rates of the narrative whose table tells them as indices: 食品价格上涨8.0%, in the table 108.0 (上年=100)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from itertools import chain

from msgspec import Struct

from extractor import patterns
from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.checks.grids.labels import clean_label, read_words
from extractor.checks.grids.told import is_of_time, is_rate
from extractor.claims.vocabulary import normalize_name
from extractor.model import Claim, Table, TableCell

# What changed by more is no price: such a number is no index.
LOWEST, HIGHEST = 20, 500
# The narrative tells a table if so many of its rates stand there, and so many times more than do not.
HABIT, OFTEN = 3, 3

_expression = partial(patterns.fragment, "relations/prices")


class Indexed(Struct, frozen=True):
    """A rate with the index of its name; ``is_sure`` says that the narrative tells this table, all but this rate."""

    rate: Claim
    index: Amount
    is_sure: bool


def find_indices(book: Book) -> Iterator[Indexed]:
    """The rates of change of things that a table of indices has a row for."""
    rates: dict[str, list[Claim]] = {}
    for claim in filter(is_rate, book.claims):
        rates.setdefault(_name(claim.metric or ""), []).append(claim)
    for table in book.tables if rates else ():
        yield from _judge(list(_pair(book, table, rates)))


def _pair(book: Book, table: Table, rates: Mapping[str, Sequence[Claim]]) -> Iterator[tuple[Claim, Amount]]:
    """The rates that a table of indices has a row for, each with the index of its time."""
    for label, cell, index in _list_indices(book, table):
        yield from ((rate, index) for rate in rates.get(label, ()) if is_of_time(cell, rate))


def _name(words: str) -> str:
    """What a price is of, without the words for prices and indices."""
    return str(_expression("of_prices").sub("", clean_label(normalize_name(words))))


def _list_indices(book: Book, table: Table) -> Iterator[tuple[str, TableCell, Amount]]:
    """The one index of each row of a table of indices, with the row's name."""
    if not _expression("of_hundred").search(" ".join(_list_heads(table))):
        return
    for at in range(table.header_rows, len(table.rows)):
        row = table.rows[at]
        cells = ((cell, book.cell(table, at, column)) for column, cell in enumerate(row) if cell.value is not None)
        indices = [(cell, index) for cell, index in cells if index and LOWEST < index.exact < HIGHEST]
        if len(indices) == 1:
            yield _name(read_words(cell for cell in row if cell.value is None)), *indices[0]


def _list_heads(table: Table) -> Iterator[str]:
    yield table.title or ""
    yield from (cell.text for cell in chain.from_iterable(table.rows[: table.header_rows]))


def _judge(told: list[tuple[Claim, Amount]]) -> Iterator[Indexed]:
    held = [_holds(rate, index) for rate, index in told]
    votes = Counter(held)
    is_habit = votes[True] >= HABIT and votes[True] >= OFTEN * votes[False]
    yield from (
        Indexed(rate, index, is_habit) for (rate, index), same in zip(told, held, strict=True) if same or is_habit
    )


def _holds(rate: Claim, index: Amount) -> bool:
    change = Fraction(rate.value) * (-1 if rate.direction == "decrease" else 1)
    return index.exact == 100 + change
