"""Numbers that another one bounds: what is owed and what may be, a side of a budget and all of that side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from operator import itemgetter

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.names import Facets, is_disjoint
from extractor.checks.narrative.chains import is_of_side, list_lines
from extractor.checks.narrative.containing import LEVEL, drop_level, list_parts_of
from extractor.checks.relations.clauses import is_origin, read_lead, read_since
from extractor.checks.relations.times import has_same_year
from extractor.model import Claim

# A ceiling stands among so many amounts in front of its balance: two divisions by level, each by kind.
NEAREST = 12
SIDES = ("income", "expenditure")

_expression = partial(patterns.fragment, "checks/limit")


class Debt(Struct, frozen=True):
    """What is owed, how much may be owed, and the rate of the two where it is told.

    A ceiling that was handed down (``is_given``) may be that of the year alone.
    """

    balance: Claim
    ceiling: Claim
    rate: Claim | None
    is_given: bool


def find_debts(book: Book) -> Iterator[Debt]:
    """Every balance with the nearest ceiling in front of it of its kind, level and year."""
    for levels in book.told_levels.values():
        ceilings: list[Claim] = []
        for one in levels:
            if _is_called(book, one, "ceiling"):
                ceilings.append(one)
            elif _is_called(book, one, "balance"):
                yield from _find_debt(book, one, ceilings[-NEAREST:])


def _find_debt(book: Book, balance: Claim, before: Sequence[Claim]) -> Iterator[Debt]:
    """A balance with the nearest ceiling, one that was approved before one that was handed down."""
    bounding = [(_is_said(book, one, "given"), one) for one in reversed(before) if _bounds(book, one, balance)]
    for is_given, one in sorted(bounding, key=itemgetter(0))[:1]:
        yield Debt(balance, one, _find_rate(book, balance), is_given)


def _is_called(book: Book, claim: Claim, name: str) -> bool:
    """Whether a number of the narrative is a balance, or a ceiling; or of a kind that is a part of one."""
    if claim.cell:
        return False
    if _expression(name).search(claim.metric or ""):
        return True
    whole = book.claim[claim.part_of] if claim.part_of else None
    return bool(
        whole and _expression("kind").search(claim.metric or "") and _expression(name).search(whole.metric or "")
    )


def _bounds(book: Book, ceiling: Claim, balance: Claim) -> bool:
    """Whether a number is the ceiling of a balance: both of one kind, or of none, and of one level."""
    if is_origin(book, ceiling) or not has_same_year(ceiling, balance):
        return False
    if _is_said(book, ceiling, "new"):
        return False
    if _read_kind(ceiling) != _read_kind(balance):
        return False
    return _read_level(book, ceiling) == _read_level(book, balance)


def _is_said(book: Book, claim: Claim, name: str) -> bool:
    """Whether the words of a number, or of what it is a part of, say something of it."""
    said = _expression(name).search
    return any(said((one.metric or "") + read_lead(book, one)) for one in _list_wholes(book, claim))


def _list_wholes(book: Book, claim: Claim) -> list[Claim]:
    """A number, and what it is a part of."""
    return [claim, book.claim[claim.part_of]] if claim.part_of else [claim]


def _read_kind(claim: Claim) -> str | None:
    found = _expression("kind").search(claim.metric or "")
    return found["kind"] if found else None


def _read_level(book: Book, claim: Claim) -> str | None:
    """The level of government of a number, else that of what it is a part of."""
    own = dict(book.amount(claim).scope).get("level")
    whole = book.claim[claim.part_of] if claim.part_of else None
    return _read_level(book, whole) if whole and not own else own


def _find_rate(book: Book, balance: Claim) -> Claim | None:
    """The rate behind a balance that is of its ceiling."""
    behind = book.find_index(balance) + 1
    for one in book.claims[behind : behind + 1]:
        if one.dimension == "percent" and _expression("of_ceiling").search(read_lead(book, one)):
            return one
    return None


def find_sides(book: Book) -> Iterator[tuple[Claim, Claim]]:
    """The first number of a side behind the last total, and all of that side with what is added without being told."""
    for line in list_lines(book):
        start = 0
        for at, total in enumerate(line):
            if _expression("beyond").search(read_since(book, total)):
                parts = (part for part in line[start:at] if _are_of_side(book, part, total))
                yield from ((part, total) for part in islice(parts, 1))
                start = at + 1


def _are_of_side(book: Book, part: Claim, total: Claim) -> bool:
    """Whether two numbers are of one side of an account, one of them no part of another."""
    if part.part_of or is_disjoint(*_read_scopes(book, part, total)):
        return False
    return any(is_of_side(book, side, part) and is_of_side(book, side, total) for side in SIDES)


def _read_scopes(book: Book, part: Claim, total: Claim) -> tuple[Facets, Facets]:
    """The scopes of two numbers; without their levels where the first is of a level within that of the other."""
    one, two = book.amount(part).scope, book.amount(total).scope
    levels = [dict(scope).get(LEVEL, "") for scope in (one, two)]
    is_within = levels[0] in list_parts_of(levels[1])[1]
    return (drop_level(one), drop_level(two)) if is_within else (one, two)
