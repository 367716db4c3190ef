"""Totals that hand on to a list (其中:) whose items are their parts."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.amounts.book import Book
from extractor.checks.relations.complements import is_divided
from extractor.checks.relations.groups import HANDS_ON, Group, expression, is_average
from extractor.model import Claim


def find_listed(book: Book) -> Iterator[Group]:
    """A number that ends its paragraph with 其中, and the first number of its unit in each item below."""
    hands_on = expression("hands_on").search
    for claim in filter(_is_amount, book.claims):
        end = _find_line_end(book.text, claim.end)
        if not hands_on(book.text, claim.end, end):
            continue
        parts = _find_items(book, claim, end)
        if is_divided(parts):
            yield Group(claim, tuple(parts), True, True, "structure", HANDS_ON, linked=True)


def _is_amount(claim: Claim) -> bool:
    """Whether parts of a number add up."""
    return claim.kind == "level" and not is_average(claim)


def _find_line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    if end < 0:
        return len(text)
    return end


def _find_items(book: Book, whole: Claim, at: int) -> list[Claim]:
    """The first level of the whole's unit in each item of the list that begins behind ``at``."""
    parts: list[Claim] = []
    for start, end in _list_lines(book.text, at):
        part = _find_item(book, whole, start, end)
        if part is None:
            break
        parts.append(part)
    return parts


def _find_item(book: Book, whole: Claim, start: int, end: int) -> Claim | None:
    """The first level of the whole's unit in a line, if the line is an item and the level is of the whole's role."""
    if not expression("item").match(book.text, start, end):
        return None
    for one in book.find_between(start, end):
        if one.kind == "level" and one.base_unit == whole.base_unit:
            return one if one.role == whole.role else None
    return None


def _list_lines(text: str, at: int) -> Iterator[tuple[int, int]]:
    """The lines behind ``at`` that are not blank."""
    while at < len(text):
        start = at + 1
        at = _find_line_end(text, start)
        if text[start:at].strip():
            yield start, at
