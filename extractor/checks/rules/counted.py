"""Things that are counted and named one by one, behind the number or in front: there are as many names as that."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

import msgspec
import regex

from extractor import patterns
from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.interval import exact
from extractor.checks.engine.judge import has_failed
from extractor.checks.engine.rule import Relation
from extractor.model import Claim, Operand, Span

RULE = "counted"
# Names of fewer things are as many by chance.
MANY = 10
# A list of names in front of its number begins within so many characters.
REACH = 240
_expression = partial(patterns.fragment, f"checks/{RULE}")


def find(book: Book) -> Iterator[Relation]:
    """Every count that is not that of the names beside it, where they are all there are; few that are tell little."""
    for claim in filter(partial(_is_count, book), book.claims):
        match = _find_names(book, claim)
        if match and not _expression("more").search(match["list"]):
            yield from _propose(book, claim, match, has_more=False)
            continue
        front = _find_names_in_front(book, claim)
        if front:
            yield from _propose(book, claim, front, has_more=front["set"] is None or front["etc"] is not None)


def _propose(book: Book, claim: Claim, match: regex.Match[str], has_more: bool) -> Iterator[Relation]:
    """A count with its names; where these are but some there are no more of them than that."""
    count, names = book.amount(claim), _count_names(book, claim, match)
    relation = Relation(RULE, "named", (("count", count), ("named", names)))
    if (has_failed(relation) and not (has_more and names.exact < count.exact)) or names.exact == count.exact >= MANY:
        yield relation


def _is_count(book: Book, claim: Claim) -> bool:
    """Whether a claim of the narrative is one number of things that come in ones."""
    if claim.kind != "level" or claim.cell or claim.approximation:
        return False
    return book.amount(claim).counted


def _find_names(book: Book, claim: Claim) -> regex.Match[str] | None:
    """The names behind a number."""
    return _expression("named").match(book.text, claim.end, claim.sentence.end + 1)


def _find_names_in_front(book: Book, claim: Claim) -> regex.Match[str] | None:
    """The names right in front of a number, which a word closes."""
    match = _expression("in_front").search(book.text, max(claim.sentence.start, claim.start - REACH), claim.start)
    return match if match and _expression("item").search(match["list"]) else None


def _count_names(book: Book, claim: Claim, match: regex.Match[str]) -> Amount:
    """How many names a list has; a word that joins two names or stands inside of one leaves it open."""
    words = _expression("aside").sub("", match["list"])
    fewest = len(_expression("item").findall(words)) + 1
    count = min(max(int(Decimal(claim.value)), fewest), fewest + len(_expression("joined").findall(words)))
    start, end = match.span("list")
    amount = book.amount(claim)
    return msgspec.structs.replace(
        amount,
        operand=Operand(role="", claim=claim.id, text=Span(start, end)),
        start=start,
        end=end,
        raw=f"{count}{amount.unit}",
        value=Decimal(count),
        rounded=exact(count * amount.factor),
        cut=exact(count * amount.factor),
        label="",
    )
