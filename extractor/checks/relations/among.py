"""Totals that the name of a part says: 全年基本支出80万元。基本支出中的人员经费62万元，公用经费18万元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from extractor.amounts.book import Book
from extractor.amounts.names import normalize_name
from extractor.checks.relations.clauses import is_origin
from extractor.checks.relations.complements import is_divided
from extractor.checks.relations.groups import NEAREST, WORDS, Group, expression
from extractor.model import Claim

AMONG = f"{WORDS}.among"


def find_among(book: Book) -> Iterator[Group]:
    """Each level that a part behind it is called one of, with that part and those of its sentence behind it."""
    for levels in book.levels.values():
        for at, part in enumerate(levels):
            whole = _find_whole(part, levels[max(0, at - NEAREST) : at])
            if whole:
                parts = _list_parts(book, part, levels[at + 1 :])
                yield Group(whole, parts, is_divided(parts), True, "words", AMONG, linked=True)


def _find_whole(part: Claim, before: Sequence[Claim]) -> Claim | None:
    """The last level in front that has the name in front of a part's own, and is planned or done as it is."""
    match = expression("among").match(part.metric or "")
    if match is None or part.part_of or part.cell:
        return None
    called = normalize_name(match["whole"])
    alike = (one for one in reversed(before) if one.role == part.role and not one.cell)
    return next((one for one in alike if normalize_name(one.metric or "").endswith(called)), None)


def _list_parts(book: Book, first: Claim, behind: Sequence[Claim]) -> tuple[Claim, ...]:
    """A part with the levels that go on behind it in its sentence."""
    rest = takewhile(
        lambda one: one.sentence == first.sentence and not expression("among").match(one.metric or ""), behind
    )
    return (first, *(one for one in rest if one.role == first.role and not (one.part_of or is_origin(book, one))))
