"""Totals that stand behind their parts: 甲村100万元、乙村200万元，共计300万元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import takewhile

from extractor.amounts.book import Book
from extractor.checks.relations.clauses import is_origin, read_lead
from extractor.checks.relations.groups import Group, expression, is_average
from extractor.model import Claim

CLOSING = "relations/parts.closing"
# More lines above a total are hardly all of its parts.
MOST = 26


def is_closing(book: Book, claim: Claim) -> bool:
    """Whether the words in front of a number call it the total of those in front."""
    return claim.kind == "level" and bool(expression("closing").search(read_lead(book, claim)))


def find_closed(book: Book) -> Iterator[Group]:
    """Each total right behind levels of its unit, the only ones of its sentence, that are parts of no other total."""
    for sentence in book.sentences:
        for at, whole in enumerate(sentence):
            if at > 1 and is_closing(book, whole) and not whole.cell and not is_average(whole):
                yield from _close(book, whole, sentence[:at])


def _close(book: Book, whole: Claim, before: Sequence[Claim]) -> Iterator[Group]:
    """A total with the levels right in front of it; those of other units tell what its parts are of."""
    told = list(takewhile(_is_level, reversed(before)))[::-1]
    parts = tuple(one for one in told if one.base_unit == whole.base_unit)
    others = before[: len(before) - len(told)]
    if len(parts) < 2 or any(one.base_unit == whole.base_unit for one in others):
        return
    if all(map(partial(_is_part, book, whole), parts)):
        yield Group(whole, parts, True, True, "words", CLOSING, linked=True)


def _is_level(claim: Claim) -> bool:
    return claim.kind == "level"


def find_closed_lines(book: Book) -> Iterator[Group]:
    """Each total that words call that of what stands above (以上资金合计), with all levels in front in its section."""
    for whole in filter(partial(_is_of_above, book), book.claims):
        before = book.find_levels_before(whole, MOST + 1)
        parts = tuple(one for one in before if _is_part(book, whole, one))
        if 1 < len(parts) == len(before) <= MOST:
            yield Group(whole, parts, True, True, "structure", CLOSING, linked=True)


def _is_of_above(book: Book, claim: Claim) -> bool:
    """Whether the words in front of a number call it the total of the lines above."""
    return is_closing(book, claim) and not claim.cell and bool(expression("above").search(read_lead(book, claim)))


def _is_part(book: Book, whole: Claim, one: Claim) -> bool:
    """Whether a level is of a total's unit and role, and no part of another nor taken off."""
    if one.part_of or is_origin(book, one) or expression("taken_off").search(read_lead(book, one)):
        return False
    return (one.base_unit, one.role) == (whole.base_unit, whole.role)
