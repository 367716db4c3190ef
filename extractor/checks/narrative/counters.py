"""Parts that are counted by another word than their total: 景区59个，其中4A级景区12家、3A级景区47家.

Places and institutions are counted by words that stand for one another; where the names of the parts are of the kind
of the total, such a list is one, though nothing more than that it fits can be said of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.amounts.book import Book
from extractor.amounts.names import normalize_name
from extractor.checks.narrative.again import has_common
from extractor.checks.relations.groups import OPENER, Group, expression
from extractor.model import Claim

# Names of one kind have a word of so many characters in common.
WORD = 2


def find_counted_otherwise(book: Book) -> Iterator[Group]:
    """Each number of places with the parts behind it in its sentence that are counted by another word."""
    for sentence in book.sentences:
        for at, whole in enumerate(sentence, 1):
            parts = _list_parts(book, whole, sentence[at:]) if _is_counted(whole) else []
            if parts:
                yield Group(whole, tuple(parts), False, False, "words", OPENER)


def _is_counted(claim: Claim) -> bool:
    """Whether a claim is a number of things that the text links to no total."""
    if claim.kind != "level" or not claim.is_one_told or claim.part_of:
        return False
    return claim.dimension == "count" and bool(claim.unit)


def _list_parts(book: Book, whole: Claim, behind: Sequence[Claim]) -> list[Claim]:
    """The numbers right behind a total that are counted alike, but otherwise than it, and named like it."""
    parts: list[Claim] = []
    if not behind or not expression("counts").fullmatch(_read_opener(book, whole, behind[0])):
        return parts
    for one in behind:
        if not _is_counted(one) or (one.unit, one.role) != (behind[0].unit, whole.role):
            break
        parts.append(one)
    is_of_kind = all(_is_of_kind(whole, part) for part in parts)
    return parts if is_of_kind and behind[0].unit != whole.unit else []


def _read_opener(book: Book, whole: Claim, first: Claim) -> str:
    """The words between a total and its first part, without the name of that."""
    return book.text[whole.end : first.start].removesuffix(first.metric or "")


def _is_of_kind(whole: Claim, part: Claim) -> bool:
    return has_common(normalize_name(whole.metric or ""), normalize_name(part.metric or ""), WORD)
