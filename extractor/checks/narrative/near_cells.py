"""Figures of the narrative that stand in a table but for one stroke, in a cell that has words of their names.

A cell of so many digits is one stroke from a number by chance once in a thousand times; of one that the words of its
row or column name as well, and that no cell has, it is no chance. Of 118 reports at hand, none has such a pair that is
not meant to be one figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.interval import rounded
from extractor.amounts.layout import is_total
from extractor.amounts.misprints import count_telling, list_misprints
from extractor.amounts.names import is_disjoint, normalize_name
from extractor.checks.narrative.again import has_common
from extractor.checks.narrative.places import Place, find_within, list_cells, sort_places
from extractor.checks.relations.clauses import name_with_lead
from extractor.checks.relations.complements import find_sides
from extractor.checks.relations.groups import expression, list_words
from extractor.checks.relations.reworded import count_in_turn
from extractor.model import Claim, Period, Table, TableCell
from extractor.scope import JOINT

# Numbers of fewer digits are one stroke from others by chance; those of so many need their whole label in their names.
FEWEST = 4
# So many characters in a row in common name a number by its digits: of levels in row or column, of rates in the row.
COMMON = 3
# A label of so many characters is named by a name that has all of it, and names end alike in so many.
SHORTEST, ENDING = 2, 4
# A cell has the number of a claim for its own where so many characters in a row are in the names of both.
WORD = 2
# A total is of what its table is called, which says so by so many pairs of characters: 公司 alone says nothing.
WORDS = 3
# A column may be called 2025.9, or 2024年末.
YEAR = re.compile("(?:19|20)[0-9]{2}")
RATES = ("change_rate", "rate", "share")


def find_near_cells(book: Book) -> Iterator[tuple[Claim, Amount]]:
    """Each number of the narrative that no cell of its words has, with the one that has it but for a stroke."""
    claims = [claim for claim in book.claims if _is_asked(book, claim)]
    cells = sort_places(list_cells(book, {claim.base_unit for claim in claims}, FEWEST))
    for claim in claims:
        alike = cells.get(claim.base_unit, ())
        near = [] if _is_told(book, alike, claim) else list(_list_near(book, alike, claim))
        if near and len({round(cell.exact / book.amount(claim).step) for cell in near}) == 1:
            yield claim, near[0]


def _is_asked(book: Book, claim: Claim) -> bool:
    """Whether a claim of the narrative is one exact number of enough digits with a name."""
    if claim.kind not in ("level", *RATES) or not (claim.is_one_told and claim.metric):
        return False
    return count_telling(claim.value) >= FEWEST and not book.amount(claim).vague


def _is_told(book: Book, cells: Sequence[Place], claim: Claim) -> bool:
    """Whether a cell whose labels have a word of a claim has its number."""
    name = normalize_name(name_with_lead(book, claim))
    told = (_read_labels(_read(place)) for place in find_within(cells, book.amount(claim).rounded))
    return any(has_common(name, label, WORD) for labels in told for label in labels)


def _list_near(book: Book, cells: Sequence[Place], claim: Claim) -> Iterator[Amount]:
    """The cells that have a number but for a stroke, and words of it; what differs in its last digit is rounded."""
    factor = book.amount(claim).factor
    strokes = (one for one in list_misprints(claim.value) if one[:-1] != claim.value[:-1])
    for stroke in strokes:
        for place in find_within(cells, rounded(Decimal(stroke), factor)):
            if place.table and _is_of_year(_read(place), claim) and _is_named(claim, place.table, _read(place)):
                amount = book.cell(place.table, place.row, place.column)
                if amount and not is_disjoint(book.amount(claim).scope, amount.scope):
                    yield amount


def _read(place: Place) -> TableCell:
    assert place.table is not None
    return place.table.rows[place.row][place.column]


def _read_labels(cell: TableCell) -> tuple[str, str]:
    """The names of the row and of the column of a cell."""
    row = str(cell.row_label or "").rpartition("/")[2]
    return normalize_name(row), normalize_name(str(cell.column_label or ""))


def _is_of_year(cell: TableCell, claim: Claim) -> bool:
    """Whether a cell is of a time that ends in the year of a claim, as far as both tell; its column tells it first."""
    told = _read_year(claim.period)
    named = set(YEAR.findall(str(cell.column_label or ""))) or {_read_year(cell.period or None)}
    return told is None or not named.isdisjoint({told, None})


def _read_year(period: Period | None) -> str | None:
    return (period.end or "")[:4] or None if period else None


def _is_named(claim: Claim, table: Table, cell: TableCell) -> bool:
    """Whether the labels of a cell say what a number is of: the fewer its digits, the more of them."""
    name, (row, column) = normalize_name(claim.metric or ""), _read_labels(cell)
    account = claim.scope.account.value.rpartition(JOINT)[2] if claim.scope.account else ""
    if account not in row or _are_of_two_sides(name, row):
        return False
    if is_total(row):
        return has_common(name, column, WORD) and _count_words(name, normalize_name(table.title or "")) >= WORDS
    if claim.kind in RATES:
        return has_common(name, row, COMMON)
    if count_telling(claim.value) > FEWEST:
        return has_common(name, row, COMMON) or has_common(name, column, COMMON)
    return _is_called(name, row)


def _count_words(name: str, title: str) -> int:
    """How many pairs of characters of a name stand in a title."""
    return len({name[at : at + WORD] for at in range(len(name) - WORD + 1) if name[at : at + WORD] in title})


def _are_of_two_sides(name: str, label: str) -> bool:
    """Whether a name and a label are of two sides, or say other things in brackets; a label need not say its side."""
    brackets = expression("bracket").findall
    if brackets(name) != brackets(label):
        return True
    told, labelled = ({side for side in list_words("opposed") if side in one} for one in (name, label))
    if told and labelled and told != labelled:
        return True
    first, second = find_sides(name), find_sides(label)
    return any(first[words] != second[words] for words in first.keys() & second.keys())


def _is_called(name: str, label: str) -> bool:
    """Whether a name has all of a label, or a label all of a name, or both end alike."""
    if len(label) >= SHORTEST and label in name:
        return True
    return len(name) >= ENDING and (name in label or name[-ENDING:] == label[-ENDING:] or _is_cut(name, label))


def _is_cut(name: str, label: str) -> bool:
    """Whether one of a name and a label is the other with a word more somewhere in it.

    >>> _is_cut("税收占比", "税收收入占比"), _is_cut("其他各类资金", "其他资金"), _is_cut("资产占比", "税收收入占比")
    (True, True, False)
    """
    short, long = sorted((name, label), key=len)
    return len(short) >= ENDING and len(long) - len(short) <= WORD and count_in_turn(short, long) == len(short)
