"""Tables told in words: 总指标71亿元，已用62亿元。其中：甲39亿元，已用34亿元；乙32亿元，已用28亿元.

A sentence tells several amounts, and items behind it tell the same ones again, each for a part of all. The amounts of
one name are a column, whose first one is the total of the others. Where the digits of one column say that the items
are all parts there are, the other columns of these items add up as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import combinations, takewhile

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.interval import total
from extractor.amounts.misprints import count_digits, is_stroke
from extractor.checks.relations.groups import Group, is_average
from extractor.model import Claim

PATTERN = "checks/sum.row_end"
# A row tells two amounts at least and so many at most; so many rows are read below a head.
NARROWEST, WIDEST, LONGEST = 2, 6, 26
# Names that are one attribute end in the same two characters at least.
ALIKE = 2
# A total of so many digits is hardly the sum of a whole column by chance.
TELLING = 3

_expression = partial(patterns.fragment, "checks/sum")

Row = Sequence[Claim]


class Column(Struct, frozen=True):
    """A total of a head with the amounts of its name in the rows below; ``is_full`` where every row has one."""

    total: Claim
    parts: tuple[Claim, ...]
    is_full: bool


def find_columns(book: Book) -> Iterator[Group]:
    """The columns below every sentence that items repeat, where the digits of one of them say that they are parts."""
    for levels in book.told_levels.values():
        rows = list(_split_rows(book, [level for level in levels if _may_add(book, level)]))
        behind = 0
        for at, head in enumerate(rows):
            if at >= behind and NARROWEST <= len(head) <= WIDEST:
                columns = _read_columns(book, head, rows[at + 1 : at + 1 + LONGEST])
                behind = at + 1 + max((len(column.parts) for column in columns), default=0)
                yield from (_make_group(column) for column in columns if _may_add_up(book, column))


def _may_add(book: Book, level: Claim) -> bool:
    """Whether a level is exact and adds up with others of its name."""
    return not (book.amount(level).vague or is_average(level))


def _split_rows(book: Book, claims: Sequence[Claim]) -> Iterator[Row]:
    """Levels in front of the same end of an item or a sentence."""
    row: list[Claim] = []
    for claim in claims:
        if row and _expression("row_end").search(book.text, row[-1].end, claim.start):
            yield row
            row = []
        row.append(claim)
    if row:
        yield row


# ── columns ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _read_columns(book: Book, head: Row, below: Sequence[Row]) -> list[Column]:
    """The columns of as many rows below a head as make it their total; none where the digits do not say so."""
    placed = list(takewhile(bool, (_place(head, row) for row in below)))
    for count in range(len(placed), 1, -1):
        columns = [_read_column(total, number, placed[:count]) for number, total in enumerate(head)]
        if _are_certain(book, columns):
            return [column for column in columns if len(column.parts) > 1]
    return []


def _read_column(head: Claim, number: int, rows: Sequence[dict[int, Claim]]) -> Column:
    parts = tuple(row[number] for row in rows if number in row)
    return Column(head, parts, len(parts) == len(rows))


def _place(head: Row, row: Row) -> dict[int, Claim]:
    """The amounts of a row by the amounts of the head that are called alike, in the same order; none if one is not."""
    if len(row) > len(head):
        return {}
    places = max(combinations(range(len(head)), len(row)), key=lambda places: _count_alike(head, row, places))
    if any(_count_ending(head[place], claim) < ALIKE for place, claim in zip(places, row, strict=True)):
        return {}
    return dict(zip(places, row, strict=True))


def _count_alike(head: Row, row: Row, places: Sequence[int]) -> int:
    return sum(_count_ending(head[place], claim) for place, claim in zip(places, row, strict=True))


def _count_ending(one: Claim, other: Claim) -> int:
    """In how many characters two names end alike."""
    pairs = zip(reversed(one.metric or ""), reversed(other.metric or ""), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


# ── what the digits say ──────────────────────────────────────────────────────────────────────────────────────────────


def _are_certain(book: Book, columns: Sequence[Column]) -> bool:
    """Whether a column of several rows adds up, or two of them do where there are two rows only."""
    certain = [column for column in columns if _is_certain(book, column)]
    return len(certain) > 1 or any(len(column.parts) > NARROWEST for column in certain)


def _is_certain(book: Book, column: Column) -> bool:
    """Whether a column of every row adds up, and its digits leave little chance of it."""
    if not column.is_full or count_digits(column.total.value) < TELLING:
        return False
    filled = sum(1 for part in column.parts if book.amount(part).exact)
    return filled > 1 and _adds_up(book, column)


def _adds_up(book: Book, column: Column) -> bool:
    parts = total(book.amount(part).rounded for part in column.parts)
    return book.amount(column.total).rounded.meets(parts)


def _may_add_up(book: Book, column: Column) -> bool:
    """Whether a column adds up, or would but for one digit."""
    parts = [book.amount(part) for part in column.parts]
    return _adds_up(book, column) or is_stroke(book.amount(column.total), parts)


def _make_group(column: Column) -> Group:
    return Group(column.total, column.parts, column.is_full, True, "structure", PATTERN)
