"""Completions: which plan a rate is of, and the completion of a total with those of its parts or of its other side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.checks.relations.groups import Group
from extractor.model import Claim

# The budgets of a year, which are different ones.
BUDGETS = ("initial", "whole", "adjusted")
# A completion stands within so many claims behind its level.
BEHIND = 3

_expression = partial(patterns.fragment, "checks/completion")


class Completed(Struct, frozen=True):
    """A total with its completion, and each part with its own; ``is_whole`` where nothing is left beside the parts."""

    whole: Claim
    rate: Claim
    parts: tuple[tuple[Claim, Claim], ...]
    is_whole: bool


def is_completion(claim: Claim) -> bool:
    """Whether a rate says how much of a budget or target was reached, which it may name beside its number."""
    if claim.dimension != "percent":
        return False
    return claim.kind == "completion" or (claim.kind == "rate" and bool(find_budgets(claim.baseline or "")))


def find_budgets(words: str) -> set[str]:
    """Which of a year's budgets words name."""
    return {name for name in BUDGETS if _expression(name).search(words)}


def find_completion(book: Book, level: Claim) -> Claim | None:
    """The completion that is told of a level right behind it in its sentence."""
    first = book.find_index(level) + 1
    for one in book.claims[first : first + BEHIND]:
        if one.sentence != level.sentence or one.kind == "level":
            return None
        if is_completion(one) and one.metric == level.metric and not is_beyond(book, one):
            return one
    return None


def is_beyond(book: Book, rate: Claim) -> bool:
    """Whether the rate is what exceeds the plan: 超全年目标0.03%.

    Said of as much as the whole plan (超额完成108%) it is what was reached, all of it.
    """
    is_excess = rate.base_value is not None and Decimal(rate.base_value) < 1
    return is_excess and bool(_expression("beyond").search(book.text, rate.sentence.start, rate.start))


def are_of_one_plan(one: Claim, other: Claim) -> bool:
    """Whether two completions may be of one of a year's budgets: 预算 is any, 年初预算 no 调整预算."""
    named, told = find_budgets(one.baseline or ""), find_budgets(other.baseline or "")
    return not named or not told or bool(named & told)


def find_completed(book: Book, summed: Sequence[Group]) -> Iterator[Completed]:
    """Every total of those that their parts make up where it and each part has a completion of one kind of budget."""
    several = (group for group in summed if len(group.parts) > 1)
    yield from filter(None, (_read_group(book, group) for group in several))


def _read_group(book: Book, group: Group) -> Completed | None:
    rate = find_completion(book, group.whole)
    if rate is None:
        return None
    told = [(part, find_completion(book, part)) for part in group.parts]
    parts = tuple((part, one) for part, one in told if one and are_of_one_plan(one, rate))
    if len(parts) < len(told):
        return None
    return Completed(group.whole, rate, parts, group.complete)
