"""Money that is given to each of so many: 发放补贴60万元，每人500元，惠及1200人."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex
from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.checks.relations.clauses import read_lead
from extractor.model import Claim
from extractor.quantities import units


class Allotment(Struct, frozen=True):
    """What is given in all, to each, and to how many."""

    whole: Claim
    each: Claim
    count: Claim


def find_allotments(book: Book) -> Iterator[Allotment]:
    """The sentences that tell of one sum, of what each one has of it, and of how many there are."""
    return filter(None, (_find_allotment(book, claims) or _find_mean(book, claims) for claims in book.sentences))


def _find_allotment(book: Book, claims: Sequence[Claim]) -> Allotment | None:
    """The one sum of a sentence with the one amount for each and the one number of those that have it."""
    money = [claim for claim in claims if claim.dimension == "money" and claim.value_high is None]
    each = {claim.id: found for claim in money if (found := _match_each(book, claim))} if len(money) == 2 else {}
    if len(each) != 1:
        return None
    whole, part = sorted(money, key=lambda claim: claim.id in each)
    dimension = units.meaning(each[part.id]["unit"]).dimension
    counts = [claim for claim in claims if claim.dimension == dimension and claim.kind == "level"]
    return Allotment(whole, part, counts[0]) if whole.kind == "level" and len(counts) == 1 else None


def _find_mean(book: Book, claims: Sequence[Claim]) -> Allotment | None:
    """So many, what each has on average, and what they have together, in turn: 86名老人，人均800元，共68800元."""
    for count, each, whole in zip(claims, claims[1:], claims[2:], strict=False):
        if whole.dimension != "money" or whole.kind != "level" or each.dimension != "money" or count.kind != "level":
            continue
        found = patterns.fragment("checks/ratio", "mean_of").search(read_lead(book, each))
        together = found and patterns.fragment("checks/ratio", "together").search(read_lead(book, whole))
        if found and together and units.meaning(found["unit"]).dimension == count.dimension:
            return Allotment(whole, each, count)
    return None


def _match_each(book: Book, claim: Claim) -> regex.Match[str] | None:
    """The words in front of an amount that say for each of what it is."""
    return patterns.fragment("checks/ratio", "each_one").search(read_lead(book, claim))
