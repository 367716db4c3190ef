"""What the words right in front of a number say of it: planned, done, left over; and the plans of a document."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, partial

import regex

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.names import sort_letters
from extractor.amounts.once import once_a_claim
from extractor.claims.steps.frame import FramePattern
from extractor.model import Claim

MOVES = "claims/moves"
# What the ends of a movement are; a change, though it may be told as well, is none.
ENDS = ("level", "rate", "share")
# A rate follows from numbers at most so many claims in front of it: two clauses of three numbers each.
NEAREST = 6
# A number is held against so many others of its kind elsewhere in a document: more than any report at hand has.
MOST = 64


expression = partial(patterns.fragment, "relations/clauses")
"""A fragment of ``patterns/relations/clauses``."""


@once_a_claim
def read_lead(book: Book, claim: Claim) -> str:
    """The words of a claim's clause in front of its number, since the number or the mark before."""
    words = read_since(book, claim)
    return str(expression("mark").split(expression("blank").sub("", words))[-1])


@once_a_claim
def read_since(book: Book, claim: Claim) -> str:
    """The words of a claim's sentence in front of its number, since the number before."""
    at = book.find_index(claim)
    before = min(book.claims[at - 1].end, claim.start) if at else 0
    return book.text[max(claim.sentence.start, before) : claim.start]


def name_with_lead(book: Book, claim: Claim) -> str:
    """A claim's metric and the words in front of it."""
    return (claim.metric or "") + read_lead(book, claim)


@once_a_claim
def is_origin(book: Book, claim: Claim) -> bool:
    """Whether a number is where a movement began, and so of an earlier time: 由123万公里增加到176万公里."""
    words = read_lead(book, claim)
    return _is_end(claim, "origin", words) or bool(expression("origin").search(words))


@once_a_claim
def is_result(book: Book, claim: Claim) -> bool:
    """Whether a number is where a movement ended: 由123万公里增加到176万公里."""
    return _is_end(claim, "result", read_lead(book, claim))


def has_words_of_ends(book: Book, origin: Claim, result: Claim) -> bool:
    """Whether the words in front of two numbers make them the ends of a movement, whatever these are."""
    return all(_has_words(end, one, read_lead(book, one)) for end, one in (("origin", origin), ("result", result)))


def _is_end(claim: Claim, end: str, words: str) -> bool:
    """Whether the words in front of a level or a rate make it one end of a movement."""
    return claim.kind in ENDS and _has_words(end, claim, words)


def _has_words(end: str, claim: Claim, words: str) -> bool:
    return bool(_compile_end(end).search(words.removesuffix(claim.approximation or "")))


@cache
def _compile_end(end: str) -> regex.Pattern[str]:
    """What stands in front of one end of a movement, as the patterns of claims have it."""
    key = f"{MOVES}.{end}"
    return patterns.compiled(key, patterns.load(MOVES, FramePattern)[key].before, patterns.lexicon(MOVES))


def is_planned(book: Book, claim: Claim) -> bool:
    """Whether a number is a plan, a target or a budget, by its role or the words in front of it."""
    words = read_lead(book, claim)
    if expression("done").search(words):
        return False
    return claim.role != "actual" or bool(expression("planned").search(words))


def is_done(book: Book, claim: Claim) -> bool:
    """Whether a number is what was done, and not what was left of it."""
    return not is_planned(book, claim) and not expression("left").search(read_lead(book, claim))


def find_levels_in_front(book: Book, at: int, claim: Claim) -> list[Claim]:
    """The levels in front of a figure in its section, the nearest first; none beyond another rate."""
    found: list[Claim] = []
    for one in reversed(book.claims[max(0, at - NEAREST) : at]):
        if one.section != claim.section or one.cell:
            break
        is_level, is_percent = one.kind == "level", one.dimension == "percent"
        is_rate = is_percent and not is_level
        if is_level and not is_percent:
            found.append(one)
        elif is_rate and found:
            break
    return found


def find_whole_budgets(book: Book, done: Claim) -> list[Claim]:
    """The budgets of the whole year in front of what was done, the nearest first; one a value, and ``MOST`` at most."""
    budgets = book.view(_group_whole_budgets).get(done.base_unit, [])
    at = bisect_left(budgets, done.start, key=lambda budget: budget.start)
    found: dict[str | None, Claim] = {}
    for one in reversed(budgets[max(0, at - MOST) : at]):
        found.setdefault(one.base_value, one)
    return list(found.values())


def _group_whole_budgets(book: Book) -> dict[str, list[Claim]]:
    """The budgets of a whole year by their unit, in document order."""
    is_whole = expression("whole").search
    found: dict[str, list[Claim]] = {}
    for one in book.budgets:
        if is_whole(read_lead(book, one)):
            found.setdefault(one.base_unit, []).append(one)
    return found


def find_namesakes(book: Book, claim: Claim) -> Iterator[Claim]:
    """The levels elsewhere in the document that are of one thing with a claim, their words in whatever order.

    Where there are more than ``MOST`` of a name, it does not tell which one is meant, and there are none.
    """
    alike = book.by_letters.get((claim.base_unit, sort_letters(claim.metric or "")), ())
    return (one for one in alike if one.section != claim.section) if len(alike) <= MOST else iter(())
