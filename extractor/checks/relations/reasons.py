"""Reasons that say the opposite of what they explain: 教育支出减少3万元，主要原因是教育支出增加."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import regex
from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.names import normalize_name
from extractor.model import Claim

CHANGES = ("change_amount", "change_rate")
OPPOSITE = {"increase": "fall", "decrease": "rise"}
# A name of so many characters tells what a reason speaks of.
TELLING = 3

_expression = partial(patterns.fragment, "checks/direction")


class Contradiction(Struct, frozen=True):
    """A number and the words of a reason that say the opposite; ``form`` is how it is told."""

    claim: Claim
    form: str
    words: str


def find_contradictions(book: Book) -> Iterator[Contradiction]:
    """Every change, and every level that is said not to have changed, with a reason of the opposite direction."""
    for at, claim in enumerate(book.claims):
        if claim.cell or not claim.metric or _is_told_before(book, at, claim):
            continue
        reason = _find_reason(book, at, claim)
        if reason and _is_opposite(claim, reason):
            yield Contradiction(claim, "reason", reason["said"])
        elif reason and claim.kind == "level" and _is_flat(book, claim, reason):
            yield Contradiction(claim, "flat_reason", reason["said"])


def _find_reason(book: Book, at: int, claim: Claim) -> regex.Match[str] | None:
    """The reason behind a number, up to the next number and the end of the line."""
    behind = next((one.start for one in book.claims[at + 1 :] if not _is_same_change(claim, one)), len(book.text))
    return _expression("reason").search(book.text, claim.end, min(behind, book.find_border(claim.end)))


def _is_told_before(book: Book, at: int, claim: Claim) -> bool:
    """Whether a number is the rate of the change right in front of it, which is asked in its stead."""
    return at > 0 and _is_same_change(book.claims[at - 1], claim)


def _is_same_change(claim: Claim, one: Claim) -> bool:
    """Whether a number is the rate of the change that another one is."""
    return claim.kind == "change_amount" and one.kind == "change_rate" and one.sentence == claim.sentence


def _is_opposite(claim: Claim, reason: regex.Match[str]) -> bool:
    """Whether a reason says of what has changed that it went the other way."""
    way = OPPOSITE.get(claim.direction or "") if claim.kind in CHANGES else None
    what, name = normalize_name(reason["what"]), normalize_name(claim.metric or "")
    is_same = (len(what) >= TELLING and name.endswith(what)) or what == name
    return is_same and way is not None and reason[way] is not None


def _is_flat(book: Book, claim: Claim, reason: regex.Match[str]) -> bool:
    """Whether the words between a level and a reason say that it did not change, and the reason that something did."""
    said = patterns.fragment("checks/change", "flat").search(book.text, claim.end, reason.start())
    return said is not None and not _expression("outweighed").search(reason["all"])
