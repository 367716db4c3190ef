"""Parts against their total: complete lists add up to it, other lists do not exceed it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.amounts.amount import Amount
from extractor.amounts.book import Book
from extractor.amounts.interval import Interval, total
from extractor.checks.drafts import Draft, Severity, judged
from extractor.checks.relations.groups import NEAREST, Group
from extractor.checks.relations.misprints import is_slip
from extractor.checks.relations.parts import find_groups, read_amounts

RULE = "sum"


def find(book: Book) -> Iterator[Draft]:
    """Every total with the parts that the text gives it."""
    for group in find_groups(book):
        draft = _checked(book, group)
        if draft:
            yield draft


def _checked(book: Book, group: Group) -> Draft | None:
    whole, parts = read_amounts(book, group)
    operands = [("total", whole), *(("part", part) for part in parts)]
    severity: Severity = "error" if group.linked and not _is_vague(whole, parts) else "warning"
    summed = judged(RULE, operands, total, severity=severity, evidence=(group.pattern,))
    if summed.status != "fails":
        return summed
    if group.bound and len(parts) > 1 and whole.exact and not any(part.exact for part in parts):
        return Draft(RULE, "unclear", tuple(operands), "sum", reason="parts_missing", evidence=(group.pattern,))
    if group.complete and group.bound:
        return summed
    if not group.bound:
        return None
    if len(parts) > 1 and is_slip(whole, parts):
        return judged(RULE, operands, total, message="sum-slip", severity="warning", evidence=(group.pattern,))
    return _within(book, operands, group)


def _within(book: Book, operands: Sequence[tuple[str, Amount]], group: Group) -> Draft | None:
    """What can be said of a list that may leave parts out: none of them exceeds the total."""
    whole, parts = operands[0][1], [amount for _, amount in operands[1:]]
    larger = next((part for part in parts if _exceeds(part.rounded, whole.rounded)), None)
    together = _exceeds(total(part.rounded for part in parts), whole.rounded)
    shown = [operands[0], ("part", larger)] if larger else operands
    if together and not larger:
        return Draft(
            RULE, "unclear", tuple(shown), "sum-overlap", reason="overlapping_parts", evidence=(group.pattern,)
        )
    if larger and another_host(book, group, larger):
        return None
    return Draft(
        rule=RULE,
        status="fails" if larger else "holds",
        severity="error" if larger else None,
        operands=tuple(shown),
        message="sum-exceeds" if larger else "sum-within",
        evidence=(group.pattern,),
    )


def _exceeds(part: Interval, whole: Interval) -> bool:
    """Whether a part is larger than its whole, whatever their digits allow."""
    return part.low is not None and whole.high is not None and part.low > whole.high


def _is_vague(whole: Amount, parts: Sequence[Amount]) -> bool:
    """Whether a number of the relation is given as an approximate one."""
    return any(amount.vague for amount in (whole, *parts))


def another_host(book: Book, group: Group, part: Amount) -> bool:
    """Whether a nearer number in front could be what a part is of, so that the words do not tell."""
    first = group.parts[0]
    before = [level for level in book.find_levels_before(first, NEAREST) if level.id != group.whole.id]
    return any(
        level.sentence in (first.sentence, group.whole.sentence) and book.amount(level).exact >= part.exact
        for level in before
    )
