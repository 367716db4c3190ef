"""Figures of the narrative that stand again, in another sentence or in a table, under other words.

A number of many digits is hardly the same by chance; it is the same figure if the words say so as well: names that
end alike or have a term in common. Converted and rounded numbers are the same, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from operator import attrgetter

from msgspec import Struct

from extractor import patterns
from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.layout import is_total
from extractor.amounts.misprints import count_digits
from extractor.amounts.names import is_disjoint, normalize_name
from extractor.amounts.once import once_a_book
from extractor.checks.narrative.places import Place, Places, find_key, find_within, list_cells, sort_places
from extractor.checks.relations.clauses import name_with_lead
from extractor.checks.relations.times import has_same_year
from extractor.model import Claim, Table, TableCell

# Numbers of fewer digits are the same by chance; levels of so many need all of a name, of the fewest the same one.
FEWEST, SHORT, FEW = 4, 3, 2
# With so many digits a word in common is enough; with so many no word is needed, as nothing else speaks against it.
UNIQUE, SOLE = 5, 6
# With so many a number of another fund or level is still the same: what one pays is all that the other does.
CERTAIN = 8
# Under one heading chance has less to choose from: a number counts as one with a digit more; one of enough digits does
# so again within so many numbers.
NEAR, BESIDE = 1, 12
# A word has two characters; a term has so many, and one that says all of what a number is of so many.
WORD, TERM, PHRASE = 2, 4, 6
# So many places of a number are held against one another at most.
JOINED = 6
# Accounts tell a budget beside what was spent of it, which is another figure though it may be the same number.
SPENT = "accounts"


class Again(Struct, frozen=True):
    """A number of the narrative, and those of other sentences that tell it too."""

    claim: Claim
    others: tuple[Claim, ...]


def find_told_again(book: Book) -> tuple[Again, ...]:
    """Each number of the narrative that other sentences tell, too."""
    return book.view(_find_told_again)


def _find_told_again(book: Book) -> tuple[Again, ...]:
    claims = book.view(_list_asked)
    told = sort_places((claim.base_unit, Place(find_key(book.amount(claim).exact), claim)) for claim in claims)
    found = (Again(claim, tuple(_list_told_again(book, told, claim))) for claim in claims)
    return tuple(again for again in found if again.others)


def _list_told_again(book: Book, told: Places, claim: Claim) -> Iterator[Claim]:
    same = (place.claim for place in _find_places(book, told, claim) if place.claim)
    return (one for one in same if is_told_again(book, one, claim))


@once_a_book
def find_again(book: Book) -> Iterator[tuple[Claim, Amount]]:
    """Each number of the narrative with the other sentences, and with one cell, that tell it too."""
    for places in _join_told_again(book):
        yield from ((one, book.amount(other)) for one, other in _pair(places))
    claims = [claim for claim in book.view(_list_asked) if count_digits(claim.value) >= FEWEST]
    written = sort_places(list_cells(book, {claim.base_unit for claim in claims}, FEWEST))
    for claim in claims:
        cells = (_read_place(book, claim, place) for place in _find_places(book, written, claim))
        yield from ((claim, cell) for cell in islice(filter(None, cells), 1))


def _join_told_again(book: Book) -> Iterator[tuple[Claim, ...]]:
    """The places that tell one number, in the order of the document, but for what was joined before."""
    joined: list[frozenset[str]] = []
    for again in find_told_again(book):
        near = sorted(again.others, key=lambda one: abs(one.start - again.claim.start))[: JOINED - 1]
        places = frozenset(map(attrgetter("id"), (again.claim, *near)))
        if not any(places <= one for one in joined):
            joined.append(places)
            yield tuple(sorted((again.claim, *near), key=attrgetter("start")))


def _pair(places: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Each place with the one in front of it, with the last one of its kind and with the first."""
    for at, place in enumerate(places[1:]):
        alike = next((one for one in reversed(places[: at + 1]) if one.kind == place.kind), places[0])
        yield from ((place, one) for one in dict.fromkeys((places[at], alike, places[0])))


def _list_asked(book: Book) -> list[Claim]:
    return [claim for claim in book.claims if _is_asked(book, claim)]


def _is_asked(book: Book, claim: Claim) -> bool:
    """Whether a claim of the narrative is one exact number of enough digits."""
    if not claim.is_one_told:
        return False
    fewest = FEW if claim.kind == "level" and claim.dimension != "duration" else FEWEST
    return count_digits(claim.value) >= fewest and not book.amount(claim).vague


def _find_places(book: Book, places: Places, claim: Claim) -> Iterator[Place]:
    """The places of numbers that a claim's digits may stand for, those with the smallest numbers first."""
    return find_within(places.get(claim.base_unit, ()), book.amount(claim).rounded)


# ── the same words ───────────────────────────────────────────────────────────────────────────────────────────────────


def is_told_again(book: Book, one: Claim, other: Claim) -> bool:
    """Whether two numbers of different sentences, one of which rounds to the other, are of one thing by their words."""
    if not _may_be_one(one, other) or not _are_apart(book, one, other):
        return False
    if one.role != other.role and book.genre == SPENT:
        return False
    if not has_same_year(one, other) or _are_of_other_scope(book, one, other):
        return False
    digits = _count_telling(book, one, other)
    if digits <= SHORT:
        names = normalize_name(one.metric or ""), normalize_name(other.metric or "")
        return _is_called_alike(*names) or (digits == SHORT and _is_short_told(*names))
    return digits >= SOLE or are_alike(name_with_lead(book, one), name_with_lead(book, other), digits)


def _are_of_other_scope(book: Book, one: Claim, other: Claim) -> bool:
    """Whether two numbers are of two levels or funds; with so many digits they are the same at both by no chance."""
    if min(count_digits(claim.value) for claim in (one, other)) >= CERTAIN:
        return False
    return is_disjoint(book.amount(one).scope, book.amount(other).scope)


def _may_be_one(one: Claim, other: Claim) -> bool:
    """Whether two numbers go one way; what was added (新增3.8万元) may be told as a level, too."""
    if one.direction == other.direction:
        return True
    return {one.kind, other.kind} == {"level", "change_amount"} and "decrease" not in (one.direction, other.direction)


def _count_telling(book: Book, one: Claim, other: Claim) -> int:
    """The digits that two numbers have in common, and one more for what leaves chance less to choose from."""
    digits = min(count_digits(one.value), count_digits(other.value))
    if one.section == other.section:
        digits += NEAR
        if digits > FEWEST and abs(book.find_index(one) - book.find_index(other)) <= BESIDE:
            digits += NEAR
    return digits


def has_same_words(book: Book, one: Claim, other: Claim) -> bool:
    """Whether two numbers are one by their names, whatever their digits say."""
    digits = min(count_digits(one.value), count_digits(other.value))
    return are_alike(name_with_lead(book, one), name_with_lead(book, other), digits)


def _are_apart(book: Book, one: Claim, other: Claim) -> bool:
    """Whether two numbers stand in different sentences, or in parts of one that call them by the same term.

    What a list tells side by side is of different things, unless it names one more than once.
    """
    if one.sentence != other.sentence:
        return True
    first, second = sorted((one, other), key=attrgetter("start"))
    if not patterns.fragment("checks/sum", "apart").search(book.text, first.end, second.start):
        return False
    return has_common(normalize_name(one.metric or ""), normalize_name(other.metric or ""), TERM)


def are_alike(one: str, other: str, digits: int) -> bool:
    """Whether two names say that a number of so many digits is one figure.

    >>> are_alike("一般公共预算收入总计", "支出总计", 4), are_alike("新增非机动车道", "新改扩建自行车道", 4)
    (True, True)
    >>> are_alike("民生支出", "收入总计", 4), are_alike("争取新增债券额度", "发行新增地方政府债券", 5)
    (False, True)
    """
    first, second = normalize_name(one), normalize_name(other)
    if first[-WORD:] == second[-WORD:] and first:
        return True
    return has_common(first, second, WORD if digits >= UNIQUE else TERM) or _are_left(first, second)


def _are_left(one: str, other: str) -> bool:
    """Whether both names are of what is left, which is carried over: 年终结余, 结转下年支出."""
    is_left = patterns.fragment("checks/repeat", "left").search
    return bool(is_left(one) and is_left(other))


def _is_called_alike(one: str, other: str) -> bool:
    """Whether two names are the same but for what they call money.

    >>> _is_called_alike("人员支出", "人员经费"), _is_called_alike("公务接待支出", "公务用车支出")
    (True, False)
    """
    drop = patterns.fragment("checks/repeat", "side").sub
    return min(len(one), len(other)) >= TERM and drop("", one) == drop("", other)


def _is_short_told(one: str, other: str) -> bool:
    """Whether one of two names says all of the other, or both end in a phrase.

    >>> _is_short_told("广东地区新增专项债务限额", "本次下达新增专项债务限额"), _is_short_told("办公费", "工程费")
    (True, False)
    """
    return _is_within(one, other) or (len(one) > PHRASE and one[-PHRASE:] == other[-PHRASE:])


def _is_within(one: str, other: str) -> bool:
    """Whether one of two names is a term, and the other is that with more words in front or behind.

    >>> _is_within("财政总支出", "全年财政总支出"), _is_within("上级体制补助", "上级专项补助")
    (True, False)
    """
    short, long = sorted((one, other), key=len)
    return len(short) >= TERM and (long.startswith(short) or long.endswith(short))


def has_common(one: str, other: str, length: int) -> bool:
    """Whether two names have so many characters in a row in common."""
    parts = {one[at : at + length] for at in range(len(one) - length + 1)}
    return any(other[at : at + length] in parts for at in range(len(other) - length + 1))


# ── cells ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _read_place(book: Book, claim: Claim, place: Place) -> Amount | None:
    """The amount of a cell that its labels call what a claim is called."""
    if place.table is None or (claim.role == "budget" and book.genre == SPENT):
        return None
    amount = book.cell(place.table, place.row, place.column)
    if amount is None or is_disjoint(book.amount(claim).scope, amount.scope):
        return None
    names = _name_cell(place.table, place.table.rows[place.row][place.column])
    digits = min(count_digits(claim.value), count_digits(f"{amount.value:f}"))
    return amount if _is_called(name_with_lead(book, claim), names, digits) else None


def _name_cell(table: Table, cell: TableCell) -> list[str]:
    """The names of a cell, that of its row in front; a total is of what its table is called, too."""
    row = str(cell.row_label or "").rpartition("/")[2]
    title = table.title if is_total(row) else None
    return [row, *filter(None, (title, str(cell.column_label or "")))]


def _is_called(name: str, labels: Sequence[str], digits: int) -> bool:
    """Whether labels are what a number is called; of the many numbers of tables few digits are the same by chance."""
    if digits >= UNIQUE:
        return any(are_alike(name, label, digits) for label in labels)
    label = normalize_name(labels[0])
    is_row = len(label) >= WORD and normalize_name(name).endswith(label)
    return is_row or any(has_common(name, normalize_name(one), TERM) for one in labels)
