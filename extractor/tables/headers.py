"""The header of a table: how many of its first rows it takes, and what it says of each column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from msgspec import Struct

from extractor.tables import lexicon, numbers
from extractor.tables.grids import Place

# A header of more rows than this is none: of 1,073 tables at hand all but one have four at most.
MOST_ROWS = 8
# A label and its value, twice: 项目名称, 主管部门.
FORM_CELLS = 4
# Labels of a statement whose header cannot be told are looked for in so many rows.
FIRST_ROWS = 15

Rows = Sequence[Sequence[Place]]
Texts = Sequence[Sequence[str]]


class Column(Struct, frozen=True):
    """What heads a column: its labels from the top down, and what they make of the numbers below."""

    labels: tuple[str, ...]
    unit: str | None
    is_code: bool
    has_own_unit: bool
    holds_units: bool


def count_rows(rows: Rows, texts: Texts) -> int:
    """How many of the first rows head the columns; 0 for a form, whose labels stand beside their values."""
    if not rows or _is_form(texts[0]):
        return 0
    end = _find_end(rows, texts)
    is_all = end >= len(rows) > 1
    if is_all and not _has_labels(texts):
        return 0
    if any(map(_has_number, texts[:end])):
        return 0
    if end < len(texts) and _is_numbering(texts[end]):
        return end + 1
    return end if end > 1 or _is_head(texts, end) else 0


def _is_head(texts: Texts, end: int) -> bool:
    """Whether rows are heads by their own words, or by the numbers below them."""
    return _has_labels(texts[:end]) or _heads_numbers(texts, end)


def is_certain(rows: Rows, texts: Texts) -> bool:
    """Whether the first rows are a header by their own words, whatever stands below."""
    if not _has_labels(texts[:1]) or _has_number(texts[0]):
        return False
    return count_rows(rows, texts) > 0


# ── merged cells ─────────────────────────────────────────────────────────────────────────────────────────


def _find_end(rows: Rows, texts: Texts) -> int:
    """The end of the first row and of those that its merged cells reach over or unite."""
    end = _reach_down(rows, 1)
    while end < min(len(rows), MOST_ROWS) and _divides(rows[end - 1], texts[end]):
        end = _reach_down(rows, end + 1)
    return end


def _reach_down(rows: Rows, end: int) -> int:
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
    for at, place in enumerate(above):
        parts = list(filter(None, below[at : at + place.colspan]))
        if place.colspan < len(above) and len(parts) > 1:
            return True
    return False


# ── words of heads ───────────────────────────────────────────────────────────────────────────────────────


def _has_number(texts: Sequence[str]) -> bool:
    return any(map(_is_number, texts))


def _is_number(text: str) -> bool:
    """Whether a cell holds a number, or should; a year is a label."""
    if numbers.read_cell(text).what not in ("number", "malformed"):
        return False
    return not lexicon.is_match("headers", "year", text)


def _is_form(texts: Sequence[str]) -> bool:
    """Whether the first row is a label with its value beside it, or two such pairs."""
    filled = list(filter(None, texts))
    if not 1 < len(filled) <= FORM_CELLS:
        return False
    labels = map(lexicon.strip_space, filled[::2])
    return all(lexicon.is_match("headers", "form", label) for label in labels)


def _is_numbering(texts: Sequence[str]) -> bool:
    """Whether a row numbers the columns: its cells count up, or its label says so."""
    filled = list(filter(None, map(lexicon.strip_space, texts)))
    if len(filled) < 2:
        return False
    for text in filled:
        if not lexicon.is_match("headers", "numbering", text):
            return False
    # 4=1+2 numbers the fourth column.
    firsts = [text.partition("=")[0] for text in filled]
    counted = list(filter(str.isdecimal, firsts))
    if not _counts_up(counted):
        return False
    return len(counted) > 2 or any(lexicon.is_match("headers", "numbers", text) for text in filled)


def _counts_up(texts: Sequence[str]) -> bool:
    """Whether numerals are 1, 2, 3 and so on."""
    return list(map(int, texts)) == list(range(1, len(texts) + 1))


def _has_labels(texts: Texts) -> bool:
    """Whether at least two cells hold what only headers hold, or the first of three or more does."""
    cells = map(lexicon.strip_space, filter(None, chain.from_iterable(texts)))
    found = [lexicon.is_match("headers", "label", cell) for cell in cells]
    return sum(found) > 1 or (len(found) > 2 and found[0])


def _heads_numbers(texts: Texts, end: int) -> bool:
    """Whether a column behind the first has a label, and the first thing below it is a number."""
    labels, body = texts[end - 1], texts[end : end + FIRST_ROWS]
    for column, label in enumerate(labels):
        below = (row[column] for row in body)
        if column and label and _is_number(_find_filled(below)):
            return True
    return False


def _find_filled(cells: Iterable[str]) -> str:
    """The first cell that is not empty, and no dash that stands for nothing."""
    for cell in cells:
        if cell and numbers.read_cell(cell).what != "empty":
            return cell
    return ""


# ── what the header says ─────────────────────────────────────────────────────────────────────────────────


def read_columns(rows: Rows, texts: Texts, header: int) -> tuple[Column, ...]:
    """What heads each column of a table with so many header rows."""
    labels = _collect_labels(rows[:header], texts)
    firsts = [row[0] for row in texts[header:]]
    names_rows = bool(labels) and not labels[0] and (_is_ordinals(firsts) or are_codes(firsts))
    return tuple(_read_column(found, names_rows and at == 0) for at, found in enumerate(labels))


def _collect_labels(header: Rows, texts: Texts) -> list[list[str]]:
    """For each column the labels of the cells that cover it, from the top down, but those that number it."""
    width = len(texts[0]) if texts else 0
    found: list[list[str]] = [[] for _ in range(width)]
    for places, cells in zip(header, texts, strict=False):
        if _is_numbering(cells):
            continue
        for column, place in enumerate(places):
            label = lexicon.strip_space(cells[column])
            if label and place.rowspan:
                for labels in found[column : column + place.colspan]:
                    labels.append(label)
    return found


def _read_column(labels: Sequence[str], names_rows: bool) -> Column:
    """What the labels of a column make of its numbers; ``names_rows`` says that they count or code its rows."""
    last = labels[-1] if labels else ""
    stated = filter(None, map(read_unit, reversed(labels)))
    return Column(
        labels=tuple(labels),
        unit=next(stated, None),
        is_code=names_rows or any(lexicon.is_match("headers", "code", label) for label in labels),
        has_own_unit=lexicon.is_match("headers", "own", last),
        holds_units=lexicon.is_match("headers", "units", last),
    )


def _is_ordinals(texts: Sequence[str]) -> bool:
    """Whether a column numbers its rows."""
    filled = list(filter(None, texts))
    return len(filled) > 1 and filled == list(map(str, range(1, len(filled) + 1)))


def are_codes(texts: Sequence[str]) -> bool:
    """Whether a column holds the codes of accounts, some of them in parts that are set apart.

    >>> are_codes(["208", "208 05", "208 05 01", ""]), are_codes(["208", "210", "212"]), are_codes(["208", "2 080"])
    (True, False, False)
    """
    filled = list(filter(None, texts))
    are_of_parts = any(len(text.split()) > 1 for text in filled)
    return are_of_parts and all(lexicon.is_match("headers", "account_code", text) for text in filled)


def read_unit(label: str) -> str | None:
    """The unit that a label states of the numbers beside or below it.

    >>> read_unit("金额（万元）"), read_unit("占比(%)"), read_unit("因公出国（境）费")
    ('万元', '%', None)
    """
    for found in lexicon.load_expression("headers", "brackets").finditer(lexicon.strip_space(label)):
        word: str = numbers.PERCENT.get(found["unit"], found["unit"])
        if lexicon.is_unit(word):
            return word
    return None


def join_labels(texts: Texts, header: int) -> str:
    """The labels that tell which statement a table is: ``项目|合计|基本支出|项目支出|``."""
    rows = texts[: header or FIRST_ROWS]
    filled = filter(None, chain.from_iterable(rows))
    return "".join(f"{lexicon.strip_space(text)}|" for text in filled)
