"""The two sides of an account: income with what was carried in against expenditure with what is carried out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal

import msgspec
from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.interval import Interval, total
from extractor.checks.drafts import Draft, equal, judged
from extractor.model import Claim

RULE = "balance"


class Balance(Struct, frozen=True, forbid_unknown_fields=True):
    """The metrics of the two sides, the one in question first."""

    left: list[str]
    right: list[str]
    unequal: Literal["fails", "unclear", "nothing"]
    unless: str


@cache
def _balances() -> dict[str, Balance]:
    return patterns.load("checks/balances", Balance)


def find(book: Book) -> Iterator[Draft]:
    """Each account of the patterns, once for every statement of its first figure."""
    for name, balance in _balances().items():
        for first in book.by_id.get(balance.left[0], ()):
            if first.cell:
                continue
            left = [first, *_beside(book, first, balance.left[1:])]
            right = _beside(book, first, balance.right)
            whole = len(left) == len(balance.left) and len(right) == len(balance.right)
            if whole and not _speaks_of(book, balance.unless, [*left, *right]):
                yield from _checked(book, left, right, balance.unequal, name)


def _beside(book: Book, first: Claim, names: Sequence[str]) -> list[Claim]:
    """The statement of each metric that stands nearest to the first figure, in its chapter, of its time and role."""
    found = []
    for name in names:
        alike = [one for one in book.by_id.get(name, ()) if _is_alike(book, first, one)]
        if alike:
            found.append(min(alike, key=lambda one: (one.section != first.section, abs(one.start - first.start))))
    return found


def _is_alike(book: Book, first: Claim, one: Claim) -> bool:
    together = book.find_root(one.section) == book.find_root(first.section) and not one.cell
    period = first.period.text if first.period else None
    timed = one.period is None or period is None or one.period.text[:4] == period[:4]
    return together and timed and one.role == first.role and one.base_unit == first.base_unit


def _speaks_of(book: Book, expression: str, claims: Sequence[Claim]) -> bool:
    """Whether the expression is found in the sections of the claims, or between the claims."""
    found = patterns.compiled("checks/balances", expression)
    stretches = [(section.start, section.end) for claim in claims if (section := book.section.get(claim.section or ""))]
    stretches.append((min(claim.sentence.start for claim in claims), max(claim.sentence.end for claim in claims)))
    return any(found.search(book.text, start, end) for start, end in stretches)


def _checked(book: Book, left: list[Claim], right: list[Claim], unequal: str, name: str) -> Iterator[Draft]:
    first, *added = [book.amount(claim) for claim in left]
    other, *taken = [book.amount(claim) for claim in right]
    if not added and not taken:
        draft = equal(RULE, ("total", first), ("total", other), message="balance", severity="warning", evidence=(name,))
    else:
        operands = [("total", first), ("total", other)]
        operands += [("minus", amount) for amount in added] + [("part", amount) for amount in taken]

        def balanced(amounts: Sequence[Interval]) -> Interval:
            rest, out, back = amounts[0], amounts[1 + len(added) :], amounts[1 : 1 + len(added)]
            return rest + total(out) - total(back)

        draft = judged(
            RULE,
            operands,
            balanced,
            message="balance-carried" if added else "sum",
            severity="warning",
            evidence=(name,),
        )
    if unequal == "fails" or draft.status != "fails":
        yield draft
    elif unequal == "unclear":
        yield msgspec.structs.replace(draft, status="unclear", severity=None, reason="carried_over")
