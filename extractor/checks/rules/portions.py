"""Shares that words divide a whole by: 男性占52%、女性占48% add up to 100 %, whatever the whole is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import msgspec

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.interval import total
from extractor.checks.drafts import Draft, judged
from extractor.checks.relations.clauses import is_origin, read_lead
from extractor.checks.relations.complements import is_division
from extractor.checks.rules.shares import hundred_percent
from extractor.model import Claim

_expression = partial(patterns.fragment, "checks/portions")


def find(book: Book) -> Iterator[Draft]:
    """The shares of each sentence that are the sides of one division."""
    for sentence in book.sentences:
        shares = [one for one in sentence if one.kind == "share" and not one.cell and not is_origin(book, one)]
        alone = len(shares) > 1 and not any(one.share_of for one in shares)
        if alone and _of_one(book, shares) and is_division(shares):
            yield _added(book, shares)


def _of_one(book: Book, shares: Sequence[Claim]) -> bool:
    """Whether none of the shares names a whole of its own."""
    return not any(_expression("named").search(read_lead(book, one)) for one in shares)


def _added(book: Book, shares: Sequence[Claim]) -> Draft:
    amounts = [book.amount(one) for one in shares]
    draft = judged(
        "share_total", [("total", hundred_percent(amounts[0])), *(("share", amount) for amount in amounts)], total,
        severity="warning", evidence=("checks/portions",),
    )  # fmt: skip
    return msgspec.structs.replace(draft, operands=draft.operands[1:])
