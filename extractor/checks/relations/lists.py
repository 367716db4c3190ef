"""Lists of parts that are whole by how they are written: closed by 和, or alone in a bracket behind the total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.checks.relations.clauses import is_origin
from extractor.checks.relations.groups import is_average
from extractor.model import Claim

WORDS = "checks/sum"
# A bracket is looked for this many characters behind the last part.
CLOSING = 8


_expression = partial(patterns.fragment, WORDS)


class ClosedList(Struct, frozen=True):
    """A total with the parts that its text closes off; ``is_bracket`` where a bracket holds them and nothing else."""

    whole: Claim
    parts: tuple[Claim, ...]
    is_bracket: bool


def find_lists(book: Book) -> Iterator[ClosedList]:
    """Every total with such a list behind it in its sentence."""
    for sentence in book.sentences:
        for at, whole in enumerate(sentence, 1):
            if not _may_be_total(whole):
                continue
            parts = _find_parts(book, whole, sentence[at:])
            if len(parts) > 1:
                yield from _close(book, whole, parts)


def _may_be_total(whole: Claim) -> bool:
    if whole.kind != "level" or whole.cell:
        return False
    return not is_average(whole)


def _close(book: Book, whole: Claim, parts: Sequence[Claim]) -> Iterator[ClosedList]:
    """The list, if its words close it."""
    is_bracket = _is_bracket(book, whole, parts)
    if is_bracket or _is_closed(book, whole, parts):
        yield ClosedList(whole, tuple(parts), is_bracket)


def _find_parts(book: Book, whole: Claim, behind: Sequence[Claim]) -> list[Claim]:
    """The parts of a total that stand together right behind it: levels of its unit alone."""
    parts: list[Claim] = []
    for one in behind:
        if not _is_part(book, whole, one):
            break
        parts.append(one)
    return parts


def _is_part(book: Book, whole: Claim, one: Claim) -> bool:
    """Whether a claim is a level that the text links to a total of its unit and role."""
    if one.part_of != whole.id or one.kind != "level":
        return False
    if (one.base_unit, one.role) != (whole.base_unit, whole.role):
        return False
    return not is_origin(book, one)


def _is_closed(book: Book, whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether a list is opened by its words and closed by the one in front of its last part."""
    first, last = parts[0], parts[-1]
    if not _expression("opener").search(book.text, whole.end, first.start):
        return False
    before = book.text[parts[-2].end : last.start]
    if not _expression("joined").search(before):
        return False
    behind = book.text[last.end : last.end + 2 * CLOSING]
    return not _expression("open").search(behind)


def _is_bracket(book: Book, whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether a bracket right behind a total holds its parts and nothing else."""
    text, last = book.text, parts[-1]
    if not _expression("bracket").search(text[whole.end : parts[0].start]):
        return False
    between = _expression("between").search
    if not all(between(text[one.end : two.start]) for one, two in pairwise(parts)):
        return False
    behind = text[last.end : last.end + CLOSING]
    return bool(_expression("end").match(behind))
