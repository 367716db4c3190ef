"""Events told one by one: 事故56起、死亡30人、受伤58人。其中甲类7起、死亡7人、受伤2人。乙类49起、死亡23人、受伤56人.

Each event is told with what goes with it, under its own name and that of the attribute: a record. Where records behind
one add up to it in two of their attributes, or in one of many digits, they are all there are, and the other attributes
add up as well. Records of one kind may stand below a record behind the first: the kinds of one kind of accident.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from msgspec import Struct

from extractor.amounts.book import Book
from extractor.amounts.interval import total
from extractor.amounts.misprints import count_digits, is_stroke
from extractor.checks.relations.groups import Group, is_average
from extractor.model import Claim

PATTERN = "checks/sum.row_end"
# Names of events of one kind end in the same two characters at least: 事故, 案件.
ALIKE = 2
# So many records are read below a head, from the first or from one of the next two on.
LONGEST, BEGINNINGS = 26, 3
# A total of so many digits is hardly the sum of a whole column of three by chance; a slip is told of such ones only.
TELLING, MANY = 3, 3
# Two columns of two numbers add up by chance in no document.
COLUMNS = 2


class Record(Struct, frozen=True):
    """An event with what goes with it, by what its name adds to that of the event; the event itself is ``""``."""

    key: Claim
    told: Mapping[str, Claim]


class Column(Struct, frozen=True):
    """What a head tells of one attribute, and what the records below tell of it; ``is_full`` where all of them do."""

    total: Claim
    parts: tuple[Claim, ...]
    is_full: bool


def find_records(book: Book) -> Iterator[Group]:
    """The attributes of every event that those of the events behind it make up."""
    for line in _list_lines(book):
        records = list(_read_records(line))
        for at, head in enumerate(records):
            if len(head.told) > 1:
                yield from _find_below(book, head, records[at + 1 : at + 1 + LONGEST])


def _list_lines(book: Book) -> Iterator[list[Claim]]:
    """The levels of each section that may be added up, in document order."""
    for claims in book.sections.values():
        yield [claim for claim in claims if claim.kind == "level" and claim.is_one_told and not is_average(claim)]


def _read_records(levels: Sequence[Claim]) -> Iterator[Record]:
    """Levels as events, each with the levels behind it that are called by its name and more."""
    at = 0
    while at < len(levels):
        key = levels[at]
        behind = list(takewhile(lambda one, key=key: _is_told_of(key, one), levels[at + 1 :]))  # type: ignore[misc]
        told = {(one.metric or "").removeprefix(key.metric or ""): one for one in (key, *behind)}
        yield Record(key, told)
        at += 1 + len(behind)


def _is_told_of(key: Claim, one: Claim) -> bool:
    """Whether a level is an attribute of an event: called by its name and more, in its sentence."""
    name = key.metric or ""
    if not name or one.sentence != key.sentence or one.metric == name:
        return False
    return (one.metric or "").startswith(name)


def _find_below(book: Book, head: Record, behind: Sequence[Record]) -> Iterator[Group]:
    """The columns of as many records behind a head as make it up; none where the digits do not say so."""
    rows = list(takewhile(lambda row: _is_alike(head, row), behind))
    for first in range(min(BEGINNINGS, len(rows))):
        for end in range(len(rows), first + 1, -1):
            columns = _read_columns(head, rows[first:end])
            if _are_certain(book, columns):
                yield from (_make_group(column) for column in columns if _may_add_up(book, column))
                return


def _is_alike(head: Record, row: Record) -> bool:
    """Whether a record is of an event of a head's kind: counted in its unit, with a name that ends like its own."""
    one, other = head.key.metric or "", row.key.metric or ""
    return row.key.base_unit == head.key.base_unit and one[-ALIKE:] == other[-ALIKE:]


def _read_columns(head: Record, rows: Sequence[Record]) -> list[Column]:
    columns = (_read_column(total, [row.told.get(name) for row in rows]) for name, total in head.told.items())
    return [column for column in columns if column.parts]


def _read_column(head: Claim, told: Sequence[Claim | None]) -> Column:
    parts = tuple(filter(None, told))
    return Column(head, parts, len(parts) == len(told))


# ── what the digits say ──────────────────────────────────────────────────────────────────────────────────────────────


def _are_certain(book: Book, columns: Sequence[Column]) -> bool:
    """Whether two columns add up, or one of many digits or of parts that words link to their total."""
    adding = [column for column in columns if _adds_up_exactly(book, column)]
    return len(adding) >= COLUMNS or any(map(_is_certain, adding))


def _adds_up_exactly(book: Book, column: Column) -> bool:
    """Whether several exact numbers that are not nothing are all of their total."""
    amounts = [book.amount(part) for part in column.parts]
    if any(amount.vague for amount in (*amounts, book.amount(column.total))):
        return False
    return sum(bool(amount.exact) for amount in amounts) > 1 and _adds_up(book, column)


def _is_certain(column: Column) -> bool:
    if {part.part_of for part in column.parts} == {column.total.id}:
        return True
    return count_digits(column.total.value) >= TELLING and len(column.parts) >= MANY


def _adds_up(book: Book, column: Column) -> bool:
    parts = total(book.amount(part).rounded for part in column.parts)
    return book.amount(column.total).rounded.meets(parts)


def _may_add_up(book: Book, column: Column) -> bool:
    """Whether a column adds up, or one of many digits would but for one digit."""
    if _adds_up(book, column):
        return True
    parts = [book.amount(part) for part in column.parts]
    return count_digits(column.total.value) >= TELLING and is_stroke(book.amount(column.total), parts)


def _make_group(column: Column) -> Group:
    return Group(column.total, column.parts, column.is_full, True, "structure", PATTERN)
