"""Lists that go on behind their end: a mark closes them, and other things are told behind it."""

from __future__ import annotations

import msgspec

from extractor import patterns
from extractor.amounts.book import Book
from extractor.checks.relations.complements import is_divided
from extractor.checks.relations.groups import Group, has_full_sum


def take_beginning(book: Book, group: Group) -> Group | None:
    """A list up to the first mark that closes it, where it is its total or has all its sides."""
    closes = patterns.fragment("checks/sum", "closes").search
    for count in range(2, len(group.parts)):
        before, behind = group.parts[count - 1 : count + 1]
        if closes(book.text, before.end, behind.start):
            one = msgspec.structs.replace(group, parts=group.parts[:count])
            return one if has_full_sum(book, one) or _has_all_sides(book, one, group) else None
    return None


def _has_all_sides(book: Book, one: Group, group: Group) -> bool:
    """Whether the beginning of a list divides its total, and something behind it is more than that."""
    whole = book.amount(group.whole).exact
    behind = group.parts[len(one.parts) :]
    return is_divided(one.parts) and any(book.amount(part).exact > whole for part in behind)
