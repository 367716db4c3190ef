"""The header of a table: how many of its first rows it takes, and what it says of each column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.tables import lexicon, numbers
from extractor.tables.grids import Place

# A header of more rows than this is none.
MOST_ROWS = 8
# Labels of a statement whose header cannot be told are looked for in so many rows.
FIRST_ROWS = 15

Rows = Sequence[Sequence[Place]]
Texts = Sequence[Sequence[str]]


class Column(NamedTuple):
    """What heads a column: its labels from the top down, and what they make of the numbers below."""

    labels: tuple[str, ...]
    unit: str | None
    is_code: bool
    has_own_unit: bool
    holds_units: bool


def count(rows: Rows, texts: Texts) -> int:
    """How many of the first rows head the columns; 0 for a form, whose labels stand beside their values."""
    if not rows or _is_form(rows[0], texts[0]):
        return 0
    end = _merged(rows, texts)
    if end >= len(rows) and len(rows) > 1 and not _labelled(texts):
        return 0
    if any(_has_number(row) for row in texts[:end]):
        return 0
    numbered = end < len(texts) and _is_numbering(texts[end])
    if not (numbered or end > 1 or _labelled(texts[:end]) or _heads_numbers(texts, end)):
        return 0
    return end + numbered


def is_certain(rows: Rows, texts: Texts) -> bool:
    """Whether the first rows are a header by their own words, whatever stands below."""
    return _labelled(texts[:1]) and not _has_number(texts[0]) and count(rows, texts) > 0


def _merged(rows: Rows, texts: Texts) -> int:
    """The end of the first row and of those that its merged cells reach over or unite."""
    end = _reach(rows, 1)
    while end < min(len(rows), MOST_ROWS) and _divides(rows[end - 1], texts[end]):
        end = _reach(rows, end + 1)
    return end


def _reach(rows: Rows, end: int) -> int:
    """``end``, or the end of the cells in the rows before it that go further down."""
    at = 0
    while at < min(end, len(rows)):
        end = max(end, at + max(place.rowspan for place in rows[at]))
        at += 1
    return min(end, len(rows))


def _divides(above: Sequence[Place], below: Sequence[str]) -> bool:
    """Whether a row without numbers has several labels below a cell that unites columns, but not all of them."""
    if _has_number(below) or _is_numbering(below):
        return False
    return any(
        1 < place.colspan < len(above) and sum(map(bool, below[at : at + place.colspan])) > 1
        for at, place in enumerate(above)
    )


def _has_number(texts: Sequence[str]) -> bool:
    return any(
        numbers.read(text).what in ("number", "malformed") and not lexicon.matches("headers", "year", text)
        for text in texts
    )


def _is_form(places: Sequence[Place], texts: Sequence[str]) -> bool:
    """Whether the first row is a label with its value beside it."""
    filled = [text for text in texts if text]
    if len(filled) > 4 or len(filled) < 2 or not lexicon.matches("headers", "form", lexicon.bare(filled[0])):
        return False
    return len(filled) == 2 or lexicon.matches("headers", "form", lexicon.bare(filled[2]))


def _is_numbering(texts: Sequence[str]) -> bool:
    """Whether a row numbers the columns: its cells count up, or its label says so."""
    filled = [text for text in map(lexicon.bare, texts) if text]
    if len(filled) < 2 or not all(lexicon.matches("headers", "numbering", text) for text in filled):
        return False
    counted = [int(digits) for text in filled if (digits := text.partition("=")[0]).isdecimal()]
    ascending = counted == list(range(1, len(counted) + 1))
    return ascending and (len(counted) > 2 or any(lexicon.matches("headers", "numbers", text) for text in filled))


def _labelled(texts: Texts) -> bool:
    """Whether at least two cells hold what only headers hold, or the first of three or more does."""
    cells = [lexicon.bare(text) for row in texts for text in row if text]
    found = [lexicon.matches("headers", "label", cell) for cell in cells]
    return sum(found) > 1 or (len(found) > 2 and found[0])


def _heads_numbers(texts: Texts, end: int) -> bool:
    """Whether a column behind the first has a label, and the first thing below it is a number."""
    below = texts[end : end + FIRST_ROWS]
    for at, label in enumerate(texts[end - 1][1:], start=1):
        first = next((row[at] for row in below if row[at] and numbers.read(row[at]).what != "empty"), "")
        if label and _has_number([first]):
            return True
    return False


# ── what the header says ─────────────────────────────────────────────────────────────────────────────────


def columns(rows: Rows, texts: Texts, header: int) -> tuple[Column, ...]:
    """What heads each column of a table with so many header rows."""
    labels = _labels(rows[:header], texts)
    ordinal = not labels[0] and _counts_up([row[0] for row in texts[header:]])
    return tuple(_column(found, at == 0 and ordinal) for at, found in enumerate(labels))


def _labels(header: Rows, texts: Texts) -> list[list[str]]:
    """For each column the labels of the cells that cover it, from the top down, but those that number it."""
    width = len(texts[0]) if texts else 0
    found: list[list[str]] = [[] for _ in range(width)]
    numbering = {at for at in range(len(header)) if _is_numbering(texts[at])}
    for row, column, place in _places(header):
        if row in numbering:
            continue
        if text := lexicon.bare(texts[row][column]):
            for covered in range(column, min(column + place.colspan, width)):
                found[covered].append(text)
    return found


def _places(rows: Rows) -> Iterator[tuple[int, int, Place]]:
    """The places that hold a cell, with their row and column."""
    for at, row in enumerate(rows):
        yield from ((at, column, place) for column, place in enumerate(row) if place.rowspan)


def _column(labels: list[str], ordinal: bool) -> Column:
    stated = [found for label in reversed(labels) if (found := unit(label))]
    return Column(
        labels=tuple(labels),
        unit=stated[0] if stated else None,
        is_code=ordinal or any(lexicon.matches("headers", "code", label) for label in labels),
        has_own_unit=bool(labels) and lexicon.matches("headers", "own", labels[-1]),
        holds_units=bool(labels) and lexicon.matches("headers", "units", labels[-1]),
    )


def _counts_up(texts: Sequence[str]) -> bool:
    """Whether a column numbers its rows."""
    filled = [text for text in texts if text]
    return len(filled) > 1 and filled == [str(number) for number in range(1, len(filled) + 1)]


def unit(label: str) -> str | None:
    """The unit that a label states of the numbers beside or below it.

    >>> unit("金额（万元）"), unit("占比(%)"), unit("因公出国（境）费")
    ('万元', '%', None)
    """
    for found in lexicon.expression("headers", "brackets").finditer(lexicon.bare(label)):
        word: str = numbers.PERCENT.get(found["unit"], found["unit"])
        if lexicon.is_unit(word):
            return word
    return None


def labels(texts: Texts, header: int) -> str:
    """The labels that tell which statement a table is: ``项目|合计|基本支出|项目支出|``."""
    rows = texts[: header or FIRST_ROWS]
    return "".join(f"{lexicon.bare(text)}|" for row in rows for text in row if text)
