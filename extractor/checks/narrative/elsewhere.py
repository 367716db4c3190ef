"""What is told of some things and of all others of their kind: 在预留项目中，金额12万元；在其他项目中，金额9万元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.names import is_disjoint, normalize_name
from extractor.checks.relations.clauses import read_since
from extractor.checks.relations.groups import NEAREST
from extractor.model import Claim

_expression = partial(patterns.fragment, "checks/limit")


class Sides(Struct, frozen=True):
    """A figure of some things, the same of all others of their kind, and the number of both that bounds them."""

    some: Claim
    others: Claim
    whole: Claim


def find_elsewhere(book: Book) -> Iterator[Sides]:
    """Each figure of all other things, with that of some of them in its sentence and the number of all in front."""
    for sentence in book.sentences:
        for at, others in enumerate(sentence):
            if at and others.kind == "level" and _expression("others").search(_read_words(book, others)):
                yield from _find_sides(book, others, sentence[:at])


def _find_sides(book: Book, others: Claim, before: Sequence[Claim]) -> Iterator[Sides]:
    some = next((one for one in before if _is_same(one, others)), None)
    whole = _find_whole(book, some) if some and _expression("some").search(_read_words(book, some)) else None
    if some and whole:
        yield Sides(some, others, whole)


def _read_words(book: Book, claim: Claim) -> str:
    return "".join(read_since(book, claim).split())


def _is_same(one: Claim, other: Claim) -> bool:
    """Whether two numbers are of one name, unit and role."""
    return (one.metric, one.base_unit, one.kind, one.role) == (other.metric, other.base_unit, other.kind, other.role)


def _find_whole(book: Book, some: Claim) -> Claim | None:
    """The last number in front of a sentence whose name is that of a figure with other words in front."""
    before = (one for one in book.find_levels_before(some, NEAREST) if one.start < some.sentence.start)
    alike = [one for one in before if _is_whole(one, some)]
    if not alike or is_disjoint(book.amount(alike[-1]).scope, book.amount(some).scope):
        return None
    return alike[-1]


def _is_whole(one: Claim, some: Claim) -> bool:
    """Whether a number is no part, of the role of a figure, and has its name without what stands in brackets."""
    if one.part_of or one.role != some.role or not some.metric:
        return False
    return normalize_name(str(_expression("aside").sub("", one.metric or ""))).endswith(normalize_name(some.metric))
