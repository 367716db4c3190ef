"""Totals whose parts are known by what they are called: by the vocabulary of metrics, or as shares of one whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.amounts.book import Book
from extractor.amounts.names import Facets, is_disjoint
from extractor.checks.relations.clauses import is_origin
from extractor.checks.relations.groups import REST, Group, has_rest
from extractor.claims.vocabulary import Entry, load_metrics
from extractor.model import Claim


def find_composed(book: Book) -> Iterator[Group]:
    """Metrics that the vocabulary knows to be the sum of others, with the nearest statement of each of those."""
    for identifier, entry in load_metrics().items():
        wholes = book.by_id.get(identifier, ()) if entry.parts else ()
        for whole in wholes:
            parts = _find_composing(book, whole, entry)
            if len(parts) < 2 or _is_linked(whole, parts):
                continue
            is_complete = len(parts) == len(entry.parts)
            yield Group(whole, tuple(parts), is_complete, True, "identity", f"metrics/{identifier}")


def _is_linked(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether the text itself makes numbers the parts of a total."""
    return {part.part_of for part in parts} == {whole.id}


def _find_composing(book: Book, whole: Claim, entry: Entry) -> list[Claim]:
    """The statements that stand nearest to a total of the metrics that make it up."""
    found = (_find_nearest(book, whole, name) for name in entry.parts)
    return list(filter(None, found))


def _find_nearest(book: Book, whole: Claim, name: str) -> Claim | None:
    """The statement of a metric that stands nearest to another claim, of its section first, done or planned alike.

    What is of another level, such as 部门 beside 市本级, is no part of it.
    """
    likeness, level = (whole.role, whole.base_unit), _take_level(whole)
    named = book.by_id.get(name, ())
    alike = [one for one in named if (one.role, one.base_unit) == likeness and not is_disjoint(_take_level(one), level)]
    return min(alike, key=lambda one: (one.section != whole.section, abs(one.start - whole.start)), default=None)


def _take_level(claim: Claim) -> Facets:
    level = claim.scope.level
    return frozenset({("level", level.value)}) if level else frozenset()


def find_shared(book: Book) -> Iterator[Group]:
    """Amounts of one sentence that end in what is left (其他收入), the first of which is told as a share of a whole."""
    for sentence in book.sentences:
        shares = [claim for claim in sentence if claim.share_of]
        whole = _find_common_whole(book, shares)
        if whole is None:
            continue
        parts = tuple(claim for claim in sentence if _is_part(book, whole, claim))
        if _has_shared_list(parts, shares):
            yield Group(whole, parts, True, True, "identity", REST)


def _find_common_whole(book: Book, shares: Sequence[Claim]) -> Claim | None:
    """The one whole of all shares of a sentence."""
    wholes = {claim.share_of for claim in shares}
    if len(wholes) != 1:
        return None
    return book.claim[wholes.pop() or ""]


def _has_shared_list(parts: Sequence[Claim], shares: Sequence[Claim]) -> bool:
    """Whether parts are a list that ends in what is left and begins with what the first share is of."""
    if len(parts) < 3 or not has_rest(parts):
        return False
    return parts[0].metric == shares[0].metric


def _is_part(book: Book, whole: Claim, claim: Claim) -> bool:
    """Whether a claim may be a part of a whole: an amount of its unit and role that is no other total's part."""
    if claim.kind != "level" or claim.id == whole.id:
        return False
    if claim.part_of not in (None, whole.id):
        return False
    if (claim.base_unit, claim.role) != (whole.base_unit, whole.role):
        return False
    return not is_origin(book, claim)
