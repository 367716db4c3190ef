"""Totals with the parts that a text gives them, and how complete such a list claims to be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.amounts.book import Book
from extractor.checks.relations.closings import find_closed, find_closed_lines
from extractor.checks.relations.divided import find_divided
from extractor.checks.relations.groups import OPENER, Group
from extractor.checks.relations.itemised import find_itemised
from extractor.checks.relations.linked import find_linked
from extractor.checks.relations.listed import find_listed
from extractor.checks.relations.named import find_composed, find_shared
from extractor.checks.relations.years import find_by_year
from extractor.model import Claim


def find_groups(book: Book) -> tuple[Group, ...]:
    """Every total with parts: linked by the words of the text, by words that divide a whole, and by years."""
    return book.view(_find_groups)


def _find_groups(book: Book) -> tuple[Group, ...]:
    linked = tuple(find_linked(book))
    return (
        *linked,
        *_put_leaves(linked),
        *find_listed(book),
        *find_itemised(book),
        *find_divided(book),
        *find_by_year(book, linked),
        *find_composed(book),
        *find_closed(book),
        *find_closed_lines(book),
        *find_shared(book),
    )


def _put_leaves(linked: Sequence[Group]) -> Iterator[Group]:
    """Totals whose parts have parts of their own, with those in their place."""
    below = {group.whole.id: group.parts for group in linked if group.complete}
    for group in linked:
        leaves: list[Claim] = []
        for part in group.parts:
            leaves.extend(below.get(part.id, (part,)))
        if any(part.id in below for part in group.parts):
            yield Group(group.whole, tuple(leaves), False, False, "guess", OPENER)
