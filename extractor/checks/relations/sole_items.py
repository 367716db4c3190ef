"""Lists of one item: 政府性基金支出35万元，具体情况如下：城乡社区支出35万元. The item is all of what the list is of."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from extractor import patterns
from extractor.amounts.book import Book
from extractor.model import Claim

# So many changes of a number may stand between it and its list: an amount and a rate, against one base or two.
BETWEEN = 4

_expression = partial(patterns.fragment, "checks/repeat")


def find_sole_items(book: Book) -> Iterator[tuple[Claim, Claim]]:
    """Each number that a list is of with the first item of the list, where that is as much and of another name."""
    for at, whole in enumerate(book.claims):
        if (whole.kind, whole.dimension) == ("level", "money") and whole.is_one_told and book.amount(whole).exact:
            item = _find_item(book, at, whole)
            if item and item.base_value == whole.base_value and item.base_unit == whole.base_unit:
                yield whole, item


def _find_item(book: Book, at: int, whole: Claim) -> Claim | None:
    """The next level of a section, behind words that open a list and nothing but how the number changed."""
    for item in book.claims[at + 1 : at + 2 + BETWEEN]:
        if item.section != whole.section or item.cell:
            return None
        if item.kind == "level":
            is_open = _expression("opens").search(book.text, whole.end, item.start)
            return item if is_open and item.metric != whole.metric else None
    return None
