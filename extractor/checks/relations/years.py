"""Totals of several years: a list that begins with one year's part goes on in the sentences behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.amounts.book import Book
from extractor.checks.relations.groups import OPENER, TOGETHER, Group
from extractor.model import Claim

# Parts of several years are called alike from the beginning on: the length of a word.
WORD = 2


def find_by_year(book: Book, linked: Sequence[Group]) -> Iterator[Group]:
    """Totals with one linked part that is of one year, and the parts of the other years behind it."""
    for group in linked:
        if len(group.parts) != 1 or not _is_of_one_year(group):
            continue
        first = group.parts[0]
        later = _find_later(book, first)
        if later:
            yield Group(group.whole, (first, *later), False, True, "structure", OPENER)


def _is_of_one_year(group: Group) -> bool:
    """Whether the first part is of a year that is not the total's."""
    year = _find_year(group.parts[0])
    if year is None:
        return False
    return year != _find_year(group.whole)


def _find_later(book: Book, first: Claim) -> list[Claim]:
    """The parts of other years behind the first one, in its section."""
    start = book.find_index(first) + 1
    later: list[Claim] = []
    for claim in book.claims[start : start + TOGETHER]:
        if claim.section == first.section and _is_other_year(first, claim):
            later.append(claim)
    return later


def _find_year(claim: Claim) -> str | None:
    """The year that the text itself says a claim is of; None where it is of none or of several."""
    period = claim.period
    if period is None:
        return None
    if period.start is None or period.end is None:
        return None
    year = period.start[:4]
    is_one = year == period.end[:4] and year in period.text
    return year if is_one else None


def _is_other_year(first: Claim, claim: Claim) -> bool:
    """Whether a claim is another year's part: planned or done as the first, of one unit, named alike."""
    if claim.part_of or claim.kind != "level":
        return False
    if _read_likeness(claim) != _read_likeness(first):
        return False
    return _find_year(claim) not in (None, _find_year(first))


def _read_likeness(claim: Claim) -> tuple[str, str, str]:
    """What parts of several years have in common."""
    return claim.role, claim.base_unit, (claim.metric or "")[:WORD]
