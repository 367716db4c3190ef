"""Goals of the narrative: rates that are aimed at, each with the one result that is told behind it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.names import find_scope, normalize_name
from extractor.checks.relations.clauses import is_origin, read_lead
from extractor.checks.relations.times import has_same_year
from extractor.model import Claim

_expression = partial(patterns.fragment, "checks/target")


class Goal(Struct, frozen=True):
    """A goal and its result.

    ``is_ceiling`` says that the goal is not to be exceeded, ``is_said`` that the text calls it reached.
    """

    goal: Claim
    result: Claim
    is_ceiling: bool
    is_said: bool


def find_goals(book: Book) -> Iterator[Goal]:
    """Each goal of a rate with its result, where there is one."""
    for alike in book.rates.values():
        for goal in filter(_is_goal, alike):
            results = [one for one in alike if _is_result(book, one, goal)]
            if len(results) != 1:
                continue
            result = results[0]
            yield Goal(goal, result, _is_ceiling(book, goal), _is_said(book, result))


def find_told_goals(book: Book) -> Iterator[Goal]:
    """Each goal with the result right behind it in its sentence, where words call it so, or say that it was reached."""
    for claims in book.sentences:
        for goal, result in pairwise(claims):
            if _is_goal(goal) and result.role == "actual" and result.base_unit == goal.base_unit:
                is_said = goal.kind == result.kind == "level" and _is_said(book, result)
                if is_said or _is_told_as_result(book, goal, result):
                    yield Goal(goal, result, _is_ceiling(book, goal), is_said)


def _is_told_as_result(book: Book, goal: Claim, result: Claim) -> bool:
    """Whether a goal has a bound, and the words behind it say that a number is its result: ≥6架，实际布防6架."""
    return None in goal.interval and bool(_expression("result").fullmatch(book.text, goal.end, result.start))


def _is_goal(claim: Claim) -> bool:
    """Whether a claim of the narrative is aimed at."""
    return claim.role == "target" and not claim.cell


def _is_result(book: Book, one: Claim, goal: Claim) -> bool:
    """Whether a claim of the narrative behind a goal is what was reached of it in its year."""
    if one.role != "actual" or one.cell:
        return False
    if one.start <= goal.start or one.kind != goal.kind:
        return False
    if is_origin(book, one):
        return False
    if not has_same_year(one, goal):
        return False
    return find_scope(one) == find_scope(goal)


def _is_ceiling(book: Book, goal: Claim) -> bool:
    """Whether a goal is not to be exceeded: by its interval, by words in front of it, or by what it is of."""
    low, high = goal.interval
    if (low is None) != (high is None):
        return low is None
    if _expression("ceiling").search(read_lead(book, goal)):
        return True
    metric = normalize_name(goal.metric or "")
    return bool(_expression("lowered").search(metric))


def _is_said(book: Book, result: Claim) -> bool:
    """Whether the words behind a result, in its sentence, say that the goal was reached."""
    words = book.text[result.end : result.sentence.end]
    if not _expression("reached").search(words):
        return False
    return not _expression("denied").search(words)
