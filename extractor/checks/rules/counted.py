"""Things that are counted and then named one by one: there are as many names as that."""

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
_expression = partial(patterns.fragment, f"checks/{RULE}")


def find(book: Book) -> Iterator[Relation]:
    """Every count that is not that of the names behind it, where they are all there are; others tell little."""
    for claim in book.claims:
        match = _find_names(book, claim)
        if match and not _expression("more").search(match["list"]):
            operands = ("count", book.amount(claim)), ("named", _count_names(book, claim, match))
            relation = Relation(RULE, "named", operands)
            yield from [relation] if has_failed(relation) else []


def _find_names(book: Book, claim: Claim) -> regex.Match[str] | None:
    """The names behind one number of things that come in ones."""
    if claim.kind != "level" or claim.cell or claim.approximation or not book.amount(claim).counted:
        return None
    return _expression("named").match(book.text, claim.end, claim.sentence.end + 1)


def _count_names(book: Book, claim: Claim, match: regex.Match[str]) -> Amount:
    """How many names a list has; a word that joins two names or stands inside of one leaves it open."""
    words = _expression("aside").sub("", match["list"])
    fewest = len(_expression("item").findall(words)) + 1
    count = min(max(int(Decimal(claim.value)), fewest), fewest + len(_expression("joined").findall(words)))
    start, end = match.span("list")
    amount = book.amount(claim)
    return msgspec.structs.replace(
        amount,
        operand=Operand(role="", text=Span(start, end)),
        start=start,
        end=end,
        raw=f"{count}{amount.unit}",
        value=Decimal(count),
        rounded=exact(count * amount.factor),
        cut=exact(count * amount.factor),
        label="",
    )
