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
    parts = list(takewhile(partial(_is_part, book, whole), reversed(before)))
    others = before[: -len(parts)] if parts else before
    if len(parts) > 1 and all(one.base_unit != whole.base_unit for one in others):
        yield Group(whole, tuple(reversed(parts)), True, True, "words", CLOSING, linked=True)


def _is_part(book: Book, whole: Claim, one: Claim) -> bool:
    """Whether a number is a level of a total's unit and role, and no part of another."""
    if one.part_of or one.kind != "level" or is_origin(book, one):
        return False
    return (one.base_unit, one.role) == (whole.base_unit, whole.role)
