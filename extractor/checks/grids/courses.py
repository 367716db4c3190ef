"""Rows of years, and sentences that say how they went: 2023－2025年，公司营业总收入波动下降."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import regex

from extractor import patterns
from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.layout import is_total
from extractor.checks.grids.labels import clean_label, read_first
from extractor.claims.vocabulary import normalize_name
from extractor.model import Table

# A name and the years in front of it stand within so many characters in front of their course.
REACH = 48
# Fewer characters name no row, and fewer years are no course.
SHORTEST, FEWEST = 3, 3
# A label that stands in more rows says nothing.
MOST = 12

Rows = Mapping[str, list[tuple[Table, int]]]
Years = Mapping[int, Amount]

_expression = partial(patterns.fragment, "checks/course")


def find_rows_of_years(book: Book) -> Iterator[tuple[list[Amount], regex.Match[str], bool]]:
    """The numbers of each row that a sentence names with its course, in the order of their years, and the words.

    A row that is not what its name says is sure to be meant only if no other has the name, and the years are told.
    """
    rows: Rows | None = None
    for match in _expression("course").finditer(book.text):
        named = _read_named(book.text, match.start())
        if named:
            rows = _index_rows(book) if rows is None else rows
            found = [years for years in _list_years(book, rows, named) if len(years) >= FEWEST]
            span = _expression("span").search(named[0])
            told = [_cut_span(years, span) for years in found]
            for years, is_sure in _choose(told, match, span is not None):
                yield years, match, is_sure


def _read_named(text: str, at: int) -> tuple[str, str] | None:
    """The clause in front of the one that ends at a place, and the words of that one."""
    start = max(text.rfind("\n", 0, at) + 1, at - REACH)
    *before, clause = _expression("mark").split(text[start:at])
    name = normalize_name(_expression("named").sub("", clause))
    return (before[-1] if before else "", name) if len(name) >= SHORTEST else None


def _list_years(book: Book, rows: Rows, named: tuple[str, str]) -> Iterator[Years]:
    """The numbers by year of the rows that are called as the words end, whoever these say they are of."""
    name = named[1]
    for start in range(len(name) - SHORTEST + 1):
        found = rows.get(name[start:])
        if found:
            is_named = len(found) <= MOST and _expression("whose").fullmatch(name[:start])
            yield from (_read_years(book, *place) for place in (found if is_named else ()))
            return


def _read_years(book: Book, table: Table, row: int) -> Years:
    """The numbers of a row in the columns of whole years, of each year the first."""
    years: dict[int, Amount] = {}
    for column, year in _find_year_columns(table):
        amount = book.cell(table, row, column)
        if amount:
            years.setdefault(year, amount)
    return years


def _find_year_columns(table: Table) -> Iterator[tuple[int, int]]:
    """The columns that are headed by nothing but a whole year."""
    for column in range(len(table.rows[0]) if table.rows else 0):
        heads = [table.rows[row][column].text for row in range(table.header_rows)]
        match = _expression("whole_year").fullmatch(normalize_name("".join(heads[-1:])))
        if match:
            yield column, int(match["year"])


def _cut_span(years: Years, span: regex.Match[str] | None) -> list[Amount]:
    """The numbers of the years that a sentence names, in their order; none where one is missing."""
    first, last = (int(span["first"]), int(span["last"])) if span else (min(years), max(years))
    wanted = range(first, last + 1)
    return [years[year] for year in wanted] if all(year in years for year in wanted) else []


def _choose(
    told: Sequence[list[Amount]], match: regex.Match[str], is_dated: bool
) -> Iterator[tuple[list[Amount], bool]]:
    """The rows that may be meant, each value once; one is sure to be that is alone in its name."""
    different = {tuple(amount.exact for amount in amounts): amounts for amounts in told if len(amounts) >= FEWEST}
    for amounts in different.values():
        yield amounts, is_dated and len(different) == 1


def _index_rows(book: Book) -> Rows:
    """The rows of all tables with years, by their labels."""
    rows: dict[str, list[tuple[Table, int]]] = {}
    for table in book.tables:
        for row in range(table.header_rows, len(table.rows)) if any(_find_year_columns(table)) else ():
            label = clean_label(read_first(table, row))
            if len(label) >= SHORTEST and not is_total(label):
                rows.setdefault(label, []).append((table, row))
    return rows
