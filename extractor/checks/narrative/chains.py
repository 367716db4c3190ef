"""Sides of a budget as narratives tell them: 收入A，加上B、C，收入总计D; 支出E，加上F，支出总计D, 年终结转G.

What is added up stands between the number that words add to (加上) and the total; without such words it is the list in
front of the total. Both totals of an account are the same but for what is left over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise, product

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.misprints import count_digits
from extractor.amounts.names import is_disjoint
from extractor.amounts.once import once_a_book
from extractor.checks.relations.clauses import name_with_lead, read_lead, read_since
from extractor.model import Claim
from extractor.sought import seek

# A total is made up of so many numbers in front of it at most.
LONGEST = 26
# So many numbers in front of it may be added that are told behind a list of parts.
TRAILING = 4
# A total of fewer digits is met by one of many readings.
TELLING = 4
# Behind a total so many numbers may tell of it before words say how it stands to the other side: its growth, its plan.
BEHIND = 3

_expression = partial(patterns.fragment, "relations/sides")
Parts = tuple[Claim, ...]


class Chain(Struct, frozen=True):
    """A total with what is added up, in each way in which it may be read, the likeliest first."""

    total: Claim
    readings: tuple[Parts, ...]
    is_added: bool
    """Whether words say that one number is added to another, and not only that the last one is a total."""
    is_open: bool = False
    """Whether words behind the last number leave something out: 调入资金66亿元等，总收入…."""


@once_a_book
def list_lines(book: Book) -> Iterator[list[Claim]]:
    """The exact levels of the narrative by section and unit, those of one line of the text together."""
    for claims in book.levels.values():
        line: list[Claim] = []
        for claim in filter(_is_told, claims):
            if line and book.has_border(line[-1].end, claim.start):
                yield line
                line = []
            line.append(claim)
        yield line


def _is_told(claim: Claim) -> bool:
    return claim.is_one_told and not claim.approximation


def is_called(book: Book, name: str, claim: Claim) -> bool:
    """Whether the words right in front of a number call it so."""
    return bool(seek("relations/sides", name).search(read_lead(book, claim)))


def is_of_side(book: Book, name: str, claim: Claim) -> bool:
    """Whether a number is of one side of an account, by its words or its metric."""
    return bool(_expression(name).search(name_with_lead(book, claim)))


# ── totals ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def find_chains(book: Book) -> Iterator[Chain]:
    """Every total of the narrative with what is told in front of it in its line."""
    for line in list_lines(book):
        start = 0
        for at, claim in enumerate(line):
            before = line[max(start, at - LONGEST) : at]
            if is_called(book, "total", claim):
                yield from _find_chain(book, before, claim)
                start = at + 1
            elif start and is_called(book, "carried", claim):
                yield from _find_closed(book, line[start - 1], before, claim)


def _find_closed(book: Book, income: Claim, before: Sequence[Claim], carried: Claim) -> Iterator[Chain]:
    """The total of income as expenditure, what is added to that, and what is carried over behind it."""
    if before and is_of_side(book, "income", income) and is_of_side(book, "expenditure", before[0]):
        for chain in _find_chain(book, before, income):
            readings = tuple((*parts, carried) for parts in chain.readings)
            yield Chain(income, readings, chain.is_added, chain.is_open)


def _find_chain(book: Book, before: Sequence[Claim], total: Claim) -> Iterator[Chain]:
    """The numbers in front of a total, from the one that words add to on; else those of one sentence."""
    added = [place for place, one in enumerate(before) if _is_added(book, one)]
    if added and added[0]:
        readings = _list_readings(before[: added[0]], before[added[0] :], total)
        yield Chain(total, readings, True, bool(_expression("open").match(book.text, before[-1].end)))
        return
    beside = [one for one in before if one.sentence == before[-1].sentence]
    tops = _take_tops(beside)
    if len(tops) > 1:
        yield Chain(total, (tops, tuple(beside)), False)


def _is_added(book: Book, claim: Claim) -> bool:
    """Whether words in front of a number, since the number before, say that it is added to that."""
    return bool(_expression("added").search(read_since(book, claim)))


def _list_readings(bases: Sequence[Claim], added: Sequence[Claim], total: Claim) -> tuple[Parts, ...]:
    """What is added up by what it is added to, the nearest that is no part first; with parts of parts, or without.

    A list of parts may seem to take in what is added behind it; a total of few digits is met by chance.
    """
    nearest = sorted(bases, key=lambda one: (one.part_of is not None, -one.start))
    tops = _take_tops(added)
    longest = min(TRAILING, len(added)) if count_digits(total.value) >= TELLING else 0
    behind = [added[-length:] for length in range(1, longest + 1)]
    further = [(*(one for one in tops if one.start < tail[0].start), *tail) for tail in behind]
    return tuple((base, *rest) for base, rest in product(nearest, (tops, tuple(added), *further)))


def _take_tops(claims: Sequence[Claim]) -> Parts:
    """Numbers without those that are parts of one of them."""
    inside = {claim.id for claim in claims}
    return tuple(claim for claim in claims if claim.part_of not in inside)


# ── both sides ───────────────────────────────────────────────────────────────────────────────────────────────────────


class Sides(Struct, frozen=True):
    """The totals of income and expenditure; ``are_balanced`` where words say that both are all of their side."""

    income: Claim
    expenditure: Claim
    are_balanced: bool


def find_sides(book: Book) -> tuple[Sides, ...]:
    """The totals of income and expenditure that follow one another in a section, with nothing left over behind them."""
    return book.view(_find_all_sides)


def _find_all_sides(book: Book) -> tuple[Sides, ...]:
    return tuple(_find_sides(book, "whole"))


def find_summed_sides(book: Book) -> Iterator[Sides]:
    """The sums of income and expenditure that follow one another: they need not be all of their side."""
    return _find_sides(book, "summed")


def _find_sides(book: Book, name: str) -> Iterator[Sides]:
    for claims in book.levels.values():
        told = list(filter(_is_told, claims))
        totals = [at for at, one in enumerate(told) if is_called(book, name, one)]
        for one, other in pairwise(totals):
            income, expenditure = told[one], told[other]
            if _are_sides(book, income, expenditure) and not _is_carried(book, told[other + 1 : other + 2]):
                yield Sides(income, expenditure, _are_balanced(book, income, expenditure))


def _are_balanced(book: Book, income: Claim, expenditure: Claim) -> bool:
    """Whether both totals are called all of their side, or words between them or behind them say that they are even."""
    if all(is_called(book, "balanced", total) for total in (income, expenditure)):
        return True
    following = book.claims[book.find_index(expenditure) + 1 :][:BEHIND]
    behind = next((one.start for one in following if one.kind == "level"), len(book.text))
    return bool(_expression("even").search(book.text, income.end, min(behind, book.find_border(expenditure.end))))


def _are_sides(book: Book, one: Claim, other: Claim) -> bool:
    """Whether two totals are of the two sides of one account."""
    if not is_of_side(book, "income", one) or not is_of_side(book, "expenditure", other):
        return False
    if _expression("apart").search(book.text, one.end, other.start):
        return False
    return not is_disjoint(book.amount(one).scope, book.amount(other).scope)


def _is_carried(book: Book, behind: Sequence[Claim]) -> bool:
    """Whether the next level behind a total is what is left over."""
    return any(is_called(book, "left", one) or is_called(book, "carried", one) for one in behind)


def find_both_sides(book: Book, change: Claim) -> Claim | None:
    """The last total in front that both sides of an account are, for a change that is told of both: 收支较上年增加."""
    if not _expression("both").search(change.metric or ""):
        return None
    before = [sides for sides in find_sides(book) if sides.expenditure.start < change.start]
    level = before[-1].expenditure if before else None
    is_one = level is not None and level.base_value == before[-1].income.base_value
    return level if level and is_one and level.section == change.section else None
