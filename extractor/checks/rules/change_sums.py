"""Changes of parts against the change of their total: what the parts grew and fell by is what the total did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.interval import Interval, exact, total
from extractor.checks.drafts import Draft, judged
from extractor.checks.relations.groups import Group
from extractor.checks.relations.parts import find_groups, has_full_sum
from extractor.model import Claim

RULE = "sum"
# The change of a level is told within so many claims behind it.
BEHIND = 2

_expression = partial(patterns.fragment, "checks/changes")


def find(book: Book) -> Iterator[Draft]:
    """Every total that its parts make up, where the change of each is told against one base."""
    for group in find_groups(book):
        if group.complete and len(group.parts) > 1 and has_full_sum(book, group):
            yield from _checked(book, group)


def _checked(book: Book, group: Group) -> Iterator[Draft]:
    whole = _change(book, group.whole)
    parts = [_change(book, part) for part in group.parts]
    unchanged = [_is_flat(book, part) for part in group.parts]
    told = [part for part in parts if part]
    if not whole or not told or not all(part or flat for part, flat in zip(parts, unchanged, strict=True)):
        return
    if any(one.baseline != whole.baseline for one in told):
        return
    signs = [_sign(one) * _sign(whole) for one in told]
    operands = [("total", whole), *((_role(sign), one) for sign, one in zip(signs, told, strict=True))]

    def added(amounts: Sequence[Interval]) -> Interval:
        return total(one * exact(sign) for one, sign in zip(amounts, signs, strict=True))

    yield judged(
        RULE, [(role, book.amount(one)) for role, one in operands], added,
        message="sum-changes", severity="warning", evidence=(group.pattern, "checks/changes.flat"),
    )  # fmt: skip


def _change(book: Book, level: Claim) -> Claim | None:
    """The amount by which a level grew or fell, told right behind it."""
    at = book.find_index(level)
    behind = (one for one in book.claims[at + 1 : at + 1 + BEHIND] if one.sentence == level.sentence)
    return next((one for one in behind if _is_change(one, level)), None)


def _is_change(one: Claim, level: Claim) -> bool:
    of_it = one.kind == "change_amount" and one.metric == level.metric and one.base_unit == level.base_unit
    return of_it and one.direction in ("increase", "decrease")


def _is_flat(book: Book, level: Claim) -> bool:
    """Whether the words behind a level, up to the next number, say that it did not change."""
    at = book.find_index(level) + 1
    end = min(book.claims[at].start if at < len(book.claims) else level.sentence.end, level.sentence.end)
    return _expression("flat").search(book.text, level.end, end) is not None


def _sign(change: Claim) -> int:
    return -1 if change.direction == "decrease" else 1


def _role(sign: int) -> str:
    return "part" if sign > 0 else "minus"
