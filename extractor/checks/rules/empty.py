"""Tables that are called empty by the note below them, and are not."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

import regex

from extractor import patterns
from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.checks.engine.rule import Relation, Words
from extractor.model import Table

RULE = "empty"
# A note stands in its table, or so many characters behind it at most: a line or two.
NEAREST = 100


def find(book: Book) -> Iterator[Relation]:
    """The first number of each table that a note calls empty."""
    starts = [table.start for table in book.tables]
    for match in patterns.fragment(f"checks/{RULE}", "note").finditer(book.text):
        table = _find_table(book, starts, match.start())
        figure = _find_figure(book, table) if table else None
        if figure and not _is_supposed(book, match):
            yield Relation(RULE, "called", (("figure", figure),), facts={"words": Words(match[0], match[0])})


def _find_table(book: Book, starts: list[int], offset: int) -> Table | None:
    """The table that an offset stands in, or right behind."""
    at = bisect_right(starts, offset) - 1
    if at < 0 or offset - book.tables[at].end > NEAREST:
        return None
    return book.tables[at]


def _find_figure(book: Book, table: Table) -> Amount | None:
    """The first number of a table that is not 0."""
    for row in range(table.header_rows, len(table.rows)):
        for column, cell in enumerate(table.rows[row]):
            amount = book.cell(table, row, column) if cell.value is not None else None
            if amount and amount.value and amount.unit:
                return amount
    return None


def _is_supposed(book: Book, match: regex.Match[str]) -> bool:
    """Whether a note is for a case that may be."""
    line = book.text.rfind("\n", 0, match.start()) + 1
    return bool(patterns.fragment(f"checks/{RULE}", "supposed").search(book.text, line, match.start()))
