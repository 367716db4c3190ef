"""Totals with the parts that a text gives them, and how complete such a list claims to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extractor.amounts.book import Book
from extractor.checks.relations.among import find_among
from extractor.checks.relations.closings import find_closed, find_closed_lines
from extractor.checks.relations.divided import find_divided
from extractor.checks.relations.going_on import find_going_on
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
    linked, itemised = tuple(find_linked(book)), tuple(find_itemised(book))
    return (
        *linked,
        *_put_leaves(linked),
        *find_going_on(book, linked),
        *find_listed(book),
        *itemised,
        *find_divided(book),
        *find_by_year(book, linked),
        *_drop_listed(find_composed(book), itemised),
        *find_closed(book),
        *find_closed_lines(book),
        *find_shared(book),
        *find_among(book),
    )


def _drop_listed(groups: Iterable[Group], listed: Sequence[Group]) -> Iterator[Group]:
    """Totals without those of parts that a sentence hands another total on to."""
    for group in groups:
        if not any(set(group.parts) <= set(other.parts) and other.whole is not group.whole for other in listed):
            yield group


def _put_leaves(linked: Sequence[Group]) -> Iterator[Group]:
    """Totals whose parts have parts of their own, with those in their place."""
    below = {group.whole.id: group.parts for group in linked if group.complete}
    for group in linked:
        leaves: list[Claim] = []
        for part in group.parts:
            leaves.extend(below.get(part.id, (part,)))
        if any(part.id in below for part in group.parts):
            yield Group(group.whole, tuple(leaves), False, False, "guess", OPENER)
