"""Totals of the sides of accounts whose lists leave nothing out: 总收入300亿元，其中：…；总支出300亿元，其中：…."""

from __future__ import annotations

from extractor.amounts.book import Book
from extractor.checks.narrative.chains import is_called
from extractor.checks.relations.groups import Group, has_full_sum
from extractor.checks.relations.parts import find_groups

# So many lists of sides that add up show that those of a document leave nothing out.
HABIT = 3
# A list of so many parts is hardly one of examples.
LIST = 3


def is_full_side(book: Book, group: Group) -> bool:
    """Whether a list is one of all of a side, and such lists leave nothing out elsewhere in the document."""
    if not is_of_side(book, group):
        return False
    full, others = book.view(_count_sides)
    return full >= HABIT and others <= 1


def is_of_side(book: Book, group: Group) -> bool:
    """Whether words hand the total of a side on to its list: such lists leave nothing out in most reports."""
    return group.linked and len(group.parts) >= LIST and is_called(book, "whole", group.whole)


def _count_sides(book: Book) -> tuple[int, int]:
    """How many lists of all of a side add up, and how many do not."""
    sides = [has_full_sum(book, group) for group in find_groups(book) if is_of_side(book, group)]
    return sides.count(True), sides.count(False)
